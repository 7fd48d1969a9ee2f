"""Which cards are hidden: a filter that is typed, only mine, or only what nobody has."""

from typing import Final

from core.desk import Receipt
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.queries.board import Chosen, card
from core.queries.directory import find_task
from tui.hinted import MOVE
from tui.screens.board_question import BoardFacts
from tui.screens.board_view import BoardView
from tui.session import Session
from tui.widgets.filter_bar import FilterBar

_OF_CARD: Final = frozenset({"edit", MOVE, "block", "due", "owner", "progress", "open"})
"""Keys that do something to the chosen card."""


class BoardFilter(BoardView):
    """Hides cards; the cursor returns to its task when they are back."""

    def __init__(self, session: Session, *, opening: BoardFacts | None = None) -> None:
        super().__init__(session, opening=opening)
        self._before: TaskId | None = None
        """What was chosen before cards were hidden."""
        self._landed: TaskId | None = None
        """What the cursor fell on when they were."""

    @property
    def hinted(self) -> tuple[str, ...]:
        """Nothing can be done to no card."""
        if not self.is_composed or self.board.chosen_row is not None:
            return super().hinted
        return tuple(one for one in super().hinted if one not in _OF_CARD)

    async def act_filter(self) -> None:
        """Type to filter."""
        bar = self.query_one(FilterBar)
        await bar.open()
        self.set_focus(bar.input)

    async def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        """Show what fits what was typed so far."""
        await self._show(self.shown._replace(words=event.text))

    async def _show(self, shown: Chosen) -> None:
        """Show other cards; the cursor returns to its task unless it was moved meanwhile."""
        if not self.shown.narrowed:
            self._before = self._landed = self.board.chosen
        stayed = self.board.chosen == self._landed
        self.shown = shown
        await self.renew()
        self.board.leave_empty()
        self._landed = self.board.chosen if stayed else None
        if stayed and self._before is not None and not shown.narrowed:
            await self.choose_card(self._before)

    async def choose_card(self, task: TaskId) -> bool:
        """Put the cursor on a task where it stands, or near there; False if it is not shown."""
        found = await self.session.bridge.ask(card, task)
        return found is not None and await self.board.choose(found)

    async def show_added(self, made: Receipt) -> None:
        """Go to a new task, or say that it is hidden and what shows it; a warning stays."""
        shown = await self.choose_card(TaskId(made.id))
        words, press = self.words, self.key("leave")
        if made.warnings:
            return
        if shown or not self.shown.narrowed:
            said = words("{key} is on the board.", key=made.name)
        elif press:
            said = words(
                "{key} is added; the filter hides it: {press} clears it.",
                key=made.name,
                press=press,
            )
        else:
            said = words("{key} is added; the filter hides it.", key=made.name)
        self.tell(said)

    async def on_filter_bar_left(self) -> None:
        """Enter or arrow down: on to the cards, the filter stays. What it found is chosen.

        The id of a task that is not on the board, such as an archived one, leads to its detail.
        """
        self._before = None
        self.set_focus(self.board)
        if any(head.cards for head in self.board.heads):
            self.board.leave_empty()
            return
        try:
            task = await self.session.bridge.ask(find_task, self.shown.words.strip())
        except Refusal:
            return  # the board says that nothing fits
        await self.shell.show("detail", task=task)

    async def on_filter_bar_cleared(self) -> None:
        """Esc: all cards again."""
        await self.clear_filter()

    async def clear_filter(self) -> None:
        """All cards again."""
        self.query_one(FilterBar).close()
        self.set_focus(self.board)
        await self._show(self.shown._replace(words=""))

    async def act_mine(self) -> None:
        """Only mine, or everybody's."""
        me = self.session.me
        if me is None:
            unknown = self.words(
                "The board does not know you yet; {press} says who you are.",
                press=self.key("settings"),
            )
            self.tell(unknown, "warning")
            return
        owner = None if self.shown.owner is not None else me.id
        await self._show(self.shown._replace(owner=owner, unassigned=False))

    async def act_unassigned(self) -> None:
        """Only what nobody has, or everybody's."""
        unassigned = not self.shown.unassigned
        await self._show(self.shown._replace(owner=None, unassigned=unassigned))
