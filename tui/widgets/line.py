"""One line of a list, and how it is laid out in a given width."""

from typing import NamedTuple

from core.records import dataclass
from tui.cells import fit, measure, wrap


class Span(NamedTuple):
    """A piece of text in one color of the theme."""

    text: str
    color: str = "foreground"
    width: int = 0
    """Cells that it takes; 0 as many as it needs."""

    @property
    def cells(self) -> int:
        """How wide it is drawn."""
        return self.width or measure(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: spans at the left, a text that takes what room is left, spans at the right."""

    key: str = ""
    """What is chosen with it; empty for a line that cannot be chosen."""
    head: tuple[Span, ...] = ()
    text: str = ""
    color: str = "foreground"
    bold: bool = False
    tail: tuple[Span, ...] = ()
    """Left out from the left on where the text would keep less than half of the line."""
    below: tuple[Span, ...] = ()
    """A second row, drawn under the text."""
    most: int = 1
    """Rows that a long text may take."""


def _kept_tail(line: Line, width: int) -> tuple[Span, ...]:
    tail = line.tail
    while tail and width - _indent(line) - sum(span.cells for span in tail) < width // 3:
        tail = tail[1:]
    return tail


def _indent(line: Line) -> int:
    return sum(span.cells for span in line.head)


def _room(line: Line, width: int) -> int:
    return max(width - _indent(line) - sum(span.cells for span in _kept_tail(line, width)), 1)


def texts(line: Line, width: int) -> tuple[str, ...]:
    """The rows of its text; one at least."""
    room = _room(line, width)
    if line.most == 1:
        return (fit(line.text.partition("\n")[0] if "\n" in line.text else line.text, room),)
    return wrap(line.text, room, line.most) or (" " * room,)


def _cut(below: tuple[Span, ...], room: int) -> tuple[Span, ...]:
    """As much of them as there is room for; that something is left out is seen."""
    kept: list[Span] = []
    left = max(room, 1)
    for span in below:
        cells = min(span.cells, left)
        if cells:
            kept.append(span if cells == span.cells else Span(span.text, span.color, cells))
        left -= cells
    return tuple(kept)


def spans(line: Line, part: int, width: int) -> tuple[Span, ...]:
    """What stands in a row of ``line``; together at most ``width`` cells."""
    rows = texts(line, width)
    indent = Span(" " * _indent(line))
    if part == len(rows):
        return (indent, *_cut(line.below, width - indent.cells))
    text = Span(rows[part], line.color)
    return (*line.head, text, *_kept_tail(line, width)) if part == 0 else (indent, text)
