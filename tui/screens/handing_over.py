"""Work in progress goes on with somebody else: who, and what they must know (R134)."""

from collections.abc import Collection

from core.commands.duty import BEGUN
from core.commands.editing import AssignTask
from core.domain.ids import PersonId
from core.queries.board import CardRow
from tui.prompts.ask import AskAnswer
from tui.prompts.hand_over import HandOverPrompt
from tui.screens.card_screen import CardScreen
from tui.screens.choosing import people_choices
from tui.session import Session
from tui.words import Words


def is_begun(card: CardRow) -> bool:
    """Whether somebody works on it who has something to hand over."""
    return card.state in BEGUN and card.owner is not None


def handover_prompt(
    session: Session,
    words: Words,
    *,
    key: str,
    without: Collection[PersonId | None],
    said: AskAnswer | None,
) -> HandOverPrompt:
    """Both in one prompt; nobody is offered who has it now."""
    hidden = {str(one) for one in without}
    people = [one for one in people_choices(session) if one.key not in hidden]
    title = words("Hand {key} over", key=key)
    return HandOverPrompt(words, title=title, people=people, start=said)


async def hand_over(screen: CardScreen, card: CardRow) -> None:
    """Of one task."""
    await screen.fill(
        card,
        lambda seen, said: handover_prompt(
            screen.session, screen.words, key=seen.key, without=(seen.owner,), said=said
        ),
        lambda seen, said: (handed(seen, said),),
    )


def handed(card: CardRow, said: AskAnswer) -> AssignTask:
    """The command that an answer comes to."""
    return AssignTask(task=card.id, owner=said.person, seen=card.owner, notes=said.text)
