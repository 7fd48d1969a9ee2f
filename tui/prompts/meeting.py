"""Ask for the minutes of a meeting, and what it decided."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.meetings import MeetingKind
from core.domain.text import visible
from core.records import dataclass
from tui.prompts.inputs import Choice, Field, PickField
from tui.prompts.kept import KeptPrompt
from tui.prompts.long_input import LongInput
from tui.terms import meeting_word
from tui.words import Words

_STYLES: list[str | PurePath] = ["prompts.tcss", "sync.tcss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAnswer:
    """A meeting as it was written down; also what the form starts with."""

    kind: MeetingKind = MeetingKind.WEEKLY
    topic: str = ""
    attendees: str = ""
    minutes: str = ""
    decisions: tuple[str, ...] = ()


class MinutesPrompt(KeptPrompt[MinutesAnswer]):
    """Only the topic is needed; a decision is a line."""

    CSS_PATH = _STYLES  # type: ignore[assignment]
    BINDINGS: ClassVar[list[Binding]] = [
        Binding("ctrl+s,f2", "accept", priority=True),
    ]

    def __init__(self, words: Words, *, title: str, start: MinutesAnswer) -> None:
        keys = words("ctrl+s save · tab next field · esc cancel")
        super().__init__(words, title=title, keys=keys)
        self._start = start

    def fields(self) -> Iterable[Widget]:
        """Topic, kind, who was there, what was said and decided."""
        words, start = self.words, self._start
        choices = tuple(Choice(key=one, label=meeting_word(words, one)) for one in MeetingKind)
        yield Field(words("Topic"), value=start.topic, id="topic")
        yield PickField(words("Kind"), id="kind", choices=choices, chosen=start.kind)
        yield Field(words("Attendees"), value=start.attendees, id="attendees")
        yield from _area(words("Minutes"), start.minutes, id="minutes")
        yield from _area(words("Decisions, one a line"), "\n".join(start.decisions), id="decided")

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def value(self) -> MinutesAnswer:
        """The meeting as it stands."""
        decided = self.query_one("#decided", LongInput).text.split("\n")
        return MinutesAnswer(
            kind=MeetingKind(self.query_one("#kind", PickField).chosen),
            topic=self.query_one("#topic", Field).text,
            attendees=self.query_one("#attendees", Field).text,
            minutes=self.query_one("#minutes", LongInput).text.strip(),
            decisions=tuple(line.strip() for line in decided if line.strip()),
        )

    def problem(self) -> str:
        """Whether the topic is missing; the cursor goes there."""
        if self.query_one("#topic", Field).text:
            return ""
        self.set_focus(self.query_one("#topic-input"))
        return self.words("A meeting needs a topic.")


def _area(label: str, text: str, *, id: str) -> Iterable[Widget]:
    yield Static(Content(visible(label)), classes="label", markup=False)
    shown = "\n".join(visible(line) for line in text.split("\n"))
    yield LongInput(shown, id=id)
