"""Forms whose text is kept until what it says is stored: given up, refused or killed."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from core.desk import Receipt
from core.domain.refusals import Refusal
from tui.drafts import drafts_of
from tui.prompts.kept import KeptPrompt
from tui.screens.base import DubanScreen

Answered = TypeVar("Answered")


class Kept(NamedTuple):
    """Where the text of a form is kept."""

    key: str
    """See ``tui.drafts``."""
    again: str
    """The action that opens the form; its key is told to whoever gave it up."""


async def delivered(
    screen: DubanScreen,
    make: Callable[[Answered], KeptPrompt[Answered]],
    start: Answered,
    command: Callable[[Answered], object],
    *,
    kept: Kept,
) -> Receipt | None:
    """Ask and send; a refusal asks again, with what was typed and why.

    None after Esc: then what was typed is kept, and offered when the form opens again.
    """
    said, notice, draft = start, "", drafts_of(screen.session).at(kept.key)
    while True:
        prompt = make(said)
        prompt.notice, prompt.draft = notice, draft
        answer = await screen.answer(prompt)
        if answer is None:
            _tell_kept(screen, kept, is_kept=bool(draft.found()))
            return None
        said = answer
        try:
            receipt = await screen.deliver(command(said))
        except Refusal as refusal:
            notice = screen.refusal_text(refusal)
            continue
        draft.drop()
        return receipt


def _tell_kept(screen: DubanScreen, kept: Kept, *, is_kept: bool) -> None:
    press = screen.key(kept.again)
    if is_kept and press:
        screen.tell(screen.words("What was typed is kept; {press} goes on.", press=press))
