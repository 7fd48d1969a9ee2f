"""Tables as files: xlsx and CSV, every cell a text that no program takes for a formula."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO, Final
from unicodedata import east_asian_width

from core.exchange.cells import ditto_guarded
from core.exchange.tables import Field, Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Line = tuple[str, ...]
"""The cells of a row."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARDED: Final = re.compile(r"'*[=+\-@\t\r]")
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT: Final = 32_767
_WIDE: Final = 48
NO_LETTER: Final = "-"
"""Where somebody is nothing to a task, as in the guides; no program takes it for a formula."""
_LONG: Final = frozenset(
    {
        Field.TITLE,
        Field.DESCRIPTION,
        Field.NOTE,
        Field.RISK,
        Field.DONE,
        Field.NEXT,
        Field.PROBLEMS,
        Field.CONTENT,
        Field.DELIVERABLES,
        Field.STATUS,
        Field.GOAL,
        Field.NODE,
    }
)


def write_csv(table: Table, lines: Iterable[Line], target: BinaryIO) -> None:
    """UTF-8 with a byte order mark, as Excel wants it; ``target`` stays open.

    An apostrophe goes before what a spreadsheet program would take for a formula.
    """
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", errors="replace")
    writer = csv.writer(text)
    writer.writerow([guarded(heading) for heading in table.headings])
    lettered = [column.field is Field.LETTERS for column in table.columns]
    for line in lines:
        cells = zip(line, lettered, strict=True)
        writer.writerow(
            [cell if plain and cell == NO_LETTER else guarded(cell) for cell, plain in cells]
        )
    text.flush()
    text.detach()


def guarded(cell: str) -> str:
    """``cell`` with an apostrophe before a formula's first sign, and before such apostrophes."""
    return f"'{cell}" if _GUARDED.match(cell) else ditto_guarded(cell)


def write_xlsx(table: Table, lines: Iterable[Line], target: BinaryIO) -> None:
    """One sheet named like the table: headings bold and frozen, every cell a text."""
    write_book(((table, lines),), target)


def write_book(tables: Iterable[tuple[Table, Iterable[Line]]], target: BinaryIO) -> None:
    """A sheet for each table, in their order."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table, lines in tables:
        _write_sheet(book, table, lines)
    book.save(target)


def _write_sheet(book: "Workbook", table: Table, lines: Iterable[Line]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for letter, width in _widths(table).items():
        sheet.column_dimensions[letter].width = width
    heads = [_text_cell(sheet, heading) for heading in table.headings]
    for head in filter(None, heads):
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append(heads)
    for line in lines:
        sheet.append([_text_cell(sheet, cell) for cell in line])


def _text_cell(sheet: "WriteOnlyWorksheet", text: str) -> "Cell | None":
    """A cell that holds ``text`` and nothing else, whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=written(ditto_guarded(text)))
    cell.data_type = "s"  # what begins with "=" was just taken for a formula
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def written(text: str) -> str:
    """``text`` as XML and Excel can hold it; what looks like Excel's own escape stays text."""
    return _ESCAPE_LIKE.sub("_x005F_", _NOT_XML.sub("\ufffd", text))[:_CELL_LIMIT]


def _widths(table: Table) -> dict[str, int]:
    """Column widths by letter, in characters of Latin text."""
    from openpyxl.utils import get_column_letter

    widths: dict[str, int] = {}
    for number, column in enumerate(table.columns, start=1):
        cells = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in column.heading)
        wide = _WIDE if column.field in _LONG else max(12, cells + 2)
        widths[get_column_letter(number)] = wide
    return widths


Writer = Callable[[Table, Iterable[Line], BinaryIO], None]

FORMATS: Final[Mapping[str, Writer]] = {"xlsx": write_xlsx, "csv": write_csv}
"""What writes each format, by the file's ending."""
