"""The only reader of the time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol


def utc(value: datetime) -> datetime:
    """The same instant as a plain datetime in UTC, whatever kind of aware datetime it was."""
    there = value.astimezone(UTC)
    if type(there) is datetime:
        return there
    return datetime.combine(
        date(there.year, there.month, there.day),
        time(there.hour, there.minute, there.second, there.microsecond),
        UTC,
    )


class Clock(Protocol):
    """Gives the present instant, in UTC."""

    def now(self) -> datetime:
        """The present instant; timezone-aware, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant; timezone-aware, UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved: for tests, samples and pictures."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Go on (or back) by ``by``."""
        self.at += by
