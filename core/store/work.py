"""One write transaction: what it loaded, what it changed, what it recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from core.domain.events import EventKind, Plain
from core.domain.ids import ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import Fact, NotFound, Rejected
from core.domain.task import Task
from core.domain.text import fold
from core.store import rows, tallies
from core.store.database import CHANNEL, Store
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

    def __init__(self, store: Store, *, now: datetime, actor: Person | None) -> None:
        self.store = store
        self.now = now
        self.someone = actor
        """Who acts; None while the store has nobody yet."""
        self.warnings: list[Warning] = []
        self._loaded: dict[tuple[str, int], Any] = {}
        self._events: list[Change] = []

    @property
    def actor(self) -> Person:
        """Who acts. Refuses ``unknown-actor`` if the store does not know them."""
        if self.someone is None:
            raise Rejected("unknown-actor")
        return self.someone

    def get(self, kind: type[Record], number: int) -> Record:
        """The record with that id. Refuses NotFound."""
        found = self._loaded.get((kind.__name__, number))
        if found is None:
            form = rows.shape(kind)
            row = self.store.row(
                form.table.select(*form.columns).where(form.table.id == number).limit(1)
            )
            if row is None:
                raise NotFound(kind.__name__.lower(), number)
            found = rows.record(kind, row)
            self._loaded[kind.__name__, number] = found
        assert isinstance(found, kind)
        return found

    def task(self, number: TaskId) -> Task:
        """The task with that id. Refuses NotFound."""
        return self.get(Task, number)

    def project(self, number: ProjectId) -> Project:
        """The project with that id. Refuses NotFound."""
        return self.get(Project, number)

    def all(self, kind: type[Record], **equals: object) -> tuple[Record, ...]:
        """Every record whose fields have these values (None: is empty), oldest first."""
        form = rows.shape(kind)
        query = form.table.select(*form.columns).order_by(form.table.id)
        for name, value in equals.items():
            column = form.table._meta.fields[name]
            query = query.where(column.is_null() if value is None else column == value)
        found = tuple(rows.record(kind, row) for row in self.store.rows(query))
        for one in found:
            self._loaded[kind.__name__, one.id] = one  # type: ignore[attr-defined]
        return found

    def add(self, record: Record) -> Record:
        """Insert a record; returned with its id."""
        form = rows.shape(type(record))
        values = rows.columns_of(record)
        if isinstance(record, Task):
            values[form.table._meta.fields["folded"]] = folded(record)
            tallies.shift(self.store, record, by=1)
        number = self.store.value(form.table.insert(values).returning(form.table.id))
        made = replace(record, id=number)  # type: ignore[type-var]
        self._loaded[type(record).__name__, number] = made
        if isinstance(made, Project):
            tallies.begin(self.store, made.id)
        return made

    def save(self, record: Record) -> dict[str, tuple[Plain, Plain]]:
        """Write the fields that differ from what was loaded; returns them as (old, new).

        The version counts up unless only the position changed.
        """
        kind = type(record)
        form = rows.shape(kind)
        number: int = record.id  # type: ignore[attr-defined]
        old = self.get(kind, number)
        changed = [name for name in form.names if getattr(old, name) != getattr(record, name)]
        if not changed:
            return {}
        if "version" in form.names and changed != ["position"]:
            record = replace(record, version=old.version + 1)  # type: ignore
        values = {form.table._meta.fields[name]: getattr(record, name) for name in changed}
        if "version" in form.names:
            values[form.table._meta.fields["version"]] = record.version  # type: ignore[attr-defined]
        if isinstance(record, Task) and isinstance(old, Task):
            values[form.table._meta.fields["folded"]] = folded(record)
            tallies.move(self.store, old, record)
        self.store.run(form.table.update(values).where(form.table.id == number))
        self._loaded[kind.__name__, number] = record
        return {name: (plain(getattr(old, name)), plain(getattr(record, name))) for name in changed}

    def forget(self) -> None:
        """Load afresh: rows were changed behind the loaded records."""
        self._loaded.clear()

    def remove(self, record: object) -> None:
        """Delete a part of a task; its text stays in the log."""
        form = rows.shape(type(record))
        number: int = record.id  # type: ignore[attr-defined]
        self.store.run(form.table.delete().where(form.table.id == number))
        self._loaded.pop((type(record).__name__, number), None)

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
        """Number and store what was recorded; returns the first and last number (0, 0 if none)."""
        if not self._events:
            return (0, 0)
        newest = newest_event(self.store)
        actor = self.someone.id if self.someone else None
        lines = [
            (newest + place, self.now, actor, command_id, *_columns(change))
            for place, change in enumerate(self._events, start=1)
        ]
        names = [EventTable._meta.fields[name] for name in _EVENT_FIELDS]
        for chunk in _chunks(lines, 500):
            self.store.run(EventTable.insert_many(chunk, fields=names))
        self._events.clear()
        last = newest + len(lines)
        if self.store.postgres:
            self.store.sql("SELECT pg_notify(%s, %s)", (CHANNEL, str(last)))
        return (newest + 1, last)


_EVENT_FIELDS = (
    "number",
    "at",
    "actor",
    "command_id",
    "kind",
    "project",
    "task",
    "subject",
    "changes",
    "reason",
)


def _columns(change: Change) -> tuple[object, ...]:
    return (
        change.kind,
        change.project,
        change.task,
        change.subject,
        change.changes,
        change.reason,
    )


def _chunks(lines: list[tuple[object, ...]], size: int) -> Iterable[list[tuple[object, ...]]]:
    return (lines[start : start + size] for start in range(0, len(lines), size))


def newest_event(store: Store) -> int:
    """The newest event's number; 0 in an empty store."""
    query = EventTable.select(EventTable.number).order_by(EventTable.number.desc()).limit(1)
    return store.value(query) or 0


def folded(task: Task) -> str:
    """What a filter looks in."""
    return fold(f"{task.key} {task.external_id} {task.title}")
