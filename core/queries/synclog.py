"""The sync log, newest first (R93-R95)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import JOIN

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.status import SyncKind
from core.store.database import Store
from core.store.rare_tables import SyncTable
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

    @property
    def edge(self) -> Edge:
        """Its place in the order of the log."""
        return (self.day, self.id)


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
)
_NAMES = tuple(SyncRow.__dataclass_fields__)
_READING = Reading(_COLUMNS)


def entries(
    store: Store,
    shown: SyncFilter = EVERYTHING,
    *,
    before: Edge | None = None,
    limit: int = 100,
) -> tuple[SyncRow, ...]:
    """A window of the log: the newest entries, or those that come after an edge.

    One statement, whose cost does not depend on how long the log is.
    """
    query = SyncTable.select(*_COLUMNS)
    for table, on in (
        (PersonTable, SyncTable.author == PersonTable.id),
        (ProjectTable, SyncTable.project == ProjectTable.id),
        (TaskTable, SyncTable.task == TaskTable.id),
    ):
        query = query.switch(SyncTable).join(table, JOIN.LEFT_OUTER, on=on)
    query = _narrow(query, shown)
    if before is not None:
        day, number = before
        beyond = (SyncTable.day < day) | ((SyncTable.day == day) & (SyncTable.id < number))
        query = query.where((SyncTable.day <= day) & beyond)
    ordered = query.order_by(SyncTable.day.desc(), SyncTable.id.desc())
    return tuple(_row(found) for found in store.rows(ordered.limit(limit)))


def _narrow(query: Any, shown: SyncFilter) -> Any:
    equal = {"kind": shown.kind, "author": shown.person}
    equal |= {"project": shown.project, "task": shown.task}  # type: ignore[dict-item]
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
    made["task_key"] = made["task_key"] or ""
    return SyncRow(**made)
