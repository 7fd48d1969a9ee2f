"""A table that scrolls both ways: lines with a fixed head, columns under fixed headings.

It is given columns and lines and posts messages. The choice is a pair of keys, never a place.
"""

from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.cells import fit, wrap
from tui.theming import Theme, paint
from tui.widgets.grid_place import GUTTER, HEADING_ROWS, GridColumn, GridLine, GridPlace
from tui.widgets.line import Span

__all__ = ["Grid", "GridColumn", "GridLine"]


class Grid(GridPlace, can_focus=True):
    """Lines and columns, where one cell is chosen."""

    DEFAULT_CSS: ClassVar[str] = """
    Grid { width: 1fr; height: 1fr; background: $background; }
    """

    def render_line(self, y: int) -> Strip:
        """A row of the headings, or a line."""
        width = self.size.width
        if y < HEADING_ROWS:
            strip = Strip(self._heading(y))
        elif self._top + y - HEADING_ROWS < len(self.lines):
            strip = Strip(self._row(self._top + y - HEADING_ROWS))
        else:
            return Strip.blank(width, _style(self.theme, "foreground", "background"))
        return strip.adjust_cell_length(width, _style(self.theme, "foreground", "background"))

    def _heading(self, y: int) -> list[Segment]:
        head, cells = self.widths
        first, end = self.shown
        base = _style(self.theme, "duban-column-header", "background") + _BOLD
        before = f"◂ {first}" if first and not y else ""
        found = [Segment(fit(before, GUTTER + head - 1, align="right") + " ", base)]
        for place in range(first, end):
            rows = wrap(self.columns[place].heading, cells - 1, HEADING_ROWS)
            style = base + _UNDERLINE if place == self._column else base
            text = rows[y] if y < len(rows) else " " * (cells - 1)
            found += [Segment(text, style if text.strip() else base), Segment(" ", base)]
        if (beyond := len(self.columns) - end) and not y:
            found.append(Segment(f"▸ {beyond}", base))
        return found

    def _row(self, place: int) -> list[Segment]:
        line, chosen = self.lines[place], place == self._line
        head, cells = self.widths
        ground = "duban-card" if chosen and not self.theme.mono else "background"
        mark = "▸" if chosen else " "
        found = [Segment(mark, _style(self.theme, "duban-key", ground))]
        fixed = sum(one.cells for one in (*line.head, *line.tail))
        title = line.title._replace(width=max(head - 1 - fixed, 0))
        left = head - 1
        for span in (*line.head, *((title,) if title.width else ()), *line.tail):
            room = min(span.cells, left)
            found.append(Segment(fit(span.text, room), _style(self.theme, span.color, ground)))
            left -= room
        found.append(Segment(" " * left, _style(self.theme, "foreground", ground)))
        found.append(Segment(" ", _style(self.theme, "foreground", ground)))
        for at in range(*self.shown):
            span = line.cells[at] if at < len(line.cells) else Span("")
            here = "duban-card-selected" if chosen and at == self._column else ground
            color = "duban-card-selected-text" if here == "duban-card-selected" else span.color
            style = _style(self.theme, color, here)
            found.append(Segment(fit(span.text, cells - 1), style))
            found.append(Segment(" ", _style(self.theme, "foreground", ground)))
        return found

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click chooses, two open."""
        place = self._top + event.y - HEADING_ROWS
        if event.y < HEADING_ROWS or place >= len(self.lines):
            return
        head, cells = self.widths
        at = self._left + max(event.x - GUTTER - head, 0) // cells
        self._go(place, min(at, self.shown[1] - 1) if event.x > head else self._column)
        if event.chain == 2:
            self.post_message(self.Opened(self))

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.scroll_lines(3)
        if self._top + 2 * self.height_of_lines >= len(self.lines):
            self.post_message(self.Ended(self))

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.scroll_lines(-3)


_BOLD, _UNDERLINE = Style(bold=True), Style(underline=True)


@lru_cache(maxsize=256)
def _style(theme: Theme, color: str, ground: str) -> Style:
    return Style.parse(paint(theme, color, on=ground) or "none")
