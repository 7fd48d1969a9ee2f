"""The bottom line: the keys that matter here, or one message until the next key."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import fit, measure, wrap
from tui.keyboard import shown
from tui.theming import Theme, paint

Severity = Literal["information", "warning", "error"]
"""How a message is marked."""

_MARKS: dict[Severity, tuple[str, str]] = {
    "information": ("✓", "duban-ok"),
    "warning": ("!", "duban-warning"),
    "error": ("✗", "duban-danger"),
}
_MOST_LINES = 4


class Hint(NamedTuple):
    """A key and what it does."""

    key: str
    label: str
    action: str


class Hints(Widget):
    """Draws as many hints as fit, the last two always (help and quit)."""

    DEFAULT_CSS: ClassVar[str] = """
    Hints { dock: bottom; height: auto; width: 100%; }
    """

    message: reactive[tuple[str, Severity] | None] = reactive(None, layout=True)
    """What to tell instead of the hints."""
    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The keys, most useful first."""
    banner: reactive[str] = reactive("", layout=True)
    """What to tell while there is no message, as long as it is so."""

    class Pressed(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def __init__(self, theme: Theme, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.theme = theme
        self.set_reactive(Hints.hints, tuple(hints))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, more only for a message that needs them."""
        return max(1, len(self._lines(width)))

    @property
    def _shown(self) -> tuple[str, Severity] | None:
        return self.message or ((self.banner, "warning") if self.banner else None)

    def _lines(self, width: int) -> tuple[str, ...]:
        if (told := self._shown) is None:
            return ()
        return wrap(told[0], max(width - 4, 1), _MOST_LINES)

    def render_line(self, y: int) -> Strip:
        """A line of the message, or the hints."""
        width = self.size.width
        if (told := self._shown) is None:
            return self._hint_line(width)
        lines = self._lines(width)
        mark, color = _MARKS[told[1]]
        style = Style.parse(paint(self.theme, color, on="surface"))
        text = f" {mark if y == 0 else ' '} {lines[y] if y < len(lines) else ''}"
        return Strip([Segment(fit(text, width), style)], width)

    def _hint_line(self, width: int) -> Strip:
        plain = Style.parse(paint(self.theme, "duban-muted", on="surface"))
        strong = Style.parse(paint(self.theme, "duban-key", on="surface")) + Style(bold=True)
        segments = [Segment(" ", plain)]
        for hint in self._fitting(width - 1):
            segments.append(Segment(shown(hint.key), strong))
            segments.append(Segment(f" {hint.label}  ", plain))
        return Strip(segments).adjust_cell_length(width, plain)

    def _fitting(self, width: int) -> list[Hint]:
        kept, cells = list(self.hints), [_cells(hint) for hint in self.hints]
        while len(kept) > 2 and sum(cells) > width:
            del kept[-3], cells[-3]
        return kept

    def on_click(self, event: events.Click) -> None:
        """Find the hint under the mouse."""
        place = 1
        for hint in self._fitting(self.size.width - 1) if self._shown is None else ():
            place += _cells(hint)
            if event.x < place:
                self.post_message(self.Pressed(hint.action))
                return


def _cells(hint: Hint) -> int:
    return measure(shown(hint.key)) + measure(hint.label) + 3
