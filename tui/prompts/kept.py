"""A prompt whose text outlives the program: what stands in its fields is kept as it changes."""

from typing import ClassVar, Protocol

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.widgets import Input, TextArea

from tui.prompts.base import Answer, Prompt
from tui.prompts.inputs import PickField

_SOON = 0.3
"""Seconds of typing that a killed program may cost."""


class Keeps(Protocol):
    """Where the text goes; see tui.drafts."""

    def keep(self, fields: dict[str, str]) -> None:
        """Keep what stands in the fields."""

    def found(self) -> dict[str, str]:
        """What was kept; empty for nothing."""

    def drop(self) -> None:
        """It is stored now, or nobody wants it."""


class KeptPrompt(Prompt[Answer]):
    """Mixed into a form; whoever asks sets ``draft``, and drops it once the answer is stored.

    What is found there is put in as the form opens. Nothing is written before something changes;
    before the form goes, with or without an answer, the last of it is.
    """

    BINDINGS: ClassVar[list[Binding]] = []

    draft: Keeps | None = None
    _is_due = False
    _kept: dict[str, str] | None = None
    _untouched: dict[str, str] | None = None
    """What stands in a form in which nothing was typed; None where it began with a draft."""

    def on_mount(self) -> None:
        """Put in what was typed before. Textual calls Prompt's own after it."""
        found = self.draft.found() if self.draft is not None else {}
        if found and found != self.standing():
            self.put(found)
            if not self.notice:
                self.notice = self.words("This was typed before and not sent.")
        self._kept = self.standing()
        self._untouched = None if found else self._kept

    def standing(self) -> dict[str, str]:
        """What stands in the fields, by id."""
        found = {one.id or "": one.value for one in self.query(Input)}
        found |= {one.id or "": one.text for one in self.query(TextArea)}
        return found | {one.id or "": one.chosen for one in self.query(PickField)}

    def put(self, fields: dict[str, str]) -> None:
        """Let that stand in the fields; what none is called is passed over."""
        for one in self.query(Input):
            one.value = fields.get(one.id or "", one.value)
            one.cursor_position = len(one.value)
        for area in self.query(TextArea):
            area.text = fields.get(area.id or "", area.text)
        for pick in self.query(PickField):
            keys = [choice.key for choice in pick.choices]
            if (wanted := fields.get(pick.id or "", "")) in keys:
                pick.action_step(keys.index(wanted) - keys.index(pick.chosen))

    def changed(self) -> None:
        """Keep it soon."""
        super().changed()
        if self.draft is not None and not self._is_due and self._kept is not None:
            self._is_due = True
            self.set_timer(_SOON, self.keep_now)

    def keep_now(self) -> None:
        """Keep it, if something has changed."""
        self._is_due = False
        if self.draft is None or self._kept is None:
            return
        now = self.standing()
        if now != self._kept:
            self._kept = now
            if now == self._untouched:
                self.draft.drop()
            else:
                self.draft.keep(now)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Go; what was typed is kept first."""
        self.keep_now()
        return super().dismiss(result)
