"""Change what a task says: owner, due, progress, block, or several at once."""

from collections.abc import Sequence
from datetime import datetime

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.progress import UpdateProgress
from core.domain.ids import PersonId, TaskId
from core.policies.warnings import due_is_agreed
from core.queries.board import CardRow
from core.queries.definition import definition
from core.queries.detail import needed
from tui.prompts.block import BlockAnswer, BlockPrompt
from tui.prompts.due import DueAnswer, DuePrompt
from tui.prompts.percent import PercentPrompt
from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm
from tui.prompts.text import TextPrompt
from tui.screens.card_screen import CardScreen
from tui.screens.choosing import (
    awaited_choices,
    awaited_tasks,
    choose_owner,
    office,
    people_choices,
)
from tui.screens.defining import like_it
from tui.screens.handing_over import hand_over, is_begun


async def owner(screen: CardScreen, card: CardRow) -> None:
    """Choose the owner; what is in progress is handed over with notes."""
    if is_begun(card):
        await hand_over(screen, card)
        return
    title = screen.words("Owner of {key}", key=card.key)
    owner = await choose_owner(screen, title=title, chosen=card.owner, nobody=True)
    if owner is None:
        return
    person = screen.session.person(owner)
    if person is not None and person.id == card.owner:
        said = screen.words("{name} owns {key} already.", name=person.name, key=card.key)
        screen.tell(said, "warning")
        return
    number = PersonId(owner) if owner else None
    me = screen.session.me
    if card.owner is None and me is not None and number == me.id:
        from core.commands.assigning import ClaimTask

        await screen.send(ClaimTask(task=card.id))
    else:
        await screen.send(AssignTask(task=card.id, owner=number, seen=card.owner))


async def due(screen: CardScreen, card: CardRow) -> None:
    """Set or clear the due date."""
    title = screen.words("Due date of {key}", key=card.key)
    where = office(screen, card.project)

    def make(seen: CardRow, said: DueAnswer | None) -> DuePrompt:
        return DuePrompt(
            screen.words,
            title=title,
            at=said.at if said else seen.due,
            office=where,
            agreed=_agreed(seen),
            reason=said.reason if said else "",
        )

    def commands(seen: CardRow, said: DueAnswer) -> Sequence[object]:
        setting = Setting("due", seen=seen.due, value=said.at)
        return (EditTask(task=seen.id, settings=(setting,), reason=said.reason),)

    await screen.fill(card, make, commands)


def _agreed(card: CardRow) -> datetime | None:
    """The due with which others plan."""
    return card.due if due_is_agreed(card.state, card.due) else None


async def progress(screen: CardScreen, card: CardRow) -> None:
    """Say how far it is."""
    title = screen.words("Progress of {key}", key=card.key)
    await screen.fill(
        card,
        lambda seen, said: PercentPrompt(
            screen.words,
            title=title,
            percent=said.percent if said else seen.progress,
            done=said.done if said else "",
        ),
        lambda seen, said: (UpdateProgress(task=seen.id, progress=said.percent, done=said.done),),
    )


async def block(screen: CardScreen, card: CardRow) -> None:
    """Block, or say how it was resolved."""
    await (_block(screen, card) if card.blocked_since is None else _unblock(screen, card))


async def _block(screen: CardScreen, card: CardRow) -> None:
    title = screen.words("Why can {key} not go on?", key=card.key)
    needs = await screen.session.bridge.ask(needed, card.id)
    awaited = (*awaited_choices(screen.session), *awaited_tasks(screen.words, needs))
    await screen.fill(
        card,
        lambda _, said: BlockPrompt(screen.words, title=title, awaited=awaited, start=said),
        lambda seen, said: (block_command(seen.id, said),),
    )


def block_command(task: TaskId, said: BlockAnswer) -> BlockTask:
    """The command that an answer of the prompt comes to."""
    return BlockTask(
        task=task,
        reason=said.reason,
        waiting_for=said.waiting_for,
        waiting_person=said.waiting_person,
        waiting_department=said.waiting_department,
        waiting_task=said.waiting_task,
        kind=said.kind,
        critical=said.critical,
    )


async def _unblock(screen: CardScreen, card: CardRow) -> None:
    title = screen.words("{key} goes on. How was it resolved?", key=card.key)
    await screen.fill(
        card,
        lambda _, said: TextPrompt(screen.words, title=title, value=said or ""),
        lambda seen, said: (UnblockTask(task=seen.id, resolution=said),),
    )


async def edit(screen: CardScreen, card: CardRow) -> None:
    """Title, owner, due and priority in one form."""
    where, people = office(screen, card.project), people_choices(screen.session)
    look = like_it(screen.session, apart=card.id)
    told = (await screen.session.bridge.ask(definition, card.id)).told

    def make(seen: CardRow, said: TaskAnswer | None) -> TaskForm:
        now = TaskAnswer(title=seen.title, owner=seen.owner, due=seen.due, priority=seen.priority)
        agreed = _agreed(seen)
        handed = seen.owner if is_begun(seen) else None
        facts = FormFacts(
            office=where,
            people=people,
            start=said or now,
            agreed=agreed,
            handed=handed,
            told=told,
            similar=look,
        )
        return TaskForm(screen.words, title=screen.words("Edit {key}", key=seen.key), facts=facts)

    def commands(seen: CardRow, said: TaskAnswer) -> Sequence[object]:
        names = ("title", "due", "priority")
        changed = [one for one in names if getattr(said, one) != getattr(seen, one)]
        settings = tuple(
            Setting(one, seen=getattr(seen, one), value=getattr(said, one)) for one in changed
        )
        edit = EditTask(task=seen.id, settings=settings, reason=said.reason)
        found: list[object] = [edit] if settings else []
        if said.owner != seen.owner:
            notes = said.reason if is_begun(seen) else ""
            assign = AssignTask(task=seen.id, owner=said.owner, seen=seen.owner, notes=notes)
            found.append(assign)
        return found

    await screen.fill(card, make, commands)
