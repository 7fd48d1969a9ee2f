"""When news of a task is owed (R71-R73, D1-D5), and the day of the weekly review (D15).

An update counts for the day or the ISO week in which it was given, on the calendar's wall clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from core.domain.status import Priority
from core.policies.calendar import ONE_DAY
from core.policies.clocks import local_day
from core.records import dataclass

if TYPE_CHECKING:
    from core.policies.calendar import WorkCalendar

FRIDAY = 5
RECONFIRM_DAYS = 30
"""After so many days owners confirm that a task is still theirs; a project may say otherwise."""
ONE_WEEK = timedelta(days=7)


class Cadence(StrEnum):
    """How often a task's owner gives news of it."""

    REALTIME = "realtime"
    """Day and night; stale after ``UpdateRules.urgent_stale``."""
    DAILY = "daily"
    """Each working day."""
    WEEKLY = "weekly"
    """Once in each ISO week that has a working day, by its last one."""


class BadCheckin(ValueError):
    """Neither a time of day (``17:00``) nor minutes before the end of work (``eod-15m``)."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


@lru_cache(maxsize=64)
def parse_checkin(text: str) -> time | timedelta:
    """A time of day, or how long before closing. Raises ``BadCheckin``."""
    if text.startswith("eod-") and text.endswith("m"):
        minutes = text[4:-1]
        if minutes.isascii() and minutes.isdigit() and int(minutes) < 24 * 60:
            return timedelta(minutes=int(minutes))
        raise BadCheckin(text)
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise BadCheckin(text) from None
    if at.tzinfo is not None:
        raise BadCheckin(text)
    return at


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRules:
    """A team's rules on news. Raises ``BadCheckin`` as it is built."""

    checkin: str = "17:00"
    """By when on the day: ``HH:MM`` on the wall clock (D1), or ``eod-15m`` (D2)."""
    urgent_stale: timedelta = timedelta(hours=2)
    """Wall-clock age at which news of an urgent task is old (D3)."""

    def __post_init__(self) -> None:
        """Refuse a check-in that cannot be read, before it is needed."""
        parse_checkin(self.checkin)


DEFAULT_RULES = UpdateRules()


class Owed(NamedTuple):
    """A period whose deadline for news has passed; earlier news than its start does not count."""

    period_start: datetime
    """UTC, counted in."""
    deadline: datetime
    """UTC; at or before the moment asked about."""


def cadence_for(priority: Priority, *, urgent: bool, override: Cadence | None = None) -> Cadence:
    """How often news is owed: urgent in real time, high daily, all else weekly (R72, R73)."""
    if override is not None:
        return override
    if urgent:
        return Cadence.REALTIME
    return Cadence.DAILY if priority == Priority.HIGH else Cadence.WEEKLY


def last_due(
    cadence: Cadence, calendar: WorkCalendar, now: datetime, *, rules: UpdateRules = DEFAULT_RULES
) -> Owed:
    """The newest period whose deadline has passed by ``now``.

    A task whose newest news (or whose start) is before ``period_start`` lacks an update.
    Raises ``NaiveInstant``, ``OutOfCalendar``.
    """
    today = local_day(now, calendar)
    if cadence is Cadence.REALTIME:
        return Owed(now.astimezone(UTC) - rules.urgent_stale, now.astimezone(UTC))
    if cadence is Cadence.DAILY:
        day = today if calendar.is_workday(today) else calendar.previous_workday(today)
        if checkin_instant(day, calendar, rules) > now:
            day = calendar.previous_workday(day)
        return Owed(calendar.instant(day, time()), checkin_instant(day, calendar, rules))
    monday = _monday(today)
    while (last := last_workday(monday, calendar)) is None or (
        checkin_instant(last, calendar, rules) > now
    ):
        monday -= ONE_WEEK
    return Owed(calendar.instant(monday, time()), checkin_instant(last, calendar, rules))


def next_due(
    cadence: Cadence,
    calendar: WorkCalendar,
    latest: datetime,
    *,
    rules: UpdateRules = DEFAULT_RULES,
) -> datetime:
    """The deadline (UTC) of the first update owed after news given at ``latest``.

    For a task without news, give the moment its work began: that day or week owes none.
    Raises ``NaiveInstant``, ``OutOfCalendar``.
    """
    day = local_day(latest, calendar)
    if cadence is Cadence.REALTIME:
        return latest.astimezone(UTC) + rules.urgent_stale
    if cadence is Cadence.DAILY:
        return checkin_instant(calendar.next_workday(day), calendar, rules)
    # The first working day after this week's Sunday is in the next week that has any.
    monday = _monday(calendar.next_workday(_monday(day) + ONE_WEEK - ONE_DAY))
    last = calendar.previous_workday(monday + ONE_WEEK)
    return checkin_instant(last, calendar, rules)


def update_missing_since(
    cadence: Cadence,
    calendar: WorkCalendar,
    now: datetime,
    *,
    latest: datetime,
    rules: UpdateRules = DEFAULT_RULES,
) -> datetime | None:
    """The first missed deadline since the news of ``latest``; None while none has passed.

    True to ``last_due``: something is missing exactly when ``latest`` is before its period.
    """
    first = next_due(cadence, calendar, latest, rules=rules)
    return first if first <= now else None


def checkin_instant(
    day: date, calendar: WorkCalendar, rules: UpdateRules = DEFAULT_RULES
) -> datetime:
    """By when (UTC) news is owed on ``day``; never after closing on a day with hours of its own."""
    at = parse_checkin(rules.checkin)
    closing = calendar.closing(day)
    if isinstance(at, timedelta):
        return closing - at
    owed = calendar.instant(day, at)
    return owed if calendar.office_on(day) == calendar.office else min(owed, closing)


def weekly_review_day(iso_year: int, iso_week: int, calendar: WorkCalendar) -> date | None:
    """The day of the weekly review: Friday, else the week's last working day (D15).

    None in a week without a working day. Raises ``ValueError`` for a week the year has not.
    """
    friday = date.fromisocalendar(iso_year, iso_week, FRIDAY)
    return friday if calendar.is_workday(friday) else last_workday(_monday(friday), calendar)


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def last_workday(monday: date, calendar: WorkCalendar) -> date | None:
    """The last working day of the week that begins on ``monday``; None in one without any."""
    days = (monday + timedelta(days=offset) for offset in range(6, -1, -1))
    return next((day for day in days if calendar.is_workday(day)), None)
