"""Warn of a delay, and nudge whom a task waits for; on every screen that shows tasks."""

from core.commands.nudging import NudgeAwaited
from core.commands.warning import WarnDelay, WithdrawWarning
from core.domain.ids import PersonId, TaskId
from core.domain.refusals import Refusal
from core.domain.trouble import Extension
from core.policies.rights import Act
from core.queries.detail import TaskView, task_view
from tui.due import due_text
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.text import TextPrompt
from tui.prompts.warn import WarnAnswer, WarnPrompt
from tui.screens.asking_again import ask_until_taken
from tui.screens.base import DubanScreen
from tui.screens.choosing import office
from tui.screens.permitted import about_view, was_told


async def warn_of(screen: DubanScreen, task: TaskId) -> None:
    """Ask the lead for a later due, or take the request back that is open."""
    view = await _view(screen, task)
    if view is None:
        return
    asked, me = view.extension, screen.session.me
    is_mine = asked is not None and me is not None and asked.asked_by == me.id
    if not is_mine and was_told(screen, Act.ASK_LATER, about_view(view), view.task.key):
        return
    if asked is not None:
        await _take_back(screen, view, asked)
        return
    words, where = screen.words, office(screen, view.project.id)
    title = words("{key} will be late: until when, and why?", key=view.task.key)
    now = due_text(view.task.due, where.calendar) or words("no due date")
    note = words("Due now: {when}. The lead is asked for the new one.", when=now)

    def make(said: WarnAnswer | None) -> WarnPrompt:
        return WarnPrompt(words, title=title, note=note, office=where, start=said)

    def command(said: WarnAnswer) -> object:
        expected = said.expected or where.now
        return WarnDelay(task=task, code=said.code, reason=said.reason, expected=expected)

    said = await ask_until_taken(screen, make, command)
    if said is not None:
        when = due_text(said.expected, where.calendar)
        screen.tell(words("{key}: the lead is asked for {when}.", key=view.task.key, when=when))


async def _take_back(screen: DubanScreen, view: TaskView, asked: Extension) -> None:
    words, key = screen.words, view.task.key
    calendar = screen.session.calendar(view.project.id)
    title = words("Take the warning back?", key=key)
    question = words(
        "{name} asks for {new} in place of {old}.",
        name=view.name(asked.asked_by),
        new=due_text(asked.new_due, calendar),
        old=due_text(asked.old_due, calendar) or words("no due date"),
    )
    if not await screen.answer(ConfirmPrompt(words, title=title, question=question)):
        return
    if await screen.send(WithdrawWarning(extension=asked.id)):
        screen.tell(words("{key}: the warning is taken back.", key=key))


async def nudge(screen: DubanScreen, task: TaskId) -> None:
    """Remind whom the task waits for, with a word that may be left out."""
    view = await _view(screen, task)
    if view is None:
        return
    words, key = screen.words, view.task.key
    person = awaited(screen, view)
    name = view.name(person)
    title = words("Nudge {name} about {key}: a word?", name=name, key=key) if name else ""
    if person is None or (screen.session.me and person == screen.session.me.id):
        await screen.send(NudgeAwaited(task=task))  # the refusal says why there is nobody
        return

    def make(said: str | None) -> TextPrompt:
        return TextPrompt(words, title=title, value=said or "")

    def command(said: str) -> object:
        return NudgeAwaited(task=task, note=said)

    if await ask_until_taken(screen, make, command) is not None:
        screen.tell(words("{name} is nudged about {key}.", name=name, key=key))


def awaited(screen: DubanScreen, view: TaskView) -> PersonId | None:
    """Whom a nudge reaches, as far as it is seen here; else the owner."""
    spell = view.spell
    found = spell.waiting_person if spell else None
    if found is None and spell is not None and spell.waiting_department is not None:
        leads = {one.id: one.lead for one in screen.session.departments}
        found = leads.get(spell.waiting_department)
    if found is None and spell is not None and spell.waiting_task is not None:
        owners = {one.id: one.owner for one in view.needs}
        found = owners.get(spell.waiting_task)
    return found or view.task.owner


async def _view(screen: DubanScreen, task: TaskId) -> TaskView | None:
    try:
        return await screen.session.bridge.ask(task_view, task)
    except Refusal as refusal:
        screen.refused(refusal)
        return None
