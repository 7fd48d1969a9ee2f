"""Move a task along the workflow, or close it: what is asked first, and what is sent.

Most moves ask nothing, so prompts are loaded with the first that does: they are a megabyte.
"""

from typing import TYPE_CHECKING

from core.commands.closing import ArchiveTask, CancelTask
from core.commands.editing import AssignTask
from core.commands.moving import MoveTask
from core.domain.status import State
from core.policies.workflow import may_archive
from core.queries.board import CardRow
from tui.screens.card_screen import CardScreen

if TYPE_CHECKING:
    from core.queries.detail import TaskView

_NEXT = {State.DRAFT: State.TODO, State.TODO: State.DOING, State.DOING: State.REVIEW}


async def move_next(screen: CardScreen, card: CardRow) -> None:
    """Start, submit or accept."""
    if card.state is State.REVIEW:
        from tui.screens.verdicts import accept

        await accept(screen, card)
        return
    to = _NEXT.get(card.state)
    if to is None:
        screen.tell(
            screen.words(
                "{key} is done; {press} archives it.", key=card.key, press=screen.key("close")
            ),
            "warning",
        )
    elif to is State.DOING and card.owner is None:
        await _start_with_owner(screen, card)
    elif to is State.DOING:
        from tui.screens.defining import begin

        await begin(screen, card)
    elif to is not State.REVIEW:
        await screen.send(MoveTask(task=card.id, to=to, seen=card.state))
    elif await _submits(screen, card):
        from tui.screens.verdicts import submit

        await submit(screen, card)


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
    from core.commands.assigning import ClaimTask
    from tui.screens.defining import begin

    mine = me is not None and owner == me.id
    assign = ClaimTask(task=card.id) if mine else AssignTask(task=card.id, owner=owner, seen=None)
    await begin(screen, card, assign)


async def move_previous(screen: CardScreen, card: CardRow) -> None:
    """Put back, withdraw, send back with findings, or reopen with a reason."""
    me = screen.session.me
    if card.state is State.TODO:
        screen.tell(
            screen.words(
                "{key} has not been started; {press} cancels it.",
                key=card.key,
                press=screen.key("close"),
            ),
            "warning",
        )
    elif card.state is State.DOING:
        await screen.send(MoveTask(task=card.id, to=State.TODO, seen=card.state))
    elif card.state is State.DONE:
        await _reopen(screen, card)
    elif card.state is State.REVIEW and me and me.id in {card.owner, card.submitted_by}:
        await screen.send(MoveTask(task=card.id, to=State.DOING, seen=card.state))
    elif card.state is State.REVIEW:
        from tui.screens.verdicts import send_back

        await send_back(screen, card, at=screen.criterion)


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


async def close(screen: CardScreen, card: CardRow) -> None:
    """Archive what is done, cancel what is open."""
    if may_archive(card.state):
        await _archive(screen, card)
    else:
        await _cancel(screen, card)


async def _archive(screen: CardScreen, card: CardRow) -> None:
    """Ask what came of it where nobody has said so yet; of what was cancelled only whether."""
    from core.queries.archiving import result_of
    from core.queries.detail import task_view

    view = await screen.session.bridge.ask(task_view, card.id)
    told = await screen.session.bridge.ask(result_of, card.id)
    if card.state is State.DONE and view.task.parent is None and told is None:
        sent = await _with_result(screen, card, view)
    else:
        sent = await _simply(screen, card)
    if sent:
        screen.tell(screen.words("{key} is in the archive.", key=card.key))


async def _simply(screen: CardScreen, card: CardRow) -> object:
    from tui.prompts.confirm import ConfirmPrompt

    title = screen.words("Archive {key}?", key=card.key)
    if not await screen.answer(ConfirmPrompt(screen.words, title=title, question=card.title)):
        return None
    return await screen.send(_archiving(card))


def _archiving(card: CardRow, actual: str = "") -> ArchiveTask:
    return ArchiveTask(task=card.id, seen=card.state, actual=actual)


async def _with_result(screen: CardScreen, card: CardRow, view: "TaskView") -> object:
    from tui.prompts.long_text import LongTextPrompt
    from tui.screens.kept_forms import Kept, delivered

    words = screen.words
    title = words("Archive {key}: what came of it?", key=card.key)
    note = words("Expected: {text}", text=view.task.outcome) if view.task.outcome else ""
    usual = view.reviews[0].results if view.reviews else ""
    required = words("Say what came of it; it is kept with the task.")

    def make(said: str) -> LongTextPrompt:
        return LongTextPrompt(words, title=title, value=said, note=note, required=required)

    kept = Kept(f"archive/{card.id}", again="close")
    return await delivered(screen, make, usual, lambda said: _archiving(card, said), kept=kept)


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
