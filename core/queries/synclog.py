"""The sync log, newest first (R93-R95)."""

from datetime import date, datetime
from typing import Any

from peewee import JOIN

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.refusals import NotFound
from core.domain.status import SyncKind
from core.records import dataclass, names_of, replace
from core.store.database import Store
from core.store.rare_tables import SyncTable
from core.store.restricting import may_see
from core.store.rows import Reading
from core.store.tables import PersonTable, ProjectTable, TaskTable

Edge = tuple[date, int]
"""Where a window ends: the (day, id) of its last entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncFilter:
    """Which entries to show; None means any."""

    kind: SyncKind | None = None
    person: PersonId | None = None
    """Who wrote it."""
    project: ProjectId | None = None
    day_from: date | None = None
    day_to: date | None = None
    """The last day, counted in."""
    task: TaskId | None = None
    meeting: PartId | None = None
    """What it decided."""
    id: PartId | None = None
    """One entry only."""


EVERYTHING = SyncFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRow:
    """One entry, ready to draw."""

    id: PartId
    day: date
    """In the time zone of its project."""
    kind: SyncKind
    topic: str
    content: str
    author: PersonId
    author_name: str
    audience: str
    reference: str
    remarks: str
    project: ProjectId
    project_key: str
    task: TaskId | None
    task_key: str
    """Empty where it belongs to no task."""
    at: datetime
    """When it was written down; UTC."""
    restricted: bool
    meeting: PartId | None
    asks: PersonId | None
    asks_name: str
    """Who should answer; empty where nothing is asked."""
    answers: PartId | None
    """The question that it answers."""
    follow_up: str
    follow_up_owner: PersonId | None
    follow_up_owner_name: str
    follow_up_due: date | None
    follow_up_task: TaskId | None
    follow_up_task_key: str
    """Empty while it has not become a task."""
    answered: bool = False
    """Of a question: whether somebody answered it."""

    @property
    def edge(self) -> Edge:
        """Its place in the order of the log."""
        return (self.day, self.id)


_Asked: Any = PersonTable.alias("asked")
_Owner: Any = PersonTable.alias("follower")
_Made: Any = TaskTable.alias("made")
_COLUMNS: tuple[Any, ...] = (
    SyncTable.id,
    SyncTable.day,
    SyncTable.kind,
    SyncTable.topic,
    SyncTable.content,
    SyncTable.author,
    PersonTable.name,
    SyncTable.audience,
    SyncTable.reference,
    SyncTable.remarks,
    SyncTable.project,
    ProjectTable.key,
    SyncTable.task,
    TaskTable.key,
    SyncTable.at,
    SyncTable.restricted,
    SyncTable.meeting,
    SyncTable.asks,
    _Asked.name,
    SyncTable.answers,
    SyncTable.follow_up,
    SyncTable.follow_up_owner,
    _Owner.name,
    SyncTable.follow_up_due,
    SyncTable.follow_up_task,
    _Made.key,
)
_NAMES = names_of(SyncRow)[: len(_COLUMNS)]
_ABSENT = ("task_key", "asks_name", "follow_up_owner_name", "follow_up_task_key")
_READING = Reading(_COLUMNS)


def entries(
    store: Store,
    shown: SyncFilter = EVERYTHING,
    *,
    viewer: PersonId | None = None,
    before: Edge | None = None,
    limit: int = 100,
) -> tuple[SyncRow, ...]:
    """A window of the log: the newest entries, or those that come after an edge.

    ``viewer`` sees the restricted entries that are for them; None sees none. Two statements,
    whose cost does not depend on how long the log is.
    """
    query = SyncTable.select(*_COLUMNS).where(may_see(viewer))
    for table, on in (
        (PersonTable, SyncTable.author == PersonTable.id),
        (ProjectTable, SyncTable.project == ProjectTable.id),
        (TaskTable, SyncTable.task == TaskTable.id),
        (_Asked, SyncTable.asks == _Asked.id),
        (_Owner, SyncTable.follow_up_owner == _Owner.id),
        (_Made, SyncTable.follow_up_task == _Made.id),
    ):
        query = query.switch(SyncTable).join(table, JOIN.LEFT_OUTER, on=on)
    query = _narrow(query, shown)
    if before is not None:
        day, number = before
        beyond = (SyncTable.day < day) | ((SyncTable.day == day) & (SyncTable.id < number))
        query = query.where((SyncTable.day <= day) & beyond)
    ordered = query.order_by(SyncTable.day.desc(), SyncTable.id.desc())
    found = [_row(one) for one in store.rows(ordered.limit(limit))]
    answered = _answered(store, [row.id for row in found if row.asks is not None])
    return tuple(replace(row, answered=True) if row.id in answered else row for row in found)


def entry(store: Store, number: PartId, *, viewer: PersonId | None) -> SyncRow:
    """One entry. Refuses NotFound, also for one that ``viewer`` may not see."""
    found = entries(store, SyncFilter(id=number), viewer=viewer, limit=1)
    if not found:
        raise NotFound("entry", number)
    return found[0]


def _answered(store: Store, questions: list[PartId]) -> frozenset[int]:
    if not questions:
        return frozenset()
    query = SyncTable.select(SyncTable.answers).where(SyncTable.answers.in_(questions))
    return frozenset(row[0] for row in store.rows(query))


def _narrow(query: Any, shown: SyncFilter) -> Any:
    equal = {"kind": shown.kind, "author": shown.person}
    equal |= {"project": shown.project, "task": shown.task}  # type: ignore[dict-item]
    equal |= {"meeting": shown.meeting, "id": shown.id}  # type: ignore[dict-item]
    for name, value in equal.items():
        if value is not None:
            query = query.where(SyncTable._meta.fields[name] == value)
    if shown.day_from is not None:
        query = query.where(SyncTable.day >= shown.day_from)
    if shown.day_to is not None:
        query = query.where(SyncTable.day <= shown.day_to)
    return query


def _row(found: tuple[Any, ...]) -> SyncRow:
    made = dict(zip(_NAMES, _READING.values(found), strict=True))
    made |= {name: made[name] or "" for name in _ABSENT}
    return SyncRow(**made)
