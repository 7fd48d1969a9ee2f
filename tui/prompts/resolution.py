"""Ask by when a block will be resolved (D8)."""

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible_lines
from core.records import dataclass
from tui.due import NotADue, read_due
from tui.prompts.base import Prompt
from tui.prompts.due import Office, due_field
from tui.prompts.inputs import Choice, Field, PickField
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionAnswer:
    """What was answered."""

    by: datetime | None
    """UTC; never None in an answer."""
    met: bool = True
    note: str = ""


class ResolutionPrompt(Prompt[ResolutionAnswer]):
    """A time; whether they met; what they agreed on."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        note: str,
        office: Office,
        start: ResolutionAnswer,
    ) -> None:
        """``note`` says why it is blocked."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._note = note
        self._office = office
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Only the time is needed."""
        words, start = self.words, self._start
        yield Static(Content("\n".join(visible_lines(self._note))), id="note", markup=False)
        yield due_field(words, self._office, at=start.by, label=words("Resolved by"))
        choices = (Choice(key="yes", label=words("yes")), Choice(key="", label=words("no")))
        chosen = "yes" if start.met else ""
        yield PickField(words("They met"), id="met", choices=choices, chosen=chosen)
        yield Field(words("Agreed"), value=start.note, id="agreed")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> ResolutionAnswer:
        """All three. Raises NotADue."""
        text = self.query_one("#due", Field).text
        due = read_due(text, now=self._office.now, calendar=self._office.calendar)
        return ResolutionAnswer(
            by=due.at if due else None,
            met=bool(self.query_one("#met", PickField).chosen),
            note=self.query_one("#agreed", Field).text,
        )

    def problem(self) -> str:
        """Whether the time is missing."""
        if self.value().by is not None:
            return ""
        self.set_focus(self.query_one("#due-input"))
        return self.words("Say by when it is resolved.")

    def accept(self) -> None:
        """Answer; the field itself says why a text is no time."""
        try:
            self.value()
        except NotADue:
            self.set_focus(self.query_one("#due-input"))
            return
        super().accept()
