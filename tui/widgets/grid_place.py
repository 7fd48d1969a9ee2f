"""Which cell of a grid is chosen, and which lines and columns are seen."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.theming import Theme
from tui.widgets.line import Span

GUTTER = 1
HEADING_ROWS = 2
_NARROWEST, _WIDEST = 9, 20
"""Cells of a column, the gap behind it included."""
_LEAST_HEAD, _MOST_HEAD = 12, 44


class GridColumn(NamedTuple):
    """A column."""

    key: Hashable
    heading: str


class GridLine(NamedTuple):
    """A line."""

    key: str
    head: tuple[Span, ...]
    """Stands still at the left."""
    title: Span
    """Behind it; takes what room there is."""
    tail: tuple[Span, ...]
    """Behind the title; stands still too."""
    cells: tuple[Span, ...]
    """One for each column."""


class GridPlace(Widget):
    """Lines and columns, where one cell is chosen; ``Grid`` draws them."""

    columns: reactive[tuple[GridColumn, ...]] = reactive((), init=False, repaint=False)
    lines: reactive[tuple[GridLine, ...]] = reactive((), init=False, repaint=False)

    @dataclass
    class Chosen(Message, namespace="grid"):
        """Another cell is chosen."""

        grid: "GridPlace"

    @dataclass
    class Opened(Message, namespace="grid"):
        """A cell was clicked twice."""

        grid: "GridPlace"

    @dataclass
    class Ended(Message, namespace="grid"):
        """The wheel is near the last line: more may be fetched."""

        grid: "GridPlace"

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.theme = theme
        self._line = 0
        self._column = 0
        self._top = 0
        self._left = 0

    # What is chosen

    @property
    def line(self) -> str:
        """The key of the chosen line; empty where there is none."""
        return self.lines[self._line].key if self._line < len(self.lines) else ""

    @property
    def column(self) -> Hashable | None:
        """The key of the chosen column; None where there is none."""
        return self.columns[self._column].key if self._column < len(self.columns) else None

    @property
    def is_near_the_end(self) -> bool:
        """Whether little is left below what is chosen."""
        return self._line >= len(self.lines) - 2 * max(self.height_of_lines, 1)

    def choose(self, *, line: str = "", column: Hashable | None = None) -> None:
        """Choose the line and the column with these keys, as far as there are such."""
        keys = [one.key for one in self.lines]
        heads = [one.key for one in self.columns]
        self._go(
            keys.index(line) if line in keys else self._line,
            heads.index(column) if column in heads else self._column,
        )

    def move(self, lines: int = 0, columns: int = 0) -> None:
        """So many lines down and columns to the right; it ends at the edges."""
        self._go(self._line + lines, self._column + columns)

    def page(self, screens: int) -> None:
        """A screen down, or up."""
        self.move(screens * max(self.height_of_lines - 1, 1))

    def first(self) -> None:
        """To the first line."""
        self._go(0, self._column)

    def last(self) -> None:
        """To the last line that is held."""
        self._go(len(self.lines) - 1, self._column)

    def _go(self, line: int, column: int) -> None:
        before = self._line, self._column
        self._line = max(0, min(line, len(self.lines) - 1))
        self._column = max(0, min(column, len(self.columns) - 1))
        self._reveal()
        if before != (self._line, self._column):
            self.post_message(self.Chosen(self))

    def watch_lines(self, old: Sequence[GridLine], new: Sequence[GridLine]) -> None:
        """Keep the cursor on its line."""
        was = old[self._line].key if self._line < len(old) else ""
        keys = [one.key for one in new]
        self._go(keys.index(was) if was in keys else self._line, self._column)

    def watch_columns(self, old: Sequence[GridColumn], new: Sequence[GridColumn]) -> None:
        """Keep the cursor in its column."""
        was = old[self._column].key if self._column < len(old) else None
        keys = [one.key for one in new]
        self._go(self._line, keys.index(was) if was in keys else self._column)

    # Where things stand

    @property
    def height_of_lines(self) -> int:
        """Rows for lines."""
        return max(self.size.height - HEADING_ROWS, 0)

    @property
    def widths(self) -> tuple[int, int]:
        """Cells of the head, and of a column."""
        width = max(self.size.width - GUTTER, 1)
        head = max(min(width * 2 // 5, _MOST_HEAD), _LEAST_HEAD)
        room = max(width - head, _NARROWEST)
        wanted = room // max(len(self.columns), 1)
        return head, min(max(wanted, min(_NARROWEST, room)), _WIDEST)

    @property
    def fitting(self) -> int:
        """How many columns there is room for; one at least."""
        head, cells = self.widths
        return max((self.size.width - GUTTER - head) // cells, 1)

    @property
    def shown(self) -> tuple[int, int]:
        """The first column that is seen, and the one behind the last."""
        return self._left, min(self._left + self.fitting, len(self.columns))

    def _reveal(self) -> None:
        height = max(self.height_of_lines, 1)
        self._top = max(min(self._top, self._line), self._line - height + 1)
        self._top = max(0, min(self._top, len(self.lines) - height))
        self._left = max(min(self._left, self._column), self._column - self.fitting + 1)
        self._left = max(0, min(self._left, len(self.columns) - self.fitting))
        self.refresh()

    def on_resize(self) -> None:
        """Other columns fit."""
        self._reveal()

    def scroll_lines(self, rows: int) -> None:
        """See other lines; what is chosen stays so."""
        self._top = max(0, min(self._top + rows, len(self.lines) - max(self.height_of_lines, 1)))
        self.refresh()
