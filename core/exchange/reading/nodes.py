"""Rows of a table of responsibilities: nodes, and who is what to them (T3-R)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from core.domain.duties import Letter
from core.exchange.cells import Row, ditto_unguarded, plain
from core.exchange.planned_duties import PlannedDuty, PlannedNode
from core.exchange.reading import clean
from core.exchange.reading.heading_words import WORDS, normal
from core.exchange.reading.headings import Header
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.letters import read_letters
from core.exchange.reading.row_reader import RowReader
from core.exchange.tables import Field, TableKind
from core.policies.raci import Duty, Finding, Holder, check

DOUBTS: Final = {
    Finding.WITHOUT_A: "raci-without-a",
    Finding.SEVERAL_A: "raci-several-a",
    Finding.WITHOUT_R: "raci-without-r",
}
"""What a node that breaks R142 is told of."""
_WITH_ID: Final = re.compile(r"(.+\S)\s+\[([^\[\]\s]+)\]")
_PEOPLE: Final = frozenset({Field.INITIATOR, Field.OWNER, Field.ACCEPTOR, Field.COLLABORATORS})
_LONGEST: Final = 100
MASK: Final = "*"
"""What masked names begin with."""


class Whose(NamedTuple):
    """A column of somebody's."""

    column: int
    heading: str


def read_node(row: RowReader, whose: Sequence[Whose]) -> PlannedNode | None:
    """The node of a row; None for one without a name or without any word about anybody.

    Doubts: ``raci-unread`` for what is no letter, and what R142 wants.
    """
    text = row.line(Field.NODE)
    written = [one for one in whose if plain(row.at(one.column).value).strip()]
    if not text or not written:
        return None
    duties = [found for one in written if (found := _duty(row, one)) is not None]
    for finding in check(_told(duties)):
        row.doubt(Field.NODE, DOUBTS[finding])
    title, external_id = _named(text, row.line(Field.ID))
    return PlannedNode(
        sheet=row.sheet,
        row=row.number,
        text=text,
        title=title,
        external_id=external_id,
        duties=tuple(duties),
    )


def _duty(row: RowReader, whose: Whose) -> PlannedDuty | None:
    cell = row.at(whose.column)
    read = None if cell.trouble else read_letters(cell.value)
    if read is None:
        row.doubt_at(whose.column, "raci-unread")
        return None
    return PlannedDuty(whose.heading, *read)


def masked(heading: str) -> str:
    """The masked name in a heading: ``*专员`` of ``执行人*专员``; empty if there is none."""
    _, star, after = _line(heading).partition(MASK)
    return f"{star}{after}" if star and after else ""


def role_before(heading: str) -> str:
    """What stands before a masked name: ``执行人``."""
    return _line(heading).partition(MASK)[0].rstrip(" :\uff1a")


def _line(heading: str) -> str:
    return clean.line(heading.replace("\uff0a", MASK), limit=_LONGEST).value


def columns_of(header: Header, rows: Sequence[Row]) -> tuple[tuple[Whose, ...], tuple[str, ...]]:
    """The columns of people and roles, and the headings of those that are nobody's.

    Somebody's are all but nodes, ids, days, notes and the like, and where something is written
    but never a letter.
    """
    whose: list[Whose] = []
    others: list[str] = []
    taken = set(header.columns.values())
    for column, heading in enumerate(header.headings):
        if not heading or column in taken:
            continue
        if _is_role(heading) and _speaks(rows, column):
            whose.append(Whose(column, ditto_unguarded(heading)))
        else:
            others.append(heading)
    return tuple(whose), tuple(others)


def _is_role(heading: str) -> bool:
    field = WORDS[TableKind.TASKS].get(normal(heading), Field.OWNER)
    return field in _PEOPLE


def _speaks(rows: Sequence[Row], column: int) -> bool:
    """Whether some cell has letters, or none has anything."""
    written = [text for row in rows if (text := plain(row.cell(column).value).strip())]
    return not written or any(read_letters(text) is not None for text in written)


def _told(duties: list[PlannedDuty]) -> Iterator[Duty]:
    for one in duties:
        for letter in one.letters:
            yield Duty(Holder(label=one.heading), Letter(letter))


def _named(text: str, identity: str) -> tuple[str, str]:
    """Title and id of a node: ``现场访谈 [CSAT-002]`` has its id behind it."""
    if identity:
        return text, identity
    found = _WITH_ID.fullmatch(text)
    if found and read_id(found.group(2)) is not None:
        return found.group(1), found.group(2)
    return text, ""
