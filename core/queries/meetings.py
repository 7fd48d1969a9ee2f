"""Meetings with their minutes and decisions, and when the next ones are (R22, R97, R98)."""

from datetime import date, datetime
from typing import Any

from peewee import JOIN

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.meetings import MeetingKind, MeetingPlan
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.policies.calendar import calendar_named
from core.policies.meeting_days import next_meeting
from core.queries.synclog import SyncFilter, SyncRow, entries
from core.records import dataclass, names_of
from core.store import rows
from core.store.database import Store
from core.store.rhythm_tables import MeetingTable
from core.store.rows import Reading
from core.store.tables import PersonTable, ProjectTable, TaskTable
from core.store.working_days import company_days

Edge = tuple[date, int]
"""Where a window ends: the (day, id) of its last meeting."""
MOST_DECISIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting, ready to draw."""

    id: PartId
    day: date
    """In the time zone of its project."""
    kind: MeetingKind
    topic: str
    attendees: str
    minutes: str
    author: PersonId
    author_name: str
    project: ProjectId
    project_key: str
    task: TaskId | None
    task_key: str
    """Empty where it was about no task."""
    at: datetime
    """When the minutes were written down; UTC."""

    @property
    def edge(self) -> Edge:
        """Its place in the order of meetings."""
        return (self.day, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting with what it decided, as far as whoever looks may see that."""

    meeting: MeetingRow
    decisions: tuple[SyncRow, ...]
    """In the order in which they were written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan of meetings, with the next of them."""

    plan: MeetingPlan
    project_key: str
    next: datetime | None
    """UTC; None where the plan meets on no day."""


_COLUMNS: tuple[Any, ...] = (
    MeetingTable.id,
    MeetingTable.day,
    MeetingTable.kind,
    MeetingTable.topic,
    MeetingTable.attendees,
    MeetingTable.minutes,
    MeetingTable.author,
    PersonTable.name,
    MeetingTable.project,
    ProjectTable.key,
    MeetingTable.task,
    TaskTable.key,
    MeetingTable.at,
)
_NAMES = names_of(MeetingRow)
_READING = Reading(_COLUMNS)


def meetings(
    store: Store,
    *,
    project: ProjectId | None = None,
    before: Edge | None = None,
    limit: int = 100,
) -> tuple[MeetingRow, ...]:
    """A window of the meetings, newest first, of one project or all. One statement."""
    query = _query()
    if project is not None:
        query = query.where(MeetingTable.project == project)
    if before is not None:
        day, number = before
        beyond = (MeetingTable.day < day) | ((MeetingTable.day == day) & (MeetingTable.id < number))
        query = query.where((MeetingTable.day <= day) & beyond)
    ordered = query.order_by(MeetingTable.day.desc(), MeetingTable.id.desc())
    return tuple(_row(found) for found in store.rows(ordered.limit(limit)))


def meeting(store: Store, number: PartId, *, viewer: PersonId | None = None) -> MeetingView:
    """One meeting with its decisions. Refuses NotFound."""
    found = store.row(_query().where(MeetingTable.id == number))
    if found is None:
        raise NotFound("meeting", number)
    decided = entries(store, SyncFilter(meeting=number), viewer=viewer, limit=MOST_DECISIONS)
    in_order = tuple(sorted(decided, key=lambda row: row.id))
    return MeetingView(meeting=_row(found), decisions=in_order)


def _query() -> Any:
    query = MeetingTable.select(*_COLUMNS)
    for table, on in (
        (PersonTable, MeetingTable.author == PersonTable.id),
        (ProjectTable, MeetingTable.project == ProjectTable.id),
        (TaskTable, MeetingTable.task == TaskTable.id),
    ):
        query = query.switch(MeetingTable).join(table, JOIN.LEFT_OUTER, on=on)
    return query


def _row(found: tuple[Any, ...]) -> MeetingRow:
    made = dict(zip(_NAMES, _READING.values(found), strict=True))
    made["task_key"] = made["task_key"] or ""
    return MeetingRow(**made)


def plans(store: Store, *, now: datetime, project: ProjectId | None = None) -> tuple[PlanRow, ...]:
    """The plans of one project or all, the next meeting first; those that never meet last."""
    form = rows.shape(MeetingPlan)
    query = form.table.select(*form.columns).order_by(form.table.id)
    if project is not None:
        query = query.where(form.table.project == project)
    planned = [rows.record(MeetingPlan, row) for row in store.rows(query)]
    if not planned:
        return ()
    projects = _projects(store, {one.project for one in planned})
    days = company_days(store)
    found = []
    for one in planned:
        home = projects[one.project]
        own = days[home.calendar]
        calendar = calendar_named(home.calendar, time_zone=home.time_zone, overrides=own)
        at = next_meeting(one.days, one.time, now, calendar)
        found.append(PlanRow(plan=one, project_key=home.key, next=at))
    return tuple(sorted(found, key=lambda row: (row.next is None, row.next or now)))


def _projects(store: Store, wanted: set[ProjectId]) -> dict[ProjectId, Project]:
    form = rows.shape(Project)
    query = form.table.select(*form.columns).where(form.table.id.in_(sorted(wanted)))
    return {one.id: one for one in (rows.record(Project, row) for row in store.rows(query))}
