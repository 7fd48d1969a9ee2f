"""Ask for a word about an alert, and until when it shall be quiet."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from textual.widget import Widget

from core.policies.clocks import local_day
from tui.due import NotADue, not_due_words
from tui.prompts.base import Prompt
from tui.prompts.due import Office
from tui.prompts.inputs import Field, ReadField
from tui.until import read_until
from tui.words import Words


class QuietAnswer(NamedTuple):
    """What was answered."""

    note: str
    until: str = ""
    """As it was typed."""


class QuietPrompt(Prompt[QuietAnswer]):
    """A note, and a time: an acknowledgement may be without one, a snooze may not."""

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        office: Office,
        start: QuietAnswer,
        snooze: bool = False,
    ) -> None:
        super().__init__(words, title=title, keys=words("tab next field · enter save · esc cancel"))
        self._office = office
        self._start = start
        self._snooze = snooze

    def fields(self) -> Iterable[Widget]:
        """The time first where it is what matters, else the note."""
        words, start = self.words, self._start
        until = ReadField(words("Until"), value=start.until, id="until", read=self._read)
        note = Field(
            words("Reason") if self._snooze else words("Note"), value=start.note, id="note"
        )
        yield from (until, note) if self._snooze else (note, until)

    def _read(self, text: str) -> tuple[str, bool]:
        words, office = self.words, self._office
        try:
            until = read_until(text, now=office.now, calendar=office.calendar)
        except NotADue as error:
            return not_due_words(words, text, error), False
        if until is None:
            said = words("2h, tomorrow, fri 15:00")
            return (said if self._snooze else words("empty: as long as it lasts")), True
        if until <= office.now:
            return words("That time has passed."), False
        return f"→ {said_until(words, until, office)}", True

    def on_field_accepted(self) -> None:
        """Enter; of two empty fields it goes on to the next."""
        note, until = (self.query_one(f"#{name}", Field).text for name in ("note", "until"))
        if self._snooze and until and not note:
            self.set_focus(self.query_one("#note-input"))
            return
        self.accept()

    def value(self) -> QuietAnswer:
        """Both, as typed."""
        note, until = (self.query_one(f"#{name}", Field).text for name in ("note", "until"))
        return QuietAnswer(note=note, until=until)

    def problem(self) -> str:
        """Whether something is missing."""
        answer, office = self.value(), self._office
        try:
            until = read_until(answer.until, now=office.now, calendar=office.calendar)
        except NotADue as error:
            return not_due_words(self.words, answer.until, error)
        if until is not None and until <= office.now:
            return self.words("That time has passed.")
        if self._snooze and until is None:
            return self.words("Say until when.")
        if not answer.note:
            return self.words("Say why; the lead sees it.")
        return ""


def said_until(words: Words, until: datetime, office: Office) -> str:
    """A time as it is told: the hour today, else the day too."""
    wall = office.calendar.wall(until)
    hour = f"{wall:%H:%M}"
    if wall.date() == local_day(office.now, office.calendar):
        return words("today {hour}", hour=hour)
    return f"{wall:%Y-%m-%d} {hour}"
