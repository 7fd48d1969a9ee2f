"""Columns that mean the same on both engines."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import peewee

from core.clock import utc
from core.domain.refusals import Unavailable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST = (datetime(1999, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LAST = (datetime(2102, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""What calendars can reckon with; instants outside were not written by duban."""
_SHOWN = 60
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def unreadable(column: "peewee.Field[Any]", value: object) -> Unavailable:
    """The refusal for a stored value that ``column`` cannot have: somebody changed it by hand."""
    return Unavailable(
        "row-unreadable",
        table=column.model._meta.table_name,
        column=column.column_name,
        value=shown(value),
    )


def shown(value: object) -> str:
    """``value`` shortened and without anything that a terminal would obey."""
    return ascii(value)[:_SHOWN] if not isinstance(value, str) else _visible(value[:_SHOWN])


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


class UtcField(peewee.BigIntegerField):
    """An instant as microseconds since 1970 UTC: one stored value, whatever zone it came from."""

    def db_value(self, value: datetime | None) -> int | None:
        """Microseconds; a naive datetime raises ValueError, since it names no instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return (utc(value) - _EPOCH) // _MICROSECOND

    def python_value(self, value: int | None) -> datetime | None:
        """The instant, in UTC. Refuses ``row-unreadable``."""
        if value is None:
            return None
        try:
            if _FIRST <= value < _LAST:
                return _EPOCH + timedelta(microseconds=value)
        except TypeError:
            pass
        raise unreadable(self, value)


class DayField(peewee.DateField):
    """A calendar day; accepts subclasses of date, which SQLite alone would refuse."""

    def db_value(self, value: date | None) -> str | None:
        """ISO text; both engines take it."""
        return None if value is None else date(value.year, value.month, value.day).isoformat()

    def python_value(self, value: str | date | None) -> date | None:
        """A plain date. Refuses ``row-unreadable``."""
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else value
            if 1999 <= day.year <= 2101:
                return day
        except (ValueError, AttributeError):
            pass
        raise unreadable(self, value)


class WordField(peewee.CharField):
    """One word of a closed vocabulary, stored as its text."""

    def __init__(self, words: type[StrEnum], **options: Any) -> None:
        self.words = words
        self.known = {word.value: word for word in words}
        super().__init__(max_length=32, **options)

    def db_value(self, value: StrEnum | str | None) -> str | None:
        """The word's text."""
        return None if value is None else str(value)

    def python_value(self, value: str | None) -> StrEnum | None:
        """The word. Refuses ``row-unreadable`` for one that is not known."""
        if value is None:
            return None
        try:
            return self.known[value]
        except (KeyError, TypeError):
            raise unreadable(self, value) from None


class JsonField(peewee.TextField):
    """A small mapping as JSON text; never searched inside."""

    def db_value(self, value: object) -> str | None:
        """JSON with the characters themselves, keys in their given order."""
        if value is None:
            return None
        return "{}" if value == {} else _as_json(value)

    def python_value(self, value: str | None) -> Any:
        """The mapping that was stored. Refuses ``row-unreadable``."""
        if value is None:
            return None
        try:
            found = json.loads(value)
        except (ValueError, TypeError, RecursionError):
            raise unreadable(self, value) from None
        if not isinstance(found, dict):
            raise unreadable(self, value)
        return found


class ZoneField(peewee.CharField):
    """An IANA time zone by name."""

    def python_value(self, value: Any) -> str | None:
        """The name. Refuses ``row-unreadable`` where this machine knows no such zone."""
        if value is None or (isinstance(value, str) and _is_zone(value)):
            return value
        raise unreadable(self, value)


class CalendarField(peewee.CharField):
    """A calendar by name."""

    def python_value(self, value: Any) -> str | None:
        """The name. Refuses ``row-unreadable`` where duban ships no such calendar."""
        if value is None or (isinstance(value, str) and _is_calendar(value)):
            return value
        raise unreadable(self, value)


@cache
def _is_zone(name: str) -> bool:
    if name == "Asia/Shanghai":  # the usual one, without the cost of looking it up
        return True
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


@cache
def _is_calendar(name: str) -> bool:
    if name == "china":
        return True
    from core.policies.calendar import CALENDAR_NAMES

    return name in CALENDAR_NAMES
