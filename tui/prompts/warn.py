"""Ask why a task will be late, and when it is expected now (R78, R79)."""

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from core.domain.trouble import DelayReason
from core.records import dataclass
from tui.due import NotADue, read_due
from tui.prompts.base import Prompt
from tui.prompts.due import Office, due_field
from tui.prompts.inputs import Choice, Field, PickField
from tui.warning_terms import delay_word
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnAnswer:
    """What was answered."""

    code: DelayReason
    reason: str
    expected: datetime | None
    """UTC; never None in an answer."""


class WarnPrompt(Prompt[WarnAnswer]):
    """The new due, the cause, and a word on it; all three are needed."""

    def __init__(
        self, words: Words, *, title: str, note: str, office: Office, start: WarnAnswer | None
    ) -> None:
        """``note`` says what the due is now."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._note = note
        self._office = office
        self._start = start or WarnAnswer(code=DelayReason.REQUIREMENTS, reason="", expected=None)

    def fields(self) -> Iterable[Widget]:
        """From what is known first."""
        words, start = self.words, self._start
        yield Static(Content(visible(self._note)), id="note", markup=False)
        yield due_field(words, self._office, at=start.expected, label=words("New due"))
        causes = [Choice(key=one, label=delay_word(words, one)) for one in DelayReason]
        yield PickField(words("Cause"), id="code", choices=causes, chosen=start.code)
        yield Field(words("Reason"), value=start.reason, id="reason")

    def on_field_accepted(self) -> None:
        """Enter; from the new due it goes on to the reason."""
        reason = self.query_one("#reason", Field)
        if self._due_text and not reason.text and not self.query_one("#reason-input").has_focus:
            following = "#code" if self.query_one("#due-input").has_focus else "#reason-input"
            self.set_focus(self.query_one(following))
            return
        self.accept()

    @property
    def _due_text(self) -> str:
        return self.query_one("#due", Field).text

    def value(self) -> WarnAnswer:
        """All three. Raises NotADue."""
        due = read_due(self._due_text, now=self._office.now, calendar=self._office.calendar)
        return WarnAnswer(
            code=DelayReason(self.query_one("#code", PickField).chosen),
            reason=self.query_one("#reason", Field).text,
            expected=due.at if due else None,
        )

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        said = self.value()
        if said.expected is None:
            self.set_focus(self.query_one("#due-input"))
            return self.words("Say when it is expected now.")
        if not said.reason:
            self.set_focus(self.query_one("#reason-input"))
            return self.words("Say why it will be late.")
        return ""

    def accept(self) -> None:
        """Answer; the field itself says why a text is no date."""
        try:
            self.value()
        except NotADue:
            self.set_focus(self.query_one("#due-input"))
            return
        super().accept()
