"""The pieces that prompts are made of: a one-line input, and labelled fields."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from core.domain.ids import PersonId
from core.domain.text import LINE_LIMIT, fold, is_hidden, visible
from core.records import dataclass
from tui.cells import measure
from tui.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several, for lists and person fields."""

    key: str
    """What the prompt returns."""
    label: str
    note: str = ""
    """Said after the label, muted; a filter looks in it too."""

    def matches(self, text: str) -> bool:
        """Whether every word of ``text`` occurs in label, note or key."""
        here = fold(f"{self.label} {self.note} {self.key}")
        return all(word in here for word in fold(text).split())


class LineInput(Input):
    """A line of text. What is pasted stays one line, without what acts on a terminal."""

    cursor_blink = reactive(default=False)

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,
        limit: int = LINE_LIMIT,
        placeholder: str = "",
    ) -> None:
        super().__init__(
            visible(value),
            placeholder,
            id=id,
            compact=True,
            max_length=limit,
            select_on_focus=False,
        )
        self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Lines and tabs become spaces, controls go."""
        event.stop()
        event.prevent_default()
        kept = "".join(one for one in event.text if one.isspace() or not is_hidden(one))
        self.insert_text_at_cursor(" ".join(kept.split()))


class Field(Widget):
    """A label, something to fill in, and a line that says how it is read."""

    DEFAULT_CSS: ClassVar[str] = """
    Field { height: auto; layout: vertical; }
    Field > Horizontal { height: 1; }
    Field .label { width: 12; }
    Field LineInput { width: 1fr; }
    """
    READS: ClassVar[bool] = False
    """Whether it keeps a row for how its text is read."""

    class Accepted(Message):
        """Enter was pressed: the whole prompt is answered."""

    class Changed(Message):
        """Something was typed."""

    def __init__(self, label: str, *, value: str = "", id: str, limit: int = LINE_LIMIT) -> None:
        super().__init__(id=id)
        self._label = label
        self._input = LineInput(value, id=f"{id}-input", limit=limit)

    def compose(self) -> ComposeResult:
        """Label and input in one line, the reading below it."""
        with Horizontal():
            if self._label:
                yield Static(Content(visible(self._label)), classes="label", markup=False)
            yield self._input
        if self.READS:
            yield Static(" ", classes="reading", markup=False)

    @property
    def text(self) -> str:
        """What stands in it, trimmed."""
        return self._input.value.strip()

    def on_mount(self) -> None:
        """Say how what stands there is read."""
        self.read()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how it is read now."""
        event.stop()
        self.read()
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers the prompt, wherever the cursor is."""
        event.stop()
        self.post_message(self.Accepted())

    def read(self) -> None:
        """Show how the text is read; a plain field says nothing."""

    def show_reading(self, text: str, *, wrong: bool = False) -> None:
        """A muted line below, or a warning one."""
        line = self.query_one(".reading", Static)
        line.update(Content(visible(text) or " "))
        line.set_class(wrong, "-wrong")


class ReadField(Field):
    """A field that says by a function how its text is read, or why it cannot be."""

    READS = True

    def __init__(
        self, label: str, *, value: str, id: str, read: Callable[[str], tuple[str, bool]]
    ) -> None:
        """``read`` gives the words, and whether the text can be taken."""
        super().__init__(label, value=value, id=id)
        self._read = read

    def read(self) -> None:
        """Show the words, or what may be written."""
        said, right = self._read(self.text)
        self.show_reading(said, wrong=not right)


class PersonField(Field):
    """Finds somebody by a part of their name; up and down choose among those who fit."""

    READS = True
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down", "step(1)"),
        Binding("up", "step(-1)"),
    ]

    def __init__(
        self, words: Words, *, label: str, id: str, people: Sequence[Choice], chosen: str = ""
    ) -> None:
        """``chosen`` is the key of who is chosen at first; free text is up to the prompt."""
        named = next((one.label for one in people if one.key == chosen), "")
        super().__init__(label, value=named, id=id)
        self.words = words
        self.people = tuple(people)
        self._place = 0
        self._given = chosen if named else ""

    def begin(self, text: str, *, key: str = "") -> None:
        """Start with ``text``, meaning the choice of that key; before it is mounted."""
        self._input.value, self._given = text, key

    @property
    def chosen(self) -> Choice | None:
        """Who is chosen; None for an empty field and for a name that nobody has."""
        if not self.text and not self._place:
            return None
        fitting = self._fitting()
        return fitting[self._at(fitting)] if fitting else None

    def _at(self, fitting: Sequence[Choice]) -> int:
        """Which of them; in an empty field the first step goes to the first."""
        step = self._place if self.text or self._place < 0 else self._place - 1
        return step % len(fitting)

    @property
    def person(self) -> PersonId | None:
        """The same as an id."""
        return PersonId(int(self.chosen.key)) if self.chosen else None

    def _fitting(self) -> list[Choice]:
        """Whoever fits; exact names first."""
        text = fold(self.text)
        kept = [one for one in self.people if one.key == self._given and fold(one.label) == text]
        fitting = [one for one in self.people if one.matches(self.text)]
        fitting.sort(
            key=lambda one: (fold(one.label) != text, not fold(one.label).startswith(text))
        )
        return kept or fitting

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text begins with the best fit again."""
        self._place = 0
        super().on_input_changed(event)

    def action_step(self, by: int) -> None:
        """The next of those who fit."""
        self._place += by
        self.read()

    def read(self) -> None:
        """Say who is meant, and how many others it could be."""
        fitting = self._fitting()
        if not self.text and not self._place:
            first = self.people[0].label if self.people else ""
            said = self.words("nobody")
            self.show_reading(f"{said} · ↓ {first}" if first else said)
        elif not fitting:
            self.show_reading(self.words("nobody is called that"), wrong=True)
        else:
            one = fitting[self._at(fitting)]
            others = len(fitting) - 1
            said = f"→ {one.label} {one.note}".rstrip()
            more = self.words.ngettext("↑↓ {count} other", "↑↓ {count} others", others)
            self.show_reading(f"{said} · {more}" if others else said)


class PickField(Widget, can_focus=True):
    """One of a few, side by side; left and right choose."""

    DEFAULT_CSS: ClassVar[str] = """
    PickField { height: auto; layout: horizontal; }
    PickField .label { width: 12; }
    PickField .options { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("left,h", "step(-1)"),
        Binding("right,l,space", "step(1)"),
        Binding("enter", "accept"),
    ]

    def __init__(self, label: str, *, id: str, choices: Sequence[Choice], chosen: str) -> None:
        super().__init__(id=id)
        self._label = label
        self.choices = tuple(choices)
        keys = [one.key for one in self.choices]
        self._place = keys.index(chosen) if chosen in keys else 0

    def compose(self) -> ComposeResult:
        """Label and options."""
        yield Static(Content(visible(self._label)), classes="label", markup=False)
        yield Static("", classes="options", markup=False)

    def on_resize(self) -> None:
        """Another width holds other options in a line."""
        self._draw()

    @property
    def chosen(self) -> str:
        """The key of what is chosen."""
        return self.choices[self._place].key

    def action_step(self, by: int) -> None:
        """The next or previous one; the ends do not meet."""
        self._place = min(max(self._place + by, 0), len(self.choices) - 1)
        self._draw()
        self.post_message(Field.Changed())

    def action_accept(self) -> None:
        """Enter answers the prompt."""
        self.post_message(Field.Accepted())

    def _draw(self) -> None:
        marks = ("●" if place == self._place else "○" for place in range(len(self.choices)))
        said = (f"{mark} {one.label}" for mark, one in zip(marks, self.choices, strict=True))
        width = self.size.width - _LABEL
        self.query_one(".options", Static).update(Content(_rows(map(visible, said), width)))


_LABEL = 12
_BETWEEN = "   "


def _rows(options: Iterable[str], width: int) -> str:
    """Options side by side in as many lines as they need; none is torn apart."""
    rows: list[str] = []
    for one in options:
        if rows and (measure(rows[-1] + _BETWEEN + one) <= width or width <= 0):
            rows[-1] += _BETWEEN + one
        else:
            rows.append(one)
    return "\n".join(rows)


def half_width(text: str) -> str:
    """Full-width digits and signs as an input method sends them, made plain."""
    return unicodedata.normalize("NFKC", text)
