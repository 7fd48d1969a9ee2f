"""How often somebody may be nudged: once in a working half-day."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.policies.calendar import WorkCalendar, end_of_span
from core.policies.clocks import local_day
from core.policies.days import DayKind
from core.policies.wall_time import instant_of


class HalfDay(NamedTuple):
    """From its start up to the start of the next; both UTC."""

    start: datetime
    end: datetime


def half_day(now: datetime, calendar: WorkCalendar) -> HalfDay:
    """The working half-day to which ``now`` belongs.

    A morning lasts up to the break at noon, an afternoon, with its evening and the days off that
    follow, up to the next opening. Raises ``NaiveInstant``, ``OutOfCalendar``.
    """
    today = local_day(now, calendar)
    day = today if calendar.is_workday(today) else calendar.previous_workday(today)
    starts = _starts(day, calendar)
    if now < starts[0]:
        day = calendar.previous_workday(day)
        starts = _starts(day, calendar)
    following = _starts(calendar.next_workday(day), calendar)[0]
    edges = [*starts, following]
    place = max(index for index, start in enumerate(starts) if start <= now)
    return HalfDay(edges[place], edges[place + 1])


def _starts(day: date, calendar: WorkCalendar) -> list[datetime]:
    """When the halves of a working day begin; a half-day has one."""
    office = calendar.office_on(day)
    opens = datetime.combine(day, office[0][0])
    if calendar.kind(day) is DayKind.HALFDAY:
        found = [opens]
    elif len(office) > 1:
        found = [opens, datetime.combine(day, office[len(office) // 2][0])]
    else:
        closes = end_of_span(day, office[0][1])
        half = timedelta(seconds=(closes - opens).total_seconds() // 2)
        found = [opens, opens + half]
    return [instant_of(wall, calendar.zone) for wall in found]
