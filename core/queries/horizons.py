"""Which calendar and which limits hold for each project at a moment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from peewee import JOIN

from core.domain.ids import DepartmentId, PersonId, ProjectId
from core.policies.alerts import Horizon, horizon_at
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.days import DayOverride
from core.policies.deadlines import DEFAULT_RULES, RECONFIRM_DAYS, Cadence, UpdateRules
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
    name: str = ""
    updates: UpdateRules = DEFAULT_RULES
    """By when news is owed, as the project has it."""
    cadence: Cadence | None = None
    """How often news of its tasks is owed; None goes by urgency and priority."""
    reconfirm: int = RECONFIRM_DAYS
    """After how many days an owner confirms; 0 is never."""

    @property
    def acceptor(self) -> PersonId | None:
        """Who accepts where a task names no acceptor (R65)."""
        return self.lead or self.head


class Group(NamedTuple):
    """The projects that share a calendar and rules on news, and so the limits of a moment."""

    horizon: Horizon
    projects: tuple[Ruled, ...]


def ruled(store: Store, *, project: ProjectId | None = None) -> tuple[Ruled, ...]:
    """All projects, by key, or the one; two statements."""
    own = (ProjectTable.id, ProjectTable.key, ProjectTable.lead, ProjectTable.department)
    places = (DepartmentTable.lead, ProjectTable.calendar, ProjectTable.time_zone)
    columns = (*own, *places, ProjectTable.name, ProjectTable.rules)
    query = ProjectTable.select(*columns).join(
        DepartmentTable, JOIN.LEFT_OUTER, on=ProjectTable.department == DepartmentTable.id
    )
    if project is not None:
        query = query.where(ProjectTable.id == project)
    days, reading = company_days(store), Reading(columns)
    found = map(reading.values, store.rows(query.order_by(ProjectTable.key)))
    return tuple(_ruled(row, days[row[5]]) for row in found)


def _ruled(row: Sequence[Any], days: tuple[DayOverride, ...]) -> Ruled:
    number, key, lead, department, head, calendar, zone, name, rules = row
    updates, cadence, reconfirm = _news_rules(rules) if rules else _USUAL
    return Ruled(
        id=number,
        key=key,
        lead=lead,
        department=department,
        head=head,
        calendar=calendar_named(calendar, time_zone=zone, overrides=days),
        name=name,
        updates=updates,
        cadence=cadence,
        reconfirm=reconfirm,
    )


_USUAL = (DEFAULT_RULES, None, RECONFIRM_DAYS)


def _news_rules(rules: Mapping[str, str]) -> tuple[UpdateRules, Cadence | None, int]:
    """The project's; the usual ones where what is stored cannot be read."""
    from core.policies.team_rules import BadRule, rules_of

    try:
        found = rules_of(rules)
    except (BadRule, TypeError):
        return _USUAL
    return found.updates, found.cadence, found.reconfirm_days


def groups(store: Store, *, now: datetime, project: ProjectId | None = None) -> tuple[Group, ...]:
    """The projects by calendar and rules, with the limits that hold at ``now``."""
    together: dict[tuple[Any, ...], list[Ruled]] = defaultdict(list)
    for one in ruled(store, project=project):
        together[one.calendar, one.updates, one.cadence].append(one)
    return tuple(
        Group(horizon_at(now, calendar, rules=updates, cadence=cadence), tuple(members))
        for (calendar, updates, cadence), members in together.items()
    )


def horizons(store: Store, *, now: datetime) -> dict[ProjectId, Horizon]:
    """The limits of every project at ``now``: what the lights of a board's cards need."""
    return {one.id: group.horizon for group in groups(store, now=now) for one in group.projects}
