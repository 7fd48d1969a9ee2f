"""One sheet of a workbook as rows: one pass over its XML, no tree, no believed dimensions."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Final

from core.exchange.cells import EMPTY, Cell, Row, Value
from core.exchange.limits import CELL_TEXT, COLUMNS, ROWS
from core.exchange.merged import Area, fill_merged
from core.exchange.shared_strings import unescaped
from core.exchange.unreadable import OverLimit
from core.exchange.xml_parts import local, stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile

_MOST_IN_ROW: Final = 16_384
_MOST_AREAS: Final = 20_000
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_LAST_SERIAL: Final = 2_958_465
_TEXTS: Final = frozenset({"v", "t", "f"})


class NumberKind(StrEnum):
    """How a cell format shows a number."""

    PLAIN = "plain"
    DATE = "date"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """What the workbook says about its numbers."""

    kinds: tuple[NumberKind, ...]
    """By the index that cells name."""
    since_1904: bool
    """Days count from 1904, as old Macs did."""

    def kind(self, index: str) -> NumberKind:
        """How format ``index`` shows numbers; plainly if there is no such format."""
        number = int(index) if index.isdecimal() and len(index) < 8 else 0
        return self.kinds[number] if number < len(self.kinds) else NumberKind.PLAIN

    def day(self, serial: float) -> date | None:
        """The day that ``serial`` counts to; None beyond the year 9999."""
        if not 1 <= serial <= _LAST_SERIAL - 1462:
            return None
        return (_EPOCH_1904 if self.since_1904 else _EPOCH) + timedelta(days=int(serial))


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """0 for ``A``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_rows(
    archive: "ZipFile", part: str, *, strings: tuple[str, ...], styles: Styles, most: int
) -> tuple[Row, ...]:
    """The rows of sheet ``part`` in which something is written, merged cells filled in.

    ``most`` is how many cells may be written. Refuses ``UnreadableFile``.
    """
    reader = _SheetReader(strings, styles, most)
    stream(archive, part, reader)
    return fill_merged(reader.rows, reader.areas, most=most - reader.written)


class _SheetReader:
    """Builds rows from the events of a sheet's XML."""

    def __init__(self, strings: tuple[str, ...], styles: Styles, most: int) -> None:
        self.rows: dict[int, list[Cell]] = {}
        self.areas: list[Area] = []
        self.written = 0
        self._strings, self._styles, self._most = strings, styles, most
        self._row, self._cells, self._met = 0, [EMPTY], 0
        self._column, self._attributes = -1, dict[str, str]()
        self._texts: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._length = 0
        self._aid = False

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:
        """Open a row or a cell, or listen to a cell's text."""
        name = local(tag)
        if name == "c":
            self._start_cell(dict(attributes))
        elif name in _TEXTS:
            self._pieces = None if self._aid else []
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._cells, self._column, self._met = [], -1, 0
        elif name == "mergeCell":
            self._add_area(attributes.get("ref", ""))
        elif name == "rPh":
            self._aid = True

    def data(self, text: str) -> None:
        """Keep a piece of text if it is a cell's."""
        if self._pieces is not None and self._length < CELL_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        """Close what ``start`` opened."""
        name = local(tag)
        if name in _TEXTS:
            if self._pieces is not None:
                self._texts[name] = self._texts.get(name, "") + "".join(self._pieces)
            self._pieces = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aid = False

    def close(self) -> None:
        """Nothing is left open at the end of a sheet."""

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._met += 1
        if self._met > _MOST_IN_ROW:
            raise OverLimit("too-many-columns", limit=COLUMNS, row=self._row)
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _column(match.group(1)) if match else self._column + 1
        self._attributes, self._texts, self._length = attributes, {}, 0

    def _end_cell(self) -> None:
        cell = self._cell()
        if cell.value is None and not cell.trouble:
            return
        if self._column >= COLUMNS:
            raise OverLimit("too-many-columns", limit=COLUMNS, row=self._row)
        self.written += 1
        if self.written > self._most:
            raise OverLimit("too-many-cells", limit=self._most, row=self._row)
        cells = self._cells
        if len(cells) <= self._column:
            cells.extend([EMPTY] * (self._column + 1 - len(cells)))
        cells[self._column] = cell

    def _end_row(self) -> None:
        if not self._cells:
            return
        if len(self.rows) >= ROWS:
            raise OverLimit("too-many-rows", limit=ROWS, row=self._row)
        self.rows[self._row] = self._cells
        self._cells = []

    def _add_area(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            return  # not a range: nothing to fill in
        if len(self.areas) >= _MOST_AREAS:
            raise OverLimit("too-many-cells", limit=_MOST_AREAS)
        (left, top), (right, bottom) = (corner.groups() for corner in corners if corner)
        self.areas.append(
            Area(top=int(top), bottom=int(bottom), left=_column(left), right=_column(right))
        )

    def _cell(self) -> Cell:
        """The cell that just closed; equal to an empty one if nothing is written in it."""
        stored = self._texts.get("v", "")
        kind = self._attributes.get("t", "n")
        if kind == "inlineStr":
            return Cell(unescaped(self._texts.get("t", "")) or None)
        if kind == "e":
            return Cell(None, trouble="cell-error")
        if not stored:
            formula = self._texts.get("f", "")
            return Cell(f"={formula}", trouble="formula") if formula else EMPTY
        if kind == "s":
            return Cell(self._strings[int(stored)] or None)
        if kind == "n":
            return self._number(stored)
        return Cell(_other(kind, stored))

    def _number(self, stored: str) -> Cell:
        number = float(stored)
        if not isfinite(number):
            return Cell(None, trouble="cell-error")
        kind = self._styles.kind(self._attributes.get("s", "0"))
        if kind is NumberKind.DATE and (day := self._styles.day(number)):
            return Cell(day)
        plain: Value = int(number) if number.is_integer() and abs(number) < 1e15 else number
        return Cell(plain, percent=kind is NumberKind.PERCENT)


def _other(kind: str, stored: str) -> Value:
    """Values that are not numbers: truth values, dates in ISO 8601, results of formulas."""
    if kind == "b":
        return "TRUE" if stored == "1" else "FALSE"
    if kind == "d":
        return datetime.fromisoformat(stored).date()
    return unescaped(stored)
