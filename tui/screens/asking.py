"""What a screen needs to ask and to tell: header, hints, prompts, messages, key actions."""

import asyncio
import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from textual import events
from textual._time import get_time as event_time
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.widget import Widget

from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from tui.screens.hinting import HintingScreen
from tui.session import Session
from tui.widgets.header import Header
from tui.widgets.hints import Hints, Severity

if TYPE_CHECKING:
    from tui.prompts.base import Prompt

Result = TypeVar("Result")
_USUAL = 0.5
"""Seconds in which an action is done, unless the store is slow."""


class Shell(Protocol):
    """What a screen may ask of the app."""

    async def show(self, place: str, *, task: TaskId | None = None) -> None:
        """Go to ``board``, ``sync``, ``review``, ``help``, or ``detail`` or ``raci`` of a task."""

    async def begin(self, what: str) -> None:
        """Begin ``standup`` or ``find``: what leads over several screens and prompts."""

    async def restart(self) -> None:
        """Draw everything anew: the language, the theme or who is here has changed."""

    def leave(self) -> None:
        """End the program."""

    def hold_keys(self) -> None:
        """Keys wait: an answer was given, and what it leads to is not done yet."""

    def give_keys(self) -> None:
        """Keys go on."""


class AskingScreen(HintingScreen, inherit_bindings=False):
    """A screen with a header, a body and hints.

    A subclass sets ``SCOPE`` and ``BINDINGS = bindings(SCOPE)``, composes its ``body``, reads in
    ``refresh_view`` what it shows, and has a method ``act_<id>`` for each action of its scope
    (dashes become underscores). Such a method may ``await self.send(...)`` and
    ``await self.answer(prompt)`` as it likes; keys wait for it.
    """

    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.words = session.words
        self.place: tuple[str, TaskId | None] = ("board", None)
        """What the app was asked to show."""
        self.ready = asyncio.Event()
        """Set once the screen is mounted."""
        self._paused = asyncio.Event()
        self._told = 0.0
        """When a message was told last."""

    @property
    def shell(self) -> Shell:
        """The app, as far as a screen should know it."""
        return cast("Shell", self.app)

    def compose(self) -> ComposeResult:
        """Header, body, hints."""
        yield Header(self.session.theme, self.words)
        yield from self.body()
        yield Hints(self.session.theme, self.hints())

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Textual's own lays a new screen out, which paints it, and then has it painted again.

        It also looks up all styles, as it did when it mounted what is on a new screen.
        """
        if self._size != self.app.size:
            self.call_next(self._is_painted)
        if not self._size:
            event.refresh_styles = False

    async def _message_loop_exit(self) -> None:
        """Textual takes the widgets away before it ends the workers that show something on them."""
        self.workers.cancel_node(self)
        await super()._message_loop_exit()

    def _is_painted(self) -> None:
        self._repaint_required = False

    def _screen_resized(self, size: Size) -> None:
        """Textual tells a new screen its size several times, and paints it each time."""
        if size != self._compositor.size:
            super()._screen_resized(size)

    def _on_mount(self, event: events.Mount) -> None:  # noqa: ARG002
        """Textual calls it after a subclass's ``on_mount``."""
        self.show_counts()
        self.ready.set()

    def body(self) -> Iterable[Widget]:
        """What stands between header and hints."""
        return ()

    async def refresh_view(self) -> None:
        """Read again what is shown and hand it to the widgets. May raise a Refusal."""

    async def show_anew(self) -> None:
        """``refresh_view``; a screen that is left while it reads has nothing to show it on."""
        try:
            await self.refresh_view()
        except NoMatches:
            if self in self.app.screen_stack:
                raise

    async def renew(self) -> None:
        """``show_anew``, with a refusal told instead of raised."""
        try:
            await self.show_anew()
        except Refusal as refusal:
            self.refused(refusal)
        self.count_alerts()

    # Asking and telling

    async def answer(self, prompt: "Prompt[Result]") -> Result | None:
        """What the member answers; None if they pressed Esc. Only within an ``act_`` method.

        Keys typed ahead go to the prompt.
        """
        answered: asyncio.Future[Result | None] = asyncio.get_running_loop().create_future()
        paused = self._paused
        prompt.leaving = self.shell.hold_keys
        self.app.push_screen(prompt, answered.set_result)
        await prompt.ready.wait()
        self.shell.give_keys()
        paused.set()
        return await answered

    # Telling

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Show one message at the bottom, until the next key."""
        self._told = event_time()
        for hints in self.query(Hints):  # none on a screen that is taken apart just now
            hints.message = (text, severity)

    def show_banner(self, text: str) -> None:
        """Tell ``text`` in place of the hints as long as it is so; empty for nothing."""
        for hints in self.query(Hints):
            hints.banner = text

    @contextmanager
    def told_while(self, text: str, *, after: float) -> Iterator[None]:
        """Tell ``text`` if what is within takes longer than ``after`` seconds, until it ends."""
        hints = self.query_one(Hints)
        timer = asyncio.get_running_loop().call_later(after, self.tell, text)
        try:
            yield
        finally:
            timer.cancel()
            if hints.message is not None and hints.message[0] == text:
                hints.message = None

    def refused(self, refusal: Refusal) -> None:
        """Tell why something was not taken, and what to press."""
        severity: Severity = "warning" if refusal.kind in {"refused", "conflict"} else "error"
        self.tell(self.refusal_text(refusal), severity)

    def on_key(self, event: events.Key) -> None:
        """A message stays until the next key that was pressed after it was seen."""
        if event.time >= self._told:
            self.query_one(Hints).message = None

    # Keys

    async def why_not_whole(self, action: str) -> str:  # noqa: ARG002
        """Why the member may not, by what is not shown and has to be read; see ``why_not``."""
        return ""

    async def action_act(self, id: str) -> None:
        """Run the action; returns when it is done, waits for an answer of the member, or is slow.

        Keys wait for it all the same. What the member may not do is told before anything is asked.
        """
        if (method := getattr(self, f"act_{id.replace('-', '_')}", None)) is None:
            return
        if why := self.why_not(id):
            self.tell(why, "warning")
            return
        if not inspect.iscoroutinefunction(method):
            method()
            return
        self._paused = paused = asyncio.Event()

        async def run() -> None:
            try:
                if why := await self.why_not_whole(id):
                    self.tell(why, "warning")
                else:
                    await method()
            finally:
                self.shell.give_keys()
                paused.set()

        self.run_worker(run(), name=id, group="actions")
        try:
            async with asyncio.timeout(_USUAL):
                await paused.wait()
        except TimeoutError:
            # The app waits for this: it must be able to draw, and to end, while a store is slow.
            if not paused.is_set():
                self.shell.hold_keys()

    def on_hints_pressed(self, event: Hints.Pressed) -> None:
        """A click on a hint is its key."""
        self.run_worker(self.action_act(event.action), group="clicks")
