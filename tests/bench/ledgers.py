"""``duban verify``: a log of a million events, and the rows that they tell of."""

import random
import time
from collections.abc import Iterator

from core.clock import SystemClock
from core.store import ledger
from core.store.database import Store
from tests.bench.figures import Budget, Figure
from tests.bench.programs import duban
from tests.bench.setting import Setting

EVENTS = 1_000_000
SOME = 10_000
"""What ``--quick`` reads."""
_AT_ONCE = 10_000
_UPDATE = (
    "INSERT INTO progress_update (id, task_id, person_id, day, at, progress, done, next, problems,"
    " support) VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '')"
)
_EVENT = (
    "INSERT INTO event (number, at, actor_id, command_id, kind, project_id, task_id, subject,"
    " changes, reason, rows, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def verify(setting: Setting) -> Iterator[Figure]:
    """The whole command, on the smallest store whose members then told so much progress."""
    size = setting.sizes[0]
    count = EVENTS if setting.sizes[-1] > 1_000 else SOME
    url = setting.shelf.copy(size)
    told = lengthen(url, count)
    figure = Figure(name=f"verify of {told:,} events", budget=Budget(most=60_000))
    begin = time.perf_counter()
    setting.once(duban("verify"), url)
    figure.add(size, (time.perf_counter() - begin) * 1000)
    yield figure


def lengthen(url: str, count: int) -> int:
    """Let members of a SQLite store tell of progress until there are ``count`` events.

    Returns how many there are.
    """
    store = Store(url)
    store.open()
    with store.writing():
        number, previous = store.sql(
            "SELECT number, hash FROM event ORDER BY number DESC LIMIT 1"
        ).fetchone()
        stands = dict(store.sql("SELECT id, version FROM task").fetchall())
        updates = store.sql("SELECT coalesce(max(id), 0) FROM progress_update").fetchone()[0]
        said = _Saying(stands, at=int(SystemClock().now().timestamp() * 1_000_000))
        while number < count:
            events, rows = [], []
            for _ in range(min(_AT_ONCE, count - number)):
                number, updates = number + 1, updates + 1
                row, line = said.next(number, updates)
                previous = ledger.chained(previous, line)
                events.append((*line, previous))
                rows.append(row)
            store.many(_EVENT, events)
            store.many(_UPDATE, rows)
        store.many(
            "UPDATE task SET progress = ?, updated = ?, version = ? WHERE id = ?",
            [(*said.last[task], stands[task], task) for task in said.last],
        )
    store.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return int(number)


class _Saying:
    """Made-up updates, the same every time."""

    def __init__(self, versions: dict[int, int], *, at: int) -> None:
        self._versions = versions
        self._tasks = sorted(versions)
        self._random = random.Random(7)
        self._at = at
        self.last: dict[int, tuple[int, int]] = {}
        """Each task's progress, and when it was told."""

    def next(self, number: int, update: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
        """The next update's row, and the event that tells of it."""
        task, progress = self._random.choice(self._tasks), self._random.randrange(101)
        person, done = self._random.randrange(1, 11), f"整理了第 {update} 批客户名单与合同条款"
        self._at += 1_000
        self._versions[task] += 1
        self.last[task] = (progress, self._at)
        row = (update, task, person, "2026-03-18", self._at, progress, done)
        names = ("task_id", "person_id", "day", "at", "progress", "done")
        given = {name: value for name, value in zip(names, row[1:], strict=True) if value}
        moved = {"progress": progress, "updated": self._at, "version": self._versions[task]}
        told = ledger.as_text([("progress_update", update, given), ("task", task, moved)])
        changes = ledger.as_text({"progress": [None, progress], "done": [None, done]})
        about = (number, self._at, person, f"bench-{number}", "progress-updated", 1, task)
        return row, (*about, "整理客户名单与合同条款", changes, "", told)
