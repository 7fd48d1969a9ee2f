"""Three ways of counting time, and when a day's due ends (requirements, section 5).

- ``wall``: every hour of every day.
- ``workday``: every hour of a working day, midnight to midnight; 24 hours are "the same time next
  working day". The count never starts before the office opens.
- ``workhours``: office hours only.

The last two count on the calendar's wall clock, so that a change to summer time moves no deadline
away from its hour.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.policies.calendar import WorkCalendar, end_of_span
from core.policies.wall_time import LATEST, OutOfCalendar, instant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_TIME = timedelta()
A_MOMENT = timedelta(microseconds=1)
LONGEST = timedelta(days=366 * 101)


class Pace(StrEnum):
    """Which hours count towards a limit."""

    WALL = "wall"
    WORKDAY = "workday"
    WORKHOURS = "workhours"


class NegativeLimit(ValueError):
    """A limit below zero; a deadline never lies before its start."""

    def __init__(self, limit: timedelta) -> None:
        self.limit = limit
        super().__init__(str(limit))


def deadline(start: datetime, limit: timedelta, pace: Pace, calendar: WorkCalendar) -> datetime:
    """The instant (UTC) at which ``limit`` has passed since ``start``, counted at ``pace``.

    A limit that ends with the office day ends at closing, not at the next opening.
    Raises ``NegativeLimit``, ``NaiveInstant``, ``OutOfCalendar``.
    """
    if limit < NO_TIME:
        raise NegativeLimit(limit)
    if limit > LONGEST:
        raise OutOfCalendar(limit)
    begin = calendar.wall(start)
    if pace is Pace.WALL:
        end = start.astimezone(UTC) + limit
        if end.year > LATEST.year:
            raise OutOfCalendar(end)
        return end
    left = limit
    spans = _counted(begin, pace, calendar)
    opens, closes = next(spans)
    while left > closes - opens:
        left -= closes - opens
        opens, closes = next(spans)
    return instant_of(opens + left, calendar.zone)


def elapsed(start: datetime, now: datetime, pace: Pace, calendar: WorkCalendar) -> timedelta:
    """The time from ``start`` to ``now`` that counts at ``pace``; zero where ``now`` is earlier.

    At ``workday`` 24 hours are one working day. Raises ``NaiveInstant``, ``OutOfCalendar``.
    """
    begin, end = calendar.wall(start), calendar.wall(now)
    if pace is Pace.WALL:
        return max(now - start, NO_TIME)
    total = NO_TIME
    for opens, closes in _counted(begin, pace, calendar):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def due_instant(day: date, calendar: WorkCalendar) -> datetime:
    """When something due on ``day``, without a time, is over: as the office closes."""
    return calendar.closing(day)


def local_day(instant: datetime, calendar: WorkCalendar) -> date:
    """The day that the calendar's wall shows at ``instant``. Raises ``NaiveInstant``."""
    return calendar.wall(instant).date()


def due_day(instant: datetime, calendar: WorkCalendar) -> date:
    """The day that a due belongs to; differs from ``local_day`` where the office shuts at midnight.

    The due of such a day is the first instant of the next.
    """
    day = local_day(instant - A_MOMENT, calendar)
    return day if _closes(day, instant, calendar) else local_day(instant, calendar)


def is_closing(instant: datetime, calendar: WorkCalendar) -> bool:
    """Whether a due at ``instant`` means its whole day, and is shown without a time.

    True at the day's own closing and at the usual one: a day may have become a half-day since.
    """
    return _closes(local_day(instant - A_MOMENT, calendar), instant, calendar)


def soon_limit(now: datetime, calendar: WorkCalendar) -> datetime:
    """The last instant (UTC) of the next working day: a due up to it is at most that far off (D6).

    So a due is soon from one working day before its day on, all through that day.
    """
    last = calendar.next_workday(local_day(now, calendar))
    return calendar.closing_at(last, time()) - A_MOMENT


def _closes(day: date, instant: datetime, calendar: WorkCalendar) -> bool:
    usual = calendar.closing_at(day, calendar.office[-1][1])
    return instant in {usual, calendar.closing(day)}


def _counted(
    begin: datetime, pace: Pace, calendar: WorkCalendar
) -> Iterator[tuple[datetime, datetime]]:
    """The wall-clock spans from ``begin`` on that count; endless up to ``OutOfCalendar``."""
    spans = _office_spans if pace is Pace.WORKHOURS else _day_spans
    for opens, closes in spans(begin.date(), calendar):
        if begin < closes:
            yield max(opens, begin), closes


def _office_spans(day: date, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    while True:
        for opens, closes in calendar.office_on(day):
            yield datetime.combine(day, opens), end_of_span(day, closes)
        day = calendar.next_workday(day)


def _day_spans(day: date, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Whole working days, the first from its opening on.

    Without that, what came up on a Sunday would fall due later than what came up on Monday at 1.
    """
    day = day if calendar.is_workday(day) else calendar.next_workday(day)
    opens = calendar.office_on(day)[0][0]
    while True:
        yield datetime.combine(day, opens), end_of_span(day, time())
        day, opens = calendar.next_workday(day), time()
