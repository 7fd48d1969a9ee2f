"""Which calendar and which limits hold for each project at a moment."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from peewee import JOIN

from core.domain.ids import DepartmentId, PersonId, ProjectId
from core.policies.alerts import Horizon, horizon_at
from core.policies.calendar import WorkCalendar, calendar_named
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import DepartmentTable, ProjectTable
from core.store.working_days import company_days


class Ruled(NamedTuple):
    """A project, by whom and by which calendar it is ruled."""

    id: ProjectId
    key: str
    lead: PersonId | None
    department: DepartmentId | None
    head: PersonId | None
    """The lead of its department."""
    calendar: WorkCalendar

    @property
    def acceptor(self) -> PersonId | None:
        """Who accepts where a task names no acceptor (R65)."""
        return self.lead or self.head


class Group(NamedTuple):
    """The projects that share a calendar, and so the limits of a moment."""

    horizon: Horizon
    projects: tuple[Ruled, ...]


def ruled(store: Store, *, project: ProjectId | None = None) -> tuple[Ruled, ...]:
    """All projects, by key, or the one; two statements."""
    columns = (ProjectTable.id, ProjectTable.key, ProjectTable.lead, ProjectTable.department)
    places = (DepartmentTable.lead, ProjectTable.calendar, ProjectTable.time_zone)
    query = ProjectTable.select(*columns, *places).join(
        DepartmentTable, JOIN.LEFT_OUTER, on=ProjectTable.department == DepartmentTable.id
    )
    if project is not None:
        query = query.where(ProjectTable.id == project)
    days, reading = company_days(store), Reading((*columns, *places))
    return tuple(
        Ruled(
            id=number,
            key=key,
            lead=lead,
            department=department,
            head=head,
            calendar=calendar_named(name, time_zone=zone, overrides=days[name]),
        )
        for number, key, lead, department, head, name, zone in map(
            reading.values, store.rows(query.order_by(ProjectTable.key))
        )
    )


def groups(store: Store, *, now: datetime, project: ProjectId | None = None) -> tuple[Group, ...]:
    """The projects by calendar, with the limits that hold at ``now``."""
    together: dict[WorkCalendar, list[Ruled]] = defaultdict(list)
    for one in ruled(store, project=project):
        together[one.calendar].append(one)
    return tuple(
        Group(horizon_at(now, calendar), tuple(members)) for calendar, members in together.items()
    )


def horizons(store: Store, *, now: datetime) -> dict[ProjectId, Horizon]:
    """The limits of every project at ``now``: what the lights of a board's cards need."""
    return {one.id: group.horizon for group in groups(store, now=now) for one in group.projects}
