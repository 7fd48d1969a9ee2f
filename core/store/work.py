"""One write transaction: what it loaded, what it changed, what it recorded."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from core.domain.events import EventKind, Plain
from core.domain.ids import ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.progress import ProgressUpdate
from core.domain.refusals import Fact, NotFound, Rejected
from core.domain.searching import FIELDS
from core.domain.task import Task
from core.domain.text import fold
from core.records import replace
from core.store import ledger, rows, searching, statements, tallies
from core.store.book import Book, book_of
from core.store.database import Store
from core.store.logs import EventTable

Record = TypeVar("Record")


class Warning(NamedTuple):  # noqa: A001
    """Something the member should know although the command was taken."""

    code: str
    facts: dict[str, Fact]


class Change(NamedTuple):
    """An event before it has its number."""

    kind: EventKind
    project: ProjectId | None
    task: TaskId | None
    subject: str
    changes: Mapping[str, tuple[Plain, Plain]]
    reason: str


def plain(value: object) -> Plain:
    """``value`` as the log keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return ", ".join(f"{plain(key)}={plain(item)}" for key, item in value.items())
    raise TypeError(f"the log cannot keep {value!r}")


class Work:
    """What a handler is given. Nothing is kept unless the whole transaction commits."""

    def __init__(self, store: Store, *, now: datetime, actor: Person | None, handle: str) -> None:
        self.store = store
        self.now = now
        self.someone = actor
        """Who acts; None if the store does not know them (yet)."""
        self.handle = handle
        """What whoever acts calls themselves."""
        self.warnings: list[Warning] = []
        self._events: list[Change] = []
        if isinstance(store.waiting, Book):
            # A command that was refused before, and its transaction with it, told of nothing.
            store.waiting.told.clear()

    @property
    def book(self) -> Book:
        """What the transaction keeps; shared by all its commands."""
        return book_of(self.store)

    @property
    def actor(self) -> Person:
        """Who acts. Refuses ``unknown-actor`` if the store does not know them."""
        if self.someone is None:
            raise Rejected("unknown-actor", person=self.handle)
        return self.someone

    def get(self, kind: type[Record], number: int) -> Record:
        """The record with that id. Refuses NotFound."""
        found: Record | None = self.book.loaded.get((kind, number))
        if found is None:
            made = self.all(kind, id=number)
            if not made:
                raise NotFound(kind.__name__.lower(), number)
            found = made[0]
        return found

    def task(self, number: TaskId) -> Task:
        """The task with that id. Refuses NotFound."""
        return self.get(Task, number)

    def project(self, number: ProjectId) -> Project:
        """The project with that id. Refuses NotFound."""
        return self.get(Project, number)

    def all(self, kind: type[Record], **equals: object) -> tuple[Record, ...]:
        """Every record whose fields have these values (None: is empty), oldest first."""
        whole: Any = kind
        self.book.later.settle(kind)
        named = tuple(name for name, value in equals.items() if value is not None)
        empty = tuple(name for name, value in equals.items() if value is None)
        sql = statements.selecting(whole, named, empty, postgres=self.store.postgres)
        values = [rows.stored(kind, name, equals[name]) for name in named]
        lines = self.store.sql(sql, values).fetchall()
        found = tuple(rows.record(kind, line) for line in lines)
        for one in found:
            self.book.loaded[kind, _number(one)] = one
        return found

    def add(self, record: Record) -> Record:
        """Insert a record; returned with its id."""
        kind: Any = type(record)
        self.book.later.settle(kind)
        form = rows.writing(kind)
        names, values = form.names, form.values(record)
        if isinstance(record, Task):
            names, values = (*names, "folded"), [*values, folded(record)]
            tallies.shift(self.store, record, by=1)
        number = statements.insert(self.store, kind, names, values)
        self.book.told.append(ledger.added(kind, number, values))
        made = self.book.loaded[kind, number] = form.numbered(record, number)
        self._note(made)
        if isinstance(made, Project):
            tallies.begin(self.store, made.id)
        return made

    def save(self, record: Record) -> dict[str, tuple[Plain, Plain]]:
        """Write the fields that differ from what was loaded; returns them as (old, new).

        The version counts up unless only the position changed.
        """
        kind: Any = type(record)
        number = _number(record)
        names = rows.shape(kind).names
        old = self.get(kind, number)
        changed = [name for name in names if getattr(old, name) != getattr(record, name)]
        if not changed:
            return {}
        written = list(changed)
        if "version" in names and changed != ["position"]:
            record = _with(record, version=old.version + 1)
            written.append("version")
        values = [rows.stored(kind, name, getattr(record, name)) for name in written]
        self.book.told.append(ledger.changed(kind, number, written, values))
        if isinstance(record, Task) and isinstance(old, Task):
            self._follow(old, record)
            if folded(old) != folded(record):
                written, values = [*written, "folded"], [*values, folded(record)]
        sql = statements.updating(kind, tuple(written), postgres=self.store.postgres)
        self.store.sql(sql, [*values, number])
        self.book.loaded[kind, number] = record
        self._note(record, changed)
        return {name: (plain(getattr(old, name)), plain(getattr(record, name))) for name in changed}

    def _note(self, record: Any, changed: Iterable[str] | None = None) -> None:
        """Have the words of a new record written, or of one whose searched fields changed."""
        found = searching.kind_of(record)
        if found is None:
            return
        if changed is not None and not set(FIELDS[found]).intersection(changed):
            return
        self.book.note(found, record.id, self._noted(record))

    def _noted(self, record: Any) -> searching.Noted:
        if isinstance(record, Task):
            return searching.Noted(record, record.id, record.project)
        if isinstance(record, ProgressUpdate):
            return searching.Noted(record, record.task, self.task(record.task).project)
        return searching.Noted(record, record.task, record.project)

    def _follow(self, old: Task, new: Task) -> None:
        """Keep what is known of columns right."""
        tallies.move(self.store, old, new)
        if old.position != new.position:
            self.book.bottoms.clear()

    def forget(self) -> None:
        """Load afresh: rows were changed behind the loaded records."""
        self.book.forget()

    def remove(self, record: object) -> None:
        """Delete a part of a task; its text stays in the log."""
        kind: Any = type(record)
        number = _number(record)
        sql = statements.removing(kind, postgres=self.store.postgres)
        self.store.sql(sql, (number,))
        self.book.told.append(ledger.removed(kind, number))
        self.book.loaded.pop((kind, number), None)
        if (found := searching.kind_of(record)) is not None:
            self.book.note(found, number, searching.Noted(None, None, 0))

    def work_types(self) -> frozenset[str]:
        """The words that a task's type may have (R27)."""
        if self.book.types is None:
            from core.store import rare_rows

            self.book.types = rare_rows.work_types(self.store)
        return self.book.types

    def add_work_type(self, label: str, *, kind: str, urgent: bool) -> None:
        """Add a word that a task's type may have."""
        from core.store import rare_rows

        rare_rows.add_work_type(self.store, label, kind=kind, urgent=urgent)
        self.book.types = None

    def record(
        self,
        kind: EventKind,
        about: Task | Project | None = None,
        *,
        subject: str = "",
        changes: Mapping[str, tuple[Plain, Plain]] | None = None,
        reason: str = "",
    ) -> None:
        """Add a line to the log; it gets its number when the transaction ends."""
        task = about.id if isinstance(about, Task) else None
        project = about.project if isinstance(about, Task) else about.id if about else None
        self._events.append(Change(kind, project, task, subject, changes or {}, reason))

    def warn(self, code: str, **facts: Fact) -> None:
        """Tell the member something without refusing."""
        self.warnings.append(Warning(code, facts))

    def write_log(self, command_id: str) -> tuple[int, int]:
        """Number what was recorded; returns the first and last number (0, 0 if none).

        The last event holds what became of rows. It is all stored in bulk before the transaction
        ends; see core.store.book.
        """
        told, self.book.told = self.book.told, []
        if not self._events:
            assert not told, "rows were changed and the log does not say why"
            return (0, 0)
        newest = self.book.newest
        at = EventTable.at.db_value(self.now)
        actor = self.someone.id if self.someone else None
        last = len(self._events)
        lines = [
            (
                *(newest + place, at, actor, command_id, *_columns(change)),
                ledger.as_text(told) if told and place == last else "",
            )
            for place, change in enumerate(self._events, start=1)
        ]
        self.book.add_events(lines)
        self._events.clear()
        return (newest + 1, newest + len(lines))


def _columns(change: Change) -> tuple[object, ...]:
    return (
        change.kind.value,
        change.project,
        change.task,
        change.subject,
        EventTable.changes.db_value(change.changes),
        change.reason,
    )


def _number(record: object) -> int:
    number: int = record.id  # type: ignore[attr-defined]
    return number


def _with(record: Record, **values: object) -> Record:
    made: Record = replace(record, **values)  # type: ignore[type-var]
    return made


def folded(task: Task) -> str:
    """What a filter looks in."""
    return fold(f"{task.key} {task.external_id} {task.title}")
