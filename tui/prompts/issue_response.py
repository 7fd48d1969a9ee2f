"""Ask what is done about an issue: who takes it up, and by when it will be resolved."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.ids import PersonId
from core.domain.text import visible
from core.records import dataclass
from tui.due import NotADue, not_due_words, read_due, reading_words
from tui.prompts.base import Prompt
from tui.prompts.due import Office
from tui.prompts.inputs import Choice, Field, PersonField, ReadField
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseAnswer:
    """What was answered."""

    response: str
    handler: PersonId | None
    resolve_by: str = ""
    """As it was typed; empty keeps the time that is set."""
    at: datetime | None = None
    """The same, as it was read; UTC."""


class ResponsePrompt(Prompt[ResponseAnswer]):
    """Only the response is needed."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        note: str,
        people: Sequence[Choice],
        office: Office,
        start: ResponseAnswer,
    ) -> None:
        """``note`` tells of the issue, and by when it is to be resolved."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._note = note
        self._people = tuple(people)
        self._office = office
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Response, handler, time."""
        words, start = self.words, self._start
        yield Static(Content(visible(self._note)), id="note", markup=False)
        yield Field(words("Response"), value=start.response, id="response")
        chosen = str(start.handler or "")
        yield PersonField(
            words, label=words("Handler"), id="handler", people=self._people, chosen=chosen
        )
        label = words("Resolved by")
        yield ReadField(label, value=start.resolve_by, id="resolve-by", read=self._moment)

    def _moment(self, text: str) -> tuple[str, bool]:
        """How a time is read."""
        now, calendar = self._office.now, self._office.calendar
        try:
            due = read_due(text, now=now, calendar=calendar)
        except NotADue as error:
            return not_due_words(self.words, text, error), False
        if due is None:
            return self.words("as it is set"), True
        if due.at <= now:
            return self.words("That time is over."), False
        return f"→ {reading_words(self.words, due, now=now, calendar=calendar)}", True

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> ResponseAnswer:
        """All three. Raises NotADue."""
        text = self.query_one("#resolve-by", Field).text
        due = read_due(text, now=self._office.now, calendar=self._office.calendar)
        return ResponseAnswer(
            response=self.query_one("#response", Field).text,
            handler=self.query_one("#handler", PersonField).person,
            resolve_by=text,
            at=due.at if due else None,
        )

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        if not self.query_one("#response", Field).text:
            self.set_focus(self.query_one("#response-input"))
            return self.words("Say what is done about it.")
        handler = self.query_one("#handler", PersonField)
        if handler.text and handler.chosen is None:
            self.set_focus(self.query_one("#handler-input"))
            return self.words("Nobody here is called that.")
        said, right = self._moment(self.query_one("#resolve-by", Field).text)
        if not right:
            self.set_focus(self.query_one("#resolve-by-input"))
        return "" if right else said
