"""Ask for one line."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import LINE_LIMIT, visible
from tui.prompts.base import Prompt
from tui.prompts.inputs import Field
from tui.words import Words


class TextPrompt(Prompt[str]):
    """Returns the trimmed line; an empty one only where nothing is required."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        value: str = "",
        required: str = "",
        note: str = "",
        limit: int = LINE_LIMIT,
    ) -> None:
        """``required`` is the sentence for an empty line; without it a line may be empty.

        ``note`` is said above it.
        """
        super().__init__(words, title=title)
        self._value = value
        self._required = required
        self._note = note
        self._limit = limit

    def fields(self) -> Iterable[Widget]:
        """One input."""
        if self._note:
            yield Static(Content(visible(self._note)), id="note", markup=False)
        yield Field("", value=self._value, id="text", limit=self._limit)

    def value(self) -> str:
        """The line."""
        return self.query_one("#text", Field).text

    def problem(self) -> str:
        """Whether something is missing."""
        return "" if self.value() else self._required

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()
