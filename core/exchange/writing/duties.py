"""The table of responsibilities from what is stored: a row a task, a column a person or role."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from core.desk import Desk
from core.domain.ids import ProjectId
from core.exchange.tables import Column, Field, Table
from core.exchange.telling import holders
from core.exchange.telling.team import team_of
from core.exchange.writing.formats import NO_LETTER, Line
from core.policies.raci import Holder, ordered, written
from core.queries import exporting, raci
from core.queries.raci_rows import MatrixRow
from core.records import replace


class LaidOut(NamedTuple):
    """A table with the columns of those who are in it, and its rows."""

    table: Table
    lines: Iterator[Line]


def laid_out(desk: Desk, table: Table, *, project: ProjectId | None = None) -> LaidOut:
    """Letters as they count: what was set, else what follows from owner and acceptor."""
    found = desk.ask(raci.whole, project=project)
    names = team_of(desk.ask).names
    headed: dict[str, list[Holder]] = {}
    for column in found.columns:
        headed.setdefault(holders.told(column, names), []).append(column.holder)
    columns = (Column(heading=heading, field=Field.LETTERS) for heading in headed)
    naming = _Naming(desk.ask(raci.shared_titles), desk.ask(exporting.unclear_ids))
    lines = (_line(row, headed, naming) for row in found.rows)
    return LaidOut(replace(table, columns=(*table.columns, *columns)), lines)


class _Naming(NamedTuple):
    """What several tasks bear."""

    titles: frozenset[str]
    foreign_ids: frozenset[str]

    def node(self, row: MatrixRow) -> str:
        """A title that several tasks bear has an id behind it, by which it is found again."""
        if row.title not in self.titles:
            return row.title
        foreign = row.external_id
        identity = foreign if foreign and foreign not in self.foreign_ids else row.key
        return f"{row.title} [{identity}]"


def _line(row: MatrixRow, headed: Mapping[str, Iterable[Holder]], naming: _Naming) -> Line:
    return (naming.node(row), *(_cell(row, those) for those in headed.values()))


def _cell(row: MatrixRow, those: Iterable[Holder]) -> str:
    cells = [row.cell(one) for one in those]
    letters = ordered(letter for cell in cells for letter in cell.letters)
    return written(letters, next((cell.note for cell in cells if cell.note), "")) or NO_LETTER
