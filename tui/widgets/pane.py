"""The place of one column on the screen.

A board draws its columns itself, however many cards they have; each has a widget of its own only
because Textual repaints a widget's line from its left edge on. So a card costs no more in the
last column than in the first, and no character of doubtful width moves the column beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Final

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
        if self._drawn_for != self.size:
            self._lines, self._drawn_for = self._paint(self), self.size
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width)

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
