"""Whether the log is whole, and whether the tables are what it says; see core.store.ledger.

Events are read once, in order, and what they say of rows is held against the tables then. What
the log tells of the few values that are wrong is looked up in a second reading.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from core.domain.events import Plain
from core.domain.flaws import Flaw, FlawKind, Soundness
from core.records import replace
from core.store import ledger
from core.store.database import Store
from core.store.first_ledger import POSTGRES_GUARDS, SQLITE_GUARDS
from core.store.images import Image, Key
from core.store.registry import all_tables
from core.store.rows import fields_of, name_of

Progress = Callable[[int, int], None]
"""Told how many events and rows were read, and how many there are about."""
LIMIT: Final = 1_000
"""How many flaws are told one by one."""
_AT_ONCE: Final = 500
_SEEDED: Final[Mapping[str, Mapping[str, Any]]] = {
    "项目型": {"kind": "project"},
    "事务型": {"kind": "routine"},
    "协作型": {"kind": "collaboration"},
    "专项任务": {"kind": "project"},
    "常规任务": {"kind": "routine"},
    "紧急任务": {"kind": "routine", "urgent": True},
}
"""Work types that the first migration wrote, and no event."""
_EVENT: Final = (
    "SELECT number, at, actor_id, command_id, kind, project_id, task_id, subject, changes, reason,"
    " rows, hash FROM event ORDER BY number"
)
_KEYS: Final = frozenset({int, str})
_SEALED: Final = "log-sealed"


@contextmanager
def snapshot(store: Store) -> Iterator[None]:
    """Everything read inside is of one moment, whoever writes meanwhile."""
    named = {"isolation_level": "REPEATABLE READ"} if store.postgres else {"lock_type": "DEFERRED"}
    with store.database.atomic(**named):
        yield


def pages(store: Store, sql: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of our own SQL text, some at a time; inside of ``snapshot``."""
    if not store.postgres:
        cursor = store.sql(sql)
        while found := cursor.fetchmany(_AT_ONCE):
            yield found
        return
    store.sql(f"DECLARE verified NO SCROLL CURSOR FOR {sql}")
    size = _AT_ONCE
    while size == _AT_ONCE:
        found = store.sql(f"FETCH {_AT_ONCE} FROM verified").fetchall()
        size = len(found)
        yield found
    store.sql("CLOSE verified")


class Reading:
    """One reading of the log, and of the tables, inside of ``snapshot``."""

    def __init__(self, store: Store, *, head: str, progress: Progress | None) -> None:
        self._store = store
        self._wanted = head
        self._progress = progress
        kept = [one for one in all_tables() if name_of(one) not in ledger.NOT_KEPT]
        self._images = {name_of(one): Image(one) for one in kept}
        for label, given in _SEEDED.items():
            self._images["work_type"].tell(label, given, whole=True)
        self._number, self._head = 0, ""
        self._events = self._rows = self._total = self._count = 0
        self.flaws: list[Flaw] = []

    def soundness(self, flaws: Sequence[Flaw]) -> Soundness:
        """What was found; ``flaws`` with the values that the log tells of."""
        return Soundness(
            number=self._number,
            head=self._head,
            events=self._events,
            rows=self._rows,
            count=self._count,
            flaws=tuple(flaws),
        )

    def all(self) -> None:
        """Read the log, then the tables."""
        self._estimate()
        is_there = not self._wanted
        for page in pages(self._store, _EVENT):
            for *line, stored in page:
                self._event(line, stored)
                is_there = is_there or stored == self._wanted
            self._events += len(page)
            self._tell_progress()
        if not is_there:
            self._flaw(Flaw(kind=FlawKind.HEAD_MISSING, name=self._wanted))
        self._tail()
        for name in missing_guards(self._store):
            self._flaw(Flaw(kind=FlawKind.GUARD_MISSING, name=name))
        for image in self._images.values():
            self._table(image)

    def _estimate(self) -> None:
        if self._progress is None:
            return
        self._total = self._one("SELECT max(number) FROM event") or 0
        for name in self._images:
            self._total += self._one(f'SELECT count(*) FROM "{name}"')  # noqa: S608

    def _one(self, sql: str) -> Any:
        return self._store.sql(sql).fetchone()[0]

    def _tell_progress(self) -> None:
        if self._progress is not None:
            done = self._events + self._rows
            self._progress(done, max(done, self._total))

    def _flaw(self, flaw: Flaw) -> None:
        self._count += 1
        if len(self.flaws) < LIMIT:
            self.flaws.append(flaw)

    def _event(self, line: list[Any], stored: str) -> None:
        number, told = line[0], line[10]
        if type(number) is not int:  # SQLite keeps whatever it is given
            self._flaw(Flaw(kind=FlawKind.EVENT_CHANGED, name=str(number)))
            return
        first = self._number + 1
        if number != first:
            self._flaw(Flaw(kind=FlawKind.EVENTS_MISSING, number=first, until=number - 1))
        if ledger.chained(self._head, line) != stored:
            self._flaw(Flaw(kind=FlawKind.EVENT_CHANGED, number=number))
        self._number, self._head = number, stored
        if told:
            whole = line[4] == _SEALED
            for table, key, given in changes(told):
                if table in self._images:
                    self._images[table].tell(key, given, whole=whole)

    def _tail(self) -> None:
        last = self._one("SELECT max(last) FROM receipt")
        if type(last) is int and last > self._number:
            self._flaw(Flaw(kind=FlawKind.TAIL_CUT, number=last))

    def _table(self, image: Image) -> None:
        columns = ", ".join(f'"{name}"' for name in (image.key, *image.columns))
        sql = f'SELECT {columns} FROM "{image.name}" ORDER BY "{image.key}"'  # noqa: S608
        for page in pages(self._store, sql):
            for key, *values in page:
                self._row(image, key, values)
            self._rows += len(page)
            self._tell_progress()
        for key in image.left():
            self._flaw(Flaw(kind=FlawKind.ROW_MISSING, name=image.name, row=str(key)))

    def _row(self, image: Image, key: Key, values: Sequence[Any]) -> None:
        wrong = image.wrong(key, values)
        if wrong is None:
            self._flaw(Flaw(kind=FlawKind.ROW_ADDED, name=image.name, row=str(key)))
            return
        for column in wrong:
            stands = _plain(values[image.columns.index(column)])
            self._flaw(
                Flaw(
                    kind=FlawKind.ROW_CHANGED,
                    name=image.name,
                    row=str(key),
                    column=column,
                    stands=stands,
                )
            )


def changes(text: str) -> Iterator[tuple[str, Key, Mapping[str, Any] | None]]:
    """What an event says of rows; nothing where somebody left it unreadable."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in told if type(told) is list else ():
        if type(one) is list and len(one) == 3:
            table, key, given = one
            known = type(table) is str and type(key) in _KEYS
            if known and (given is None or type(given) is dict):
                yield table, key, given


def missing_guards(store: Store) -> tuple[str, ...]:
    """The triggers on the log that are not there, or not as duban made them."""
    if store.postgres:
        known = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND tgenabled = 'A'"
        )
        found = {row[0] for row in store.sql(known).fetchall()}
        return tuple(name for name in POSTGRES_GUARDS if name not in found)
    known = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    made = dict(store.sql(known).fetchall())
    return tuple(name for name, sql in SQLITE_GUARDS.items() if made.get(name) != sql)


def told_values(store: Store, flaws: Sequence[Flaw]) -> list[Flaw]:
    """The flaws with the values that the log tells of: one more reading, of few rows."""
    wanted = {(one.name, one.row) for one in flaws if one.kind is FlawKind.ROW_CHANGED}
    if not wanted:
        return list(flaws)
    known: dict[tuple[str, str], dict[str, Any]] = {
        ("work_type", label): dict(given) for label, given in _SEEDED.items()
    }
    for page in pages(store, "SELECT kind, rows FROM event WHERE rows <> '' ORDER BY number"):
        for kind, text in page:
            for table, key, given in changes(text):
                name = (table, str(key))
                if name in wanted:
                    before = {} if given is None or kind == _SEALED else known.get(name, {})
                    known[name] = {**before, **(given or {})}
    return [
        replace(one, told=_plain(_told(known.get((one.name, one.row), {}), one)))
        if one.kind is FlawKind.ROW_CHANGED
        else one
        for one in flaws
    ]


def _told(row: Mapping[str, Any], flaw: Flaw) -> Any:
    if flaw.column in row:
        return row[flaw.column]
    table = next(one for one in all_tables() if name_of(one) == flaw.name)
    columns = fields_of(table).values()
    return ledger.empty(next(one for one in columns if one.column_name == flaw.column))


def _plain(value: Any) -> Plain:
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, date) else repr(value)


def without_values(flaws: Sequence[Flaw]) -> list[Flaw]:
    """The flaws without what stands in rows."""
    return [replace(one, stands=None) for one in flaws]
