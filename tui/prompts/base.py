"""A prompt: a small window over the screen, with a title, something to answer, and its keys."""

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from core.domain.text import visible
from tui.prompts.inputs import PickField
from tui.words import Words

Answer = TypeVar("Answer")


class _Window(Vertical):
    """The window; a change of its size repaints whole rows, wide characters at its edges too."""

    def on_resize(self) -> None:
        """Paint the screen anew."""
        self.screen.refresh()


class Prompt(ModalScreen[Answer | None], Generic[Answer], inherit_bindings=False):
    """Asks one thing. Enter answers, Esc gives None; nothing is saved here.

    A subclass composes its ``fields``, and gives its value in ``value``, or a sentence in
    ``problem`` that keeps the prompt open.
    """

    CSS_PATH = "prompts.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (90, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "cancel"),
        Binding("tab", "app.focus_next"),
        Binding("shift+tab", "app.focus_previous"),
        Binding("ctrl+s,f2", "accept"),
    ]

    def __init__(self, words: Words, *, title: str, keys: str = "") -> None:
        super().__init__()
        self.words = words
        self.heading = title
        self.keys = keys or words("enter save · esc cancel")
        self.notice = ""
        """Shown from the start: why what was answered before was refused."""
        self.leaving: Callable[[], None] = lambda: None
        """Called as the prompt goes, before the answer is known to who asked."""
        self._refused: list[str] = []
        """What stood in the fields when a problem was told."""
        self.ready = asyncio.Event()
        """Set once the prompt is mounted and takes keys."""

    def compose(self) -> ComposeResult:
        """A window: title, fields, a line for problems, the keys."""
        with _Window(id="window"):
            yield Static(_plain(self.heading), id="title", markup=False)
            yield from self.fields()
            yield Static("", id="problem", markup=False)
            yield Static(_plain(self.keys), id="keys", markup=False)

    def fields(self) -> Iterable[Widget]:
        """What is answered in."""
        return ()

    def on_mount(self) -> None:
        """Take keys at once: what was typed ahead belongs here.

        Textual calls it after a subclass's own ``on_mount``.
        """
        first = next((one for one in self.query("#window *") if one.focusable), None)
        self.set_focus(first)
        if self.notice:
            self.show_problem(self.notice)
        self.ready.set()

    def changed(self) -> None:
        """Something else is answered now: what was said about it holds no longer."""
        if self._refused and self._typed() != self._refused:
            self.show_problem("")

    def on_field_changed(self) -> None:
        """Something was typed."""
        self.changed()

    def on_text_area_changed(self) -> None:
        """The same, in a long text."""
        self.changed()

    def _typed(self) -> list[str]:
        """What stands in the fields."""
        typed = [one.value for one in self.query(Input)]
        typed += [one.text for one in self.query(TextArea)]
        return typed + [one.chosen for one in self.query(PickField)]

    def value(self) -> Answer | None:
        """The answer as it stands."""
        raise NotImplementedError

    def problem(self) -> str:
        """Why the answer cannot be taken; empty if it can."""
        return ""

    def accept(self) -> None:
        """Answer, or say what is missing and stay."""
        if problem := self.problem():
            self.show_problem(problem)
            return
        self.dismiss(self.value())

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Go, with or without an answer."""
        self.leaving()
        left = super().dismiss(result)
        self.app.call_next(self.app.refresh)
        return left

    def show_problem(self, text: str) -> None:
        """A sentence under the fields."""
        line = self.query_one("#problem", Static)
        line.update(_plain(text))
        self._refused = self._typed() if text else []

    def action_accept(self) -> None:
        """The same, from wherever the cursor is."""
        self.accept()

    def action_cancel(self) -> None:
        """No answer."""
        self.dismiss(None)


def _plain(text: str) -> Content:
    return Content(visible(text))
