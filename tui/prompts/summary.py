"""A text to take along: it can be selected, and copied with one key."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import TextArea

from core.domain.text import visible
from tui.prompts.base import Prompt
from tui.words import Words


class SummaryPrompt(Prompt[bool]):
    """Nothing is answered; what is shown and copied has no characters that act on a terminal."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [  # type: ignore[assignment]
        "prompts.tcss",
        "summary.tcss",
    ]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("enter", "cancel", priority=True),
        Binding("c,ｃ", "copy"),
    ]

    def __init__(self, words: Words, *, title: str, text: str) -> None:
        super().__init__(words, title=title, keys=words("c copy all · enter or esc close"))
        self.text = "\n".join(visible(line) for line in text.split("\n"))

    def fields(self) -> Iterable[Widget]:
        """The text."""
        yield TextArea(self.text, id="text", compact=True, read_only=True, show_cursor=False)

    def value(self) -> bool:
        """It was seen."""
        return True

    def action_copy(self) -> None:
        """Hand it to the terminal's clipboard (OSC 52), over SSH too."""
        self.app.copy_to_clipboard(self.text)
        self.show_problem(
            self.words("Copied, if the terminal lets programs copy; else select it with the mouse.")
        )
