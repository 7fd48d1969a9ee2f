"""Ask who goes on with work in progress, and what they must know (R134)."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from tui.prompts.ask import AskAnswer
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField
from tui.words import Words


class HandOverPrompt(Prompt[AskAnswer]):
    """The next owner, then the notes; both are needed."""

    def __init__(
        self, words: Words, *, title: str, people: Sequence[Choice], start: AskAnswer | None = None
    ) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._people = tuple(people)
        self._start = start or AskAnswer("", None)

    def fields(self) -> Iterable[Widget]:
        """The person, then the notes."""
        words, start = self.words, self._start
        yield PersonField(
            words,
            label=words("Next owner"),
            id="person",
            people=self._people,
            chosen=str(start.person or ""),
        )
        yield Field(words("Handover"), value=start.text, id="text")

    def on_field_accepted(self) -> None:
        """Enter; from the person it goes on to the notes."""
        notes = self.query_one("#text-input")
        if self.value().person is not None and self.focused is not notes:
            self.set_focus(notes)
        else:
            self.accept()

    def value(self) -> AskAnswer:
        """Both."""
        person = self.query_one("#person", PersonField).person
        return AskAnswer(self.query_one("#text", Field).text, person)

    def problem(self) -> str:
        """Whether something is missing; the cursor goes there."""
        answer = self.value()
        if answer.person is None:
            self.set_focus(self.query_one("#person-input"))
            return self.words("Say who goes on with it.")
        if not answer.text:
            self.set_focus(self.query_one("#text-input"))
            return self.words("Write down what its next owner must know to go on.")
        return ""
