"""Ask for an acceptance criterion, and what it speaks of (R34, R35)."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.widget import Widget

from core.domain.status import Facet
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PickField
from tui.terms import facet_word
from tui.words import Words


class CriterionAnswer(NamedTuple):
    """What was answered."""

    text: str
    facet: Facet


class CriterionPrompt(Prompt[CriterionAnswer]):
    """The text is needed."""

    def __init__(self, words: Words, *, title: str, start: CriterionAnswer | None = None) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._start = start or CriterionAnswer("", Facet.OTHER)

    def fields(self) -> Iterable[Widget]:
        """Text and facet."""
        words = self.words
        yield Field(words("Criterion"), value=self._start.text, id="text")
        choices = [Choice(key=one, label=facet_word(words, one)) for one in Facet]
        yield PickField(words("About"), id="facet", choices=choices, chosen=self._start.facet)

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> CriterionAnswer:
        """Text and facet."""
        facet = Facet(self.query_one("#facet", PickField).chosen)
        return CriterionAnswer(self.query_one("#text", Field).text, facet)

    def problem(self) -> str:
        """Whether the text is missing."""
        return "" if self.value().text else self.words("Say what the acceptor will check.")
