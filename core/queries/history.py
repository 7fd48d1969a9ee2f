"""What happened, line by line of the log, with names in place of ids."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from peewee import JOIN

from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.refusals import Unavailable
from core.records import dataclass, names_of
from core.store.database import Store
from core.store.fields import shown
from core.store.logs import EventTable
from core.store.rows import Reading, changes
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, TaskTable

NEWEST = 2**62
"""``before`` it lies every event: ask so for the newest first."""

Changes = Mapping[str, tuple[Plain, Plain]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One line of the log, ready to show. ``at`` is UTC."""

    number: int
    at: datetime
    kind: EventKind | str
    """A word that is not known stands as it was stored; ``changes`` is then empty."""
    command_id: str
    actor: PersonId | None
    actor_name: str
    project: ProjectId | None
    project_key: str
    task: TaskId | None
    task_key: str
    """Empty where it is about no task."""
    task_title: str
    """As it reads today."""
    subject: str
    changes: Changes
    """Field name to (old, new); people and departments by name. Empty if they are unreadable."""
    reason: str


class About(TypedDict, total=False):
    """Which events: those of a task, by a person, in a project, of a kind; None means any."""

    task: TaskId | None
    actor: PersonId | None
    project: ProjectId | None
    kind: EventKind | None
    kinds: Collection[str]
    """Any of these; none is all."""


_PEOPLE = frozenset(
    "owner acceptor initiator lead manager met_by registered_by merged_into accepted_by asks "
    "submitted_by".split()
)
_DEPARTMENTS = frozenset({"department"})
_COLUMNS: tuple[Any, ...] = (
    EventTable.number,
    EventTable.at,
    EventTable.kind,
    EventTable.command_id,
    EventTable.actor,
    PersonTable.name,
    EventTable.project,
    ProjectTable.key,
    EventTable.task,
    TaskTable.key,
    TaskTable.title,
    EventTable.subject,
    EventTable.changes,
    EventTable.reason,
)
_NAMES = names_of(EventRow)
_KIND, _CHANGES = _NAMES.index("kind"), _NAMES.index("changes")
_READING = Reading(_COLUMNS)
_OF_ENTRIES = (
    EventKind.SYNC_ENTRY_ADDED,
    EventKind.QUESTION_ASKED,
    EventKind.QUESTION_ANSWERED,
    EventKind.FOLLOW_UP_MADE,
)
_OF_RESTRICTED = EventTable.kind.in_(_OF_ENTRIES) & (EventTable.subject == "")
"""An entry always has a topic; the events of a restricted one do not carry it."""


def events(
    store: Store,
    *,
    after: int = 0,
    before: int | None = None,
    limit: int = 100,
    since: datetime | None = None,
    until: datetime | None = None,
    **about: Unpack[About],
) -> tuple[EventRow, ...]:
    """The events after a number, oldest first; with ``before`` those before it, newest first.

    Nobody sees the events of restricted sync entries here, not even whoever sees the entries.
    At most three statements, however many events. ``since`` counts in, ``until`` does not.
    """
    query = _query().where((EventTable.number > after) & ~_OF_RESTRICTED)
    if since is not None:
        query = query.where(EventTable.at >= since)
    if until is not None:
        query = query.where(EventTable.at < until)
    if kinds := about.pop("kinds", ()):
        query = query.where(EventTable.kind.in_([EventKind(one) for one in kinds]))
    for name, value in about.items():
        if value is not None:
            query = query.where(EventTable._meta.fields[name] == value)
    if before is None:
        query = query.order_by(EventTable.number)
    else:
        query = query.where(EventTable.number < before).order_by(EventTable.number.desc())
    found = [_values(row) for row in store.rows(query.limit(limit))]
    people = _names(store, PersonTable, _mentioned(found, _PEOPLE))
    departments = _names(store, DepartmentTable, _mentioned(found, _DEPARTMENTS))
    names = {**dict.fromkeys(_PEOPLE, people), **dict.fromkeys(_DEPARTMENTS, departments)}
    return tuple(EventRow(**{**line, "changes": _named(line["changes"], names)}) for line in found)


def _query() -> Any:
    query = EventTable.select(*_COLUMNS)
    for table, on in (
        (PersonTable, EventTable.actor == PersonTable.id),
        (ProjectTable, EventTable.project == ProjectTable.id),
        (TaskTable, EventTable.task == TaskTable.id),
    ):
        query = query.switch(EventTable).join(table, JOIN.LEFT_OUTER, on=on)
    return query


def _values(row: Sequence[Any]) -> dict[str, Any]:
    line = dict(zip(_NAMES, _READING.values(_legible(row)), strict=True))
    if line["kind"] is None:
        line["kind"] = shown(row[_KIND])
    for name in ("actor_name", "project_key", "task_key", "task_title"):
        line[name] = line[name] or ""
    return line


_INSTANTS = (
    *("due", "expected", "baseline_due", "blocked_since", "updated"),
    *("met_at", "resolve_by", "respond_by", "occurred", "registered"),
)


def _check(told: Mapping[str, Sequence[Any]]) -> None:
    """Raise ValueError or TypeError where an instant is none."""
    for field in _INSTANTS:
        for value in told.get(field, ()):
            if value is not None:
                datetime.fromisoformat(value)


def _legible(row: Sequence[Any]) -> Sequence[Any]:
    """``row`` without a kind that nobody knows, and without changes that say nothing.

    One line that somebody spoilt must not hide all others.
    """
    try:
        EventTable.kind.python_value(row[_KIND])
        _check(changes(EventTable.changes.python_value(row[_CHANGES])))
    except (Unavailable, ValueError, TypeError):
        values = list(row)
        values[_CHANGES] = "{}"
        if row[_KIND] not in EventTable.kind.known:
            values[_KIND] = None
        return values
    return row


def _mentioned(lines: Sequence[dict[str, Any]], fields: frozenset[str]) -> set[int]:
    """The ids that the changes of these fields hold."""

    def values() -> Iterator[Plain]:
        for line in lines:
            for field, pair in line["changes"].items():
                if field in fields:
                    yield from pair

    return {value for value in values() if isinstance(value, int)}


def _names(store: Store, table: Any, numbers: set[int]) -> dict[int, str]:
    if not numbers:
        return {}
    query = table.select(table.id, table.name).where(table.id.in_(sorted(numbers)))
    return dict(store.rows(query))


def _named(changes: Mapping[str, Sequence[Plain]], names: Mapping[str, dict[int, str]]) -> Changes:
    """The changes with names for ids; an id that nobody has any more stays a number."""
    return {
        field: (_name(old, names.get(field, {})), _name(new, names.get(field, {})))
        for field, (old, new) in changes.items()
    }


def _name(value: Plain, names: Mapping[int, str]) -> Plain:
    return names.get(value, value) if isinstance(value, int) else value
