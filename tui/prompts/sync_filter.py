"""Ask which lines of a log to show: entries of the sync log, meetings, or a history."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import ClassVar, Protocol, TypeVar

from textual.widget import Widget

from core.domain.ids import PersonId
from core.domain.status import SyncKind
from core.records import dataclass
from tui.history_groups import GROUPS
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, Field, PersonField, PickField, half_width
from tui.terms import sync_kind_word
from tui.words import N_, Words

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


class Narrowed(Protocol):
    """What every such answer has."""

    @property
    def person(self) -> PersonId | None:
        """Whose lines; None is anybody's."""

    @property
    def day_from(self) -> date | None:
        """The first day."""

    @property
    def day_to(self) -> date | None:
        """The last day."""


Answer = TypeVar("Answer", bound=Narrowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """What of a history to show; None means any."""

    group: str = ""
    """Of tui.history_groups; empty is everything."""
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


class LogFilterPrompt(Prompt[Answer]):
    """By kind, author and days; an empty form shows everything."""

    CSS_PATH = _STYLES  # type: ignore[assignment]
    TITLE: ClassVar[str]
    AUTHOR: ClassVar[str]
    """What a line's author is called."""

    def __init__(
        self, words: Words, *, people: Sequence[Choice], start: Answer, today: date
    ) -> None:
        keys = words("tab next field · enter show · esc cancel")
        super().__init__(words, title=words(self.TITLE), keys=keys)
        self._people = people
        self._start = start
        self._today = today

    def kinds(self, start: Answer) -> tuple[Iterable[Choice], str]:
        """What kinds there are, and the one that is chosen; empty for all."""
        raise NotImplementedError

    def fields(self) -> Iterable[Widget]:
        """Kind, author, first and last day."""
        words, start = self.words, self._start
        choices, kind = self.kinds(start)
        every = (Choice(key="", label=words("All")), *choices)
        yield PickField(words("Kind"), id="kind", choices=every, chosen=kind)
        chosen, label = str(start.person or ""), words(self.AUTHOR)
        yield AuthorField(words, label=label, id="person", people=self._people, chosen=chosen)
        yield Field(words("From"), value=_day_text(start.day_from), id="from")
        yield Field(words("To"), value=_day_text(start.day_to), id="to")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    @property
    def kind(self) -> str:
        """The chosen kind; empty for all."""
        return self.query_one("#kind", PickField).chosen

    @property
    def person(self) -> PersonId | None:
        """The chosen author."""
        return self.query_one("#person", PersonField).person

    def day(self, id: str) -> date | None:
        """``from`` or ``to``. Raises ValueError for what cannot be read."""
        return past_day(self.query_one(f"#{id}", Field).text, today=self._today)

    def problem(self) -> str:
        """Whether a name or a day cannot be read; the cursor goes there."""
        person = self.query_one("#person", PersonField)
        if person.text and person.chosen is None:
            self.set_focus(self.query_one("#person-input"))
            return self.words("Nobody here is called “{name}”.", name=person.text)
        for name in ("from", "to"):
            try:
                self.day(name)
            except ValueError:
                self.set_focus(self.query_one(f"#{name}-input"))
                return self.words("Write a day like 2026-03-18 or 03-18.")
        return ""


class SyncFilterPrompt(LogFilterPrompt[FilterAnswer]):
    """Which entries, or the meetings."""

    TITLE = N_("Which entries")
    AUTHOR = N_("Written by")

    def kinds(self, start: FilterAnswer) -> tuple[Iterable[Choice], str]:
        """Of entries, and meetings in their place."""
        held = Choice(key=MEETINGS, label=self.words("Meetings"))
        chosen = MEETINGS if start.meetings else start.kind or ""
        return (*kind_choices(self.words), held), chosen

    def value(self) -> FilterAnswer:
        """The filter as it stands; raises ValueError for a day that cannot be read."""
        if self.kind == MEETINGS:
            return FilterAnswer(meetings=True)
        return FilterAnswer(
            kind=SyncKind(self.kind) if self.kind else None,
            person=self.person,
            day_from=self.day("from"),
            day_to=self.day("to"),
        )


class HistoryFilterPrompt(LogFilterPrompt[HistoryFilter]):
    """Which part of a history."""

    TITLE = N_("Which part of the history")
    AUTHOR = N_("Done by")

    def kinds(self, start: HistoryFilter) -> tuple[Iterable[Choice], str]:
        """What belongs together."""
        choices = [Choice(key=key, label=self.words(said)) for key, (said, _) in GROUPS.items()]
        return choices, start.group

    def value(self) -> HistoryFilter:
        """The filter as it stands; raises ValueError for a day that cannot be read."""
        return HistoryFilter(
            group=self.kind, person=self.person, day_from=self.day("from"), day_to=self.day("to")
        )


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
