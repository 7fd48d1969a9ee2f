"""A moment gone by as people type it: 10:30, 2h, 30m, yesterday 16:00, 昨天, 2026-03-18 10:30."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

_AGO: Final = re.compile(
    r"-?\s*(\d{1,4})\s*(h|hours?|小时|个小时|m|min|minutes?|分钟|分)\s*(ago|前|以前)?"
)
_CLOCK: Final = re.compile(r"(?:(\S.*?)[\st]+|)(\d{1,2}):(\d{2})")
_FULL: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号t]?")
_SHORT: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_DAYS: Final = {
    "today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2,
}  # fmt: skip


class NotAMoment(ValueError):
    """A text that names no moment."""


def read_past(text: str, *, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment (UTC) that ``text`` names; None for an empty text or ``now``.

    An hour without a day is the last one of that name. Raises NotAMoment.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    if wanted in {"", "now", "现在"}:
        return None
    if found := _AGO.fullmatch(wanted):
        unit = "hours" if found[2].startswith(("h", "小", "个")) else "minutes"
        return now - timedelta(**{unit: int(found[1])})
    if not (found := _CLOCK.fullmatch(wanted)):
        raise NotAMoment(text)
    try:
        hour = time(int(found[2]), int(found[3]))
        day = _day(found[1] or "", now.astimezone(zone).date(), text)
    except ValueError as error:
        raise NotAMoment(text) from error
    at = datetime.combine(day, hour, zone)
    if not found[1] and at > now:
        at -= timedelta(days=1)
    return at.astimezone(UTC)


def read_past_day(text: str, *, today: date) -> date:
    """The day that ``text`` names, today at the latest; today for an empty text.

    Raises NotAMoment.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    try:
        day = _day(wanted, today, text)
    except ValueError as error:
        raise NotAMoment(text) from error
    if day > today:
        raise NotAMoment(text)
    return day


def _day(text: str, today: date, whole: str) -> date:
    """The day before the hour; of several of that name the last one. Raises ValueError."""
    if not text:
        return today
    if text in _DAYS:
        return today - timedelta(days=_DAYS[text])
    if found := _FULL.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT.fullmatch(text):
        day = date(today.year, int(found[1]), int(found[2]))
        return day if day <= today else day.replace(year=today.year - 1)
    raise NotAMoment(whole)
