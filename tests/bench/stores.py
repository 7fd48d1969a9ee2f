"""Stores of any size, filled in bulk: what the commands would leave, without the commands."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from core.clock import SystemClock
from core.domain.events import EventKind
from core.domain.log import Event
from core.domain.reviews import Review
from core.domain.spells import BlockSpell
from core.domain.status import State, Verdict
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.domain.timers import Timer
from core.domain.trouble import Extension, Issue
from core.store import first_ledger, searching, tallies
from core.store.book import book_of
from core.store.database import Store
from core.store.logs import CounterTable, TallyTable
from core.store.registry import table_named
from core.store.tables import Table, TaskTable
from core.store.work import folded
from tests.bench.team import Work, departments, people, projects
from tests.bench.worse import worsen

_AT_ONCE = 2_000
_KINDS = (BlockSpell, Issue, Extension, SyncEntry, Timer)
_COUNT_TIMERS = (
    "UPDATE task SET timers ="
    " (SELECT count(*) FROM timer WHERE task_id = task.id AND ended IS NULL)"
    " WHERE id IN (SELECT task_id FROM timer WHERE ended IS NULL)"
)
_TAKEN_ON = (
    "INSERT INTO assignment"
    " (task_id, owner_id, by_id, at, notes, acknowledged, confirmed, returned, reason)"
    " SELECT id, owner_id, initiator_id, created, '', created,"
    " CASE WHEN id = id / 20 * 20 OR updated IS NULL THEN created ELSE updated END, FALSE, ''"
    " FROM task WHERE owner_id IS NOT NULL ORDER BY id"
)
"""Whoever has a task has taken it on, and nearly all that is in progress was confirmed since."""
Item = TypeVar("Item")


class Shelf:
    """Stores in a folder, each size filled once; the copies are there to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._copies = 0

    def url(self, size: int) -> str:
        """The URL of the store with ``size`` tasks, which is only to be read."""
        file = self.folder / f"{size}.db"
        url = f"sqlite:///{file}"
        if not file.exists():
            fill(url, size, now=SystemClock().now())
        return url

    def copy(self, size: int) -> str:
        """The URL of a fresh copy of it."""
        source = Path(self.url(size).removeprefix("sqlite:///"))
        self._copies += 1
        target = self.folder / f"{size}-{self._copies}.db"
        shutil.copyfile(source, target)
        target.chmod(0o600)
        return f"sqlite:///{target}"

    def worse(self, size: int, *, lines: int) -> str:
        """The URL of a copy in which so many more tasks need attention."""
        url = self.copy(size)
        worsen(url, lines, now=SystemClock().now())
        return url

    def first_card(self, size: int) -> str:
        """The key at the top of the first column: when it is on the screen, the board is."""
        return first_key(self.url(size))


def first_key(url: str) -> str:
    """The key of the first card to do."""
    store = Store(url)
    store.open()
    query = TaskTable.select(TaskTable.key).where(
        (TaskTable.state == State.TODO) & TaskTable.parent.is_null()
    )
    key: str = store.value(query.order_by(TaskTable.position, TaskTable.id).limit(1))
    store.close()
    return key


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, some at a time: no statement grows without end."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def fill(url: str, size: int, *, now: datetime) -> None:
    """Fill an empty store with the made-up team and ``size`` tasks, dated around ``now``."""
    store = Store(url)
    store.open()
    work = Work(size, now=now)
    with store.writing():
        for records in (departments(), people(), projects()):
            _insert(store, records)
        for one in projects():
            tallies.begin(store, one.id)
        cards = _tasks(store, work)
        for (project, state), count in cards["cards"].items():
            _tally(store, project, state, cards=count, parts=cards["parts"][project, state])
        store.sql(_COUNT_TIMERS)
        store.sql(_TAKEN_ON)
        for some in batched(work.counters.items()):
            columns = [CounterTable.scope, CounterTable.last]
            store.run(CounterTable.insert_many(some, fields=columns))
        store.settle()
        first_ledger.seal(store.database, now=now)
    searching.rebuild(store)
    # PostgreSQL analyzes by itself; SQLite does not, and duban does not ask it to.
    if store.postgres:
        _catch_up_sequences(store)
        store.sql("ANALYZE")
    else:
        store.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _tasks(store: Store, work: Work) -> Mapping[str, Counter[tuple[int, State]]]:
    """Insert the tasks with what belongs to them; how many there are in each column."""
    counted: dict[str, Counter[tuple[int, State]]] = {"cards": Counter(), "parts": Counter()}
    for some in batched(work.tasks()):
        tasks = [one.task for one in some]
        _insert(store, tasks)
        _insert(store, _reviews(tasks))
        for kind in _KINDS:
            _insert(store, (about for one in some for about in one.about if type(about) is kind))
        book_of(store).add_events([(*_row(one).values(), "") for one in _events(tasks)])
        for task in tasks:
            counted["parts" if task.parent else "cards"][task.project, task.state] += 1
            # So that the pair is found among the cards too.
            counted["cards"][task.project, task.state] += 0
    return counted


def _tally(store: Store, project: int, state: State, *, cards: int, parts: int) -> None:
    where = (TallyTable.project == project) & (TallyTable.state == state)
    store.run(TallyTable.update(cards=cards, parts=parts).where(where))


def _reviews(tasks: Iterable[Task]) -> Iterator[Review]:
    for task in tasks:
        if task.submitted is not None and task.submitted_by is not None:
            accepted = task.closed is not None
            yield Review(
                task=task.id,
                round=task.round,
                submitted=task.submitted,
                submitted_by=task.submitted_by,
                verdict=Verdict.ACCEPTED if accepted else Verdict.PENDING,
                decided=task.closed,
                decided_by=task.initiator if accepted else None,
            )


def _events(tasks: Iterable[Task]) -> Iterator[Event]:
    """Each task's beginning; a real log is some five times as long."""
    for task in tasks:
        yield Event(
            number=int(task.id),
            at=task.created,
            actor=task.initiator,
            command_id=f"bench-{task.id}",
            kind=EventKind.TASK_CREATED,
            project=task.project,
            task=task.id,
            subject=task.title,
            changes={"title": (None, task.title)},
        )


def _table(record: object) -> type[Table]:
    return table_named(type(record).__name__)


def _row(record: object) -> dict[str, Any]:
    """The stored value of each of a record's columns; the engine gives an id that is 0."""
    stored = {
        field.column_name: field.db_value(getattr(record, field.name))
        for field in _table(record)._meta.sorted_fields
        if hasattr(record, field.name)
    }
    if isinstance(record, Task):
        stored["folded"] = folded(record)
    if stored.get("id") == 0:
        del stored["id"]
    return stored


def _insert(store: Store, records: Iterable[object]) -> None:
    """Insert many records of one kind through the driver: peewee takes five times as long."""
    given = list(records)
    if not given:
        return
    stored = [_row(record) for record in given]
    columns = ", ".join(f'"{name}"' for name in stored[0])
    marks = ", ".join(["%s" if store.postgres else "?"] * len(stored[0]))
    text = f'INSERT INTO "{_table(given[0])._meta.table_name}" ({columns}) VALUES ({marks})'
    store.database.cursor().executemany(text, [tuple(one.values()) for one in stored])


def _catch_up_sequences(store: Store) -> None:
    """PostgreSQL gives the next id after the ones that were given here."""
    tables = ("department", "person", "project", "task", "block_spell", "issue", "extension")
    for name in (*tables, "sync_entry"):
        store.sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
        ).fetchone()


def broken(url: str) -> list[str]:
    """What does not fit together in a store; empty for one that is sound."""
    store = Store(url)
    store.open()
    found = [name for name, query in _CHECKS.items() if store.sql(query).fetchone()[0]]
    store.close()
    return found


_CHECKS = {
    "tallied cards": (
        "SELECT count(*) FROM tally WHERE cards <> (SELECT count(*) FROM task WHERE"
        " task.project_id = tally.project_id AND task.state = tally.state AND parent_id IS NULL)"
    ),
    "tallied parts": (
        "SELECT count(*) FROM tally WHERE parts <> (SELECT count(*) FROM task WHERE"
        " task.project_id = tally.project_id AND task.state = tally.state"
        " AND parent_id IS NOT NULL)"
    ),
    "columns without a tally": (
        "SELECT count(*) FROM task WHERE NOT EXISTS (SELECT 1 FROM tally WHERE"
        " task.project_id = tally.project_id AND task.state = tally.state)"
    ),
    "blocked without a spell": (
        "SELECT count(*) FROM task WHERE (blocked_since IS NOT NULL) <> (EXISTS (SELECT 1 FROM"
        " block_spell WHERE task_id = task.id AND ended IS NULL AND started = blocked_since))"
    ),
    "in review without a round": (
        "SELECT count(*) FROM task WHERE (state = 'review') <> (EXISTS (SELECT 1 FROM"
        " review WHERE task_id = task.id AND verdict = 'pending' AND round = task.round))"
    ),
    "timers that are not counted": (
        "SELECT count(*) FROM task WHERE timers <> (SELECT count(*) FROM timer WHERE"
        " timer.task_id = task.id AND ended IS NULL)"
    ),
    "timers about nothing": (
        "SELECT count(*) FROM timer WHERE NOT EXISTS (SELECT 1 FROM issue WHERE target = 'issue'"
        " AND issue.id = object_id UNION ALL SELECT 1 FROM sync_entry entry WHERE target = 'entry'"
        " AND entry.id = object_id UNION ALL SELECT 1 FROM extension WHERE target = 'extension'"
        " AND extension.id = object_id UNION ALL SELECT 1 FROM block_spell spell WHERE"
        " target = 'spell' AND spell.id = object_id UNION ALL SELECT 1 FROM task WHERE"
        " target = 'task' AND task.id = object_id)"
    ),
    "owners who were given nothing": (
        "SELECT count(*) FROM task WHERE (owner_id IS NOT NULL) <> (EXISTS (SELECT 1 FROM"
        " assignment WHERE task_id = task.id AND assignment.owner_id = task.owner_id"
        " AND ended IS NULL))"
    ),
    "work without an owner": (
        "SELECT count(*) FROM task WHERE state IN ('doing', 'review') AND owner_id IS NULL"
    ),
    "closed or open by mistake": (
        "SELECT count(*) FROM task WHERE"
        " (closed IS NOT NULL) <> (state IN ('done', 'archived', 'cancelled'))"
    ),
    "gaps in the log": "SELECT coalesce(max(number), 0) - count(*) FROM event",
    "parents elsewhere": (
        "SELECT count(*) FROM task part JOIN task whole ON part.parent_id = whole.id"
        " WHERE part.project_id <> whole.project_id OR whole.parent_id IS NOT NULL"
    ),
    "nothing to find": "SELECT count(*) FROM task WHERE folded = ''",
    "keys beyond a counter": (
        "SELECT (SELECT count(*) FROM task WHERE parent_id IS NULL) - (SELECT coalesce(sum(last),"
        " 0) FROM counter WHERE substr(scope, 1, 8) = 'project/')"
    ),
}
