"""Add a task: the form, again and again until it is stored or given up."""

from core.commands.tasks import CreateTask
from core.desk import Receipt
from core.domain.ids import ProjectId
from core.domain.refusals import Refusal
from core.queries.board import CardRow
from tui.drafts import drafts_of
from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm
from tui.screens.base import DubanScreen
from tui.screens.choosing import home_of_new, office, people_choices
from tui.screens.defining import like_it


async def add_task(screen: DubanScreen, *, near: CardRow | None) -> Receipt | None:
    """Ask for a task and store it; its receipt, or None after Esc.

    ``near`` is the chosen card: its project comes first where one must be chosen.
    """
    words, session = screen.words, screen.session
    title = screen.words("New task in which project?")
    project = await home_of_new(screen, title=title, near=near.project if near else None)
    if project is None:
        return None
    where, people = office(screen, project), people_choices(session)
    said, notice, look = TaskAnswer(), "", like_it(session)
    home = session.project_of(project)
    place = words("In project {key} · {name}", key=home.key, name=home.name) if home else ""
    draft = drafts_of(session).at(f"task/{project}")
    while True:
        facts = FormFacts(office=where, people=people, start=said, place=place, similar=look)
        form = TaskForm(words, title=words("New task"), facts=facts)
        form.notice, form.draft = notice, draft
        answer = await screen.answer(form)
        if answer is None:
            draft.drop()
            return None
        said = answer
        try:
            receipt = await screen.deliver(_command(project, said))
        except Refusal as refusal:
            notice = screen.refusal_text(refusal)
            continue
        draft.drop()
        return receipt


def _command(project: ProjectId, said: TaskAnswer) -> CreateTask:
    return CreateTask(
        project=project, title=said.title, owner=said.owner, due=said.due, priority=said.priority
    )
