"""Lines wrapped into rows of a width, some of which are in view."""

from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.theming import Theme
from tui.widgets.line import Line, texts

MARK = 2
"""Cells of the sign that there is more."""
MARKED = 20
"""Cells from which there is room to say that there is more."""


class _Row(NamedTuple):
    """A row of the screen: which line, and which of its rows."""

    line: int
    part: int


class LineRows(Widget):
    """What a list shows of its lines; one of them may be chosen."""

    lines: reactive[tuple[Line, ...]] = reactive((), init=False, repaint=False)

    @dataclass
    class Fitted(Message):
        """All of it can be seen now, or no longer."""

        list: "LineRows"

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.theme = theme
        self._rows: tuple[_Row, ...] = ()
        self._arranged = 0
        """The width of the list for which ``_rows`` was made."""
        self._width = 1
        """Cells that a line may take."""
        self._went_on = False
        self._cursor = 0
        self._top = 0

    @property
    def chosen(self) -> str:
        """The key of the chosen line; empty where there is none."""
        line = self.lines[self._cursor] if self._cursor < len(self.lines) else None
        return line.key if line else ""

    @property
    def goes_on(self) -> bool:
        """Whether there is more than can be seen at once."""
        return 0 < self.size.height < len(self._rows)

    def turn(self, screens: int) -> None:
        """A screen on, or back; what is chosen stays so."""
        self._scroll(screens * max(self.size.height - 1, 1))

    def _arrange(self) -> None:
        width = self._arranged = self.size.width
        self._width = max(width - 1, 1)
        if len(self.lines) <= self.size.height or width < MARKED:
            self._rows = self._wrapped()
        if width >= MARKED and (len(self.lines) > self.size.height or self.goes_on):
            self._width -= MARK  # the sign of more must not cover the end of a name
            self._rows = self._wrapped()
        if self._went_on is not self.goes_on:
            self._went_on = self.goes_on
            self.post_message(self.Fitted(self))
        self._reveal()
        self.refresh()

    def _wrapped(self) -> tuple[_Row, ...]:
        return tuple(
            _Row(at, part)
            for at, line in enumerate(self.lines)
            for part in range(len(texts(line, self._width)) + bool(line.below))
        )

    def _reveal(self) -> None:
        """Bring the chosen line into view, with the headings right above it."""
        rows = [at for at, row in enumerate(self._rows) if row.line == self._cursor]
        height = max(self.size.height, 1)
        if rows and self.chosen:
            first = rows[0]
            while first and not self.lines[self._rows[first - 1].line].key:
                first -= 1
            if rows[-1] - first >= height:
                first = rows[0]
            self._top = min(self._top, first)
            self._top = max(self._top, min(rows[-1] - height + 1, rows[0]))
        self._top = max(0, min(self._top, len(self._rows) - height))

    def _scroll(self, rows: int) -> None:
        self._top = max(0, min(self._top + rows, len(self._rows) - max(self.size.height, 1)))
        self.refresh()

    def _beyond(self, y: int) -> str:
        if y == self.size.height - 1 and self._top + y + 1 < len(self._rows):
            return " ▾"
        return " ▴" if y == 0 and self._top else ""
