"""Recognising a table by its headings, whatever their order, spelling and place in the sheet."""

from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.duties import Letter
from core.exchange.reading.foreign import SEARCHED_ROWS, is_foreign
from core.exchange.reading.heading_words import WORDS, normal
from core.exchange.reading.letters import is_lettered, read_letters
from core.exchange.tables import TABLES, Field, Table, TableKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.exchange.cells import Row, Sheet

_FEWEST: Final = 2
"""A header row has at least two headings that are known."""

_SIGNS: Final = {
    TableKind.UPDATES: frozenset({Field.DONE, Field.NEXT, Field.PROBLEMS}),
    TableKind.SYNC: frozenset({Field.TOPIC, Field.CONTENT, Field.AUDIENCE}),
}
"""Fields that tell a table of this kind from a list of tasks; two of them are wanted."""


class Header(NamedTuple):
    """A header row that was recognised."""

    row: int
    """Its number in the sheet."""
    kind: TableKind
    columns: dict[Field, int]
    """Where each field stands, from 0; the first of two equal headings counts."""
    headings: tuple[str, ...]
    """Every heading as written, one-line; empty where there is none."""
    unknown: tuple[str, ...]
    """Headings that mean nothing to duban."""

    @property
    def table(self) -> Table:
        """The table of the guides that these headings are most like."""
        own = [table for table in TABLES if table.kind is self.kind]
        words = {normal(heading) for heading in self.headings}
        return max(own, key=lambda table: len(words & {normal(text) for text in table.headings}))


def headers(sheet: "Sheet") -> "Iterator[tuple[Header, int]]":
    """The header rows of ``sheet`` and where they stand in ``sheet.rows``, from the top.

    The first one is looked for below any title block; later ones begin another table. Tables of
    responsibilities are told by their node, so that one may stand before it; where there is no
    other, by the letters below.
    """
    best = _best(sheet)
    if best is None:
        if (found := _lettered(sheet)) is not None:
            yield found
        return
    for index, row in enumerate(sheet.rows[: best[1]]):
        header = as_header(row)
        if header is not None and header.kind is TableKind.RACI:
            yield header, index
    yield best
    for index in range(best[1] + 1, len(sheet.rows)):
        if _could_be_header(sheet.rows[index]) and (header := as_header(sheet.rows[index])):
            yield header, index


def _best(sheet: "Sheet") -> "tuple[Header, int] | None":
    """The row near the top with the most headings that are known, and where it stands."""
    found: tuple[Header, int] | None = None
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        header = as_header(row)
        if header and (found is None or len(header.columns) > len(found[0].columns)):
            found = header, index
    return found


def _could_be_header(row: "Row") -> bool:
    """Whether a closer look pays: the first two written cells are headings of some table."""
    written = [cell.value for cell in row.cells if isinstance(cell.value, str)][:2]
    if written and normal(written[0]) in _NODES:
        return True
    return len(written) == 2 and all(normal(text) in _KNOWN for text in written)


_KNOWN: Final = frozenset().union(*(words for words in WORDS.values()))
_NODES: Final = frozenset(
    word for word, field in WORDS[TableKind.RACI].items() if field is Field.NODE
)


def _lettered(sheet: "Sheet") -> "tuple[Header, int] | None":
    """The first row of words above nothing but letters, R among them: its first column is nodes."""
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        headings = _headings(row)
        if len(headings) < _FEWEST or not all(headings) or any(map(is_lettered, headings)):
            continue
        below = sheet.rows[index + 1 : SEARCHED_ROWS + 1]
        told = [read_letters(cell.value) for one in below for cell in one.cells[1:]]
        said = {letter for one in told if one is not None for letter in one.letters}
        if None not in told and Letter.RESPONSIBLE in said and len(said) > 1:
            return Header(row.number, TableKind.RACI, {Field.NODE: 0}, headings, ()), index
    return None


def _headings(row: "Row") -> tuple[str, ...]:
    """Every heading as written, one-line; empty where there is none."""
    return tuple(
        " ".join(cell.value.split()) if isinstance(cell.value, str) and not cell.merged else ""
        for cell in row.cells
    )


def as_header(row: "Row") -> Header | None:
    """``row`` as a header row; None if too little of it is known."""
    headings = _headings(row)
    words = [normal(heading) if heading else "" for heading in headings]
    kind = _kind(words)
    if kind is None:
        return None
    columns: dict[Field, int] = {}
    for column, word in enumerate(words):
        field = WORDS[kind].get(word)
        if field is not None:
            columns.setdefault(field, column)
    unknown = tuple(
        heading
        for heading, word in zip(headings, words, strict=True)
        if word and word not in WORDS[kind] and kind is not TableKind.RACI
    )
    return Header(row.number, kind, columns, headings, unknown)


def _kind(words: list[str]) -> TableKind | None:
    """What kind of table has these headings; None if no kind has enough of them."""
    for kind, signs in _SIGNS.items():
        fields = {WORDS[kind].get(word) for word in words}
        if len(fields & signs) >= _FEWEST:
            return kind
    if is_foreign(words):
        return None
    if _is_matrix(words):
        return TableKind.RACI
    fields = {WORDS[TableKind.TASKS].get(word) for word in words} - {None}
    written = sum(1 for word in words if word)
    enough = len(fields) >= _FEWEST and len(fields) * 4 >= min(written, 20)
    return TableKind.TASKS if enough and Field.TITLE in fields else None


def _is_matrix(words: list[str]) -> bool:
    """Whether it is a node with people and roles beside it, and no row of letters."""
    if not _NODES.intersection(words[:3]) or any(map(_is_title, words)):
        return False
    others = [word for word in words if word and word not in _NODES]
    return not others or not all(map(is_lettered, others))


def _is_title(word: str) -> bool:
    return WORDS[TableKind.TASKS].get(word) is Field.TITLE
