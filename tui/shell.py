"""The Textual app: screens in their order, keys one after another, and no way out but ours."""

import asyncio
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segments
from rich.text import Text
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from tui.filters import with_last_line
from tui.keymap import overrides, resolve
from tui.news import NewsApp
from tui.screens.base import DubanScreen
from tui.screens.board import BoardScreen
from tui.screens.board_question import BoardFacts
from tui.session import Session
from tui.theming import textual_theme

if TYPE_CHECKING:
    from textual.driver import Driver

_A_MINUTE = 60.0
_PLACES = frozenset({"board", "sync", "review", "issues", "raci", "teamup", "triage", "history"})
"""Screens that stand beside each other: going to one leaves the other."""
_SCREENS = {
    "sync": ("synclog", "SyncScreen"),
    "review": ("review", "ReviewScreen"),
    "issues": ("issues", "IssuesScreen"),
    "raci": ("raci", "RaciScreen"),
    "teamup": ("teamup", "TeamupScreen"),
    "triage": ("triage", "TriageScreen"),
    "history": ("history", "HistoryScreen"),
    "help": ("help", "HelpScreen"),
}
"""Module and class of each; loaded when it is gone to first."""
_DEEDS = {"standup": ("standup", "hold_standup"), "find": ("finding", "find")}
"""Module and function of what begins from any screen."""
_TERMINATED = 143  # as a shell tells of a program that SIGTERM ended


class DubanApp(NewsApp, inherit_bindings=False):
    """Holds the session; has no rule and asks the store nothing by itself."""

    TITLE = "duban"
    _styled = ""
    """The theme that the style sheets were read with."""
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 0
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+q", "leave", priority=True),
        Binding("ctrl+c", "say_how_to_leave"),
    ]

    def __init__(self, session: Session, *, opening: BoardFacts | None = None) -> None:
        """``opening``: what the first board shows, if it was read already."""
        self.session = session
        self._opening = opening
        first = "board" if session.is_known else "welcome"
        # Textual does not load the first screen's own style sheet.
        # Without colors of ours Textual must leave the terminal's, or it draws greys.
        super().__init__(
            css_path=["base.tcss", f"screens/{first}.tcss"], terminal_colors=session.theme.mono
        )
        # Messages stand in the bottom line; what nobody uses is not laid out either.
        self._disable_tooltips = self._disable_notifications = True
        for theme in session.themes.values():
            self.register_theme(textual_theme(theme))
        if session.theme.name not in session.themes:
            self.register_theme(textual_theme(session.theme))
        self.theme = self._styled = session.theme.name
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(overrides(session.settings.keys))

    # Screens

    def get_default_screen(self) -> Screen[Any]:
        """The board, or the welcome where the store does not know who is here."""
        screen = self._first_screen()
        screen._push_result_callback(self, None)  # noqa: SLF001 - or it could never be switched
        return screen

    def _first_screen(self) -> DubanScreen:
        if self.session.is_known:
            opening, self._opening = self._opening, None
            return BoardScreen(self.session, opening=opening)
        from tui.screens.welcome import WelcomeScreen

        return WelcomeScreen(self.session)

    def on_mount(self) -> None:
        """Listen to what others change, and let time pass."""
        if sys.platform != "win32":  # a killed program must still give the terminal back
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, self.exit, None, _TERMINATED)
        self.run_worker(self.listen(), name="changes", group="changes")
        self.set_interval(_A_MINUTE, self._let_a_minute_pass)

    async def show(self, place: str, *, task: TaskId | None = None) -> None:
        """Go to a screen; see ``screens.base.Shell``."""
        if place == "back":
            self._back_to(max(len(self.screen_stack) - 1, 1))
            await self._pass_time()
            return
        if isinstance(self.screen, DubanScreen) and self.screen.place == (place, task):
            return
        screen = self._made(place, task)
        if place in _PLACES and task is None:
            self._back_to(1)
        if screen is None:
            await self._pass_time()
            return
        screen.place = (place, task)
        self.push_screen(screen)
        await screen.ready.wait()

    async def _let_a_minute_pass(self) -> None:
        """Show what the time changes, and take the clock's step beside the keys."""
        if not any(one.group == "clock" and one.is_running for one in self.workers):
            self.run_worker(self.keep_time(), name="clock", group="clock")
        await self._pass_time()

    async def keep_time(self) -> None:
        """Raise what became due, batch by batch: keys and questions come in between.

        What a store cannot take now, the next minute or another client does.
        """
        from tui.ticking import tick

        raised = False
        with suppress(Refusal):
            while await self.session.bridge.call(tick):
                raised = True
        if raised:
            await self._pass_time()

    def _back_to(self, depth: int) -> None:
        """Leave the uppermost screens. Not awaited: who asks belongs to one of them."""
        while len(self.screen_stack) > depth:
            self.pop_screen()

    def _made(self, place: str, task: TaskId | None) -> DubanScreen | None:
        """A new screen; None for the board, which is always there below."""
        if place == "detail" and task is not None:
            from tui.screens.detail import DetailScreen

            return DetailScreen(self.session, task)
        if place not in _SCREENS:
            return None
        module, name = _SCREENS[place]
        about = () if task is None else (task,)
        kind = getattr(import_module(f"tui.screens.{module}"), name)
        made: DubanScreen = kind(self.session, *about)
        return made

    async def begin(self, what: str) -> None:
        """Begin what leads over several screens; see ``screens.asking.Shell``.

        It is the app's: where it leaves the screen that it began on, it goes on.
        """
        module, name = _DEEDS[what]
        deed = getattr(import_module(f"tui.screens.{module}"), name)
        await asyncio.shield(self.run_worker(deed(self.screen), group="deeds").wait())

    async def restart(self) -> None:
        """Draw everything anew."""
        self.theme = self.session.theme.name
        self._back_to(1)
        screen = self._first_screen()
        self.switch_screen(screen)
        await screen.ready.wait()

    def get_css_variables(self) -> dict[str, str]:
        """None before our theme is known: Textual's own would not be used."""
        return super().get_css_variables() if self._styled else {}

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002
        """Textual's own, but not for the theme that the style sheets were read with."""
        if self.theme != self._styled:
            self._styled = self.theme
            super().refresh_css(animate=animate)

    # Ways out

    def leave(self) -> None:
        """End the program."""
        self.exit()

    def action_leave(self) -> None:
        """End the program, from a prompt too."""
        self.exit()

    def is_way_out(self, key: str) -> bool:
        """Whether the member who presses it here wants to leave."""
        ids = resolve(self.session.settings.keys)["quit"]
        return key in ids and isinstance(self.screen, DubanScreen)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+c is pressed out of habit."""
        if isinstance(self.screen, DubanScreen):
            press = self.screen.key("quit")
            self.screen.tell(self.session.words("{press} leaves duban.", press=press), "warning")

    def get_driver_class(self) -> "type[Driver]":
        """Ours where the terminal is a Unix one; nothing in the environment names another."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from tui.driver import PasteSafeDriver

        return PasteSafeDriver

    def get_line_filters(self) -> tuple[LineFilter, ...]:
        """Textual's own and, after them, the last line of defence."""
        return with_last_line(super().get_line_filters())

    def action_suspend_process(self) -> None:
        """Never: over SSH the stopped process would stay."""

    def action_screenshot(self, *_: object, **__: object) -> None:
        """Never: it would be written where the app runs."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002
        """Never: the browser would open where the app runs. The address is shown instead."""
        if isinstance(self.screen, DubanScreen):
            self.screen.tell(url)

    def _handle_exception(self, error: Exception) -> None:
        """One sentence and a number instead of a traceback with everything in it."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            from tui.crash import report

            sentence = report(error, self.session.words, self.session.options.store)
            text = Text(sentence)
            self._exit_renderables.append(Segments(self.console.render(text, self.console.options)))
        self._close_messages_no_wait()
