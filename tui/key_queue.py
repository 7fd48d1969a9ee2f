"""Keys, one after another: a key waits until what the one before led to is done."""

import asyncio
from collections import deque
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from textual import events
from textual._time import get_time as event_time
from textual.app import App
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from tui.widgets.board import Board

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.worker import Worker

COUNTING = "counting"
"""The group of workers that look after what need not be there at once."""
_WIDEST, _HIGHEST = 500, 1000
_PIECES = 3
_STUCK_SECONDS = 1.0


class KeyDone(Message):
    """Follows a key the same way and so arrives when it was dealt with."""


class KeysGiven(Message):
    """Keys need not wait any more for what an answer leads to."""


class KeysInTurn(App[None]):
    """Textual hands keys on at once, so that those typed ahead of a prompt miss it.

    Here a key is handed on when the one before was dealt with, prompts it opened included.
    """

    def __init__(self, *, css_path: list[str | PurePath], terminal_colors: bool) -> None:
        super().__init__(css_path=css_path, ansi_color=terminal_colors or None)
        self._held: deque[events.Event] = deque()
        self._under_way: Widget | None = None
        """Who was given the last key and has not dealt with it yet."""
        self._given = 0.0
        """When a key was handed on last."""
        self._rounds = 0
        self._is_answered = False
        """Whether a prompt was answered, and what that leads to is not done yet."""

    async def _process_messages(self, *values: Any, **named: Any) -> None:  # noqa: ANN401
        """Textual's own, with tasks that take turns on every Python.

        From 3.12 on Textual lets them begin at once: a screen would be composed, and its widgets
        styled, before its style sheet is read.
        """
        asyncio.get_running_loop().set_task_factory(None)
        await super()._process_messages(*values, **named)

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back until the one before was dealt with: it may have opened a prompt."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            key = getattr(event, "key", "")
            if key == "ctrl+q" or (self._is_stuck(event) and self.is_way_out(key)):
                self._held.clear()
                self.exit()
                return
            self._held.append(event)
            await self.on_keys_given()
            return
        if isinstance(event, events.Resize):
            event = _bounded(event)
        await super().on_event(event)

    def is_way_out(self, key: str) -> bool:  # noqa: ARG002
        """Whether a key that is pressed while the store does not answer is to end the program."""
        return False

    def _is_stuck(self, event: events.Event) -> bool:
        """Whether the last key has been under way for so long that this one is no habit."""
        return self._is_busy() and not self._held and event.time - self._given > _STUCK_SECONDS

    @property
    def is_busy(self) -> bool:
        """Whether keys wait, or one is not dealt with yet, or what follows it is counted."""
        return bool(self._held) or self._is_busy() or any(_is_counting(one) for one in self.workers)

    def hold_keys(self) -> None:
        """Keys wait; see ``screens.base.Shell``."""
        self._is_answered = True

    def give_keys(self) -> None:
        """Keys go on."""
        if self._is_answered:
            self._is_answered = False
            self.post_message(KeysGiven())

    def _is_busy(self) -> bool:
        if self._is_answered:
            return True
        target = self._under_way
        return target is not None and target.is_attached and target.is_running

    async def _give(self, event: events.Event) -> None:
        target = self.focused or self.screen
        self._under_way = target
        self._given = event_time()
        # What a key says in a prompt goes from piece to piece before it is an answer.
        self._rounds = 1 if isinstance(target, Board | Screen) else _PIECES
        await super().on_event(event)
        target.post_message(KeyDone())

    async def on_key_done(self) -> None:
        """Give the next key, once the last one's messages have arrived too."""
        self._rounds -= 1
        if self._rounds > 0 and self._is_busy() and self._under_way is not None:
            self._under_way.post_message(KeyDone())
            return
        self._under_way = None
        await self.on_keys_given()

    async def on_keys_given(self) -> None:
        """Give the next key, if none is under way."""
        while self._held and not self._is_busy():
            await self._give(self._held.popleft())


def _is_counting(worker: "Worker[Any]") -> bool:
    return worker.group == COUNTING and not worker.is_finished


def _bounded(event: events.Resize) -> events.Resize:
    """A size that the other side of an SSH connection may not make us pay for."""
    width = min(max(event.size.width, 1), _WIDEST)
    height = min(max(event.size.height, 1), _HIGHEST)
    if (width, height) == (event.size.width, event.size.height):
        return event
    return events.Resize(Size(width, height), Size(width, height))
