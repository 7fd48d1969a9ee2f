"""The filter: a line that is there as long as something is filtered."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from core.domain.text import visible
from tui.words import Words

if TYPE_CHECKING:
    from textual.widgets import Input


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

    @property
    def input(self) -> "Input":
        """What is typed in; there once the line was opened."""
        from textual.widgets import Input

        return self.query_one(Input)

    async def open(self) -> None:
        """Show the line. What it is made of is loaded the first time."""
        from textual.widgets import Input, Static

        if not self.children:
            hint = self.words("words in id, title or owner; @name only the owner")
            field = Input(placeholder=hint, compact=True, id="filter-input", max_length=200)
            field.set_reactive(Input.cursor_blink, False)
            await self.mount(
                Static(" /", classes="mark", markup=False),
                field,
                Static("", classes="count", markup=False),
            )
        self.add_class("-open")
        self.watch_count(self.count)

    def close(self) -> None:
        """Forget the text and hide the line."""
        from textual.widgets import Input

        with self.prevent(Input.Changed):
            self.input.value = ""
        self.remove_class("-open")

    def watch_count(self, count: str) -> None:
        """Show how many fit."""
        if self.children:
            from textual.widgets import Static

            self.query_one(".count", Static).update(Content(visible(count)))

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Say what is typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_leave(self) -> None:
        """On to the list; an empty filter goes away."""
        self.post_message(self.Left() if self.input.value.strip() else self.Cleared())

    def action_clear(self) -> None:
        """No filter."""
        self.post_message(self.Cleared())
