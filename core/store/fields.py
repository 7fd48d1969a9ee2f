"""Columns that mean the same on both engines."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import peewee

from core.clock import utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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
        """The instant, in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class DayField(peewee.DateField):
    """A calendar day; accepts subclasses of date, which SQLite alone would refuse."""

    def db_value(self, value: date | None) -> str | None:
        """ISO text; both engines take it."""
        return None if value is None else date(value.year, value.month, value.day).isoformat()

    def python_value(self, value: str | date | None) -> date | None:
        """A plain date."""
        return date.fromisoformat(value) if isinstance(value, str) else value


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
        """The word; a word that is not known raises KeyError: the store is newer than duban."""
        return None if value is None else self.known[value]


class JsonField(peewee.TextField):
    """A small mapping as JSON text; never searched inside."""

    def db_value(self, value: object) -> str | None:
        """JSON with the characters themselves, keys in their given order."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def python_value(self, value: str | None) -> Any:
        """What was stored."""
        return None if value is None else json.loads(value)
