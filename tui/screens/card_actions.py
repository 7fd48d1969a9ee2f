"""What can be done to one task, wherever it is shown: on the board, in detail, in a list."""

from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from core.queries.board import CardRow
from tui.screens.base import DubanScreen

if TYPE_CHECKING:
    from tui.prompts.base import Prompt

Answered = TypeVar("Answered")


class CardActions(DubanScreen):
    """Mixed into a screen that has a chosen task."""

    @property
    def card(self) -> CardRow | None:
        """The chosen task as the screen shows it; None if there is none."""
        raise NotImplementedError

    async def fill(
        self,
        card: CardRow,
        make: Callable[[CardRow, Answered | None], "Prompt[Answered]"],
        commands: Callable[[CardRow, Answered], Sequence[object]],
    ) -> bool:
        """Ask, then send; a refusal asks again, with what was typed and why it was refused.

        ``make`` and ``commands`` are given the task as the member has last seen it, so that who
        answers again after a conflict means it. True if it was sent.
        """
        answer: Answered | None = None
        notice = ""
        while True:
            prompt = make(card, answer)
            prompt.notice = notice
            answer = await self.answer(prompt)
            if answer is None:
                return False
            refusal = await self.attempt(commands(card, answer))
            if refusal is None:
                return True
            notice = self.refusal_text(refusal)
            card = await self.fresh(card) or card

    async def fresh(self, card: CardRow) -> CardRow | None:
        """The task as it now stands; None if it is gone."""
        from core.queries.board import card as ask

        return await self.session.bridge.ask(ask, card.id)

    async def act_move_next(self) -> None:
        """Start, submit or accept."""
        await self._do("card_moves", "move_next")

    async def act_move_previous(self) -> None:
        """Put back, withdraw, send back with findings, or reopen with a reason."""
        await self._do("card_moves", "move_previous")

    async def act_close(self) -> None:
        """Archive what is done, cancel what is open."""
        await self._do("card_moves", "close")

    async def act_owner(self) -> None:
        """Choose the owner."""
        await self._do("card_edits", "owner")

    async def act_due(self) -> None:
        """Set or clear the due date."""
        await self._do("card_edits", "due")

    async def act_progress(self) -> None:
        """Say how far it is."""
        await self._do("card_edits", "progress")

    async def act_block(self) -> None:
        """Block, or say how it was resolved."""
        await self._do("card_edits", "block")

    async def act_edit(self) -> None:
        """Title, owner, due and priority in one form."""
        await self._do("card_edits", "edit")

    async def _do(self, module: str, name: str) -> None:
        """Do it to the chosen task; the module is loaded when it is needed first."""
        card = self.card
        if card is None:
            return
        found = import_module(f"tui.screens.{module}")
        action: Callable[[CardActions, CardRow], Awaitable[None]] = getattr(found, name)
        await action(self, card)
