"""Ask for what a task needs: title, owner, due, priority, in one form."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.ids import PersonId
from core.domain.status import Priority
from core.domain.text import visible
from core.policies.clarity import NOTHING, Told
from core.records import dataclass
from tui.due import NotADue, read_due
from tui.prompts.definition import Look, Meter, SimilarLines
from tui.prompts.due import Office, due_field, why_needed
from tui.prompts.inputs import Choice, Field, PersonField, PickField
from tui.prompts.kept import KeptPrompt
from tui.terms import priority_word
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswer:
    """What the form holds; also what it starts with."""

    title: str = ""
    owner: PersonId | None = None
    due: datetime | None = None
    """UTC."""
    priority: Priority = Priority.MEDIUM
    reason: str = ""
    """Why an agreed due moves, or what is handed over; asked only where that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What the form is made with."""

    office: Office
    people: Sequence[Choice]
    start: TaskAnswer = field(default_factory=TaskAnswer)
    place: str = ""
    """Where a new task goes, in words."""
    agreed: datetime | None = None
    """The due with which others plan: moving it needs a reason."""
    handed: PersonId | None = None
    """Whose the work in progress is: whoever goes on with it needs notes."""
    told: Told = NOTHING
    """What the task says besides what the form asks for."""
    similar: Look | None = None
    """Finds tasks and lessons like a title."""


class TaskForm(KeptPrompt[TaskAnswer]):
    """Only the title is needed; enter saves from every field."""

    def __init__(self, words: Words, *, title: str, facts: FormFacts) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        """Title, owner, due, priority."""
        words, start = self.words, self._facts.start
        if self._facts.place:
            yield Static(Content(visible(self._facts.place)), id="note", markup=False)
        yield Field(words("Title"), value=start.title, id="title-field")
        yield PersonField(
            words,
            label=words("Owner"),
            id="owner",
            people=self._facts.people,
            chosen=str(start.owner or ""),
        )
        yield due_field(words, self._facts.office, at=start.due, label=words("Due"))
        choices = [Choice(key=one.value, label=priority_word(words, one)) for one in Priority]
        yield PickField(words("Priority"), id="priority", choices=choices, chosen=start.priority)
        reason = Field(words("Reason"), value=start.reason, id="reason")
        reason.display = bool(start.reason)
        yield reason
        if self._facts.similar is not None:
            yield SimilarLines(words, self._facts.similar)
        yield Meter(words)

    def on_mount(self) -> None:
        """Say how clear it is from the start. Textual calls KeptPrompt's own after it."""
        self._measure()

    def on_resize(self) -> None:
        """There may be room for more now, or for less, once Textual has told which."""
        for meter in self.query(Meter):
            self.call_later(meter.say)

    def changed(self) -> None:
        """Say how clear it is now, and what is like it."""
        super().changed()
        self._measure()
        start = self._facts.start.title
        title = self.query_one("#title-field", Field).text
        for lines in self.query(SimilarLines):
            lines.compare("" if title == start else title)

    def _measure(self) -> None:
        """A due counts as it is typed: whether it can be read is told beside it."""
        told = self._facts.told._replace(
            title=self.query_one("#title-field", Field).text,
            is_due=bool(self.query_one("#due", Field).text),
            is_owned=self.query_one("#owner", PersonField).chosen is not None,
        )
        self.query_one(Meter).measure(told)

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> TaskAnswer:
        """All four; a due that was not touched stays to the second."""
        office, start = self._facts.office, self._facts.start
        text = self.query_one("#due", Field).text
        due = read_due(text, now=office.now, calendar=office.calendar)
        return TaskAnswer(
            title=self.query_one("#title-field", Field).text,
            owner=self.query_one("#owner", PersonField).person,
            due=due.at if due else None,
            priority=Priority(self.query_one("#priority", PickField).chosen or start.priority),
            reason=self.query_one("#reason", Field).text,
        )

    def problem(self) -> str:
        """What is missing or cannot be read; the cursor goes there."""
        if not self.query_one("#title-field", Field).text:
            self.set_focus(self.query_one("#title-field-input"))
            return self.words("A task needs a title.")
        owner = self.query_one("#owner", PersonField)
        if owner.text and owner.chosen is None:
            self.set_focus(self.query_one("#owner-input"))
            return self.words("Nobody here is called “{name}”.", name=owner.text)
        return self._why_needed()

    def _why_needed(self) -> str:
        """Ask for the reason where an agreed due moves without one, or work is handed over."""
        said = self.value()
        moves = self._facts.agreed not in {None, said.due}
        goes_on = said.owner is not None and self._facts.handed not in {None, said.owner}
        if said.reason or not (moves or goes_on):
            return ""
        self.query_one("#reason").display = True
        self.set_focus(self.query_one("#reason-input"))
        if moves:
            return why_needed(self.words)
        return self.words("Write down what its next owner must know to go on.")

    def accept(self) -> None:
        """Answer; the field itself says why a due is none."""
        try:
            self.value()
        except NotADue:
            self.set_focus(self.query_one("#due-input"))
            return
        super().accept()
