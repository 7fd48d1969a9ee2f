"""Meetings that are due today and were not held yet (D15, D16, D18, D24)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.domain.ids import ProjectId
from core.domain.meetings import MeetingKind
from core.domain.status import State
from core.domain.timers import Target
from core.policies.causes import TaskFacts
from core.policies.clocks import local_day
from core.policies.meeting_days import BadDays, meets_on, parse_time
from core.policies.rules import RULES_BY_ID, Alert
from core.queries.alert_lines import Found, order_of
from core.queries.alert_sources import View
from core.store.database import Store
from core.store.rhythm_tables import MeetingTable, PlanTable
from core.store.rows import Reading

BEFORE = timedelta(minutes=30)
"""How long before its time a meeting is told of."""


class Plan(NamedTuple):
    """A line of a communication plan."""

    id: int
    project: ProjectId
    kind: MeetingKind
    days: str
    time: str


def plans(store: Store, views: list[View]) -> list[Found]:
    """The lines of meetings that are due today; two statements."""
    columns = (PlanTable.id, PlanTable.project, PlanTable.kind, PlanTable.days, PlanTable.time)
    query = PlanTable.select(*columns)
    wanted = [Plan(*row) for row in map(Reading(columns).values, store.rows(query))]
    if not wanted:
        return []
    due = [one for view in views for one in _due(view, wanted)]
    held = _held(store, {day for _, day, _, _ in due})
    return [
        _line(plan, view, at)
        for plan, day, at, view in due
        if (plan.project, plan.kind, day) not in held
    ]


def _due(view: View, wanted: list[Plan]) -> Iterator[tuple[Plan, date, datetime, View]]:
    """The plans of the view's projects that say today, with their time, from just before on."""
    calendar, now = view.at.calendar, view.at.now
    today = local_day(now, calendar)
    for plan in wanted:
        home = view.homes.get(plan.project)
        if home is None or not _in_scope(view, plan):
            continue
        try:
            if not meets_on(plan.days, today, calendar):
                continue
            at = calendar.instant(today, parse_time(plan.time))
        except BadDays:
            continue
        if at - BEFORE <= now:
            yield plan, today, at, view


def _in_scope(view: View, plan: Plan) -> bool:
    """Mine where I lead, my team's where it is my department's too."""
    scope = view.question.scope
    return scope == "all" or plan.project in view.led or plan.project in view.known_team


def _held(store: Store, days: set[date]) -> set[tuple[int, MeetingKind, date]]:
    if not days:
        return set()
    columns = (MeetingTable.project, MeetingTable.kind, MeetingTable.day)
    query = MeetingTable.select(*columns).where(MeetingTable.day.in_(sorted(days)))
    return {(row[0], row[1], row[2]) for row in map(Reading(columns).values, store.rows(query))}


def _line(plan: Plan, view: View, at: datetime) -> Found:
    thing = (Target.PLAN, plan.id)
    alert = Alert(RULES_BY_ID["meeting"], at, ())
    facts = TaskFacts(state=State.DRAFT)
    home = view.homes[plan.project]
    return Found(*thing, None, home, view, alert, facts, order_of(alert, at, thing))
