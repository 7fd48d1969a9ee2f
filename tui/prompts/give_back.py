"""Ask back about a task that one was given, or return it (R52)."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PickField
from tui.words import Words

_ASK, _RETURN = "ask", "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackAnswer:
    """What was decided."""

    returned: bool
    text: str
    """The question, or the reason."""


class GiveBackPrompt(Prompt[GiveBackAnswer]):
    """A question or a return; each needs its words."""

    def __init__(
        self, words: Words, *, title: str, note: str, start: GiveBackAnswer | None = None
    ) -> None:
        """``note`` says which task it is."""
        keys = words("←→ choose · tab next field · enter save · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._note = note
        self._start = start or GiveBackAnswer(returned=False, text="")

    def fields(self) -> Iterable[Widget]:
        """Which of the two, and the words."""
        words, start = self.words, self._start
        yield Static(Content(visible(self._note)), id="note", markup=False)
        choices = (
            Choice(key=_ASK, label=words("Ask back")),
            Choice(key=_RETURN, label=words("Return it")),
        )
        chosen = _RETURN if start.returned else _ASK
        yield PickField(words("How"), id="decision", choices=choices, chosen=chosen)
        yield Field(words("Message"), value=start.text, id="text")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> GiveBackAnswer:
        """The decision."""
        returned = self.query_one("#decision", PickField).chosen == _RETURN
        return GiveBackAnswer(returned=returned, text=self.query_one("#text", Field).text)

    def problem(self) -> str:
        """Whether the words are missing; the cursor goes there."""
        said = self.value()
        if said.text:
            return ""
        self.set_focus(self.query_one("#text-input"))
        if said.returned:
            return self.words("Say why, so that somebody else can take it.")
        return self.words("Write the question.")
