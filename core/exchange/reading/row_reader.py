"""One row of a recognised table: its fields as clean text, and the doubts it raises."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from core.domain.text import TEXT_LIMIT
from core.exchange.cells import DITTO, EMPTY, Cell, Row, column_letters, ditto_unguarded, plain
from core.exchange.planned import Doubt
from core.exchange.reading import clean
from core.exchange.reading.clean import Reading
from core.exchange.reading.dates import YEAR_ASSUMED, Period, read_day, read_period
from core.exchange.reading.heading_words import normal
from core.exchange.tables import Field

if TYPE_CHECKING:
    from core.exchange.reading.headings import Header

_SHOWN: Final = 80
_TROUBLES: Final = {"formula": "formula-without-value", "cell-error": "cell-error"}


def filled_down(row: Row, above: Row | None) -> Row:
    """``row`` with ditto marks replaced by what stands above them.

    A mark that has nothing above it stays: it is a doubt when its cell is read.
    """
    if not any(cell.value in DITTO for cell in row.cells):
        return row
    if above is None:
        return row
    cells = (
        above.cell(column) if cell.value in DITTO else cell for column, cell in enumerate(row.cells)
    )
    return Row(row.number, tuple(cells))


class RowReader:
    """Reads the cells of one row by field, and notes what is doubtful about them."""

    def __init__(
        self, sheet: str, *, row: Row, header: "Header", year: Callable[[str], int]
    ) -> None:
        self.sheet = sheet
        self.number = row.number
        self._row = row
        self._header = header
        self._year = year
        self._doubts: list[tuple[int, Doubt]] = []
        self._troubled: set[Field] = set()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What was noted so far, from left to right."""
        return tuple(doubt for _, doubt in sorted(self._doubts, key=lambda noted: noted[0]))

    def has(self, field: Field) -> bool:
        """Whether the table has a column for ``field``."""
        return field in self._header.columns

    def heading(self, field: Field) -> str:
        """The heading of ``field`` in its normal form; empty if there is no such column."""
        column = self._header.columns.get(field)
        return "" if column is None else normal(self._header.headings[column])

    def cell(self, field: Field) -> Cell:
        """The cell of ``field``; an empty one if there is no such column.

        A formula without a stored result is empty too: nobody knows what it would say.
        """
        column = self._header.columns.get(field)
        found = EMPTY if column is None else self._row.cell(column)
        if not found.trouble:
            return found
        code = _TROUBLES[found.trouble]
        if field not in self._troubled:
            self._troubled.add(field)
            self.doubt(field, code)
        return EMPTY

    def at(self, column: int) -> Cell:
        """The cell in ``column``, counted from 0, as it stands."""
        return self._row.cell(column)

    def doubt(self, field: Field, code: str, *, read_as: str = "") -> None:
        """Note that the cell of ``field`` is doubtful."""
        self.doubt_at(self._header.columns[field], code, read_as=read_as)

    def doubt_at(self, column: int, code: str, *, read_as: str = "") -> None:
        """Note that the cell in ``column``, counted from 0, is doubtful."""
        headings = self._header.headings
        doubt = Doubt(
            sheet=self.sheet,
            cell=f"{column_letters(column)}{self.number}",
            heading=headings[column],
            value=" ".join(plain(self._row.cell(column).value)[:_SHOWN].split()),
            code=code,
            read_as=read_as,
        )
        self._doubts.append((column, doubt))

    def line(self, field: Field) -> str:
        """The cell as one clean line; empty if nothing stands there."""
        return self._text(field, clean.line)

    def text(self, field: Field) -> str:
        """The cell as clean text of several lines."""
        return self._text(field, clean.lines)

    def _text(self, field: Field, tidy: Callable[[str], Reading[str]]) -> str:
        cell = self.cell(field)
        if cell is EMPTY or cell.value is None:
            return ""
        if cell.value in DITTO:
            self.doubt(field, "ditto-without-above")
            return ""
        cleaned = tidy(ditto_unguarded(plain(cell.value)))
        for code in cleaned.doubts:
            self.doubt(field, code, read_as=cleaned.value[:_SHOWN])
        return cleaned.value

    def year(self, identity: str) -> int:
        """The year for a day without one in this row, whose task id is ``identity``."""
        return self._year(identity)

    def day(self, field: Field, *, identity: str = "") -> Reading[date | None]:
        """The day in the cell; ``identity`` is the row's task id, whose year stands in."""
        cell = self.cell(field)
        reading = read_day(cell.value, year=self._year(identity))
        self._note_all(field, reading.doubts, "" if reading.value is None else str(reading.value))
        return reading

    def period(self, field: Field, *, identity: str = "") -> Reading[Period]:
        """The days from and to in the cell."""
        reading = read_period(self.cell(field).value, year=self._year(identity))
        shown = "/".join("" if day is None else str(day) for day in reading.value)
        self._note_all(field, reading.doubts, shown.strip("/"))
        return reading

    def _note_all(self, field: Field, codes: Sequence[str], read_as: str) -> None:
        for code in codes:
            self.doubt(field, code, read_as=read_as)

    def raw(self) -> tuple[tuple[str, str], ...]:
        """(heading, text) of every written cell, shortened to what a field may hold."""
        headings = self._header.headings
        return tuple(
            (headings[column] if column < len(headings) else "", _raw(plain(cell.value)))
            for column, cell in enumerate(self._row.cells)
            if cell.value is not None and not cell.trouble
        )


def _raw(text: str) -> str:
    """``text`` with controls dropped, else as written."""
    return text[:TEXT_LIMIT] if text.isprintable() else clean.lines(text).value


def year_assumed(*readings: Reading[date | None] | Reading[Period]) -> bool:
    """Whether any of ``readings`` had to guess its year."""
    return any(YEAR_ASSUMED in reading.doubts for reading in readings)
