"""All keys, under their headings."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.domain.text import visible
from tui.actions import ACTIONS, BY_ID, bindings
from tui.cells import fit, wrap
from tui.keyboard import GROUPS, Group, Scope, shown_keys
from tui.keymap import resolve
from tui.screens.base import DubanScreen
from tui.widgets.header import Header, HeaderFacts
from tui.widgets.hints import Hint
from tui.words import N_

_KEY_CELLS = 18
_MARGIN = 6
_MOST_LINES = 4

_BRIGHT, _GREY = ("duban-key", "foreground"), ("duban-muted", "duban-muted")
_USUAL = frozenset(action.help for action in ACTIONS)
LEGEND = (
    ("!", "duban-danger", N_("red light: overdue, or blocked for too long")),
    ("~", "duban-warning", N_("yellow light: due soon, or waiting too long")),
    ("^", "duban-escalated", N_("escalated to whoever must act next")),
    ("→", "duban-waiting", N_("waits for you")),
    ("⊘", "duban-blocked", N_("blocked, and for how long")),
    ("!!", "duban-danger", N_("urgent")),
    ("▴ ▾", "duban-priority-high", N_("high and low priority")),
    ("↻2", "duban-muted", N_("the due date was moved twice")),
    ("[1/3]", "duban-muted", N_("one of three subtasks is done")),
    ("▰▱ 40%", "duban-muted", N_("progress")),
)
"""The marks on cards, with their colors and what they mean."""


class _Row(NamedTuple):
    """A key or mark with its color, and what it means with its own."""

    first: str
    color: str
    ink: str
    said: str


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
        """What the marks mean, then the keys."""
        scroll = VerticalScroll(id="keys")
        scroll.can_focus = False
        scroll.compose_add_child(Static("", id="legend", classes="group", markup=False))
        for group in GROUPS:
            part = Static("", id=group, classes="group", markup=False)
            scroll.compose_add_child(part)
        yield scroll

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one(Header).facts = HeaderFacts(title=self.words("Keys"))

    def on_resize(self) -> None:
        """Wrap anew."""
        rows = [_Row(mark, color, "foreground", self.words(said)) for mark, color, said in LEGEND]
        if why := self.why_not("add"):  # who may not even do that may do nothing that is grey here
            rows.insert(0, _Row("", "duban-muted", "duban-warning", why))
        self.query_one("#legend", Static).update(self._block(N_("Marks"), rows))
        for group, heading in GROUPS.items():
            self.query_one(f"#{group}", Static).update(self._group(group, heading))

    def hints(self) -> tuple[Hint, ...]:
        """How to get away."""
        return (Hint(key="escape", label=self.words("back"), action="leave"),)

    def _group(self, group: Group, heading: str) -> Content:
        keys = resolve(self.session.settings.keys)
        rows = []
        for action in (one for one in ACTIONS if one.group is group):
            color, ink = _BRIGHT if self.may(action.id) else _GREY
            for place, (scopes, said) in enumerate(action.helps()):
                pressed = "" if place else shown_keys(keys[action.id])
                rows.append(_Row(pressed, color, ink, self._said(scopes, said)))
        return self._block(heading, rows)

    def _said(self, scopes: frozenset[Scope], said: str) -> str:
        """What a key does; on which screen, where it is something else than on the others."""
        if said in _USUAL:
            return self.words(said)
        names = [self.words(BY_ID[one].label) for one in scopes if one in BY_ID]
        return self.words("{name}: {value}", name=", ".join(names), value=self.words(said))

    def _block(self, heading: str, rows: Iterable[_Row]) -> Content:
        """A heading, and what stands in two columns under it: the second is wrapped."""
        lines = [Content.styled(self.words(heading), "bold $duban-column-header")]
        width = max(self.size.width - _KEY_CELLS - _MARGIN, _KEY_CELLS)
        for first, color, ink, said in rows:
            for place, text in enumerate(wrap(visible(said), width, _MOST_LINES)):
                before = fit("" if place else first, _KEY_CELLS)
                after = Content.styled(text.rstrip(), f"${ink}")
                lines.append(Content.styled(before, f"${color}") + after)
        return Content("\n").join(lines)

    def action_scroll(self, lines: int) -> None:
        """Up and down."""
        self.query_one("#keys", VerticalScroll).scroll_relative(y=lines, animate=False)

    async def act_help(self) -> None:
        """The same key closes it."""
        await self.shell.show("back")
