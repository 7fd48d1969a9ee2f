"""The board: the cursor, the cards, and the alert pane beside them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from core.domain.ids import TaskId
from core.domain.status import State
from core.queries import board as ask
from core.queries.board import CardRow
from tui.actions import bindings
from tui.hinted import HINTS, LABELS
from tui.keyboard import Scope
from tui.screens.alert_keys import AlertKeys
from tui.screens.board_filter import BoardFilter
from tui.screens.board_question import BoardFacts
from tui.session import Session
from tui.widgets.board import Board
from tui.words import N_

if TYPE_CHECKING:
    from tui.panes.alerts import AlertPane

_IN_PANE: Final = {"open": N_("to the card"), "leave": N_("close")}


class BoardScreen(AlertKeys, BoardFilter):
    """What the member looks at most."""

    SCOPE = Scope.BOARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.BOARD)
    CSS_PATH = "board.tcss"
    BLANK = True  # header, body and hints cover it

    def __init__(self, session: Session, *, opening: BoardFacts | None = None) -> None:
        super().__init__(session, opening=opening)
        self._alerted: CardRow | None = None
        """The task of the chosen alert."""

    async def on_mount(self) -> None:
        """Show the first cards, on the task that was chosen last."""
        self.set_focus(self.board)
        task = self.session.task
        await self.begin()
        if task is not None:
            await self.choose_card(task)
        somewhere = any(head.cards for head in self.board.heads)
        while somewhere and self.board.chosen is None and self.board.column is not State.DONE:
            await self.board.cursor_right()

    async def refresh_view(self) -> None:
        """The board, and the task of the chosen alert."""
        await super().refresh_view()
        if (pane := self.pane) is not None:
            await self._follow_alert(pane)

    @property
    def card(self) -> CardRow | None:
        """The chosen card, or the chosen alert's task."""
        return self._alerted if self._in_pane else self.board.chosen_row

    @property
    def hinted(self) -> tuple[str, ...]:
        """The keys of the pane while it has them."""
        return HINTS[Scope.ALERTS] if self._in_pane else super().hinted

    @property
    def labels(self) -> Mapping[str, str]:
        """Enter leads from an alert to its card."""
        return {**LABELS, **_IN_PANE} if self._in_pane else super().labels

    def on_descendant_focus(self) -> None:
        """Keys go to the board or to the pane."""
        self.hint_anew()

    # Cursor

    async def act_cursor_up(self) -> None:
        """The card or alert above."""
        await self._go(self.board.cursor_up, lambda pane: pane.move(-1))

    async def act_cursor_down(self) -> None:
        """The card or alert below."""
        await self._go(self.board.cursor_down, lambda pane: pane.move(1))

    async def act_cursor_left(self) -> None:
        """The column on the left."""
        self.set_focus(self.board)
        await self.board.cursor_left()
        self.hint_if_changed()

    async def act_cursor_right(self) -> None:
        """The column on the right."""
        self.set_focus(self.board)
        await self.board.cursor_right()
        self.hint_if_changed()

    async def act_page_up(self) -> None:
        """One screen up."""
        await self._go(self.board.page_up, lambda pane: pane.page(-1))

    async def act_page_down(self) -> None:
        """One screen down."""
        await self._go(self.board.page_down, lambda pane: pane.page(1))

    async def act_cursor_first(self) -> None:
        """The first card of the column."""
        await self._go(self.board.home, lambda pane: pane.first())

    async def act_cursor_last(self) -> None:
        """The last card of the column."""
        await self._go(self.board.end, lambda pane: pane.last())

    async def _go(
        self, on_board: Callable[[], Awaitable[None]], in_pane: Callable[["AlertPane"], object]
    ) -> None:
        """Move the cursor where the keys go."""
        pane = self._in_pane
        if pane is None:
            await on_board()
            self.hint_if_changed()  # in the same frame: a second one comes 16 ms later
            return
        in_pane(pane)
        await self._follow_alert(pane)

    async def _follow_alert(self, pane: "AlertPane") -> None:
        """Know the task of the chosen alert, so that keys act on it."""
        task = pane.row.task if pane.row is not None else None
        self._alerted = await self.session.bridge.ask(ask.card, task) if task else None
        self.hint_if_changed()

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """Remember it for a board that is drawn anew."""
        self.session.task = event.task
        self.call_after_refresh(self.hint_if_changed)

    async def on_board_opened(self, event: Board.Opened) -> None:
        """A double click opens."""
        await self.shell.show("detail", task=event.task)

    async def choose(self, task: TaskId) -> None:
        """Put the cursor on a task; the detail opens for one that the board does not show."""
        found = await self.session.bridge.ask(ask.card, task)
        if found is None:
            return
        self.set_focus(self.board)
        if not await self.board.choose(found):
            await self.shell.show("detail", task=task)

    async def on_alert_pane_jumped(self, event: "AlertPane.Jumped") -> None:
        """A double click on an alert."""
        await self.choose(event.task)

    # Cards

    def tell_nothing_chosen(self) -> None:
        """There is no task to do it to, but there could be."""
        press = self.key("add")
        told = self.words("No task is chosen; {press} adds one.", press=press) if press else ""
        self.tell(told or self.words("No task is chosen."), "warning")

    async def act_open(self) -> None:
        """The detail of the chosen card; an alert leads to its card first."""
        if (pane := self._in_pane) is not None:
            await self.open_alert(pane)
        elif self.card is not None:
            await self.shell.show("detail", task=self.card.id)
        else:
            self.tell_nothing_chosen()

    async def act_move_up(self) -> None:
        """Above the card above."""
        await self._reorder(below=False)

    async def act_move_down(self) -> None:
        """Below the card below."""
        await self._reorder(below=True)

    async def _reorder(self, *, below: bool) -> None:
        from core.commands.moving import ReorderTask

        card, neighbour = self.card, self.board.neighbour(below=below)
        if card is None:
            self.tell_nothing_chosen()
        elif neighbour is not None:
            await self.send(ReorderTask(task=card.id, neighbour=neighbour.id, below=below))

    async def act_add(self) -> None:
        """A new task in the project that is looked at."""
        from tui.screens.adding import add_task

        if (receipt := await add_task(self, near=self.card)) is not None:
            await self.show_added(receipt)

    async def act_leave(self) -> None:
        """Esc closes what is open, the last thing first."""
        if self.shown.words:
            await self.clear_filter()
        elif self.shown.owner is not None:
            await self.act_mine()
        elif self.shown.unassigned:
            await self.act_unassigned()
        elif (pane := self.pane) is not None:
            await self._close_pane(pane)

    async def act_alerts(self) -> None:
        """Open the pane and go there; close it from inside."""
        from tui.panes.alerts import AlertPane

        pane = self.pane
        if pane is None:
            if (found := await self.alerts(lines=True)) is None:
                return  # an empty pane would say that there are none
            pane = AlertPane(self.look(), press=self.key, id="alerts")
            pane.set_reactive(AlertPane.counts, found.counts)
            await self.mount(pane)
            self.show_alerts(pane, found)
        elif pane.has_focus:
            await self._close_pane(pane)
            return
        self.set_focus(pane)
        await self._follow_alert(pane)

    async def _close_pane(self, pane: "AlertPane") -> None:
        self.set_focus(self.board)
        await pane.remove()
