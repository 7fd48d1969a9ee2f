"""The place of one column on the screen.

A board draws its columns itself, however many cards they have; each has a widget of its own only
because Textual repaints a widget's line from its left edge on. So a card costs no more in the
last column than in the first, and no character of doubtful width moves the column beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.domain.status import State

_WIDE: Final = 25  # cells from which columns stand further apart
_WIDE_GAP: Final = 2


class Pane(Widget):
    """Shows the lines that it is given, and repaints those that differ from the last ones."""

    DEFAULT_CSS: ClassVar[str] = """
    Pane { width: 1fr; height: 1fr; }
    """

    class Resized(Message):
        """The lines no longer fit."""

    def __init__(self, state: State, paint: "Callable[[Pane], tuple[Strip, ...]]") -> None:
        """Have ``paint`` make the lines where they are seen before anybody calls ``draw``."""
        super().__init__()
        self.state = state
        self._paint = paint
        self._lines: tuple[Strip, ...] = ()
        self._drawn_for = Size(0, 0)
        self._ready: dict[int, tuple[Strip, Strip]] = {}
        """Lines that were sent last, and what was made of them, by the line's id."""
        self._ready_for: object = None

    @property
    def room(self) -> int:
        """Cells that a line may take; what is right of them keeps columns apart.

        Without cells of its own there, Textual sends an empty text for each repainted line.
        """
        return self.size.width - (_WIDE_GAP if self.size.width >= _WIDE else 1)

    def draw(self, lines: tuple[Strip, ...]) -> None:
        """Show ``lines``, as many as there is height for, each ``room`` wide."""
        before = self._lines
        self._lines, self._drawn_for = lines, self.size
        if len(lines) != len(before):
            self.refresh()
        elif regions := [Region(0, y, self.room, count) for y, count in _runs(lines, before)]:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One of the lines given to ``draw``.

        The first frame is painted before anybody can have been told how much room there is.
        """
        self._begin()
        return self._line(y, self.size.width)

    def _begin(self) -> None:
        if self._drawn_for != self.size:
            self._lines, self._drawn_for = self._paint(self), self.size

    def _line(self, y: int, width: int) -> Strip:
        return self._lines[y] if y < len(self._lines) else Strip.blank(width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in ``crop``, ready to be sent.

        Textual's own makes each line anew to give it borders and such, which a pane has not.
        Here a line that only moves is the same one, and so knows its text for the terminal.
        """
        width, filters = self.size.width, self.app.get_line_filters()
        base, ground = self.background_colors
        beyond = Style(bgcolor=(base + ground).rich_color)

        def finish(line: Strip) -> Strip:
            gap = Segment(" " * (width - line.cell_length), beyond)
            segments = [*line, gap] if gap.text else list(line.crop(0, width))
            for one in filters:
                segments = one.apply(segments, ground)
            return Strip(segments, width)

        self._begin()
        seen = (width, base, ground, filters)
        known = self._ready if seen == self._ready_for else {}
        self._ready, self._ready_for, found = {}, seen, []
        for y in crop.line_range:
            line = self._line(y, width)
            pair = self._ready.get(id(line)) or known.get(id(line)) or (line, finish(line))
            self._ready[id(line)] = pair
            found.append(pair[1])
        whole = crop.column_span == (0, width)
        return found if whole else [line.crop(*crop.column_span) for line in found]

    def on_resize(self) -> None:
        """Ask for lines of the new size."""
        if self._drawn_for != self.size:
            self.post_message(self.Resized())


def _runs(new: Sequence[Strip], old: Sequence[Strip]) -> Iterator[tuple[int, int]]:
    """First line and length of each run of lines that differ."""
    start = None
    for y, (line, was) in enumerate(zip(new, old, strict=True)):
        same = line is was or line == was
        if not same and start is None:
            start = y
        elif same and start is not None:
            yield start, y - start
            start = None
    if start is not None:
        yield start, len(new) - start
