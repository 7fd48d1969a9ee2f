"""One task of a standup: how far it is, done, next, problems, support (R69), all by keyboard."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from core.domain.text import visible
from core.records import dataclass
from tui.cells import fit
from tui.prompts.inputs import Field, LineInput, half_width
from tui.prompts.kept import KeptPrompt
from tui.prompts.update import UpdateAnswer
from tui.words import Words

_BAR_CELLS = 20
_LABEL = 12
"""Cells, as of a field's label."""


class Step(StrEnum):
    """What the member wants now."""

    SAVE = "save"
    SKIP = "skip"
    BACK = "back"
    TURN = "turn"
    """Make a block or an issue of the problem, then come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandupAnswer:
    """What was answered."""

    step: Step
    said: UpdateAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class StandupFacts:
    """What the form shows of the task."""

    place: str
    """Which of how many."""
    facts: str
    """Due, and what makes it urgent, in a line."""
    yesterday: tuple[tuple[str, str], ...]
    """Label and text of what was said the last time."""
    stands: int
    """Percent, as stored."""
    start: UpdateAnswer
    told: str = ""
    """What was just made of the problem; said until something else is typed."""


class _PercentInput(LineInput):
    """Digits; the arrows step."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("left", "screen.step(-5)"),
        Binding("right", "screen.step(5)"),
        Binding("down", "screen.step(-10)"),
        Binding("up", "screen.step(10)"),
        Binding("b,ｂ", "screen.turn"),
    ]

    def on_focus(self) -> None:
        """Typing replaces the number."""
        self.select_all()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Only digits are text here, so that letters can be keys."""
        return character is not None and half_width(character).isdecimal()

    async def _on_key(self, event: events.Key) -> None:
        """Textual calls Input's own after it, unless it is prevented."""
        if event.character and not self.check_consume_key(event.key, event.character):
            event.prevent_default()


class _PercentField(Field):
    """The number, with a bar beside it."""

    DEFAULT_CSS: ClassVar[str] = """
    _PercentField #percent-input { width: 7; }
    _PercentField #bar { width: 1fr; margin-left: 2; }
    """

    def __init__(self, label: str, *, value: str) -> None:
        super().__init__(label, value=value, id="percent", limit=4)
        self._input = _PercentInput(value, id="percent-input", limit=4)

    def on_mount(self) -> None:
        """The bar stands in the same line."""
        self.query_one("Horizontal").mount(Static("", id="bar", markup=False))


class StandupPrompt(KeptPrompt[StandupAnswer]):
    """Enter says it and goes on; nothing typed is as good an answer as any."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [  # type: ignore[assignment]
        "prompts.tcss",
        "standup.tcss",
    ]
    BINDINGS: ClassVar[list[Binding]] = [
        # ctrl+b is a habit elsewhere, but in tmux it is the prefix: f4 is the one that is shown.
        Binding("ctrl+b,f4", "turn", priority=True),
        Binding("pagedown,ctrl+n", "skip", priority=True),
        Binding("pageup,ctrl+p", "back", priority=True),
    ]

    def __init__(self, words: Words, *, title: str, facts: StandupFacts) -> None:
        keys = words(
            "enter next task · tab next field · ←→ 5 % more or less · "
            "f4 block or issue · pgdn skip · pgup back · esc leave"
        )
        super().__init__(words, title=title, keys=keys)
        self._facts = facts

    def fields(self) -> Iterable[Widget]:
        """What the task is, what was said the last time, and five fields."""
        words, facts = self.words, self._facts
        start = facts.start
        yield Static(_plain(facts.facts), id="facts", markup=False)
        with_label = Content("\n").join(
            Content.styled(fit(label, _LABEL), "$duban-muted") + _plain(text)
            for label, text in facts.yesterday
        )
        yield Static(with_label, id="yesterday", markup=False)
        yield _PercentField(words("Progress %"), value=str(start.percent))
        yield Field(words("Done"), value=_line(start.done), id="done")
        yield Field(words("Next step"), value=_line(start.next), id="next")
        yield Field(words("Problems"), value=_line(start.problems), id="problems")
        yield Field(words("Support"), value=_line(start.support), id="support")
        yield Static("", id="hint", markup=False)

    _begun: dict[str, str] | None = None

    def on_mount(self) -> None:
        """Say which of how many at the right of the title."""
        self.query_one("#window").border_title = self._facts.place
        self._begun = self.standing()
        self.call_after_refresh(self._draw)

    def changed(self) -> None:
        """Draw the bar, and say what does not fit together."""
        super().changed()
        self._draw()

    def _draw(self) -> None:
        if not self.query("#bar"):
            return
        filled = round((self._percent() or 0) * _BAR_CELLS / 100)
        bar = Content.styled("━" * filled, "$duban-progress-filled")
        bar += Content.styled("━" * (_BAR_CELLS - filled), "$duban-progress-empty")
        self.query_one("#bar", Static).update(bar)
        told = "" if self.standing() != self._begun else self._facts.told
        line = self.query_one("#hint", Static)
        line.update(_plain(told or self.hint()))
        line.set_class(bool(told), "-told")

    def hint(self) -> str:
        """What to look at again; it keeps nobody from going on."""
        percent, words = self._percent(), self.words
        if percent == 100 and self._text("next"):
            return words("100 %, and yet there is a next step: is it done?")
        if percent == 0 and self._text("done"):
            return words("Something is done, and yet it is at 0 %.")
        if percent is not None and percent < self._facts.stands:
            return words("It was at {percent} % before.", percent=self._facts.stands)
        if self._text("problems"):
            return words("f4 makes a block or an issue of the problem.")
        return ""

    def _percent(self) -> int | None:
        text = half_width(self._text("percent")).strip()
        return int(text) if text.isdecimal() and int(text) <= 100 else None

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).text

    def on_field_accepted(self) -> None:
        """Enter."""
        self.accept()

    def _answer(self, step: Step) -> StandupAnswer:
        percent = self._percent()
        said = UpdateAnswer(
            percent=self._facts.stands if percent is None else percent,
            done=self._text("done"),
            next=self._text("next"),
            problems=self._text("problems"),
            support=self._text("support"),
        )
        return StandupAnswer(step=step, said=said)

    def value(self) -> StandupAnswer:
        """The update."""
        return self._answer(Step.SAVE)

    def problem(self) -> str:
        """Whether it is a number from 0 to 100."""
        if self._percent() is not None:
            return ""
        self.set_focus(self.query_one("#percent-input"))
        return self.words("Progress is a whole number from 0 to 100.")

    def action_step(self, by: int) -> None:
        """So much more or less, within 0 and 100."""
        field = self.query_one("#percent-input", Input)
        percent = self._percent()
        field.value = str(
            min(max((self._facts.stands if percent is None else percent) + by, 0), 100)
        )
        field.select_all()

    def action_skip(self) -> None:
        """To the next task without saying anything."""
        self.dismiss(self._answer(Step.SKIP))

    def action_back(self) -> None:
        """To the task before."""
        self.dismiss(self._answer(Step.BACK))

    def action_turn(self) -> None:
        """Make a block or an issue of the problem."""
        if self._text("problems"):
            self.dismiss(self._answer(Step.TURN))
            return
        self.set_focus(self.query_one("#problems-input"))
        self.show_problem(self.words("Say first what the problem is."))


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> Content:
    return Content("\n".join(map(visible, text.split("\n"))))
