"""Ask for a line and a person: a question and who should answer, a help and who gives it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.widget import Widget

from core.domain.ids import PersonId
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField
from tui.words import Words


class AskAnswer(NamedTuple):
    """What was answered."""

    text: str
    person: PersonId | None
    """None where each item has a person of its own."""


class AskLabels(NamedTuple):
    """What stands before the two fields, and what is told where one is missing."""

    text: str
    person: str
    no_text: str
    """Empty where the line may be."""
    no_person: str


class AskPrompt(Prompt[AskAnswer]):
    """A line and a person; the line alone where no people are given."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        labels: AskLabels,
        people: Sequence[Choice] = (),
        start: AskAnswer | None = None,
    ) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._labels = labels
        self._people = tuple(people)
        self._start = start or AskAnswer("", None)

    def fields(self) -> Iterable[Widget]:
        """The line, then the person."""
        yield Field(self._labels.text, value=self._start.text, id="text")
        if self._people:
            yield PersonField(
                self.words,
                label=self._labels.person,
                id="person",
                people=self._people,
                chosen=str(self._start.person or ""),
            )

    def on_field_accepted(self) -> None:
        """Enter; from the line it goes on to the person if nobody is chosen."""
        answer = self.value()
        if self._people and answer.text and answer.person is None:
            self.set_focus(self.query_one("#person-input"))
            return
        self.accept()

    def value(self) -> AskAnswer:
        """The line and the person."""
        person = self.query_one("#person", PersonField).person if self._people else None
        return AskAnswer(self.query_one("#text", Field).text, person)

    def problem(self) -> str:
        """Whether something is missing."""
        answer = self.value()
        if not answer.text and self._labels.no_text:
            return self._labels.no_text
        return self._labels.no_person if self._people and answer.person is None else ""
