"""What a file holds, whatever its format: sheets of rows of plain values."""

from datetime import date
from typing import Final, NamedTuple

Value = str | int | float | date | None
"""A cell's value. Text is as written: neither cleaned nor shortened."""


class Cell(NamedTuple):
    """One cell; a tuple, since a file can have hundreds of thousands."""

    value: Value = None
    percent: bool = False
    """The number is shown as a percentage: 0.6 is 60 %."""
    merged: bool = False
    """Filled in from the upper left corner of merged cells."""
    trouble: str = ""
    """``formula`` (no stored result; the value is the formula's text) or ``cell-error``."""


EMPTY: Final = Cell()


class Row(NamedTuple):
    """One row in which something is written."""

    number: int
    """As the spreadsheet counts, from 1; numbers may be missing."""
    cells: tuple[Cell, ...]
    """By column from A; ends with the last written cell."""

    def cell(self, column: int) -> Cell:
        """The cell in ``column``, counted from 0; an empty one beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else EMPTY


class Sheet(NamedTuple):
    """One sheet of a workbook; a CSV file is one sheet named like the file."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


DITTO: Final = frozenset({"″", "〃", "”", '"', "''", "〞", "同上", "同上。", "ditto"})
"""Cells that stand for what is above them."""


def ditto_guarded(text: str) -> str:
    """``text`` as a cell that is not taken for a ditto mark: an apostrophe goes before one."""
    return f"'{text}" if _is_ditto(text) else text


def ditto_unguarded(text: str) -> str:
    """What ``ditto_guarded`` was given."""
    return text[1:] if text.startswith("'") and _is_ditto(text[1:]) else text


def _is_ditto(text: str) -> bool:
    """Whether ``text`` is a ditto mark, or one after apostrophes."""
    bare = text.lstrip("'")
    return bare in DITTO or (not bare and len(text) > 1)


def column_letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain(value: Value) -> str:
    """``value`` as text, the way a person would have typed it; nothing for an empty cell."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
