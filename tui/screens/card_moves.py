"""Move a task along the workflow, or close it: what is asked first, and what is sent.

Most moves ask nothing, so prompts are loaded with the first that does: they are a megabyte.
"""

from core.commands.closing import ArchiveTask, CancelTask
from core.commands.editing import AssignTask
from core.commands.moving import MoveTask
from core.commands.reviewing import AcceptTask, SendBack
from core.domain.status import State
from core.policies.workflow import may_archive
from core.queries.board import CardRow
from tui.screens.card_screen import CardScreen

_NEXT = {State.DRAFT: State.TODO, State.TODO: State.DOING, State.DOING: State.REVIEW}


async def move_next(screen: CardScreen, card: CardRow) -> None:
    """Start, submit or accept."""
    if card.state is State.REVIEW:
        await screen.send(AcceptTask(task=card.id))
        return
    to = _NEXT.get(card.state)
    if to is None:
        screen.tell(
            screen.words(
                "{key} is done; {press} archives it.", key=card.key, press=screen.key("close")
            )
        )
    elif to is State.DOING and card.owner is None:
        await _start_with_owner(screen, card)
    elif to is not State.REVIEW or await _submits(screen, card):
        await screen.send(MoveTask(task=card.id, to=to, seen=card.state))


async def _submits(screen: CardScreen, card: CardRow) -> bool:
    """What is blocked is submitted only by somebody who knows."""
    if card.blocked_since is None:
        return True
    from tui.prompts.confirm import ConfirmPrompt

    title = screen.words("{key} is blocked: submit it all the same?", key=card.key)
    answer = await screen.answer(ConfirmPrompt(screen.words, title=title, question=card.title))
    return answer is True


async def _start_with_owner(screen: CardScreen, card: CardRow) -> None:
    """Nothing is in progress without an owner: ask, then assign and move in one."""
    from tui.screens.choosing import choose_owner

    title = screen.words("Who does {key}?", key=card.key)
    me = screen.session.me
    owner = await choose_owner(screen, title=title, chosen=me.id if me else None)
    if owner is None:
        return
    assign = AssignTask(task=card.id, owner=owner, seen=None)
    move = MoveTask(task=card.id, to=State.DOING, seen=card.state)
    await screen.send_all((assign, move))


async def move_previous(screen: CardScreen, card: CardRow) -> None:
    """Put back, withdraw, send back with findings, or reopen with a reason."""
    me = screen.session.me
    if card.state is State.TODO:
        screen.tell(
            screen.words(
                "{key} has not been started; {press} cancels it.",
                key=card.key,
                press=screen.key("close"),
            )
        )
    elif card.state is State.DOING:
        await screen.send(MoveTask(task=card.id, to=State.TODO, seen=card.state))
    elif card.state is State.DONE:
        await _reopen(screen, card)
    elif card.state is State.REVIEW and me and me.id in {card.owner, card.submitted_by}:
        await screen.send(MoveTask(task=card.id, to=State.DOING, seen=card.state))
    elif card.state is State.REVIEW:
        await _send_back(screen, card)


async def _reopen(screen: CardScreen, card: CardRow) -> None:
    from tui.prompts.text import TextPrompt

    title = screen.words("Why is {key} opened again?", key=card.key)
    required = screen.words("Reopening needs a reason; it is kept in the log.")
    await screen.fill(
        card,
        lambda _, said: TextPrompt(screen.words, title=title, value=said or "", required=required),
        lambda card, reason: (
            MoveTask(task=card.id, to=State.DOING, seen=card.state, reason=reason),
        ),
    )


async def _send_back(screen: CardScreen, card: CardRow) -> None:
    from tui.prompts.long_text import LongTextPrompt

    title = screen.words("Send {key} back: what must be changed?", key=card.key)
    required = screen.words("Say what must be changed, so that the owner knows.")
    await screen.fill(
        card,
        lambda _, said: LongTextPrompt(
            screen.words, title=title, value=said or "", note=card.title, required=required
        ),
        lambda card, findings: (SendBack(task=card.id, findings=findings),),
    )


async def close(screen: CardScreen, card: CardRow) -> None:
    """Archive what is done, cancel what is open."""
    if may_archive(card.state):
        await _archive(screen, card)
    else:
        await _cancel(screen, card)


async def _archive(screen: CardScreen, card: CardRow) -> None:
    from tui.prompts.confirm import ConfirmPrompt

    title = screen.words("Archive {key}?", key=card.key)
    if await screen.answer(ConfirmPrompt(screen.words, title=title, question=card.title)):
        sent = await screen.send(ArchiveTask(task=card.id, seen=card.state))
        if sent:
            screen.tell(screen.words("{key} is in the archive.", key=card.key))


async def _cancel(screen: CardScreen, card: CardRow) -> None:
    from tui.prompts.text import TextPrompt

    title = screen.words("Cancel {key}: why is it given up?", key=card.key)
    required = screen.words("Cancelling needs a reason; it is kept in the log.")
    sent = await screen.fill(
        card,
        lambda _, said: TextPrompt(screen.words, title=title, value=said or "", required=required),
        lambda seen, said: (CancelTask(task=seen.id, seen=seen.state, reason=said),),
    )
    if sent:
        screen.tell(screen.words("{key} is cancelled.", key=card.key))
