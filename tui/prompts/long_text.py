"""Ask for a text of several lines."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from tui.prompts.kept import KeptPrompt
from tui.prompts.long_input import LongInput
from tui.words import Words


class LongTextPrompt(KeptPrompt[str]):
    """Returns the text without blank lines around it; enter makes a new line."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s,f2,ctrl+j", "accept", priority=True),
    ]

    def __init__(
        self, words: Words, *, title: str, value: str = "", note: str = "", required: str = ""
    ) -> None:
        """``note`` stands above the text; ``required`` is the sentence for an empty text."""
        keys = words("ctrl+s save · enter new line · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._value = value
        self._note = note
        self._required = required

    def fields(self) -> Iterable[Widget]:
        """A note and the text."""
        if self._note:
            yield Static(Content(visible(self._note)), id="note", markup=False)
        shown = "\n".join(visible(line) for line in self._value.split("\n"))
        yield LongInput(shown, id="text")

    def value(self) -> str:
        """The text."""
        return self.query_one("#text", LongInput).text.strip()

    def problem(self) -> str:
        """Whether something is missing."""
        return "" if self.value() else self._required
