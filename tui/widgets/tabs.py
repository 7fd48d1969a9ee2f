"""The names of a screen's parts in one line; one of them is shown."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.cells import measure
from tui.theming import Theme, paint


class PartTabs(Widget):
    """Given labels and the place of the chosen one; a click posts ``Picked``."""

    DEFAULT_CSS: ClassVar[str] = """
    PartTabs { height: 1; width: 100%; }
    """

    labels: reactive[tuple[str, ...]] = reactive(())
    place: reactive[int] = reactive(0)

    @dataclass
    class Picked(Message):
        """A label was clicked."""

        place: int

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The labels side by side; the chosen one stands out, in brackets."""
        plain = Style.parse(paint(self.theme, "duban-muted", on="surface") or "none")
        strong = Style.parse(paint(self.theme, "duban-key", on="surface") or "none")
        strong += Style(bold=True)
        segments = [
            Segment(self._text(at), strong if at == self.place else plain)
            for at in range(len(self.labels))
        ]
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    def _text(self, at: int) -> str:
        return f"[{self.labels[at]}]" if at == self.place else f" {self.labels[at]} "

    def on_click(self, event: events.Click) -> None:
        """Find the label under the mouse."""
        end = 0
        for at in range(len(self.labels)):
            end += measure(self._text(at))
            if event.x < end:
                self.post_message(self.Picked(at))
                return
