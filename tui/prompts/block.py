"""Ask why a task is blocked, and for whom or what it waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from core.domain.ids import PersonId
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAnswer:
    """What was answered."""

    reason: str
    waiting_for: str
    """Whom or what, in words."""
    waiting_person: PersonId | None
    """The same as a person, where it is one."""


class WaitingField(PersonField):
    """Somebody, a department, or anything else in one's own words."""

    def read(self) -> None:
        """Say who is meant; whatever fits nobody is taken as it is."""
        if self.text and not self._fitting():
            self.show_reading(self.words("as written"))
        elif self.text:
            super().read()
        else:
            self.show_reading(self.words("a person, a department, or anything else"))


class BlockPrompt(Prompt[BlockAnswer]):
    """Both are needed (R80)."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        awaited: Sequence[Choice],
        start: BlockAnswer | None = None,
    ) -> None:
        """``awaited`` has the ids of people as keys; departments begin with ``department:``."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._awaited = tuple(awaited)
        self._start = start or BlockAnswer(reason="", waiting_for="", waiting_person=None)

    def fields(self) -> Iterable[Widget]:
        """Reason and for whom."""
        start = self._start
        yield Field(self.words("Reason"), value=start.reason, id="reason")
        label = self.words("Waiting for")
        waiting = WaitingField(self.words, label=label, id="waiting", people=self._awaited)
        waiting.begin(start.waiting_for, key=str(start.waiting_person or ""))
        yield waiting

    def on_field_accepted(self) -> None:
        """Enter; from the reason it goes on to the next field."""
        waiting = self.query_one("#waiting", WaitingField)
        if self.query_one("#reason", Field).text and not waiting.text:
            self.set_focus(self.query_one("#waiting-input"))
            return
        self.accept()

    def value(self) -> BlockAnswer:
        """Reason, words, and the person where it is one."""
        waiting = self.query_one("#waiting", WaitingField)
        chosen = waiting.chosen
        person = PersonId(int(chosen.key)) if chosen and chosen.key.isdigit() else None
        said = chosen.label if chosen else waiting.text
        reason = self.query_one("#reason", Field).text
        return BlockAnswer(reason=reason, waiting_for=said, waiting_person=person)

    def problem(self) -> str:
        """Whether something is missing."""
        answer = self.value()
        if not answer.reason:
            return self.words("Say why it cannot go on.")
        if not answer.waiting_for:
            return self.words("Say for whom or what it waits.")
        return ""
