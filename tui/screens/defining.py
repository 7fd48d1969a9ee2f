"""What a form is given to say how clear a task is and what is like it; and beginning one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.commands.moving import MoveTask
from core.domain.refusals import Refusal
from core.domain.status import State
from core.queries.board import CardRow
from tui.screens.card_screen import CardScreen

if TYPE_CHECKING:
    from core.domain.ids import TaskId
    from tui.prompts.definition import Look
    from tui.session import Session


def like_it(session: "Session", *, apart: "TaskId | None" = None) -> "Look":
    """Looks for tasks and lessons like a title; ``apart`` is the task that has it."""
    from core.queries.similar import Similar, similar

    async def look(title: str) -> Sequence[Similar]:
        return await session.bridge.ask(similar, title, apart=apart)

    return look


async def begin(screen: CardScreen, card: CardRow, *first: object) -> None:
    """Begin work on a task, after ``first``, all or nothing.

    What its project holds to be unclear can be begun all the same, with a reason.
    """
    move = MoveTask(task=card.id, to=State.DOING, seen=card.state)
    refusal = await screen.attempt((*first, move))
    if refusal is None:
        return
    if refusal.code != "unclear":
        screen.refused(refusal)
        return
    await _force(screen, card, refusal, first)


async def _force(
    screen: CardScreen, card: CardRow, refusal: Refusal, first: Sequence[object]
) -> None:
    from tui.prompts.text import TextPrompt
    from tui.refusals import refusal_words

    words = screen.words
    title = refusal_words(words, refusal)
    notice = words("Say why it begins all the same, or press esc and complete it.")
    required = words("Beginning what is not clear needs a reason; it is kept in the log.")

    def make(_: CardRow, said: str | None) -> TextPrompt:
        return TextPrompt(words, title=title, value=said or "", required=required, note=notice)

    def commands(seen: CardRow, said: str) -> Sequence[object]:
        move = MoveTask(task=seen.id, to=State.DOING, seen=seen.state, reason=said, force=True)
        return (*first, move)

    await screen.fill(card, make, commands)
