"""Add a task: the form, again and again until it is stored or given up."""

from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.refusals import Refusal
from core.queries.board import CardRow
from tui.prompts.choice import ChoicePrompt
from tui.prompts.inputs import Choice
from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm
from tui.screens.base import DubanScreen
from tui.screens.choosing import office, people_choices


async def add_task(screen: DubanScreen, *, near: CardRow | None) -> TaskId | None:
    """Ask for a task and store it; what was made, or None after Esc.

    ``near`` is the chosen card: its project comes first where one must be chosen.
    """
    words, session = screen.words, screen.session
    project = await _home(screen, near)
    if project is None:
        return None
    where, people = office(screen, project), people_choices(session)
    said, notice = TaskAnswer(), ""
    while True:
        facts = FormFacts(office=where, people=people, start=said)
        form = TaskForm(words, title=words("New task"), facts=facts)
        form.notice = notice
        answer = await screen.answer(form)
        if answer is None:
            return None
        said = answer
        try:
            receipt = await session.send(_command(project, said))
        except Refusal as refusal:
            notice = screen.refusal_text(refusal)
            continue
        await screen.renew()
        screen.tell(words("{key} is on the board.", key=receipt.name))
        return TaskId(receipt.id)


def _command(project: ProjectId, said: TaskAnswer) -> CreateTask:
    return CreateTask(
        project=project, title=said.title, owner=said.owner, due=said.due, priority=said.priority
    )


async def _home(screen: DubanScreen, near: CardRow | None) -> ProjectId | None:
    """The project of a new task: the one looked at, the only one, or one that is asked for."""
    projects = screen.session.projects
    if screen.session.project is not None or len(projects) == 1:
        return screen.session.project or projects[0].id
    choices = [Choice(key=str(one.id), label=one.name, note=one.key) for one in projects]
    title = screen.words("New task in which project?")
    prompt = ChoicePrompt(
        screen.words, title=title, choices=choices, chosen=str(near.project) if near else ""
    )
    answer = await screen.answer(prompt)
    return ProjectId(int(answer)) if answer else None
