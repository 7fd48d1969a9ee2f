"""The picture of a column: its head, and its cards as far as there is room."""

from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.domain.status import BOARD_STATES, State
from core.queries.board import CardRow, ColumnHead
from tui.cells import fit, measure, wrap
from tui.terms import state_word
from tui.widgets.cards import LINES, Pen, Text, strips, style
from tui.widgets.columns import Column, Hidden, hidden
from tui.widgets.marks import Look
from tui.words import Words

_HEAD: Final = 1
_FOOT: Final = 1
_ROOMY: Final = 32  # lines from which cards stand apart
_CACHED: Final = 3  # screens full of cards
_NOTE_LINES: Final = 6
_FEET: Final = 64
_NOTHING: Final = Hidden(0, 0)
_COLORS: Final = {
    State.TODO: "duban-todo",
    State.DOING: "duban-doing",
    State.REVIEW: "duban-review",
    State.DONE: "duban-done",
}


class View(NamedTuple):
    """What is said of the board as a whole."""

    heads: tuple[ColumnHead, ...]
    active: State
    focused: bool
    """Whether keys go to the board."""
    note: str
    """What is said on a board without any card."""


class Painter:
    """Draws columns for one look and height, and keeps the cards it has drawn."""

    def __init__(self, look: Look) -> None:
        """Be ready to draw one card."""
        self._look = look
        self._height = 0
        self._drawn: dict[tuple[CardRow, bool, bool, int], tuple[Strip, ...]] = {}
        self._feet: dict[tuple[Hidden, int], Strip] = {}

    def prepare(self, look: Look, height: int) -> None:
        """Draw for this look and height from now on."""
        if look != self._look:
            self._drawn.clear()
            self._feet.clear()
        self._look, self._height = look, height

    @property
    def slots(self) -> int:
        """Whole cards that a column can show; its last line says how many more there are."""
        room = self._height - _HEAD - _FOOT
        return max(1, (room + self._between) // (self._lines + self._between))

    @property
    def wheel(self) -> int:
        """Cards that one turn of the wheel moves."""
        return 3 if self._look.compact else 1

    @property
    def _lines(self) -> int:
        return 1 if self._look.compact else LINES

    @property
    def _between(self) -> int:
        """Free lines between two cards."""
        return 1 if self._height >= _ROOMY and not self._look.compact else 0

    def slot(self, y: int) -> int | None:
        """Which card, counted from the top of the view, is drawn on a line."""
        slot = (y - _HEAD) // (self._lines + self._between)
        return slot if 0 <= slot < self.slots else None

    def column(self, column: Column, view: View, width: int) -> tuple[Strip, ...]:
        """All lines of one column, each ``width`` wide; the last card may be cut."""
        active, blank = column.state is view.active, self._blank(width)
        chosen = active and view.focused and not column.rows
        lines = [self._head(column.state, view, width, chosen=chosen)]
        for place in range(column.top, len(column.rows)):
            if len(lines) >= self._height:
                break
            chosen = active and place == column.cursor
            lines += self._card(column.rows[place], Pen(self._look, chosen, view.focused), width)
            lines += [blank] * self._between
        if not column.rows:
            lines += self._nothing(view, width, active=active)
        lines += [blank] * (self._height - len(lines))
        total = next((head.cards for head in view.heads if head.state is column.state), 0)
        if (
            beyond := hidden(column, total)
        ) != _NOTHING and self._height >= _HEAD + self._lines + _FOOT:
            lines[self._height - 1] = self._foot(beyond, width)
        return tuple(lines[: self._height])

    def _foot(self, beyond: Hidden, width: int) -> Strip:
        """How many cards are out of view, and on which side."""
        if (drawn := self._feet.get((beyond, width))) is None:
            if len(self._feet) >= _FEET:
                self._feet.clear()
            ink = style(self._look.theme, "duban-key", "background")
            text = fit(f" {more_words(self._look.words, beyond, width - 1)}", width)
            drawn = self._feet[beyond, width] = Strip([Segment(text, ink)])
        return drawn

    def _card(self, row: CardRow, pen: Pen, width: int) -> tuple[Strip, ...]:
        key = (row, pen.chosen, pen.chosen and pen.focused, width)
        if (drawn := self._drawn.get(key)) is None:
            if len(self._drawn) >= _CACHED * len(BOARD_STATES) * self.slots:
                self._drawn.clear()
            drawn = self._drawn[key] = strips(row, pen, width)
        return drawn

    def _head(self, state: State, view: View, width: int, *, chosen: bool) -> Strip:
        """The column's name, how many cards it holds, and how many it should at most.

        It stands out only where no card can show that the column is chosen.
        """
        theme = self._look.theme
        ground = "panel" if chosen else "background"
        head = next((head for head in view.heads if head.state is state), None)
        count, color = _count(head, self._look) if head else ("", "duban-muted")
        count = fit(count, min(measure(count), max(0, width - 2)))
        name = fit(" " + state_word(self._look.words, state), width - measure(count) - 1)
        bold = Style(bold=True, underline=chosen and theme.mono)
        return Strip(
            [
                Segment(name, style(theme, _COLORS[state], ground) + bold),
                Segment(count + " ", style(theme, color, ground)),
            ]
        )

    def _nothing(self, view: View, width: int, *, active: bool) -> list[Strip]:
        """What stands in a column without cards."""
        empty = not any(head.cards for head in view.heads)
        if not view.heads or (empty and not active):
            return []
        text = view.note if empty and view.note else self._look.words("no cards")
        ink = style(self._look.theme, "duban-muted", "background")
        lines = wrap(text, width - 2, _NOTE_LINES)
        return [self._blank(width), *(Strip([Segment(f" {line} ", ink)]) for line in lines)]

    def _blank(self, width: int) -> Strip:
        return Strip.blank(width, style(self._look.theme, "foreground", "background"))


def more_words(words: Words, beyond: Hidden, width: int) -> str:
    """How many cards are above and below, in so many cells as far as that can be."""
    if beyond.above is None or beyond.below is None:
        return words("▴ ▾ more")
    if not beyond.above:
        return words("▾ {count} more", count=beyond.below)
    if not beyond.below:
        return words("▴ {count} more", count=beyond.above)
    said = words("▴ {above}  ▾ {below} more", above=beyond.above, below=beyond.below)
    return said if measure(said) <= width else f"▴ {beyond.above} ▾ {beyond.below}"


def _count(head: ColumnHead, look: Look) -> Text:
    if head.limit is None:
        return str(head.cards), "duban-muted"
    if head.cards <= head.limit:
        return f"{head.cards}/{head.limit}", "duban-muted"
    word = look.words("over")
    return f"{word} {head.cards}/{head.limit}", "duban-mark-wip-over"
