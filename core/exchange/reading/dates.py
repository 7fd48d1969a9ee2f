"""Days as people write them in tables: with and without a year, as periods, as serial numbers."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from core.exchange.cells import Value, plain
from core.exchange.reading.clean import Reading

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
"""Days outside are taken for mistakes."""

YEAR_ASSUMED: Final = "year-assumed"

_EPOCH: Final = date(1899, 12, 30)
_LONGEST: Final = 80
_MONTHS: Final = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_EMPTY: Final = frozenset(
    {"", "/", "-", "--", "—", "无", "暂无", "n/a", "na", "none", "tbd", "待定"}
)
_FULL: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_PART: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT: Final = re.compile(r"(20\d\d)([01]\d)([0-3]\d)")
_BARE_DAY: Final = re.compile(r"(\d{1,2})\s*[日号]?")
_CUT: Final = re.compile(r"\d{4}\s*[-/.年]\s*(\d{0,2}\s*[-/.月]?)\s*[.…]*")
_TWO_DAYS: Final = re.compile(r"(\d{1,2})月(\d{1,2})[/、](\d{1,2})[日号]?")
_THREE_SHORT: Final = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/ ,]+(\d{4}|\d{2})")
_MONTH_DAY: Final = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? +(\d{4})")
_CLOCK: Final = re.compile(
    r"[ t]*(?P<hour>\d{1,2}):(?P<minute>\d{2})(:\d{2}(\.\d+)?)?\s*([ap]m)?(z|[+-]\d\d:?\d\d)?$"
)
_WEEKDAY: Final = re.compile(r"\s*\(?(周|星期|礼拜)[一二三四五六日天]\)?")
_EDGES: Final = re.compile(r"^(截至|截止到?|至|到|~|by|before|until)\s*|\s*(之?前|止|以前)$")
_ONWARD: Final = re.compile(r"(.+?)\s*(?:至|到|起|~)")
_SEPARATORS: Final = re.compile(r"-|–|—|~|至|到|to")


class Period(NamedTuple):
    """From start to due; either may be missing."""

    start: date | None
    due: date | None


class _Day(NamedTuple):
    """A day as written; year 0 stands for none."""

    year: int
    month: int
    day: int


def read_day(value: Value, *, year: int) -> Reading[date | None]:
    """The day in a cell; of a period, its end. ``year`` stands in where none is written.

    Doubts: ``date-cut``, ``date-unreadable``, ``date-ambiguous``, ``date-impossible``,
    ``date-out-of-range`` (all read as no day), ``year-assumed``, ``date-from-number``,
    ``two-days``, ``end-of-period``, ``time-dropped``.
    """
    period = read_period(value, year=year)
    start, due = period.value
    doubts = period.doubts
    if start is not None and due is None:
        doubts = ("date-unreadable",)
    elif start is not None and "two-days" not in doubts:
        doubts = (*doubts, "end-of-period")
    return Reading(due, doubts)


def read_period(value: Value, *, year: int) -> Reading[Period]:
    """The period in a cell; a single day is its end, ``7.8至`` its start. Doubts as ``read_day``.

    Without a year, an end before its start lies in the year after.
    """
    if value is None:
        return Reading(Period(None, None))
    if isinstance(value, date):
        return _checked(Period(None, value), ())
    if isinstance(value, str):
        return _from_text(value.strip()[:_LONGEST], year)
    return _from_number(value, year)


def _nothing(code: str) -> Reading[Period]:
    return Reading(Period(None, None), (code,))


def _checked(period: Period, doubts: tuple[str, ...]) -> Reading[Period]:
    for day in period:
        if day is not None and not FIRST <= day <= LAST:
            return _nothing("date-out-of-range")
    if period.start and period.due and period.start > period.due:
        return Reading(period, (*doubts, "due-before-start"))
    return Reading(period, doubts)


def _from_number(number: float, year: int) -> Reading[Period]:
    """Serial numbers of a spreadsheet, ``20241030``, and ``7.1`` that was typed as a day."""
    if (FIRST - _EPOCH).days <= number <= (LAST - _EPOCH).days:
        return _checked(Period(None, _EPOCH + timedelta(int(number))), ("date-from-number",))
    text = plain(number)
    if _COMPACT.fullmatch(text):
        return _from_text(text, year)
    if 1 < number < 13 and _PART.fullmatch(text):
        reading = _from_text(text, year)
        return Reading(reading.value, ("date-ambiguous", *reading.doubts))
    return _nothing("date-unreadable")


@lru_cache(maxsize=4096)
def _from_text(text: str, year: int) -> Reading[Period]:
    bare = unicodedata.normalize("NFKC", text).strip().lower()
    if bare in _EMPTY:
        return Reading(Period(None, None))
    bare, doubts = _without_clock(_EDGES.sub("", _WEEKDAY.sub("", bare)))
    if bare.isdecimal() and len(bare) == 5:
        return _from_number(int(bare), year)
    if code := _trap(bare):
        return _nothing(code)
    if (day := _day(bare)) is not None:
        return _single(day, year, doubts)
    if (onward := _ONWARD.fullmatch(bare)) and (day := _day(onward[1])) is not None:
        (_, start), doubts = _single(day, year, doubts)
        return Reading(Period(start, None), doubts)
    if _TWO_DAYS.fullmatch(bare):
        doubts = (*doubts, "two-days")
    ends = _ends(bare)
    return _between(ends, year, doubts) if ends else _nothing("date-unreadable")


def _without_clock(text: str) -> tuple[str, tuple[str, ...]]:
    clock = _CLOCK.search(text)
    if clock is None:
        return text, ()
    midnight = int(clock["hour"]) in (0, 12) and int(clock["minute"]) == 0
    return text[: clock.start()].strip(), () if midnight else ("time-dropped",)


def _trap(text: str) -> str | None:
    """Why a text that looks like a day must not be read as one."""
    if _CUT.fullmatch(text):
        return "date-cut"
    if _THREE_SHORT.fullmatch(text):
        return "date-ambiguous"
    if match := _YEAR_LAST.fullmatch(text):
        first, second = int(match.group(1)), int(match.group(2))
        if first <= 12 and second <= 12 and first != second:
            return "date-ambiguous"
    return None


def _day(text: str) -> _Day | None:
    """A single day, with or without its year."""
    if match := (_FULL.fullmatch(text) or _COMPACT.fullmatch(text)):
        return _Day(int(match[1]), int(match[2]), int(match[3]))
    if match := _PART.fullmatch(text):
        return _Day(0, int(match[1]), int(match[2]))
    if match := _YEAR_LAST.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        month, day = (second, first) if first > 12 else (first, second)
        return _Day(int(match[3]), month, day)
    return _english(text)


def _english(text: str) -> _Day | None:
    if match := _DAY_MONTH.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    if name not in _MONTHS:
        return None
    return _Day(int(year) + (2000 if len(year) == 2 else 0), _MONTHS.index(name) + 1, int(day))


def _ends(text: str) -> tuple[_Day, _Day] | None:
    """The first and last day of a period; the last may be a bare day: ``7.8-10``."""
    if two := _TWO_DAYS.fullmatch(text):
        month, first, second = (int(number) for number in two.groups())
        return _Day(0, month, first), _Day(0, month, second)
    for separator in _SEPARATORS.finditer(text):
        start = _day(text[: separator.start()].strip())
        if start is None:
            continue
        rest = text[separator.end() :].strip()
        if (end := _day(rest)) is not None:
            return start, end
        if bare := _BARE_DAY.fullmatch(rest):
            return start, _Day(start.year, start.month, int(bare[1]))
    return None


def _made(day: _Day, year: int) -> date | None:
    try:
        return date(day.year or year, day.month, day.day)
    except ValueError:
        return None


def _single(day: _Day, year: int, doubts: tuple[str, ...]) -> Reading[Period]:
    made = _made(day, year)
    if made is None:
        return _nothing("date-impossible")
    return _checked(Period(None, made), doubts if day.year else (YEAR_ASSUMED, *doubts))


def _between(ends: tuple[_Day, _Day], year: int, doubts: tuple[str, ...]) -> Reading[Period]:
    first, last = ends
    if not first.year and not last.year:
        doubts = (YEAR_ASSUMED, *doubts)
    start = _made(first, last.year or year)
    due = _made(last, first.year or year)
    if start is None or due is None:
        return _nothing("date-impossible")
    if start > due and not last.year:
        due = _made(last, due.year + 1)
    elif start > due and not first.year:
        start = _made(first, start.year - 1)
    return _checked(Period(start, due), doubts)
