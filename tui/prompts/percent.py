"""Ask how far the work is."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Field, half_width
from tui.words import Words

_BAR_CELLS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was answered."""

    percent: int
    done: str
    """What was done, in a line; may be empty."""


class PercentPrompt(Prompt[Progress]):
    """Arrow keys change by ten, digits are typed; a word on what was done may follow."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("up", "step(10)", priority=True),
        Binding("down", "step(-10)", priority=True),
    ]

    def __init__(self, words: Words, *, title: str, percent: int, done: str = "") -> None:
        keys = words("↑↓ ten more or less · tab next field · enter save · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._start = percent
        self._done = done
        self.stands = percent
        """What is stored; the same again without a word is no answer."""

    def fields(self) -> Iterable[Widget]:
        """The number, a bar, and what was done."""
        yield Field(self.words("Percent"), value=str(self._start), id="percent", limit=4)
        yield Static("", id="bar", markup=False)
        yield Field(self.words("Done today"), value=self._done, id="done")

    def on_mount(self) -> None:
        """Typing replaces the number."""
        field = self.query_one("#percent-input", Input)
        field.select_all()
        self._draw()

    def on_field_changed(self) -> None:
        """Draw the bar anew."""
        self._draw()

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def action_step(self, by: int) -> None:
        """Ten more or less, within 0 and 100."""
        field = self.query_one("#percent-input", Input)
        start = self._percent() if self._percent() is not None else self._start
        field.value = str(min(max((start or 0) + by, 0), 100))
        field.cursor_position = len(field.value)

    def _percent(self) -> int | None:
        text = half_width(self.query_one("#percent", Field).text).rstrip("%").strip()
        return int(text) if text.isdecimal() and int(text) <= 100 else None

    def _draw(self) -> None:
        filled = round((self._percent() or 0) * _BAR_CELLS / 100)
        bar = Content.styled("━" * filled, "$duban-progress-filled")
        bar += Content.styled("━" * (_BAR_CELLS - filled), "$duban-progress-empty")
        self.query_one("#bar", Static).update(bar)

    def value(self) -> Progress | None:
        """Number and word."""
        percent = self._percent()
        if percent is None:
            return None
        return Progress(percent=percent, done=self.query_one("#done", Field).text)

    def problem(self) -> str:
        """Whether it is a number from 0 to 100."""
        said = self.value()
        if said is None:
            return self.words("Progress is a whole number from 0 to 100.")
        if said.percent == self.stands and not said.done and not self.notice:
            return nothing_new(self.words)
        return ""


def nothing_new(words: Words) -> str:
    """Why an update without news is not sent."""
    return words("Nothing to save: change the number, or say what was done. Esc closes.")
