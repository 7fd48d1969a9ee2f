"""Ask for a due date, and show how it is read while it is typed."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from textual.widget import Widget

from core.policies.calendar import WorkCalendar
from core.records import dataclass
from tui.due import NotADue, due_text, not_due_words, read_due, reading_words
from tui.prompts.base import Prompt
from tui.prompts.inputs import Field, ReadField
from tui.words import Words


class Office(NamedTuple):
    """What a due is read with."""

    now: datetime
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAnswer:
    """What was answered."""

    at: datetime | None
    """UTC; None clears the due."""
    reason: str = ""
    """Why it was moved; needed only where a due that was agreed moves."""


def due_field(
    words: Words, office: Office, *, at: datetime | None, label: str = "", id: str = "due"
) -> ReadField:
    """A field that says how its text is read."""

    def read(text: str) -> tuple[str, bool]:
        try:
            due = read_due(text, now=office.now, calendar=office.calendar)
        except NotADue as error:
            return not_due_words(words, text, error), False
        if due is None:
            return words("no due date"), True
        said = reading_words(words, due, now=office.now, calendar=office.calendar)
        return f"→ {said}", True

    return ReadField(label, value=due_text(at, office.calendar), id=id, read=read)


def why_needed(words: Words) -> str:
    """What is said where a due that was agreed moves without a reason."""
    return words("Others plan with this due: say why it moves.")


class DuePrompt(Prompt[DueAnswer]):
    """Returns the instant; a day without an hour ends as the office closes."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        at: datetime | None,
        office: Office,
        agreed: datetime | None = None,
        reason: str = "",
    ) -> None:
        """``agreed`` is the due with which others plan: moving it needs a reason."""
        asks = at is not None or agreed is not None
        keys = words("tab next field · enter save · esc cancel") if asks else ""
        super().__init__(words, title=title, keys=keys)
        self._at = at
        self._office = office
        self._agreed = agreed
        self._reason = reason
        self._asks = asks

    def fields(self) -> Iterable[Widget]:
        """The date; where there was one, the reason of the change."""
        yield due_field(self.words, self._office, at=self._at, label=self.words("Due"))
        if self._asks:
            yield Field(self.words("Reason"), value=self._reason, id="reason")

    def on_mount(self) -> None:
        """Typing replaces the date."""
        self.query_one("#due-input").select_all()  # type: ignore[attr-defined]

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> DueAnswer:
        """The instant and the reason."""
        text = self.query_one("#due", Field).text
        due = read_due(text, now=self._office.now, calendar=self._office.calendar)
        reason = self.query_one("#reason", Field).text if self._asks else ""
        return DueAnswer(at=due.at if due else None, reason=reason)

    def problem(self) -> str:
        """Whether a due that was agreed moves, and nobody knows why; the cursor goes there."""
        said = self.value()
        if self._agreed is None or said.at == self._agreed or said.reason:
            return ""
        self.set_focus(self.query_one("#reason-input"))
        return why_needed(self.words)

    def accept(self) -> None:
        """Answer; the field itself says why a text is no date."""
        try:
            self.value()
        except NotADue:
            self.set_focus(self.query_one("#due-input"))
            return
        super().accept()
