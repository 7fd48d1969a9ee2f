"""Whether work that is due soon has come less far than it should have (D6, R78)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.policies.calendar import end_of_span
from core.policies.clocks import Pace, due_day, elapsed, local_day

if TYPE_CHECKING:
    from datetime import time

    from core.policies.calendar import WorkCalendar

WHOLE: Final = 100
"""Percent."""
_ANY_DAY: Final = date(2000, 1, 3)


def lags(
    *, progress: int, start: date, due: datetime, now: datetime, calendar: WorkCalendar
) -> bool:
    """Whether ``progress`` (percent) is less than the share of working time that is over.

    The time from ``start``, that day included, to ``due``. Meant for the days before the due: the
    time that is left is counted in hours, the whole in usual working days.
    """
    if progress >= WHOLE:
        return False
    first = start - timedelta(days=1)
    days = calendar.workdays_between(first, max(start, due_day(due, calendar)))
    usual = sum((_length(opens, closes) for opens, closes in calendar.office), timedelta())
    whole = usual * max(days, 1)
    left = elapsed(now, due, Pace.WORKHOURS, calendar)
    return progress < WHOLE * (1 - left / whole)


def begun(start: date | None, created: datetime, calendar: WorkCalendar) -> date:
    """The day from which a task's time counts: its planned start, else the day it was made."""
    return start or local_day(created, calendar)


def _length(opens: time, closes: time) -> timedelta:
    return end_of_span(_ANY_DAY, closes) - datetime.combine(_ANY_DAY, opens)
