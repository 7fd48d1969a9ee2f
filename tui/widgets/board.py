"""The board: one widget that draws all its columns line by line.

The contract with the screen that mounts it:

* The board never sees the store. It is made with ``fetch``, which answers a ``Request`` with
  cards in the column's order (``core.queries.board.cards`` with ``after``/``before``, or
  ``last_cards`` where ``request.last``), or with None where the store could not be asked (the
  screen has then told the member why).
* To fill or refresh it, the screen asks heads and each of ``windows()`` and hands the answers to
  ``show``, with a fresh row of the chosen card (``core.queries.board.card``), so that a card
  that was moved is followed.
* The cursor methods are coroutines that key actions await: keys pressed while the store is asked
  wait in the queue and land in their order. They hardly ever wait, since cards are asked for
  ahead.
* It posts ``Board.Chosen`` and ``Board.Opened``. Keys belong to the screen; the mouse is handled
  here: a click chooses, a double click opens, the wheel scrolls.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from core.domain.ids import TaskId
from core.domain.status import BOARD_STATES, State
from core.queries.board import CardRow, ColumnHead
from tui.widgets.columns import Column, Request
from tui.widgets.marks import Look
from tui.widgets.pane import Pane
from tui.widgets.picture import Painter, View
from tui.widgets.walk import Fetch, Walk

_NARROWEST: Final = 17  # cells of a column, below which rather fewer columns are shown


class Board(Walk, Widget, can_focus=True):
    """Columns of cards of any length, of which one card is chosen.

    The choice is a task, never a place: it stays on its task whatever changes around it.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Board { width: 1fr; height: 1fr; layout: horizontal; background: $background; }
    """
    BLANK = True  # panes cover it

    heads: reactive[tuple[ColumnHead, ...]] = reactive((), init=False, repaint=False)
    """The columns' counts and limits."""
    look: reactive[Look] = reactive(None, init=False, repaint=False)  # type: ignore[arg-type]
    """How everything is drawn; set a new one for a new moment, language or theme."""
    note: reactive[str] = reactive("", init=False, repaint=False)
    """What is said in the middle of a board without any card, such as which key adds one."""

    class Chosen(Message):
        """Another card is chosen."""

        def __init__(self, task: TaskId | None) -> None:
            """``task``: None where the chosen column is empty."""
            super().__init__()
            self.task = task

    class Opened(Message):
        """The member wants to see this task."""

        def __init__(self, task: TaskId) -> None:
            super().__init__()
            self.task = task

    def __init__(self, look: Look, fetch: Fetch, *, id: str | None = None) -> None:
        """Be empty until ``show``."""
        Widget.__init__(self, id=id)
        Walk.__init__(self, fetch)
        self._told: TaskId | None = None
        self._painter = Painter(look)
        self._panes = tuple(Pane(state, self._lines_of) for state in BOARD_STATES)
        self._first = 0
        self.set_reactive(Board.look, look)

    def compose(self) -> ComposeResult:
        """One pane a column."""
        shown = self._beside(self.app.size.width)
        for pane in self._panes:
            pane.display = pane.state in shown
            yield pane

    def begin(
        self, heads: tuple[ColumnHead, ...], answers: Mapping[Request, Sequence[CardRow]]
    ) -> None:
        """Hold ``answers`` to ``windows()`` before there is anything to draw on."""
        self.set_reactive(Board.heads, heads)
        self.hold(answers)

    async def show(
        self,
        heads: tuple[ColumnHead, ...],
        answers: Mapping[Request, Sequence[CardRow]],
        *,
        chosen: CardRow | None = None,
        look: Look | None = None,
    ) -> None:
        """Draw ``answers`` to ``windows()``; choice and view stay on their cards.

        ``chosen`` is the chosen card as it now stands, wherever that is. A card that left the
        board, or that is no longer shown, leaves the choice to its neighbour. A new ``look`` is
        better given here than set before: everything is drawn once.
        """
        self.set_reactive(Board.heads, heads)
        if look is not None:
            self.set_reactive(Board.look, look)
            self._measure()
        await self.refill(answers, chosen=chosen)

    def _changed(self) -> None:
        """Draw, tell which card is chosen, and see to it that the next cards are at hand."""
        self._redraw()
        if self.chosen != self._told:
            self._told = self.chosen
            self.post_message(self.Chosen(self.chosen))
        for state, column in self._columns.items():
            if column.rows and column.soon_wanted() and not self._locks[state].locked():
                self.run_worker(self._look_ahead(column), group=f"cards-{state}")

    async def _look_ahead(self, column: Column) -> None:
        """Bring cards in while the view is near the end of those that are held."""
        while column.soon_wanted() and await self._ask(column, column.soon_wanted):
            self._redraw()

    def watch_heads(self) -> None:
        """Draw the new counts."""
        self._redraw()

    def watch_look(self) -> None:
        """Draw everything anew; what comes out the same is not sent."""
        self._arrange()

    def watch_note(self) -> None:
        """Draw the new sentence."""
        self._redraw()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001
        """Show on the chosen card whether keys go to the board.

        Textual's own looks every style up anew; none of ours depends on it.
        """
        self._redraw()

    def on_resize(self) -> None:
        """Show as many columns as fit."""
        self._arrange()

    def on_pane_resized(self, event: Pane.Resized) -> None:
        """Draw a column anew."""
        event.stop()
        self._arrange()

    def _arrange(self) -> None:
        """Find out how many columns and cards can be shown now."""
        self._measure()
        self._changed()

    def _measure(self) -> None:
        self._painter.prepare(self.look, self.size.height)
        for column in self._columns.values():
            column.resize(self._painter.slots)

    def _lines_of(self, pane: Pane) -> tuple[Strip, ...]:
        """The lines of a pane that is seen before ``_redraw`` could know its size."""
        self._measure()
        return self._painter.column(self._columns[pane.state], self._view, pane.room)

    @property
    def _view(self) -> View:
        return View(heads=self.heads, active=self._column, focused=self.has_focus, note=self.note)

    def _redraw(self) -> None:
        """Have exactly those lines repainted that look different now."""
        if not self.size:
            return
        view, shown = self._view, self._beside(self.size.width)
        for pane in self._panes:
            pane.display = pane.state in shown
            if pane.state in shown and pane.size:
                column = self._columns[pane.state]
                pane.draw(self._painter.column(column, view, pane.room))

    def _beside(self, width: int) -> tuple[State, ...]:
        """The columns that fit beside each other, the chosen one among them."""
        fitting = max(1, min(len(BOARD_STATES), width // _NARROWEST))
        place = BOARD_STATES.index(self._column)
        self._first = min(max(self._first, place - fitting + 1), place, len(BOARD_STATES) - fitting)
        return BOARD_STATES[self._first : self._first + fitting]

    async def on_click(self, event: events.Click) -> None:
        """Choose the card under the pointer; open it on a double click."""
        event.stop()
        if (pane := self._pane_at(event)) is None:
            return
        column, slot = self._columns[pane.state], self._painter.slot(event.screen_y - pane.region.y)
        on_card = slot is not None and column.top + slot < len(column.rows)
        self._column = pane.state
        if slot is not None:
            column.choose_slot(slot)
        self._settle()
        if on_card and event.chain == 2 and self.chosen is not None:
            self.post_message(self.Opened(self.chosen))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the column under the pointer down."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the column under the pointer up."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        event.stop()
        if (pane := self._pane_at(event)) is not None:
            self._columns[pane.state].scroll(direction * self._painter.wheel)
            self._settle()

    def _pane_at(self, event: events.MouseEvent) -> Pane | None:
        at = event.screen_offset
        return next((pane for pane in self._panes if pane.region.contains_point(at)), None)
