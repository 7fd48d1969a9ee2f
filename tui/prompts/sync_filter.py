"""Ask which entries of the sync log, or which meetings, to show."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from textual.widget import Widget

from core.domain.ids import PersonId
from core.domain.status import SyncKind
from core.records import dataclass
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField, PickField, half_width
from tui.terms import sync_kind_word
from tui.words import Words

_STYLES: list[str | PurePath] = ["prompts.tcss", "sync.tcss"]
MEETINGS = "meetings"
"""What is chosen in place of a kind of entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterAnswer:
    """What to show; None means any."""

    kind: SyncKind | None = None
    meetings: bool = False
    """The meetings in place of entries, all of them."""
    person: PersonId | None = None
    day_from: date | None = None
    day_to: date | None = None


class AuthorField(PersonField):
    """A person; empty means anybody."""

    def read(self) -> None:
        """Say who is meant."""
        if self.text:
            super().read()
        else:
            self.show_reading(self.words("anybody"))


class SyncFilterPrompt(Prompt[FilterAnswer]):
    """By kind, author and days; an empty form shows everything."""

    CSS_PATH = _STYLES  # type: ignore[assignment]

    def __init__(
        self, words: Words, *, people: Sequence[Choice], start: FilterAnswer, today: date
    ) -> None:
        keys = words("tab next field · enter show · esc cancel")
        super().__init__(words, title=words("Which entries"), keys=keys)
        self._people = people
        self._start = start
        self._today = today

    def fields(self) -> Iterable[Widget]:
        """Kind, author, first and last day."""
        words, start = self.words, self._start
        every = Choice(key="", label=words("All"))
        held = Choice(key=MEETINGS, label=words("Meetings"))
        chosen_kind = MEETINGS if start.meetings else start.kind or ""
        choices = (every, *kind_choices(words), held)
        yield PickField(words("Kind"), id="kind", choices=choices, chosen=chosen_kind)
        chosen = str(start.person or "")
        label = words("Written by")
        yield AuthorField(words, label=label, id="person", people=self._people, chosen=chosen)
        yield Field(words("From"), value=_day_text(start.day_from), id="from")
        yield Field(words("To"), value=_day_text(start.day_to), id="to")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> FilterAnswer:
        """The filter as it stands; raises ValueError for a day that cannot be read."""
        kind = self.query_one("#kind", PickField).chosen
        if kind == MEETINGS:
            return FilterAnswer(meetings=True)
        return FilterAnswer(
            kind=SyncKind(kind) if kind else None,
            person=self.query_one("#person", PersonField).person,
            day_from=self._day("from"),
            day_to=self._day("to"),
        )

    def _day(self, id: str) -> date | None:
        return past_day(self.query_one(f"#{id}", Field).text, today=self._today)

    def problem(self) -> str:
        """Whether a name or a day cannot be read; the cursor goes there."""
        person = self.query_one("#person", PersonField)
        if person.text and person.chosen is None:
            self.set_focus(self.query_one("#person-input"))
            return self.words("Nobody here is called “{name}”.", name=person.text)
        for name in ("from", "to"):
            try:
                self._day(name)
            except ValueError:
                self.set_focus(self.query_one(f"#{name}-input"))
                return self.words("Write a day like 2026-03-18 or 03-18.")
        return ""


def past_day(text: str, *, today: date) -> date | None:
    """A day as it is typed; without a year the latest of that name. Raises ValueError."""
    parts = half_width(text).replace("/", "-").replace(".", "-").split("-")
    if parts == [""]:
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:
        return date(*numbers)
    month, day = numbers
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def kind_choices(words: Words) -> tuple[Choice, ...]:
    """The kinds of entries."""
    return tuple(Choice(key=kind, label=sync_kind_word(words, kind)) for kind in SyncKind)


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""
