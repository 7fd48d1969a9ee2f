"""Ask for what a submission says: results, the day, deliverables, the criteria it claims (R102)."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from pathlib import PurePath
from typing import ClassVar, NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.ids import PartId
from core.domain.text import visible
from core.policies.clocks import local_day
from core.records import dataclass
from tui.past import NotAMoment, read_past_day
from tui.prompts.due import Office
from tui.prompts.inputs import Choice, Field, ReadField
from tui.prompts.kept import KeptPrompt
from tui.prompts.long_input import LongInput
from tui.prompts.ticks import TickField
from tui.words import Words

_STYLES: list[str | PurePath] = ["prompts.tcss", "submit.tcss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAnswer:
    """What was answered; also what the form starts with."""

    results: str = ""
    completed: date | None = None
    """None is today."""
    name: str = ""
    """Of a deliverable to register; so are the next two."""
    edition: str = ""
    location: str = ""
    claims: tuple[PartId, ...] = field(default=())


class SubmitFacts(NamedTuple):
    """What the form is made with."""

    office: Office
    handed: Sequence[str]
    """The deliverables that are registered, each in a line."""
    criteria: Sequence[Choice]
    """By id."""
    findings: str = ""
    """Why it was sent back the last time; empty if it was not."""


class SubmitPrompt(KeptPrompt[SubmitAnswer]):
    """Results and a deliverable are needed; enter sends from every field but the results."""

    CSS_PATH = _STYLES  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s,f2", "accept", priority=True),
    ]

    def __init__(
        self, words: Words, *, title: str, facts: SubmitFacts, start: SubmitAnswer
    ) -> None:
        keys = words("ctrl+s submit · tab next field · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._facts = facts
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Results, day, a deliverable to register, criteria."""
        words, start, facts = self.words, self._start, self._facts
        if facts.findings:
            said = words("Sent back: {findings}", findings=" ".join(facts.findings.split()))
            yield Static(_plain(said), id="note", markup=False)
        yield Static(_plain(words("Key results")), classes="label", markup=False)
        shown = "\n".join(visible(line) for line in start.results.split("\n"))
        yield LongInput(shown, id="results")
        day = start.completed.isoformat() if start.completed else ""
        yield ReadField(words("Completed"), value=day, id="completed", read=self._day)
        handed = "; ".join(facts.handed)
        told = words("Hands over: {names}", names=handed) if handed else ""
        yield Static(_plain(told or words("Nothing is registered yet.")), id="handed", markup=False)
        yield Field(words("Deliverable"), value=start.name, id="name")
        yield Field(words("Version"), value=start.edition, id="edition", limit=64)
        yield Field(words("Location"), value=start.location, id="location")
        if facts.criteria:
            yield Static(_plain(words("Criteria claimed")), classes="label", markup=False)
            ticked = map(str, start.claims)
            yield TickField(id="claims", choices=facts.criteria, ticked=ticked)

    def _day(self, text: str) -> tuple[str, bool]:
        """How a day is read."""
        try:
            return f"→ {self._read(text).isoformat()}", True
        except NotAMoment:
            return self.words("Write a day gone by, like yesterday or 2026-03-17."), False

    def _read(self, text: str) -> date:
        office = self._facts.office
        return read_past_day(text, today=local_day(office.now, office.calendar))

    def standing(self) -> dict[str, str]:
        """What stands in the fields, and what is ticked."""
        ticks = {one.id or "": " ".join(one.ticked) for one in self.query(TickField)}
        return super().standing() | ticks

    def put(self, fields: dict[str, str]) -> None:
        """Let that stand in the fields."""
        super().put(fields)
        for one in self.query(TickField):
            if (one.id or "") in fields:
                one.tick_only(fields[one.id or ""].split())

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def action_accept(self) -> None:
        """Send."""
        self.accept()

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).text

    def value(self) -> SubmitAnswer:
        """All of it. Raises NotAMoment."""
        claims = [one.ticked for one in self.query(TickField)]
        return SubmitAnswer(
            results=self.query_one("#results", LongInput).text.strip(),
            completed=self._read(self._text("completed")),
            name=self._text("name"),
            edition=self._text("edition"),
            location=self._text("location"),
            claims=tuple(PartId(int(key)) for keys in claims for key in keys),
        )

    def problem(self) -> str:
        """What is missing; the cursor goes there."""
        if not self.query_one("#results", LongInput).text.strip():
            self.set_focus(self.query_one("#results"))
            return self.words("Say what the key results are.")
        if not self._day(self._text("completed"))[1]:
            self.set_focus(self.query_one("#completed-input"))
            return self.words("Say when it was finished.")
        if not (self._facts.handed or self._text("name")):
            self.set_focus(self.query_one("#name-input"))
            return self.words("Name at least one deliverable.")
        if self._text("location") and not self._text("name"):
            self.set_focus(self.query_one("#name-input"))
            return self.words("Name what lies there.")
        return ""


def _plain(text: str) -> Content:
    return Content(visible(text))
