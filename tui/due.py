"""A due date as people type it: 2026-12-01, 12-01, 12.1, +3d, fri, 周五, tomorrow, 明天."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from core.policies.calendar import WorkCalendar
from core.policies.clocks import due_day, due_instant, is_closing, local_day
from core.records import dataclass
from tui.words import N_, Words, due_words

WEEKDAYS: Final = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
"""Monday first."""

_DAYS: Final = {
    "today": 0, "tod": 0, "今天": 0, "今日": 0,
    "tomorrow": 1, "tom": 1, "明天": 1, "明日": 1,
    "后天": 2, "後天": 2, "大后天": 3,
}  # fmt: skip
_UNITS: Final = {
    "": "days", "d": "days", "day": "days", "days": "days", "天": "days", "日": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks", "周": "weeks", "星期": "weeks",
    "m": "months", "month": "months", "months": "months", "月": "months", "个月": "months",
}  # fmt: skip
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE: Final = "一二三四五六日"

_TIME: Final = re.compile(r"\s*\b(\d{1,2}):(\d{2})$")
_FULL: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_SHORT: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_NEXT: Final = re.compile(r"next\s+([a-z]{3,9})")
_AHEAD: Final = re.compile(r"(\+)?\s*(\d{1,3})\s*([a-z]*|天|日|周|星期|个?月)\s*(后)?")
_WEEKDAY: Final = re.compile(r"(下)?\s*(?:周|星期|礼拜)\s*([一二三四五六日天1-7])")


class NotADue(ValueError):
    """A text that cannot be read as a due; the prompt says what can be written."""


class NoSuchDay(NotADue):
    """Written as a day is written, but the calendar has none such: the 31st of February."""


def not_due_words(words: Words, text: str, error: NotADue) -> str:
    """Why it is none, in one sentence."""
    if isinstance(error, NoSuchDay):
        return words("{text}: there is no such day.", text=text.strip())
    return words("Write it like 2026-12-01, 12-01, +3d, fri or tomorrow.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How a text was read."""

    at: datetime
    """UTC; the closing of the office where no hour was given."""
    day: date
    """The day it was read as, in the calendar's zone."""
    workday: bool


def read_due(text: str, *, now: datetime, calendar: WorkCalendar) -> Due | None:
    """How ``text`` is read; None for an empty text, which clears the due.

    A day without a year is the next one of that name. Raises NotADue.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    if not wanted:
        return None
    hour: time | None = None
    if found := _TIME.search(wanted):
        hour, wanted = _hour(int(found[1]), int(found[2])), wanted[: found.start()].strip()
    today = local_day(now, calendar)
    try:
        day = _day(wanted, today) if wanted else today
        at = calendar.instant(day, hour) if hour else due_instant(day, calendar)
    except NotADue:
        raise
    except (ValueError, OverflowError) as error:
        raise NotADue(text) from error
    return Due(at=at, day=day, workday=calendar.is_workday(day))


def _hour(hours: int, minutes: int) -> time:
    try:
        return time(hours, minutes)
    except ValueError as error:
        raise NotADue(f"{hours}:{minutes}") from error


def _day(text: str, today: date) -> date:
    if text in _DAYS:
        return _ahead(today, "days", _DAYS[text])
    for pattern, read in _READERS:
        if found := pattern.fullmatch(text):
            return read(found, today)
    if (place := _english(text)) is not None:
        return _coming(today, place)
    raise NotADue(text)


def _english(text: str) -> int | None:
    """Which weekday, Monday being 0; None for another word."""
    for place, name in enumerate(_ENGLISH):
        if len(text) >= 3 and f"{name}{_ENDINGS[place]}".startswith(text):
            return place
    return None


_ENDINGS: Final = ("day", "sday", "nesday", "rsday", "day", "urday", "day")


def _full(found: re.Match[str], _: date) -> date:
    return _real(found[0], int(found[1]), int(found[2]), int(found[3]))


def _day_first(found: re.Match[str], _: date) -> date:
    """As Europeans write it: 31.12.2026."""
    return _real(found[0], int(found[3]), int(found[2]), int(found[1]))


def _real(text: str, *numbers: int) -> date:
    try:
        return date(*numbers)
    except ValueError as error:
        raise NoSuchDay(text) from error


def _short(found: re.Match[str], today: date) -> date:
    """This year's day of that name, or next year's if it is over."""
    month, day = int(found[1]), int(found[2])
    for year in range(today.year, today.year + 9):  # 29 February comes every fourth year
        try:
            wanted = date(year, month, day)
        except ValueError:
            continue
        if wanted >= today:
            return wanted
    raise NoSuchDay(found[0])


def _counted(found: re.Match[str], today: date) -> date:
    unit = _UNITS.get(found[3])
    if unit is None or not (found[1] or found[3]):
        raise NotADue(found[0])
    return _ahead(today, unit, int(found[2]))


def _weekday(found: re.Match[str], today: date) -> date:
    name = found[2].replace("天", "日")
    place = int(name) - 1 if name.isdigit() else _CHINESE.index(name)
    if found[1]:  # 下周五 is next week's, even on a Monday
        return _ahead(today, "days", 7 - today.weekday() + place)
    return _coming(today, place)


def _next_week(found: re.Match[str], today: date) -> date:
    """“next friday” is next week's, as 下周五 is."""
    if (place := _english(found[1])) is None:
        raise NotADue(found[0])
    return _ahead(today, "days", 7 - today.weekday() + place)


def _coming(today: date, place: int) -> date:
    """The next such weekday; today counts."""
    return _ahead(today, "days", (place - today.weekday()) % 7)


def _ahead(today: date, unit: str, count: int) -> date:
    """So many days, weeks or months on; a month that is too short gives its last day."""
    import pendulum

    found = pendulum.date(today.year, today.month, today.day).add(**{unit: count})
    return date(found.year, found.month, found.day)


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...]] = (
    (_FULL, _full),
    (_DAY_FIRST, _day_first),
    (_NEXT, _next_week),
    (_SHORT, _short),
    (_WEEKDAY, _weekday),
    (_AHEAD, _counted),
)


def reading_words(words: Words, due: Due, *, now: datetime, calendar: WorkCalendar) -> str:
    """How it was read: weekday, day, hour, how far off, and whether the office works."""
    local = due.at.astimezone(calendar.zone)
    days = (local.date() - now.astimezone(calendar.zone).date()).days
    if days > 1:
        far = words.ngettext("in {count} day", "in {count} days", days)
    else:
        far = due_words(words, due.at, now=now, zone=calendar.zone, closing=local.time())
    weekday = words(WEEKDAYS[due.day.weekday()])
    said = words(
        "{weekday} {day} {hour}", weekday=weekday, day=f"{due.day:%Y-%m-%d}", hour=f"{local:%H:%M}"
    )
    off = () if due.workday else (words("day off"),)
    return " · ".join((said, far, *off))


def due_text(at: datetime | None, calendar: WorkCalendar) -> str:
    """A stored due as it would be typed; empty without one."""
    if at is None:
        return ""
    local = at.astimezone(calendar.zone)
    if is_closing(at, calendar):
        return f"{due_day(at, calendar):%Y-%m-%d}"
    return f"{local:%Y-%m-%d %H:%M}"
