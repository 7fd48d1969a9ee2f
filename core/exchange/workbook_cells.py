"""Cells as openpyxl finds them, made plain: text, numbers and days."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from openpyxl.styles.numbers import STRIP_RE
from openpyxl.utils.datetime import from_excel, to_excel
from openpyxl.utils.escape import unescape

from core.exchange.cells import EMPTY, Cell
from core.exchange.limits import CELL_TEXT

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell

_EAST_ASIAN_DAYS: Final = frozenset({*range(27, 37), *range(50, 59)})
"""Formats of Chinese, Japanese and Korean spreadsheets: a number without a code in the file."""
_LAST_DAY: Final = 2_957_003
"""Of the year 9999, counted from 1904."""
_LARGEST: Final = 10**300
_ERROR: Final = Cell(None, trouble="cell-error")


def read_cell(found: "ReadOnlyCell", epoch: datetime) -> Cell:
    """The cell that openpyxl ``found``; ``EMPTY`` itself if nothing is written in it.

    Days count from ``epoch``: from 1904 in workbooks of old Macs.
    """
    value = found.value
    if found.data_type == "e":
        return _ERROR
    if isinstance(value, str):
        return Cell(unescape(value[:CELL_TEXT])) if value else EMPTY
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, date) and not _is_time(found.number_format):
        return Cell(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, date | time | timedelta):
        value = to_excel(value, epoch)  # type: ignore[no-untyped-call]
    return _number(found, value, epoch) if isinstance(value, int | float) else EMPTY


def _number(found: "ReadOnlyCell", number: int | float, epoch: datetime) -> Cell:
    if not -_LARGEST < number < _LARGEST:  # neither is "not a number"
        return _ERROR
    if found.style_array.numFmtId in _EAST_ASIAN_DAYS and 1 <= number < _LAST_DAY:
        return Cell(from_excel(number, epoch).date())
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15:
        number = int(number)
    return Cell(number, percent=_is_percent(found.number_format))


@lru_cache(maxsize=1024)
def _is_time(code: str) -> bool:
    """Whether number format ``code`` shows the time of day only."""
    letters = set(STRIP_RE.sub("", code).lower())
    return bool(letters & set("hs")) and not letters & set("yd")


@lru_cache(maxsize=1024)
def _is_percent(code: str) -> bool:
    return "%" in STRIP_RE.sub("", code).replace("\\%", "")
