"""The next step of what waits for my answer about a task; every screen with ``r`` uses it."""

from datetime import timedelta
from typing import TypeVar

from core.commands.blocking import SetResolution
from core.commands.warning import GrantExtension, RefuseExtension
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.domain.spells import BlockSpell
from core.domain.trouble import Extension
from core.policies import acts
from core.policies.rights import Act
from core.queries.detail import TaskView, task_view
from core.queries.responding import open_question
from tui.due import due_text
from tui.prompts.extension import ExtensionAnswer, ExtensionPrompt
from tui.prompts.resolution import ResolutionAnswer, ResolutionPrompt
from tui.screens.asking_again import ask_until_taken
from tui.screens.base import DubanScreen
from tui.screens.choosing import office
from tui.screens.permitted import about_view, was_told, whom_to_ask
from tui.warning_terms import delay_word

Answered = TypeVar("Answered")
_USUAL = timedelta(hours=4)
"""How far off a resolution is proposed."""


async def respond_to_task(screen: DubanScreen, task: TaskId) -> None:
    """Grant or refuse a later due, set a resolution time, or answer a question about the task.

    The first of these that waits for whoever is here; says so where nothing does.
    """
    me = screen.session.me
    bridge = screen.session.bridge
    try:
        view = await bridge.ask(task_view, task)
        question = await bridge.ask(open_question, task, person=me.id if me else None)
    except Refusal as refusal:
        screen.refused(refusal)
        return
    may_decide = acts.why_not(Act.GRANT_LATER, me, about_view(view)) is None
    if view.extension is not None and may_decide:
        await decide_extension(screen, view, view.extension)
    elif view.spell is not None and _waits_for_a_time(screen, view.spell):
        await set_resolution(screen, view, view.spell)
    elif question is not None:
        from tui.screens.answering import answer_question

        await answer_question(screen, question)
    elif view.issues:
        from tui.screens.issue_steps import next_step

        await next_step(screen, view.issues[0].id)
    else:
        screen.tell(_nothing(screen, view), "warning")


def _waits_for_a_time(screen: DubanScreen, spell: BlockSpell) -> bool:
    """A critical block, and one that waits for me."""
    me = screen.session.me
    return spell.resolve_by is None and (
        spell.critical or (me is not None and spell.waiting_person == me.id)
    )


def _nothing(screen: DubanScreen, view: TaskView) -> str:
    words, key = screen.words, view.task.key
    if view.extension is not None:
        said = words("{key}: its lead has to answer the request for a later due.", key=key)
        return words.joined(said, whom_to_ask(screen, Act.GRANT_LATER, about_view(view)))
    return words("Nothing about {key} waits for your answer.", key=key)


async def decide_extension(screen: DubanScreen, view: TaskView, asked: Extension) -> None:
    """Grant or refuse the later due that was asked for."""
    words = screen.words
    calendar = screen.session.calendar(view.project.id)
    old, new = (due_text(one, calendar) for one in (asked.old_due, asked.new_due))
    note = words(
        "{name} asks for {new} in place of {old}.",
        name=view.name(asked.asked_by),
        new=new,
        old=old or words("no due date"),
    )
    cause = words("{cause}: {reason}", cause=delay_word(words, asked.code), reason=asked.reason)
    title = words("Later due for {key}?", key=view.task.key)

    def make(said: ExtensionAnswer | None) -> ExtensionPrompt:
        return ExtensionPrompt(words, title=title, asked=f"{note}\n{cause}", start=said)

    def command(said: ExtensionAnswer) -> object:
        if said.granted:
            return GrantExtension(extension=asked.id, note=said.note)
        return RefuseExtension(extension=asked.id, reason=said.note)

    said = await ask_until_taken(screen, make, command)
    if said is not None and said.granted:
        screen.tell(words("{key}: granted, due {when}.", key=view.task.key, when=new))
    elif said is not None:
        when = old or words("nothing")
        screen.tell(words("{key}: refused, due {when}.", key=view.task.key, when=when))


async def set_resolution(screen: DubanScreen, view: TaskView, spell: BlockSpell) -> None:
    """Say by when the block is resolved."""
    me = screen.session.me
    is_mine = me is not None and spell.waiting_person == me.id
    if not is_mine and was_told(screen, Act.NOTE, about_view(view), view.task.key):
        return
    words, where = screen.words, office(screen, view.project.id)
    title = words("By when is {key} resolved?", key=view.task.key)
    note = words("{reason} - waits for {who}", reason=spell.reason, who=spell.waiting_for)
    proposed = (where.now + _USUAL).replace(minute=0, second=0, microsecond=0)
    begun = ResolutionAnswer(by=spell.resolve_by or proposed, met=spell.critical)

    def make(said: ResolutionAnswer | None) -> ResolutionPrompt:
        return ResolutionPrompt(words, title=title, note=note, office=where, start=said or begun)

    def command(said: ResolutionAnswer) -> object:
        by = said.by or proposed
        return SetResolution(task=view.task.id, resolve_by=by, met=said.met, note=said.note)

    said = await ask_until_taken(screen, make, command)
    if said is not None:
        when = due_text(said.by, where.calendar)
        text = words("{key} is to be resolved by {when}.", key=view.task.key, when=when)
        screen.tell(text)
