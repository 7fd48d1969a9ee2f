"""The filter: a line that is there as long as something is filtered."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from core.domain.text import visible
from tui.words import Words


class FilterBar(Widget):
    """Says what is filtered for and how much fits, also while the keys go elsewhere."""

    DEFAULT_CSS: ClassVar[str] = """
    FilterBar { height: 1; layout: horizontal; display: none; }
    FilterBar.-open { display: block; }
    FilterBar .mark { width: 3; }
    FilterBar Input { width: 1fr; }
    FilterBar .count { width: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "clear"),
        Binding("down,enter,tab", "leave", priority=True),
    ]

    count: reactive[str] = reactive("")
    """How many fit, in words."""

    class Typed(Message):
        """Another text to filter by."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Left(Message):
        """The keys go back to the list; the filter stays."""

    class Cleared(Message):
        """No filter any more."""

    def __init__(self, words: Words, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words

    def compose(self) -> ComposeResult:
        """Mark, input, count."""
        yield Static(" /", classes="mark", markup=False)
        yield Input(
            placeholder=self.words("words in id or title, @name for the owner"),
            compact=True,
            id="filter-input",
            max_length=200,
        )
        yield Static("", classes="count", markup=False)

    @property
    def input(self) -> Input:
        """What is typed in."""
        return self.query_one(Input)

    def open(self) -> None:
        """Show the line."""
        self.add_class("-open")

    def close(self) -> None:
        """Forget the text and hide the line."""
        with self.prevent(Input.Changed):
            self.input.value = ""
        self.remove_class("-open")

    def watch_count(self, count: str) -> None:
        """Show how many fit."""
        if self.is_mounted:
            self.query_one(".count", Static).update(Content(visible(count)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_leave(self) -> None:
        """On to the list; an empty filter goes away."""
        self.post_message(self.Left() if self.input.value.strip() else self.Cleared())

    def action_clear(self) -> None:
        """No filter."""
        self.post_message(self.Cleared())
