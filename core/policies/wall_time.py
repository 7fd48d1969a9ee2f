"""Between instants and what the clock on the wall of a zone shows.

Both directions keep the order of time, also where the wall clock jumps: an hour that it skips is
no time at all, and an hour that it shows twice counts once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from core.domain.refusals import BadValue

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


class OutOfCalendar(BadValue, ValueError):
    """A day before 2000 or after 2100, or a deadline that would land there."""

    def __init__(self, day: object) -> None:
        self.day = day
        years = {"first": EARLIEST.year, "last": LATEST.year}
        super().__init__("due", day, reason="year", **years)


class NaiveInstant(ValueError):
    """A time without a zone; read as the machine's own zone it would be wrong elsewhere."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant
        super().__init__(str(instant))


def within_calendar(day: date) -> date:
    """The same ``day``. Raises ``OutOfCalendar``."""
    if not EARLIEST <= day <= LATEST:
        raise OutOfCalendar(day)
    return day


def wall_of(instant: datetime, zone: tzinfo) -> datetime:
    """What the wall clock of ``zone`` shows at ``instant``; without a zone of its own.

    The second showing of a repeated hour reads as the end of that hour.
    Raises ``NaiveInstant``, ``OutOfCalendar``.
    """
    if instant.tzinfo is None:
        raise NaiveInstant(instant)
    # One year of slack: the last evening of 2100 is in 2101 elsewhere.
    if not EARLIEST.year - 1 <= instant.year <= LATEST.year + 1:
        raise OutOfCalendar(instant)
    local = instant.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    if not local.fold:
        return wall
    first = wall.replace(tzinfo=zone)
    jump = _jump(first.astimezone(UTC), local, zone)
    return jump.replace(tzinfo=None) + _offset(first)


def instant_of(wall: datetime, zone: tzinfo) -> datetime:
    """The first instant (UTC) at which the clock of ``zone`` has reached ``wall``.

    A time that the clock skips is reached at the jump; a time that it shows twice, at the first
    showing.
    """
    local = wall.replace(tzinfo=zone, fold=0)
    later = local.replace(fold=1)
    if _offset(local) >= _offset(later):
        return local.astimezone(UTC)
    return _jump(later.astimezone(UTC), local.astimezone(UTC), zone)


def _jump(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant (UTC, whole seconds) at which the zone's one jump in the interval takes place."""
    low, high = int(before.timestamp()), int(after.timestamp())
    old = _offset(datetime.fromtimestamp(low, zone))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, zone)) == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()
