"""Ask for a new issue: what happened, what it affects, and who takes care of it (R85)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import ClassVar

from textual.widget import Widget

from core.domain.ids import PersonId
from core.domain.trouble import Severity
from core.records import dataclass
from tui.issue_terms import severity_word
from tui.past import NotAMoment, read_past
from tui.prompts.due import Office
from tui.prompts.inputs import Choice, Field, PersonField, PickField, ReadField
from tui.prompts.kept import KeptPrompt
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueAnswer:
    """What was answered."""

    title: str
    impact: str
    detail: str = ""
    proposal: str = ""
    parties: str = ""
    severity: Severity = Severity.MEDIUM
    handler: PersonId | None = None
    """None means the task's owner, else the project's lead."""
    occurred: str = ""
    """As it was typed; empty means now."""
    at: datetime | None = None
    """The same, as it was read; UTC."""


class IssuePrompt(KeptPrompt[IssueAnswer]):
    """Title and impact are needed."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [  # type: ignore[assignment]
        "prompts.tcss",
        "issue.tcss",
    ]

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        people: Sequence[Choice],
        office: Office,
        start: IssueAnswer | None = None,
    ) -> None:
        """``people`` may handle it; an empty field means whose turn it is anyway."""
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._people = tuple(people)
        self._office = office
        self._start = start or IssueAnswer(title="", impact="")

    def fields(self) -> Iterable[Widget]:
        """What is needed first."""
        words, start = self.words, self._start
        yield Field(words("What"), value=start.title, id="what")
        yield Field(words("Impact"), value=start.impact, id="impact")
        yield Field(words("Details"), value=start.detail, id="detail")
        yield Field(words("Proposed fix"), value=start.proposal, id="proposal")
        yield Field(words("Parties"), value=start.parties, id="parties")
        degrees = [Choice(key=one, label=severity_word(words, one)) for one in Severity]
        yield PickField(words("Severity"), id="severity", choices=degrees, chosen=start.severity)
        chosen = str(start.handler or "")
        yield HandlerField(
            words, label=words("Handler"), id="handler", people=self._people, chosen=chosen
        )
        yield ReadField(words("Occurred"), value=start.occurred, id="occurred", read=self._moment)

    def _moment(self, text: str) -> tuple[str, bool]:
        """How a moment is read."""
        try:
            at = self._read(text)
        except NotAMoment:
            return self.words("Write it like 10:30, 2h or yesterday 16:00."), False
        if at is None:
            return self.words("just now"), True
        if at > self._office.now:
            return self.words("That is yet to come."), False
        zone = self._office.calendar.zone
        return f"→ {at.astimezone(zone):%Y-%m-%d %H:%M}", True

    def _read(self, text: str) -> datetime | None:
        return read_past(text, now=self._office.now, zone=self._office.calendar.zone)

    def on_field_accepted(self) -> None:
        """Enter; from the title it goes on to the impact."""
        what, impact = self.query_one("#what", Field), self.query_one("#impact", Field)
        if what.text and not impact.text and self.query_one("#what-input").has_focus:
            self.set_focus(self.query_one("#impact-input"))
            return
        self.accept()

    def value(self) -> IssueAnswer:
        """All fields. Raises NotAMoment."""
        texts = {
            name: self.query_one(f"#{name}", Field).text
            for name in ("impact", "detail", "proposal", "parties", "occurred")
        }
        return IssueAnswer(
            title=self.query_one("#what", Field).text,
            **texts,
            severity=Severity(self.query_one("#severity", PickField).chosen),
            handler=self.query_one("#handler", PersonField).person,
            at=self._read(texts["occurred"]),
        )

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        for name, said in (
            ("what", self.words("“What” is empty: say what happened.")),
            ("impact", self.words("“Impact” is empty: say what it affects.")),
        ):
            if not self.query_one(f"#{name}", Field).text:
                self.set_focus(self.query_one(f"#{name}-input"))
                return said
        handler = self.query_one("#handler", PersonField)
        if handler.text and handler.chosen is None:
            self.set_focus(self.query_one("#handler-input"))
            return self.words("Nobody here is called that.")
        _, right = self._moment(self.query_one("#occurred", Field).text)
        if not right:
            self.set_focus(self.query_one("#occurred-input"))
        return "" if right else self.words("Say when it happened.")


class HandlerField(PersonField):
    """Somebody; nobody named means whose turn it is by position."""

    def read(self) -> None:
        """Say who is meant."""
        if self.text or self._place:
            super().read()
        else:
            self.show_reading(self.words("the task's owner, else the project's lead"))
