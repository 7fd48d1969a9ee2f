"""Ask for an entry of the sync log: what, for whom, who answers, what is to be done."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import ClassVar, NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.ids import PersonId
from core.domain.status import SyncKind
from core.domain.text import visible
from core.policies.clocks import due_day, due_instant
from core.records import dataclass
from tui.due import NotADue, not_due_words, read_due
from tui.prompts.audience import AudienceField, Named
from tui.prompts.due import Office, due_field
from tui.prompts.inputs import Choice, Field, PersonField, PickField
from tui.prompts.kept import KeptPrompt
from tui.prompts.long_input import LongInput
from tui.prompts.sync_filter import kind_choices
from tui.words import Words

_STYLES: list[str | PurePath] = ["prompts.tcss", "sync.tcss"]
NOBODY = Named()
EVERYBODY, RESTRICTED = "everybody", "restricted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAnswer:
    """What is to be written down (R93); also what the form starts with."""

    kind: SyncKind = SyncKind.PROGRESS
    topic: str = ""
    content: str = ""
    audience: str = ""
    named: Named = NOBODY
    """Whom the audience names."""
    restricted: bool = False
    reference: str = ""
    remarks: str = ""
    asks: PersonId | None = None
    follow_up: str = ""
    follow_up_owner: PersonId | None = None
    follow_up_due: date | None = None


class EntryFacts(NamedTuple):
    """What the form is made with."""

    office: Office
    people: Sequence[Choice]
    audience: Sequence[Choice]
    """People, and departments whose keys begin with ``department:``."""


class SyncEntryPrompt(KeptPrompt[EntryAnswer]):
    """Only the topic is needed; enter saves from every field but the text.

    Who may see it is asked once it is for somebody, by whom and when once something is to be done.
    """

    CSS_PATH = _STYLES  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s,f2", "accept", priority=True),
    ]

    def __init__(self, words: Words, *, title: str, facts: EntryFacts, start: EntryAnswer) -> None:
        keys = words("ctrl+s save (or enter, outside Content) · tab next field · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._facts = facts
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Topic, kind, content; for whom; what is asked and agreed; where more is."""
        words, start = self.words, self._start
        yield Field(words("Topic"), value=start.topic, id="topic")
        yield PickField(words("Kind"), id="kind", choices=kind_choices(words), chosen=start.kind)
        yield Static(Content(words("Content")), classes="label", markup=False)
        shown = "\n".join(visible(line) for line in start.content.split("\n"))
        yield LongInput(shown, id="content")
        yield AudienceField(
            words, id="audience", choices=self._facts.audience, value=start.audience
        )
        choices = (
            Choice(key=EVERYBODY, label=words("everybody")),
            Choice(key=RESTRICTED, label=words("only them, me and leads")),
        )
        chosen = RESTRICTED if start.restricted else EVERYBODY
        yield PickField(words("Shown to"), id="shown", choices=choices, chosen=chosen)
        yield self._person("asks", words("Question to"), start.asks)
        yield Field(words("Follow-up"), value=start.follow_up, id="follow-up")
        yield self._person("follow-up-owner", words("By whom"), start.follow_up_owner)
        calendar = self._facts.office.calendar
        at = due_instant(start.follow_up_due, calendar) if start.follow_up_due else None
        yield due_field(words, self._facts.office, at=at, label=words("Until"))
        yield Field(words("Reference"), value=start.reference, id="reference")
        yield Field(words("Remarks"), value=start.remarks, id="remarks")

    def _person(self, id: str, label: str, chosen: PersonId | None) -> PersonField:
        people = self._facts.people
        return PersonField(self.words, label=label, id=id, people=people, chosen=str(chosen or ""))

    def on_mount(self) -> None:
        """Show what is asked now."""
        self._unfold()

    def changed(self) -> None:
        """Ask for what belongs to what was typed."""
        super().changed()
        self._unfold()

    def _unfold(self) -> None:
        agreed = bool(self._text("follow-up"))
        self.query_one("#shown").display = bool(self._text("audience")) or self._is_restricted
        self.query_one("#follow-up-owner").display = agreed
        self.query_one("#due").display = agreed

    @property
    def _is_restricted(self) -> bool:
        return self.query_one("#shown", PickField).chosen == RESTRICTED

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> EntryAnswer:
        """The entry as it stands."""
        agreed = self._text("follow-up")
        owner = self.query_one("#follow-up-owner", PersonField).person
        return EntryAnswer(
            kind=SyncKind(self.query_one("#kind", PickField).chosen),
            topic=self._text("topic"),
            content=self.query_one("#content", LongInput).text.strip(),
            audience=self._text("audience"),
            named=self.query_one("#audience", AudienceField).named,
            restricted=self._is_restricted,
            reference=self._text("reference"),
            remarks=self._text("remarks"),
            asks=self.query_one("#asks", PersonField).person,
            follow_up=agreed,
            follow_up_owner=owner if agreed else None,
            follow_up_due=self._day() if agreed else None,
        )

    def _day(self) -> date | None:
        """Raises NotADue."""
        office = self._facts.office
        due = read_due(self._text("due"), now=office.now, calendar=office.calendar)
        return due_day(due.at, office.calendar) if due else None

    def _text(self, id: str) -> str:
        return self.query_one(f"#{id}", Field).text

    def problem(self) -> str:
        """What is missing or nobody's name; the cursor goes there."""
        for field, sentence in self._problems():
            self.set_focus(self.query_one(f"#{field}-input"))
            return sentence
        return ""

    def _problems(self) -> Iterable[tuple[str, str]]:
        words = self.words
        if not self._text("topic"):
            yield "topic", words("An entry needs a topic.")
        audience = self.query_one("#audience", AudienceField)
        if self._is_restricted and not audience.text:
            yield "audience", words("Say for whom a restricted entry is.")
        if self._is_restricted and (others := audience.named.others):
            yield "audience", words("Nobody here is called “{name}”.", name=others[0])
        for field in ("asks", "follow-up-owner"):
            person = self.query_one(f"#{field}", PersonField)
            if person.text and person.chosen is None:
                yield field, words("Nobody here is called “{name}”.", name=person.text)
        if self._text("follow-up"):
            yield from self._open_ends()

    def _open_ends(self) -> Iterable[tuple[str, str]]:
        if self.query_one("#follow-up-owner", PersonField).person is None:
            yield "follow-up-owner", self.words("Say who does the follow-up.")
        try:
            if self._day() is None:
                yield "due", self.words("Say until when, such as tomorrow or fri.")
        except NotADue as error:
            yield "due", not_due_words(self.words, self._text("due"), error)
