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
    reason: str = ""
    """Why it changes; asked only where criteria are agreed."""


class CriterionPrompt(Prompt[CriterionAnswer]):
    """The text is needed; once the work has begun, also why the criteria change (R139)."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        start: CriterionAnswer | None = None,
        agreed: CriterionAnswer | None = None,
    ) -> None:
        """``agreed``: what stands and changes only with a reason; empty for one that is added."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._start = start or CriterionAnswer("", Facet.OTHER)
        self._agreed = agreed

    def fields(self) -> Iterable[Widget]:
        """Text and facet."""
        words = self.words
        yield Field(words("Criterion"), value=self._start.text, id="text")
        choices = [Choice(key=one, label=facet_word(words, one)) for one in Facet]
        yield PickField(words("About"), id="facet", choices=choices, chosen=self._start.facet)
        if self._agreed is not None:
            yield Field(words("Reason"), value=self._start.reason, id="reason")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> CriterionAnswer:
        """Text and facet, and why."""
        facet = Facet(self.query_one("#facet", PickField).chosen)
        reason = "".join(one.text for one in self.query("#reason").results(Field))
        return CriterionAnswer(self.query_one("#text", Field).text, facet, reason)

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        said, agreed = self.value(), self._agreed
        if not said.text:
            self.set_focus(self.query_one("#text-input"))
            return self.words("Say what the acceptor will check.")
        if agreed is None or said.reason or said[:2] == agreed[:2]:
            return ""
        self.set_focus(self.query_one("#reason-input"))
        return self.words("The work has begun: say why its criteria change.")
