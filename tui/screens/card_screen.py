"""A screen with a chosen task: ask for what to change about it until it is taken."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from core.queries.board import CardRow
from tui.screens.base import DubanScreen

if TYPE_CHECKING:
    from tui.prompts.base import Prompt

Answered = TypeVar("Answered")


class CardScreen(DubanScreen):
    """A screen that has a chosen task."""

    @property
    def card(self) -> CardRow | None:
        """The chosen task as the screen shows it; None if there is none."""
        raise NotImplementedError

    @property
    def criterion(self) -> str:
        """The id of the chosen criterion, where one is; findings begin with it."""
        return ""

    async def why_not_whole(self, action: str) -> str:
        """Read the task where its card does not tell whether the member may."""
        card, about = self.card, self.about
        if card is None or about is None or about.task is not None:
            return ""
        from tui.screens.permitted import why_not_read

        return await why_not_read(self, action, card)

    def tell_nothing_chosen(self) -> None:
        """There is no task to do it to."""
        self.tell(self.words("No task is chosen."), "warning")

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
