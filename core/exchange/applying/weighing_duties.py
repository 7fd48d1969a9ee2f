"""Letters of RACI held against the store: a cell that says what an export would changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core.exchange.applying.allotment import Allotment, NewLetters
from core.exchange.applying.weighing import Birth, Place, Scales
from core.exchange.applying.weighing_nodes import Nodes
from core.exchange.planned_duties import PlannedDuty, PlannedNode
from core.exchange.reading.letters import Letters, read_letters
from core.exchange.telling.holders import Meant, meant, told
from core.exchange.telling.team import Ask
from core.policies.raci import Holder, ordered, written
from core.queries import raci
from core.queries.raci_rows import MatrixRow, columns_of


def weigh_nodes(scales: Scales, planned: Sequence[PlannedNode], *, ask: Ask) -> None:
    """Sort out what is set already; nodes that are no task yet become one."""
    if not planned:
        return
    result = scales.result
    found = list(Nodes(scales, planned, ask=ask).places())
    stored = [place for _, place in found if not isinstance(place, Birth)]
    rows: dict[Place, MatrixRow] = {row.task: row for row in ask(raci.rows_of, stored)}
    weighing = _Weighing(scales, rows.values())
    for node, place in found:
        allotment = Allotment(node=node, place=place)
        allotment.parts = list(weighing.parts(node, rows.get(place)))
        if not allotment.parts:
            result.unchanged += not isinstance(place, Birth)
        elif place in rows and rows[place].state in raci.PUT_AWAY:
            result.doubt(node, "closed-kept", value="letters")
        else:
            weighing.need(node, allotment.parts)
            result.allotments.append(allotment)


class _Whose(NamedTuple):
    """Who is meant by a column."""

    meant: Meant
    holder: Holder
    known: tuple[Holder, ...]
    """Those of them who have letters of the task; a role can be called like somebody."""
    stored: Holder | None
    """Whom the store means by it; None if it must be told by the words."""


class _Stored(NamedTuple):
    """What a column says of a task now."""

    old: str
    """What was set, as a cell."""
    same: frozenset[Letters]
    """What changes nothing: what was set, and that with what follows from owner and acceptor."""


class _Weighing:
    """Who is meant by headings: first as our own export writes them, then by their words."""

    def __init__(self, scales: Scales, rows: Iterable[MatrixRow]) -> None:
        self._scales = scales
        self._names = scales.result.team.names
        self._own: dict[str, list[Holder]] = defaultdict(list)
        for column in columns_of(one for row in rows for one in row.columns):
            self._own[told(column, self._names)].append(column.holder)

    def parts(self, node: PlannedNode, row: MatrixRow | None) -> Iterator[NewLetters]:
        """What differs from ``row``; all that has letters where there is none."""
        for whose, duties in self._by_holder(node, row):
            said = _merged(duties)
            stored = _stored(whose, row)
            if said in stored.same or not (said.letters or stored.old):
                continue
            yield NewLetters(
                heading=duties[0].heading,
                label=whose.meant.label,
                role=whose.meant.role,
                holder=whose.stored,
                is_person=whose.meant.is_person,
                letters=said.letters,
                note=said.note,
                old=stored.old,
            )

    def _by_holder(
        self, node: PlannedNode, row: MatrixRow | None
    ) -> Iterator[tuple[_Whose, list[PlannedDuty]]]:
        """The cells of each, where several columns are one's."""
        found: dict[Holder, tuple[_Whose, list[PlannedDuty]]] = {}
        for duty in node.duties:
            whose = self._whose(duty.heading, row)
            found.setdefault(whose.holder, (whose, []))[1].append(duty)
        yield from found.values()

    def _whose(self, heading: str, row: MatrixRow | None) -> _Whose:
        one = meant(heading, self._names)
        person = self._names.find(one.label) if one.is_person else None
        by_word = Holder(person.id) if person else Holder(label=one.label)
        own = self._own.get(heading, [])
        known = tuple(
            holder for holder in own or [by_word] if row is not None and holder in row.cells
        )
        stored = next(iter((*known, *own)), None)
        return _Whose(one, stored or by_word, known, stored)

    def need(self, node: PlannedNode, parts: Iterable[NewLetters]) -> None:
        """People whom nobody knows yet become placeholders."""
        result = self._scales.result
        for part in parts:
            if part.is_person and part.holder is None:
                result.need(part.label)
                if self._names.is_shared(part.label):
                    result.doubt(node, "name-shared", value=part.label)


def _stored(whose: _Whose, row: MatrixRow | None) -> _Stored:
    cells = [row.cell(holder) for holder in whose.known] if row is not None else []
    note = next((cell.note for cell in cells if cell.note), "")
    old = written(ordered(letter for cell in cells for letter in cell.said), note)
    told_now = written(ordered(letter for cell in cells for letter in cell.letters), note)
    return _Stored(old, frozenset({_read(old), _read(told_now)}))


def _read(cell: str) -> Letters:
    """What reading our own cell gives back."""
    return read_letters(cell) or Letters()


def _merged(duties: Sequence[PlannedDuty]) -> Letters:
    """Several columns of one holder: all their letters, and each note once."""
    notes = dict.fromkeys(one.note for one in duties if one.note)
    letters = (letter for one in duties for letter in one.letters)
    return Letters(ordered(letters), "; ".join(notes))
