"""The matrix of responsibilities as the cells of a grid, and the chosen cell in words."""

from collections.abc import Iterator

from core.queries.raci import Matrix
from core.queries.raci_rows import Cell, Column, MatrixRow
from tui.cells import measure
from tui.raci_words import (
    MARK,
    cell_word,
    found_sentence,
    found_words,
    legend,
    letters_word,
    name_of,
)
from tui.widgets.grid import GridColumn, GridLine
from tui.widgets.line import Line, Span
from tui.words import Words

_KEY = 18
"""Cells of a key at most."""
_GAP = 1


def columns(found: Matrix) -> tuple[GridColumn, ...]:
    """People and roles."""
    return tuple(GridColumn(one.holder, name_of(one)) for one in found.columns)


def grid_lines(words: Words, found: Matrix, *, keyed: bool) -> tuple[GridLine, ...]:
    """A line a task: its key if there is room, what is wrong, title, and everybody's letters."""
    key = min(max((measure(row.key) for row in found.rows), default=0), _KEY)
    wrong = [_wrong(words, row) for row in found.rows]
    room = max(map(measure, wrong), default=0)
    return tuple(
        GridLine(
            key=str(row.task),
            head=(Span(row.key, "duban-muted", key + _GAP),) if keyed else (),
            title=Span("  " * row.level + row.title),
            tail=(Span(f" {said}", "duban-warning", room + _GAP),) if room else (),
            cells=tuple(_cell(row.cell(one.holder)) for one in found.columns),
        )
        for row, said in zip(found.rows, wrong, strict=True)
    )


def _wrong(words: Words, row: MatrixRow) -> str:
    return f"{MARK} {found_words(words, row)}" if row.findings else ""


def _cell(cell: Cell) -> Span:
    if not cell.letters:
        return Span("·", "duban-muted")
    return Span(cell_word(cell), "foreground" if cell.said else "duban-muted")


def facts(words: Words, row: MatrixRow, column: Column | None, *, press: str) -> Iterator[Line]:
    """The chosen cell, what is wrong with its task, and what the letters mean."""
    if column is not None:
        cell = row.cell(column.holder)
        text = f"{name_of(column)} · {row.key} {row.title}"
        yield Line(text=text, color="duban-column-header", bold=True)
        yield Line(text=_said(words, cell, press=press), most=2)
        if cell.derived:
            which = "/".join(one.value for one in cell.derived)
            text = words("{letters}* follows from the task's owner and acceptor", letters=which)
            yield Line(text=text, color="duban-muted")
    if row.findings:
        yield Line(text=f"{MARK} {found_sentence(words, row)}", color="duban-warning", most=2)
    yield Line(text=legend(words), color="duban-muted")


def _said(words: Words, cell: Cell, *, press: str) -> str:
    if not cell.letters:
        return words("no letter; {press} sets one", press=press)
    said = f"{cell_word(cell._replace(note=''))} · {letters_word(words, cell.letters)}"
    return f"{said} · {cell.note}" if cell.note else said
