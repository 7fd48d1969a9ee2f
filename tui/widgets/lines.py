"""A list of lines with a cursor: what the alert pane and the screens beside the board are made of.

It is given lines and posts messages. The choice is a key, never a row number; lines without a key
(headings, blank ones) are passed over. Keys belong to the screen, which awaits nothing here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.cells import fit
from tui.theming import Theme, paint
from tui.widgets.line import Line, spans
from tui.widgets.rows import MARK, MARKED, LineRows


class LineList(LineRows, can_focus=True):
    """Lines, one of which is chosen."""

    DEFAULT_CSS: ClassVar[str] = """
    LineList { width: 1fr; height: 1fr; background: $background; }
    """

    active: reactive[bool] = reactive(True)
    """Whether the chosen line is shown; False while another list has the choice."""

    @dataclass
    class Chosen(Message):
        """Another line is chosen."""

        list: "LineList"
        key: str
        """Empty where there is nothing to choose."""

    @dataclass
    class Opened(Message):
        """A line was clicked twice; a key does it through the screen."""

        list: "LineList"
        key: str

    @dataclass
    class Ended(Message):
        """The cursor is near the last line: more may be fetched."""

        list: "LineList"

    def choose(self, key: str) -> bool:
        """Choose the line with that key; False if there is none."""
        place = next((at for at, line in enumerate(self.lines) if line.key == key), None)
        if key and place is not None:
            self._go(place)
        return bool(key) and place is not None

    def move(self, steps: int) -> bool:
        """So many choosable lines down, or up; False if nothing moved."""
        before = self._cursor, self._top
        places = [at for at, line in enumerate(self.lines) if line.key]
        at = places.index(self._cursor) if self._cursor in places else 0
        if not 0 <= at + steps < len(places):  # what cannot be chosen is seen at least
            self._scroll(1 if places and steps > 0 else -1 if places else steps)
        if places:
            self._go(places[max(0, min(at + steps, len(places) - 1))])
        return (self._cursor, self._top) != before

    def page(self, screens: int) -> None:
        """A screen down, or up."""
        self.move(screens * max(self.size.height - 1, 1))

    def first(self) -> None:
        """To the first line."""
        self.move(-len(self.lines))
        self._scroll(-len(self._rows))

    def last(self) -> None:
        """To the last line."""
        self._scroll(len(self._rows))
        self.move(len(self.lines))

    def watch_lines(self, old: tuple[Line, ...], new: tuple[Line, ...]) -> None:
        """Keep the cursor on its line; where that has gone, on what stands in its place.

        Of a text in which nothing is chosen, the place is kept as long as it begins alike.
        """
        was = old[self._cursor].key if self._cursor < len(old) else ""
        keys = [line.key for line in new]
        if was and was in keys:
            self._cursor = keys.index(was)
        else:
            self._cursor = _nearest(new, self._cursor)
        if old[:1] != new[:1] and not any(keys):
            self._top = 0
        self._arrange()
        if self.chosen != was:
            self.post_message(self.Chosen(self, self.chosen))

    def on_resize(self) -> None:
        """Wrap anew."""
        self._arrange()

    def _go(self, place: int) -> None:
        changed = place != self._cursor
        self._cursor = place
        self._reveal()
        self.refresh()
        if changed:
            self.post_message(self.Chosen(self, self.chosen))
        if place >= len(self.lines) - 2 * max(self.size.height, 1):
            self.post_message(self.Ended(self))

    def render_line(self, y: int) -> Strip:
        """A row of a line."""
        width = self.size.width
        if self._arranged != width:
            self._arrange()
        if self._top + y >= len(self._rows):
            return Strip.blank(width, _style(self.theme, "foreground", "background"))
        place, part = self._rows[self._top + y]
        line, chosen = self.lines[place], place == self._cursor and bool(self.lines[place].key)
        chosen = chosen and self.active
        ground = "duban-card-selected" if chosen else "background"
        segments = [_gutter(self.theme, chosen=chosen, focused=self.has_focus)]
        for span in spans(line, part, self._width):
            color = span.color
            if chosen and color in {"foreground", "duban-muted"}:
                color = "duban-card-selected-text"
            style = _style(self.theme, color, ground)
            bold = line.bold and span.text.strip()
            segments.append(Segment(fit(span.text, span.cells), style + _BOLD if bold else style))
        base = _style(self.theme, "foreground", ground)
        strip = Strip(segments).adjust_cell_length(width, base)
        if width < MARKED or not (mark := self._beyond(y)):
            return strip
        sign = Segment(mark, _style(self.theme, "duban-key", ground))
        return Strip([*strip.crop(0, width - MARK).adjust_cell_length(width - MARK, base), sign])

    def on_click(self, event: events.Click) -> None:
        """A click chooses, two open."""
        at = self._top + event.y
        if at >= len(self._rows) or not self.lines[self._rows[at].line].key:
            return
        self._go(self._rows[at].line)
        if event.chain == 2:
            self.post_message(self.Opened(self, self.chosen))

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self._scroll(3)
        if self._top + 2 * self.size.height >= len(self._rows):
            self.post_message(self.Ended(self))

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self._scroll(-3)

    def on_focus(self) -> None:
        """The bar of the chosen line shows where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The same."""
        self.refresh()


_BOLD = Style(bold=True)


@lru_cache(maxsize=256)
def _style(theme: Theme, color: str, ground: str) -> Style:
    return Style.parse(paint(theme, color, on=ground) or "none")


def _gutter(theme: Theme, *, chosen: bool, focused: bool) -> Segment:
    if not chosen:
        return Segment(" ", _style(theme, "foreground", "background"))
    if theme.mono:
        mark = ">" if focused else " "
        return Segment(mark, _style(theme, "foreground", "duban-card-selected"))
    ground = "primary" if focused else "duban-muted"
    return Segment(" ", _style(theme, "background", ground))


def _nearest(lines: Sequence[Line], place: int) -> int:
    """The choosable line at ``place``, else the next one, else the last one before it."""
    places = [at for at, line in enumerate(lines) if line.key]
    after = [at for at in places if at >= place]
    return after[0] if after else places[-1] if places else 0
