"""Asking until an answer is taken."""

from collections.abc import Callable
from typing import TypeVar

from tui.prompts.base import Prompt
from tui.screens.base import DubanScreen

Answered = TypeVar("Answered")


async def ask_until_taken(
    screen: DubanScreen,
    make: Callable[[Answered | None], Prompt[Answered]],
    command: Callable[[Answered], object],
) -> Answered | None:
    """Ask, then send; a refusal asks again, with what was typed and why it was refused.

    What was sent; None if it was given up.
    """
    answer: Answered | None = None
    notice = ""
    while True:
        prompt = make(answer)
        prompt.notice = notice
        answer = await screen.answer(prompt)
        if answer is None:
            return None
        refusal = await screen.attempt((command(answer),))
        if refusal is None:
            return answer
        notice = screen.refusal_text(refusal)
