"""On which days a plan of meetings meets (R97, D15, D16, D18, D24).

``daily`` is every working day; ``last`` the day of the weekly review: Friday, else the week's last
working day (D15); ``mon,wed,fri`` those days. What meets once a week does not drop out in a week
whose day is off: it moves to the week's last working day. Of several days a week those off drop.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from core.policies.calendar import ONE_DAY
from core.policies.clocks import local_day
from core.policies.deadlines import last_workday, weekly_review_day

if TYPE_CHECKING:
    from core.policies.calendar import WorkCalendar

DAILY: Final = "daily"
LAST: Final = "last"
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_BREAK: Final = 70
"""Days without a meeting after which none is expected any more; no holiday is longer."""


class BadDays(ValueError):
    """Neither ``daily`` nor ``last`` nor days such as ``mon,wed,fri``; or no time of day."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


@lru_cache(maxsize=256)
def parse_days(text: str) -> frozenset[int]:
    """ISO weekdays, Monday 1; all seven for ``daily``, none for ``last``. Raises ``BadDays``."""
    said = text.strip().casefold()
    if said == DAILY:
        return frozenset(range(1, 8))
    if said == LAST:
        return frozenset()
    names = [name.strip() for name in said.split(",")]
    if not all(name in DAYS for name in names):
        raise BadDays(text)
    return frozenset(DAYS.index(name) + 1 for name in names)


@lru_cache(maxsize=256)
def parse_time(text: str) -> time:
    """``HH:MM`` as a wall-clock time. Raises ``BadDays``."""
    hours, colon, minutes = text.partition(":")
    two = len(hours) == len(minutes) == 2 and (hours + minutes).isascii()
    if not (colon and two and (hours + minutes).isdigit()):
        raise BadDays(text)
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise BadDays(text) from None


def meets_on(days: str, day: date, calendar: WorkCalendar) -> bool:
    """Whether a plan meets on ``day``. Raises ``BadDays``, ``OutOfCalendar``."""
    wanted = parse_days(days)
    if not calendar.is_workday(day):
        return False
    monday = day - timedelta(days=day.isoweekday() - 1)
    if not wanted:
        year, week, _ = day.isocalendar()
        return day == weekly_review_day(year, week, calendar)
    if day.isoweekday() in wanted:
        return True
    if len(wanted) > 1:
        return False
    usual = monday + timedelta(days=min(wanted) - 1)
    return not calendar.is_workday(usual) and day == last_workday(monday, calendar)


def next_day(days: str, start: date, calendar: WorkCalendar) -> date | None:
    """The first day from ``start`` on, itself included, on which a plan meets; None if never.

    Raises ``BadDays``.
    """
    for offset in range(LONGEST_BREAK):
        day = start + offset * ONE_DAY
        if meets_on(days, day, calendar):
            return day
    return None


def latest_day(days: str, end: date, calendar: WorkCalendar) -> date | None:
    """The last day up to ``end``, itself included, on which a plan met; None if it never did.

    Raises ``BadDays``.
    """
    for offset in range(LONGEST_BREAK):
        day = end - offset * ONE_DAY
        if meets_on(days, day, calendar):
            return day
    return None


def next_meeting(days: str, at: str, after: datetime, calendar: WorkCalendar) -> datetime | None:
    """The next instant (UTC) at which a plan meets, ``after`` itself included.

    ``at`` is ``HH:MM`` on the calendar's wall clock. None if it never meets. Raises ``BadDays``.
    """
    hour = parse_time(at)
    today = local_day(after, calendar)
    day = next_day(days, today, calendar)
    if day is None:
        return None
    found = calendar.instant(day, hour)
    if found < after:
        later = next_day(days, day + ONE_DAY, calendar)
        if later is None:
            return None
        found = calendar.instant(later, hour)
    return found.astimezone(UTC)
