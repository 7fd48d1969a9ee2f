"""The working days and office hours of a team, and the times at which its days begin and end.

Three layers, strongest first: the company's own days, the official days, the weekly pattern.
Days are dates on the wall clock of the calendar's zone; instants are UTC.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.policies.calendars import SHIPPED, official_days
from core.policies.days import (
    DEFAULT_OFFICE,
    MIDNIGHT,
    DayKind,
    DayOverride,
    OfficeHours,
    check_office,
)
from core.policies.wall_time import instant_of, wall_of, within_calendar
from core.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

DEFAULT_TIME_ZONE = "Asia/Shanghai"
WEEKDAYS = "weekdays"
CALENDAR_NAMES = (*SHIPPED, WEEKDAYS)
"""What a project may name as its calendar."""

MONDAY_TO_FRIDAY = frozenset(range(1, 6))
ONE_DAY = timedelta(days=1)


class UnknownCalendar(LookupError):
    """No calendar has this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.known = CALENDAR_NAMES
        super().__init__(name, self.known)


class UnknownTimeZone(LookupError):
    """Not an IANA time zone, as far as this machine knows."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class NeverWorks(ValueError):
    """A weekly pattern without a working day, or with a day outside Monday (1) to Sunday (7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are worked, at what hours, on which clock.

    Raises ``BadOfficeHours``, ``NeverWorks``, ``UnknownTimeZone`` as it is built.
    """

    name: str = WEEKDAYS
    time_zone: str = DEFAULT_TIME_ZONE
    """An IANA name."""
    weekly: frozenset[int] = MONDAY_TO_FRIDAY
    """ISO weekdays that are worked, Monday 1 to Sunday 7."""
    office: OfficeHours = DEFAULT_OFFICE
    """The hours of a usual day."""
    days: Mapping[date, DayKind] = field(default_factory=dict, hash=False, repr=False)
    """The official days that do not follow the week."""
    company: tuple[DayOverride, ...] = ()
    """The company's own days; of two for the same day the later counts."""
    years: frozenset[int] | None = None
    """The years that were officially announced; None where nothing needs announcing."""

    zone: ZoneInfo = field(init=False, compare=False, repr=False)
    """The zone that ``time_zone`` names."""
    _overrides: Mapping[date, DayOverride] = field(init=False, compare=False, repr=False)
    _worked: Mapping[date, bool] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check, and merge the layers so that each question is one look-up."""
        check_office(self.office)
        if not self.weekly or not self.weekly <= frozenset(range(1, 8)):
            raise NeverWorks(sorted(self.weekly))
        overrides = {override.day: override for override in self.company}
        kinds = {**self.days, **{day: override.kind for day, override in overrides.items()}}
        worked = {day: kind is not DayKind.DAYOFF for day, kind in kinds.items()}
        object.__setattr__(self, "zone", _zone(self.time_zone))
        object.__setattr__(self, "days", MappingProxyType(dict(self.days)))
        object.__setattr__(self, "_overrides", overrides)
        object.__setattr__(self, "_worked", worked)

    def is_workday(self, day: date) -> bool:
        """Whether any of ``day`` is worked; half-days and make-up days are."""
        worked = self._worked.get(day)
        return day.isoweekday() in self.weekly if worked is None else worked

    def is_published(self, day: date) -> bool:
        """Whether ``day`` is known for sure; False where the year's notice is not out yet.

        The answers about such a day are an estimate and should be marked so.
        """
        return self.years is None or day.year in self.years or day in self._overrides

    def kind(self, day: date) -> DayKind:
        """What ``day`` is, after all layers."""
        if (override := self._overrides.get(day)) is not None:
            return override.kind
        official = self.days.get(day)
        usual = DayKind.WORKDAY if day.isoweekday() in self.weekly else DayKind.DAYOFF
        return official or usual

    def office_on(self, day: date) -> OfficeHours:
        """The hours worked on ``day``; empty on a day off."""
        if not self.is_workday(day):
            return ()
        if (override := self._overrides.get(day)) is not None and override.office is not None:
            return override.office
        return self.office[:1] if self.kind(day) is DayKind.HALFDAY else self.office

    def next_workday(self, day: date) -> date:
        """The first working day after ``day``. Raises ``OutOfCalendar`` after 2100."""
        return self._step(day, ONE_DAY)

    def previous_workday(self, day: date) -> date:
        """The last working day before ``day``. Raises ``OutOfCalendar`` before 2000."""
        return self._step(day, -ONE_DAY)

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; before it where ``count`` is negative.

        ``day`` itself is never counted, worked or not; a count of 0 gives it back.
        Raises ``OutOfCalendar``.
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        within_calendar(day)
        for _ in range(abs(count)):
            day = self._step(day, step)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """The working days after ``first`` up to and with ``last``.

        Undoes ``add_workdays``: negative where ``last`` is earlier, and then ``last`` is counted
        and ``first`` is not.
        """
        if last < first:
            return -self._count(last, first - ONE_DAY)
        return self._count(first + ONE_DAY, last)

    def opening(self, day: date) -> datetime:
        """The instant at which the office opens; on a day off, when it usually would."""
        office = self.office_on(day) or self.office
        return self.instant(day, office[0][0])

    def closing(self, day: date) -> datetime:
        """The instant at which the office closes; on a day off, when it usually would."""
        office = self.office_on(day) or self.office
        return self.closing_at(day, office[-1][1])

    def instant(self, day: date, at: time) -> datetime:
        """The instant of a wall-clock time on ``day``. Raises ``OutOfCalendar``."""
        return instant_of(datetime.combine(within_calendar(day), at), self.zone)

    def closing_at(self, day: date, at: time) -> datetime:
        """Like ``instant``, but 00:00 means midnight at the end of ``day``."""
        return instant_of(end_of_span(within_calendar(day), at), self.zone)

    def wall(self, instant: datetime) -> datetime:
        """What the calendar's wall clock shows at ``instant``; naive, in order.

        Raises ``NaiveInstant``, ``OutOfCalendar``.
        """
        return wall_of(instant, self.zone)

    def _count(self, first: date, last: date) -> int:
        within_calendar(first)
        within_calendar(last)
        ordinals = range(first.toordinal(), last.toordinal() + 1)
        return sum(self.is_workday(date.fromordinal(ordinal)) for ordinal in ordinals)

    def _step(self, day: date, step: timedelta) -> date:
        day = within_calendar(day) + step
        while not self.is_workday(day):
            day = within_calendar(day) + step
        return within_calendar(day)


def end_of_span(day: date, end: time) -> datetime:
    """The wall-clock end of a span that began on ``day``; 00:00 is the midnight after it."""
    return datetime.combine(day if end != MIDNIGHT else day + ONE_DAY, end)


@lru_cache(maxsize=256)
def calendar_named(
    name: str,
    *,
    time_zone: str = DEFAULT_TIME_ZONE,
    overrides: tuple[DayOverride, ...] = (),
    office: OfficeHours = DEFAULT_OFFICE,
) -> WorkCalendar:
    """The calendar a project names, with its company's days on top; read once, then kept.

    Raises ``UnknownCalendar``, ``UnknownTimeZone``, ``BadOfficeHours``.
    """
    if name == WEEKDAYS:
        return WorkCalendar(name=name, time_zone=time_zone, office=office, company=overrides)
    if name not in SHIPPED:
        raise UnknownCalendar(name)
    official = official_days(name)
    return WorkCalendar(
        name=name,
        time_zone=time_zone,
        office=office,
        days=official.days,
        company=overrides,
        years=official.years,
    )


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        # A name from a file may be a folder of the zone data or no path at all.
        raise UnknownTimeZone(name) from None
