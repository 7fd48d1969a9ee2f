"""All keys, under their headings."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from tui.actions import ACTIONS, GROUPS, Group, Scope, bindings, shown_keys
from tui.cells import fit
from tui.keymap import resolve
from tui.screens.base import DubanScreen
from tui.widgets.header import Header, HeaderFacts
from tui.widgets.hints import Hint

_KEY_CELLS = 20


class HelpScreen(DubanScreen):
    """Made from the table of actions, with the member's own keys."""

    SCOPE = Scope.ANY
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.ANY),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "scroll(10)"),
        Binding("pageup", "scroll(-10)"),
    ]

    def body(self) -> Iterable[Widget]:
        """Two columns where there is room."""
        scroll = VerticalScroll(id="keys")
        scroll.can_focus = False
        for group, heading in GROUPS.items():
            part = Static(self._group(group, heading), classes="group", markup=False)
            scroll.compose_add_child(part)
        yield scroll

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one(Header).facts = HeaderFacts(title=self.words("Keys"))

    def hints(self) -> tuple[Hint, ...]:
        """How to get away."""
        return (Hint(key="escape", label=self.words("back"), action="leave"),)

    def _group(self, group: Group, heading: str) -> Content:
        keys = resolve(self.session.settings.keys)
        lines = [Content.styled(self.words(heading), "bold $duban-column-header")]
        for action in ACTIONS:
            if action.group is group:
                pressed = fit(shown_keys(keys[action.id]), _KEY_CELLS)
                said = visible(self.words(action.help))
                lines.append(Content.styled(pressed, "$duban-key") + Content(said))
        return Content("\n").join(lines)

    def action_scroll(self, lines: int) -> None:
        """Up and down."""
        self.query_one("#keys", VerticalScroll).scroll_relative(y=lines, animate=False)

    async def act_help(self) -> None:
        """The same key closes it."""
        await self.shell.show("back")
