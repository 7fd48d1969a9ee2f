"""Workbooks (xlsx, xlsm) as sheets of plain values, read by openpyxl row by row.

Imported only when there is a workbook to read: openpyxl takes 0.1 s to load.
"""

import warnings
import zlib
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Final, cast
from zipfile import BadZipFile

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import STRIP_RE
from openpyxl.utils.datetime import from_excel, to_excel
from openpyxl.utils.escape import unescape

from core.exchange.cells import EMPTY, Cell, Sheet
from core.exchange.files.limits import CELL_TEXT, CELLS, COLUMNS, ROWS, SHEETS, check_archive
from core.exchange.files.merged import fill_merged, read_extras
from core.exchange.files.parts import Parts
from core.exchange.unreadable import (
    DamagedFile,
    OverLimit,
    UnknownFormat,
    UnreadableFile,
    UnsafeXml,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_ARCHIVE_FAULTS: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError)
_FAULTS: Final = (
    *_ARCHIVE_FAULTS,
    *(ParseError, OSError, ValueError, OverflowError, LookupError, TypeError, AttributeError),
)
"""What zipfile and openpyxl raise on damaged workbooks, found with thousands of them."""
_LAST_ROW: Final = 1_048_576
_EAST_ASIAN_DAYS: Final = frozenset({*range(27, 37), *range(50, 59)})
"""Formats of Chinese, Japanese and Korean spreadsheets: a number without a code in the file."""
_LAST_DAY: Final = 2_957_003
"""Of the year 9999, counted from 1904."""
_LARGEST: Final = 10**300
_ERROR: Final = Cell(None, trouble="cell-error")


def read_workbook(raw: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the workbook ``raw``, in its order; hidden ones are marked.

    Refuses ``UnreadableFile``.
    """
    if not openpyxl.DEFUSEDXML:
        raise UnreadableFile("parser-not-guarded")
    try:
        archive = Parts(raw)
    except _FAULTS as fault:
        raise DamagedFile("", reason="archive") from fault
    # openpyxl prints of one kind of damage, and warns of what it would not write back.
    with archive, warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        check_archive(archive)
        try:
            return tuple(_sheets(archive))
        except _FAULTS as fault:
            raise _refusal(fault, archive) from fault


def _refusal(fault: BaseException, archive: Parts) -> UnreadableFile:
    # openpyxl wraps some ValueErrors in another
    if any(isinstance(one, DefusedXmlException) for one in (fault, fault.__cause__)):
        return UnsafeXml(archive.part)
    if isinstance(fault, OSError):  # openpyxl: the archive lists no workbook
        return UnknownFormat("zip")
    if archive.part not in archive.namelist():
        return DamagedFile(archive.part, reason="missing")
    reason = "archive" if isinstance(fault, _ARCHIVE_FAULTS) else "xml"
    return DamagedFile(archive.part, reason=reason)


def _sheets(archive: Parts) -> "Iterator[Sheet]":
    reader = _open(archive)
    parts = {sheet.name: related.target for sheet, related in reader.parser.find_sheets()}
    left = CELLS
    for sheet in reader.wb.worksheets:  # charts are none
        extras = read_extras(archive, parts[sheet.title])
        written = _rows(sheet, extras.formulas, most=left)
        left -= sum(len(cells) - cells.count(EMPTY) for cells in written.values())
        rows = fill_merged(written, extras.areas, most=left)
        yield Sheet(name=sheet.title, rows=rows, hidden=sheet.sheet_state != "visible")


def _open(archive: Parts) -> ExcelReader:
    """As ``openpyxl.load_workbook``, with ``archive`` checking every part that is opened."""
    if "[Content_Types].xml" not in archive.namelist():
        raise UnknownFormat("zip")
    reader = ExcelReader(archive.file, read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    reader.read()
    if len(reader.parser.sheets) > SHEETS:
        raise OverLimit("too-many-cells", limit=SHEETS, sheets=len(reader.parser.sheets))
    return reader


def _rows(
    sheet: "ReadOnlyWorksheet", formulas: dict[int, dict[int, str]], *, most: int
) -> dict[int, list[Cell]]:
    """The rows in which something is written, by number; ``most`` cells may be."""
    sheet.reset_dimensions()
    epoch = sheet.parent.epoch
    rows: dict[int, list[Cell]] = {}
    width = 0
    for number, found in enumerate(islice(sheet.rows, _LAST_ROW), start=1):
        width += len(found)
        if width > ROWS * COLUMNS:  # of empty cells out to the last column
            raise OverLimit("too-many-columns", limit=COLUMNS, row=number)
        cells = [_cell(cast("ReadOnlyCell", one), epoch) for one in found]
        for column, text in formulas.get(number, {}).items():
            if column < len(cells) and cells[column] is EMPTY:
                cells[column] = Cell(text, trouble="formula")
        while cells and cells[-1] is EMPTY:
            cells.pop()
        if cells:
            rows[number] = cells
            most -= len(cells) - cells.count(EMPTY)
            _check_limits(rows, number, left=most)
    return rows


def _check_limits(rows: dict[int, list[Cell]], number: int, *, left: int) -> None:
    if len(rows[number]) > COLUMNS:
        raise OverLimit("too-many-columns", limit=COLUMNS, row=number)
    if len(rows) > ROWS:
        raise OverLimit("too-many-rows", limit=ROWS, row=number)
    if left < 0:
        raise OverLimit("too-many-cells", limit=CELLS, row=number)


def _cell(found: "ReadOnlyCell", epoch: datetime) -> Cell:
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
