"""Each project with the working days and the limits that hold for it."""

from datetime import date, datetime
from typing import NamedTuple

from core.domain.ids import ProjectId
from core.domain.people import Project
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import local_day
from core.policies.team_rules import BadRule, TeamRules, rules_of
from core.queries.directory import projects
from core.store.database import Store
from core.store.working_days import company_days


class Home(NamedTuple):
    """A project, by which calendar and limits it goes."""

    project: Project
    calendar: WorkCalendar
    rules: TeamRules

    def today(self, now: datetime) -> date:
        """The day it is there."""
        return local_day(now, self.calendar)


def homes(store: Store) -> dict[ProjectId, Home]:
    """Every project by id; two statements."""
    days = company_days(store)
    return {
        one.id: Home(
            one,
            calendar_named(one.calendar, time_zone=one.time_zone, overrides=days[one.calendar]),
            limits_of(one),
        )
        for one in projects(store)
    }


def limits_of(project: Project) -> TeamRules:
    """The project's limits; the usual ones where what is stored cannot be read."""
    try:
        return rules_of(project.rules)
    except BadRule:
        return TeamRules()
