"""Walking over a board: which column and card are chosen, and getting there.

Nothing here draws. Whoever walks waits only where the next cards are not at hand yet.
"""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Mapping, Sequence

from core.domain.ids import TaskId
from core.domain.status import BOARD_STATES, State
from core.queries.board import CardRow
from tui.widgets.columns import Column, Request

Fetch = Callable[[Request], Awaitable[Sequence[CardRow] | None]]
"""How more cards are asked for; None where the store could not be asked."""


class Walk:
    """The columns of a board, one of them chosen, and in it a card."""

    def __init__(self, fetch: Fetch) -> None:
        """Hold no cards yet."""
        self._columns = {state: Column(state) for state in BOARD_STATES}
        self._locks = {state: Lock() for state in BOARD_STATES}
        self._fetch = fetch
        self._column = BOARD_STATES[0]
        self._slot: int | None = None

    def _changed(self) -> None:
        """Called when the choice or the view may have changed."""

    @property
    def column(self) -> State:
        """The chosen column."""
        return self._column

    @property
    def chosen(self) -> TaskId | None:
        """The chosen task; None in an empty column."""
        row = self.chosen_row
        return row.id if row else None

    @property
    def chosen_row(self) -> CardRow | None:
        """The chosen card, as it was last read."""
        return self._columns[self._column].chosen

    def neighbour(self, *, below: bool) -> CardRow | None:
        """The card under the chosen one, or over it; None where there is none."""
        column = self._columns[self._column]
        place = column.cursor + (1 if below else -1)
        return column.rows[place] if 0 <= place < len(column.rows) else None

    def windows(self) -> tuple[Request, ...]:
        """What to ask for the cards in and around the view, one request a column."""
        return tuple(column.window() for column in self._columns.values())

    def hold(self, answers: Mapping[Request, Sequence[CardRow]]) -> None:
        """Hold ``answers`` to some or all of ``windows()``."""
        for request, rows in answers.items():
            self._columns[request.state].replace(request, rows)

    async def refill(
        self, answers: Mapping[Request, Sequence[CardRow]], *, chosen: CardRow | None
    ) -> None:
        """Hold ``answers`` to ``windows()``; choice and view stay on their cards.

        ``chosen`` is the chosen card as it now stands; None if it is gone.
        """
        was = self.chosen_row
        self.hold(answers)
        if was is not None and chosen is not None and chosen.id == was.id:
            await self._find(chosen)
        elif was is not None and not self._columns[was.state].spans(was.edge):
            # Keys went on while the store was read, and left what was asked for.
            await self._find(was)
        self._changed()

    async def choose(self, card: CardRow) -> bool:
        """Choose ``card`` where it stands; False if the board does not show it.

        Then the card next to where it would stand is chosen, if its column is on the board.
        """
        found = await self._find(card)
        if card.state in self._columns:
            self._changed()
        return found

    async def _find(self, card: CardRow) -> bool:
        """``choose``, for whoever tells of the change themselves."""
        if card.state not in self._columns:
            return False
        column = self._columns[card.state]
        if not column.choose(card.id) and not column.spans(card.edge):
            await self._ask(column, lambda: column.around(card.edge))
        found = column.choose(card.id)
        if not found:
            column.choose_near(card.edge)
        self._column, self._slot = card.state, None
        return found

    async def cursor_up(self) -> None:
        """Choose the card above."""
        await self._move(-1)

    async def cursor_down(self) -> None:
        """Choose the card below."""
        await self._move(1)

    async def page_up(self) -> None:
        """Go up by one screen of cards."""
        await self._move(-self._columns[self._column].slots)

    async def page_down(self) -> None:
        """Go down by one screen of cards."""
        await self._move(self._columns[self._column].slots)

    async def home(self) -> None:
        """Choose the first card of the column."""
        column = self._columns[self._column]
        if not column.at_start:
            await self._ask(column, column.beginning)
        column.move(-len(column.rows))
        self._settle()

    async def end(self) -> None:
        """Choose the last card of the column."""
        column = self._columns[self._column]
        if not column.at_end:
            await self._ask(column, column.ending)
        column.move(len(column.rows))
        self._settle()

    async def cursor_left(self) -> None:
        """Choose the card at the same height in the column to the left."""
        self._sideways(-1)

    async def cursor_right(self) -> None:
        """Choose the card at the same height in the column to the right."""
        self._sideways(1)

    def leave_empty(self) -> None:
        """From a column without a card go to the nearest one that has some, if there is one."""
        if self.chosen_row is not None:
            return
        here = BOARD_STATES.index(self._column)
        held = [at for at, one in enumerate(BOARD_STATES) if self._columns[one].rows]
        if held:
            self._column = BOARD_STATES[min(held, key=lambda at: abs(at - here))]
            self._settle()

    def _sideways(self, step: int) -> None:
        """Going there and back ends on the same card, however short the columns between are."""
        place = BOARD_STATES.index(self._column) + step
        if not 0 <= place < len(BOARD_STATES):
            return
        column = self._columns[self._column]
        if self._slot is None:
            self._slot = column.cursor - column.top
        self._column = BOARD_STATES[place]
        self._columns[self._column].choose_slot(self._slot)
        self._changed()

    async def _move(self, steps: int) -> None:
        column = self._columns[self._column]
        while (steps := column.move(steps)) and column.beyond(steps):
            if not await self._ask(column, lambda: column.beyond(steps)):
                break
        self._settle()

    async def _ask(self, column: Column, wanted: Callable[[], Request | None]) -> bool:
        """Bring cards into ``column``; False where there are none to be had."""
        async with self._locks[column.state]:
            if (request := wanted()) is None:
                return True
            seen = column.round
            rows = await self._fetch(request)
            if rows is not None and column.round == seen:
                column.extend(request, rows)
        return rows is not None

    def _settle(self) -> None:
        """Another card was chosen in the chosen column."""
        self._slot = None
        self._changed()
