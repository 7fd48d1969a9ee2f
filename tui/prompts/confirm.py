"""Ask yes or no."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from tui.prompts.base import Prompt
from tui.words import Words


class ConfirmPrompt(Prompt[bool]):
    """Returns True for yes; None, as Esc does, for no."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("y,ｙ,enter", "yes"),
        Binding("n,ｎ", "cancel"),
    ]

    def __init__(self, words: Words, *, title: str, question: str) -> None:
        super().__init__(words, title=title, keys=words("y yes · n no"))
        self._question = question

    def fields(self) -> Iterable[Widget]:
        """The question."""
        yield Static(Content(visible(self._question)), id="question", markup=False)

    def value(self) -> bool:
        """Yes."""
        return True

    def action_yes(self) -> None:
        """Yes."""
        self.accept()
