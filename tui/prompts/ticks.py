"""Several things to tick in a prompt, one a line."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from tui.cells import fit
from tui.prompts.inputs import Choice, Field


class TickField(Widget, can_focus=True):
    """Up and down choose a line, space ticks it; beyond the ends the next field has the keys."""

    DEFAULT_CSS: ClassVar[str] = """
    TickField { height: auto; }
    """
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down,j", "step(1)"),
        Binding("up,k", "step(-1)"),
        Binding("space", "tick"),
        Binding("enter", "accept"),
    ]

    def __init__(self, *, id: str, choices: Sequence[Choice], ticked: Iterable[str] = ()) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self._place = 0
        self._ticked = {*ticked} & {one.key for one in choices}

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of what is ticked, in the order of the lines."""
        return tuple(one.key for one in self.choices if one.key in self._ticked)

    def tick_only(self, keys: Iterable[str]) -> None:
        """Tick these, and nothing else."""
        self._ticked = {*keys} & {one.key for one in self.choices}
        self.refresh()

    def get_content_height(self, *_: object) -> int:
        """A line each."""
        return len(self.choices)

    def render(self) -> Content:
        """The lines, the chosen one marked while the keys go here."""
        return Content("\n".join(map(self._line, range(len(self.choices)))))

    def _line(self, place: int) -> str:
        one = self.choices[place]
        at = ">" if self.has_focus and place == self._place else " "
        mark = "x" if one.key in self._ticked else " "
        return fit(f"{at}[{mark}] {one.label}", self.size.width)

    def on_focus(self) -> None:
        """The mark of the chosen line is seen."""
        self.refresh()

    def on_blur(self) -> None:
        """It is not."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click ticks the line."""
        if 0 <= event.y < len(self.choices):
            self._place = event.y
            self.action_tick()

    def action_step(self, by: int) -> None:
        """To the next or previous line; beyond it, to the field there."""
        if 0 <= self._place + by < len(self.choices):
            self._place += by
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_tick(self) -> None:
        """Tick the line, or take the tick back."""
        if not self.choices:
            return
        self._ticked ^= {self.choices[self._place].key}
        self.refresh()
        self.post_message(Field.Changed())

    def action_accept(self) -> None:
        """Enter answers the prompt."""
        self.post_message(Field.Accepted())
