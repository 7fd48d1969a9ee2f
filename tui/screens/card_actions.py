"""What can be done to one task, wherever it is shown: on the board, in detail, in a list.

What an action needs is loaded when its key is pressed first: the board is seen sooner.
"""

from collections.abc import Awaitable, Callable

from core.queries.board import CardRow
from tui.screens.card_screen import CardScreen


class CardActions(CardScreen):
    """Mixed into a screen that has a chosen task."""

    async def act_move_next(self) -> None:
        """Start, submit or accept."""
        from tui.screens import card_moves

        await self._do(card_moves.move_next)

    async def act_move_previous(self) -> None:
        """Put back, withdraw, send back with findings, or reopen with a reason."""
        from tui.screens import card_moves

        await self._do(card_moves.move_previous)

    async def act_delegate(self) -> None:
        """Have somebody else accept it."""
        from tui.screens.verdicts import delegate

        await self._do(delegate)

    async def act_close(self) -> None:
        """Archive what is done, cancel what is open."""
        from tui.screens import card_moves

        await self._do(card_moves.close)

    async def act_owner(self) -> None:
        """Choose the owner."""
        from tui.screens import card_edits

        await self._do(card_edits.owner)

    async def act_take_on(self) -> None:
        """Take on, claim or confirm."""
        from tui.screens import taking_on

        await self._do(taking_on.take_on)

    async def act_give_back(self) -> None:
        """Ask back, or return it with the reason."""
        from tui.screens import taking_on

        await self._do(taking_on.give_back)

    async def act_due(self) -> None:
        """Set or clear the due date."""
        from tui.screens import card_edits

        await self._do(card_edits.due)

    async def act_progress(self) -> None:
        """Say how far it is."""
        from tui.screens import card_edits

        await self._do(card_edits.progress)

    async def act_block(self) -> None:
        """Block, or say how it was resolved."""
        from tui.screens import card_edits

        await self._do(card_edits.block)

    async def act_edit(self) -> None:
        """Title, owner, due and priority in one form."""
        from tui.screens import card_edits

        await self._do(card_edits.edit)

    async def act_warn(self) -> None:
        """Warn that it will be late, and ask for a later due."""
        from tui.screens.warning import warn_of

        await self._do(lambda screen, card: warn_of(screen, card.id))

    async def act_issue(self) -> None:
        """Raise an issue of the task."""
        from tui.screens.issue_steps import raise_issue_of

        await self._do(raise_issue_of)

    async def act_nudge(self) -> None:
        """Nudge whom it waits for."""
        from tui.screens.warning import nudge

        await self._do(lambda screen, card: nudge(screen, card.id))

    async def act_respond(self) -> None:
        """Grant or refuse, set a time, answer: what waits for me."""
        from tui.screens.responding import respond_to_task

        await self._do(lambda screen, card: respond_to_task(screen, card.id))

    async def _do(self, action: Callable[[CardScreen, CardRow], Awaitable[None]]) -> None:
        """Do it to the chosen task, if there is one."""
        if (card := self.card) is not None:
            await action(self, card)
        else:
            self.tell_nothing_chosen()
