"""Ask for one of many; typing narrows the list."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from core.domain.text import visible
from tui.prompts.base import Prompt
from tui.prompts.inputs import Choice, LineInput
from tui.words import Words

_MOST = 200
_SHOWN = 12
_DIGITS = 9


class ChoicePrompt(Prompt[str]):
    """Returns the key of what was chosen."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("down,ctrl+n", "step(1)", priority=True),
        Binding("up,ctrl+p", "step(-1)", priority=True),
        Binding("pagedown", "step(8)", priority=True),
        Binding("pageup", "step(-8)", priority=True),
    ]

    def __init__(
        self, words: Words, *, title: str, choices: Sequence[Choice], chosen: str = ""
    ) -> None:
        super().__init__(
            words, title=title, keys=words("type to filter · enter choose · esc cancel")
        )
        self.choices = tuple(choices)
        self._chosen = chosen

    def fields(self) -> Iterable[Widget]:
        """The filter, the list, and what to say when nothing fits."""
        yield LineInput(id="filter", placeholder=self.words("a part of the name"))
        yield self.list_of()
        yield Static("", id="count", markup=False)

    def on_mount(self) -> None:
        """Show all, on what is chosen now."""
        self._narrow("")
        keys = [one.key for one in self.choices]
        if self._chosen in keys[:_MOST]:
            self._list.highlighted = keys.index(self._chosen)

    def list_of(self) -> OptionList:
        """An empty list, as high as it will ever be."""
        options = OptionList(id="choices", markup=False, compact=True)
        options.can_focus = False
        options.styles.height = max(min(len(self.choices), _SHOWN), 1)
        return options

    @property
    def _list(self) -> OptionList:
        return self.query_one("#choices", OptionList)

    def _narrow(self, text: str) -> None:
        fitting = [one for one in self.choices if one.matches(text)]
        options = [Option(self.line(one), id=one.key) for one in fitting[:_MOST]]
        self._list.set_options(options)
        self._list.highlighted = 0 if options else None
        count = self.words("{count} of {total}", count=len(fitting), total=len(self.choices))
        for line in self.query("#count").results(Static):
            line.update(count if text else "")

    def line(self, choice: Choice) -> Content:
        """A choice as the list shows it."""
        return _line(choice)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._narrow(event.value)
        self.changed()

    def on_input_submitted(self) -> None:
        """Enter."""
        self.accept()

    def on_option_list_option_selected(self) -> None:
        """A click."""
        self.accept()

    def action_step(self, by: int) -> None:
        """Up and down without leaving the filter."""
        count = self._list.option_count
        if count:
            place = (self._list.highlighted or 0) + by
            self._list.highlighted = (
                place % count if abs(by) == 1 else min(max(place, 0), count - 1)
            )

    def value(self) -> str | None:
        """The key under the cursor."""
        option = self._list.highlighted_option
        return option.id if option else None

    def problem(self) -> str:
        """Whether nothing fits."""
        return "" if self.value() is not None else self.words("Nothing here is called that.")


class MenuPrompt(ChoicePrompt):
    """A few fixed things: nothing to search, digits choose."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("enter,space", "accept"),
        Binding("j", "step(1)"),
        Binding("k", "step(-1)"),
        *(Binding(f"{one},{chr(ord(one) + 0xFEE0)}", f"pick({one})") for one in "123456789"),
    ]

    def __init__(
        self,
        words: Words,
        *,
        title: str,
        choices: Sequence[Choice],
        chosen: str = "",
        refused: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """``refused``: why choices cannot be chosen, by key; they are grey, and say so."""
        super().__init__(words, title=title, choices=choices, chosen=chosen)
        self.keys = words("↑↓ or a digit · enter choose · esc cancel")
        self.refused = refused

    def fields(self) -> Iterable[Widget]:
        """The list."""
        yield self.list_of()

    def line(self, choice: Choice) -> Content:
        """With its digit before it."""
        number = self.choices.index(choice) + 1
        digit = f"{number} " if number <= _DIGITS else "  "
        if choice.key in self.refused:
            return Content.styled(digit + visible(choice.label), "$duban-muted")
        return Content.styled(digit, "$duban-key") + super().line(choice)

    def problem(self) -> str:
        """Why what is chosen cannot be."""
        return self.refused.get(self.value() or "", "") or super().problem()

    def action_step(self, by: int) -> None:
        """Up and down; what was said of the choice before holds no longer."""
        super().action_step(by)
        self.show_problem("")

    def action_pick(self, number: int) -> None:
        """A digit."""
        if number <= len(self.choices):
            self._list.highlighted = number - 1
            self.accept()


def _line(choice: Choice) -> Content:
    label, note = Content(visible(choice.label)), visible(choice.note)
    return label + Content.styled(f"  {note}", "$duban-muted") if note else label
