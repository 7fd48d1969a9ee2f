"""Meetings of today's plans that nobody has written down yet (D15, D16, D18, D24)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from core.domain.ids import ProjectId
from core.domain.timers import Target
from core.policies.clocks import local_day
from core.policies.meeting_days import BadDays, meets_on, parse_time
from core.policies.telling import Parties
from core.store.database import Store
from core.store.due_tasks import ruled
from core.store.noticing import Due, unnoticed
from core.store.rhythm_tables import MeetingTable, PlanTable
from core.store.rows import Reading

AHEAD: Final = timedelta(minutes=30)
"""How long before a meeting its lead is reminded."""


class _Planned(NamedTuple):
    """A plan, and when it meets today."""

    id: int
    project: ProjectId
    kind: Any
    day: date
    at: datetime


def due_meetings(store: Store, now: datetime) -> Iterator[Due]:
    """Those whose time is near or has come, until the day ends or somebody wrote minutes."""
    for plan in _today(store, now):
        if plan.at - AHEAD <= now and _is_open(store, plan):
            yield Due(
                rule="meeting",
                target=Target.PLAN,
                object=plan.id,
                window=plan.at,
                project=plan.project,
                task=None,
                since=plan.at,
                parties=Parties(),
            )


def _today(store: Store, now: datetime) -> Iterator[_Planned]:
    columns = (PlanTable.id, PlanTable.project, PlanTable.kind, PlanTable.days, PlanTable.time)
    plans = [Reading(columns).values(row) for row in store.rows(PlanTable.select(*columns))]
    calendars = {number: calendar for number, calendar, _ in ruled(store)} if plans else {}
    for number, project, kind, days, at in plans:
        calendar = calendars[project]
        day = local_day(now, calendar)
        try:
            if meets_on(days, day, calendar):
                instant = calendar.instant(day, parse_time(at))
                yield _Planned(number, project, kind, day, instant)
        except BadDays:  # somebody changed it by hand; the plan itself shows it
            continue


def _is_open(store: Store, plan: _Planned) -> bool:
    held = (
        (MeetingTable.project == plan.project)
        & (MeetingTable.kind == plan.kind)
        & (MeetingTable.day == plan.day)
    )
    if store.row(MeetingTable.select(MeetingTable.id).where(held).limit(1)) is not None:
        return False
    fresh = unnoticed("meeting", Target.PLAN, plan.id, plan.at)
    return (
        store.row(PlanTable.select(PlanTable.id).where((PlanTable.id == plan.id) & fresh))
        is not None
    )
