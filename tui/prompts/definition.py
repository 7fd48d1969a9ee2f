"""What a form says while a task is written: how clear it is, and which tasks are like it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from core.domain.refusals import Refusal
from core.domain.text import visible
from core.policies.clarity import Told, missing
from tui.clarity_words import meter, meter_within, similar_words
from tui.words import Words

if TYPE_CHECKING:
    from core.queries.similar import Similar

Look = Callable[[str], Awaitable[Sequence["Similar"]]]
"""Asks the store for tasks and lessons like a text, open tasks first."""
_MOST = 3
"""Lines that there is room for; one of them is a lesson's if there is one."""


class Meter(Static):
    """How clear the task is so far, and what is missing (R36, R132)."""

    def __init__(self, words: Words) -> None:
        super().__init__("", id="meter", markup=False)
        self._words = words
        self._told: Told | None = None

    def measure(self, told: Told) -> None:
        """Show what is missing now."""
        if told != self._told:
            self._told = told
            self.say()

    def on_resize(self) -> None:
        """Name as much as there is room for now."""
        self.say()

    def say(self) -> None:
        """Say it; on a low screen there is one line for it."""
        if self._told is None:
            return
        gaps, width = missing(self._told), self.content_size.width
        if width and self.screen.has_class("-low"):
            self.update(Content(meter_within(self._words, gaps, width)))
        else:
            self.update(Content(meter(self._words, gaps)))


class SimilarLines(Static):
    """Tasks and lessons like the title, before a duplicate is made (R140, R144).

    A question is asked as soon as the one before is answered, and only the newest: keys never
    wait for the store.
    """

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__("", id="similar", markup=False)
        self.display = False
        self._words = words
        self._look = look
        self._wanted = self._answered = ""
        self._is_asking = False

    def compare(self, title: str) -> None:
        """Look for what is like ``title``."""
        self._wanted = title
        if not self._is_asking and title != self._answered:
            self._is_asking = True
            self.run_worker(self._until_answered(), name="similar", group="similar")

    async def _until_answered(self) -> None:
        found: Sequence[Similar] = ()
        try:
            while self._answered != self._wanted:
                wanted = self._wanted
                found = await self._look(wanted) if wanted else ()
                self._answered = wanted
        except Refusal:
            found, self._answered = (), self._wanted  # a hint that is missing needs no words
        finally:
            self._is_asking = False
        self._show(found)

    def _show(self, found: Sequence["Similar"]) -> None:
        lessons = [one for one in found if one.state is None][:1]
        tasks = [one for one in found if one.state is not None][: _MOST - len(lessons)]
        lines = [f"≈ {similar_words(self._words, one)}" for one in (*tasks, *lessons)]
        self.display = bool(lines)
        self.update(Content("\n".join(visible(line) for line in lines)))
