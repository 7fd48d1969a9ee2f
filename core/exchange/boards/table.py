"""Tables of other programs by heading, where one heading may stand over several columns."""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Final, NamedTuple

from core.exchange.boards.findings import Findings
from core.exchange.boards.nodes import local_time
from core.exchange.cells import Row, Sheet, column_letters, plain
from core.exchange.planned import ReadTable
from core.exchange.reading import clean
from core.exchange.reading.clean import Reading
from core.exchange.reading.dates import read_day

_CLASS: Final = re.compile(r"[\w.$]{5,200}")
_HASH: Final = re.compile(r"@[0-9a-f]{4,16}(?=[\[\],;}\s]|$)")
_FIELDS: Final = re.compile(r"\{[\w.]{1,80}=")
_YEAR_LAST: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b(.*)", re.DOTALL)

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
_MONTHS: Final = 12


def spelled(heading: str) -> str:
    """``heading`` in lower case with single spaces; brackets tell Jira's fields apart."""
    return " ".join(heading.casefold().split())


class Said(NamedTuple):
    """What one cell says."""

    column: int
    heading: str
    text: str
    """As written, without what is around it."""


def _is_dump(text: str) -> bool:
    """Whether ``text`` is how Java prints an object: ``com.vendor.Sprint@1a2b3c[id=1]``."""
    if _FIELDS.match(text):
        return True
    found = _HASH.search(text)
    words = text[max(0, found.start() - 200) : found.start()].split() if found else []
    return bool(words) and words[-1].count(".") > 1 and bool(_CLASS.fullmatch(words[-1]))


class TableRow:
    """One row of a table, by heading."""

    def __init__(self, table: "Table", row: Row) -> None:
        self.table = table
        """The table that this is a row of."""
        self._row = row
        self.sheet = table.sheet
        self.number = row.number

    def all(self, *headings: str) -> Iterator[Said]:
        """Every written cell under one of ``headings``, heading by heading, left to right."""
        for heading in headings:
            for column in self.table.columns.get(heading, ()):
                if said := self.at(column):
                    yield said

    def beginning(self, start: str) -> Iterator[Said]:
        """Every written cell under a heading that begins with ``start``."""
        yield from self.all(*self.table.beginning(start))

    def at(self, column: int) -> Said | None:
        """The written cell of ``column``, counted from 0."""
        text = plain(self._row.cell(column).value).strip()
        return Said(column, self.table.headings[column], text) if text else None

    def first(self, *headings: str) -> Said | None:
        """The first of ``all`` that a person wrote; a dump of a program is a doubt."""
        return next((said for said in self.all(*headings) if not self.is_dump(said)), None)

    def line(self, *headings: str) -> str:
        """The first written cell as one clean line; empty if there is none."""
        said = self.first(*headings)
        return self.cleaned(said, long=False) if said else ""

    def lines(self, *headings: str) -> str:
        """The first written cell as clean text."""
        said = self.first(*headings)
        return self.cleaned(said, long=True) if said else ""

    def cleaned(self, said: Said, *, long: bool) -> str:
        """The cell's text as a field may hold it."""
        reading = clean.lines(said.text) if long else clean.line(said.text)
        for code in reading.doubts:
            self.doubt(said, code, read_as=reading.value)
        return reading.value

    def doubt(self, said: Said, code: str, *, read_as: str = "") -> None:
        """Note that a cell is doubtful."""
        self.table.findings.doubt(
            code,
            sheet=self.sheet,
            cell=f"{column_letters(said.column)}{self.number}",
            heading=said.heading,
            value=said.text,
            read_as=read_as,
        )

    def doubt_once(self, said: Said, code: str, *, read_as: str = "") -> None:
        """Note a doubt that is the same wherever the same text stands."""
        if self.table.findings.first(code, f"{said.heading}\n{said.text}"):
            self.doubt(said, code, read_as=read_as)

    def is_dump(self, said: Said) -> bool:
        """Whether the cell holds what a program printed of itself; a doubt, once a heading."""
        if not _is_dump(said.text):
            return False
        if self.table.findings.first("machine-dump", said.heading):
            self.doubt(said, "machine-dump")
        return True

    def day(self, *headings: str) -> date | None:
        """The day in the first written cell; doubts as ``read_day``."""
        said = self.first(*headings)
        if said is None:
            return None
        reading = self.table.read_day(said.text)
        for code in reading.doubts:
            self.doubt(said, code, read_as="" if reading.value is None else str(reading.value))
        guessed = reading.value is not None and self.table.is_told(said.text)
        if guessed and self.table.findings.first("day-order-told", said.heading):
            self.doubt(said, "day-order-told", read_as=str(reading.value))
        return reading.value


class Table:
    """A sheet whose headings are known."""

    def __init__(self, sheet: Sheet, *, findings: Findings, zone: tzinfo, today: date) -> None:
        head, *body = sheet.rows
        self.sheet = sheet.name
        self.header_row = head.number
        self.headings = tuple(clean.line(plain(cell.value)).value for cell in head.cells)
        self.findings = findings
        self.columns: dict[str, list[int]] = {}
        for column, heading in enumerate(self.headings):
            self.columns.setdefault(spelled(heading), []).append(column)
        self.rows = tuple(TableRow(self, row) for row in body)
        self._zone = zone
        self._today = today
        self._month_first: bool | None = None
        self._beginning: dict[str, tuple[str, ...]] = {}

    def learn_day_order(self, *headings: str) -> None:
        """Learn from the days under ``headings`` that are clear how ``05/06/2020`` is meant."""
        firsts, seconds = [0], [0]
        for row in self.rows:
            for said in row.all(*headings):
                if found := _YEAR_LAST.fullmatch(said.text):
                    firsts.append(int(found[1]))
                    seconds.append(int(found[3]))
        if (max(firsts) > _MONTHS) != (max(seconds) > _MONTHS):
            self._month_first = max(seconds) > _MONTHS

    def beginning(self, start: str) -> tuple[str, ...]:
        """The headings that begin with ``start``, as ``spelled``."""
        if start not in self._beginning:
            found = (heading for heading in self.columns if heading.startswith(start))
            self._beginning[start] = tuple(found)
        return self._beginning[start]

    def written(self) -> tuple[str, ...]:
        """The headings of columns in which something is written."""
        columns = (
            column
            for column, heading in enumerate(self.headings)
            if heading and any(row.at(column) for row in self.rows)
        )
        return tuple(self.headings[column] for column in columns)

    def is_read(self, code: str, *, rows: int, unknown: tuple[str, ...]) -> None:
        """Note that the table was read as an export of program ``code``, but for some columns."""
        if unknown:
            self.findings.doubt(
                "columns-left-out",
                sheet=self.sheet,
                cell=f"{self.header_row}:{self.header_row}",
                value=", ".join(unknown),
            )
        self.findings.tables.append(
            ReadTable(
                sheet=self.sheet,
                code=code,
                header_row=self.header_row,
                rows=rows,
                unknown=unknown,
            )
        )

    def is_told(self, text: str) -> bool:
        """Whether only other rows tell how the day in ``text`` is meant."""
        found = _YEAR_LAST.fullmatch(text)
        return found is not None and max(int(found[1]), int(found[3])) <= _MONTHS

    def read_day(self, text: str) -> Reading[date | None]:
        """The day in ``text``; of a moment with its offset, the day in the zone of the import."""
        if found := _MOMENT.fullmatch(text):
            try:
                local = local_time(datetime.fromisoformat(found[0]), self._zone)
            except ValueError:
                local = None
            if local is not None:
                at = local.strftime("%H:%M")
                return read_day(f"{local:%Y-%m-%d} {at}", year=local.year)
        if self._month_first is not None and (found := _YEAR_LAST.fullmatch(text)):
            first, second = (found[1], found[3]) if self._month_first else (found[3], found[1])
            text = f"{found[4]}-{first}-{second}{found[5]}"
        return read_day(text, year=self._today.year)

    @property
    def today(self) -> date:
        """The day of the import."""
        return self._today
