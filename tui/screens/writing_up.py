"""What is owed in writing: minutes of a meeting, the task of a follow-up, a registration.

Used by every screen that shows that it is owed.
"""

from typing import TYPE_CHECKING, NamedTuple

from core.commands.meetings import HoldMeeting
from core.commands.registering import RegisterDeliverable
from core.commands.sync import MakeFollowUpTask
from core.desk import Receipt
from core.domain.ids import PartId, ProjectId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.refusals import Refusal
from core.domain.timers import Target
from core.queries.detail import task_view
from core.queries.meetings import plans
from core.queries.synclog import SyncRow, entry
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.meeting import MinutesAnswer, MinutesPrompt
from tui.prompts.text import TextPrompt
from tui.screens.base import DubanScreen
from tui.screens.kept_forms import Kept, delivered

if TYPE_CHECKING:
    from core.queries.alert_rows import AlertRow


async def write_up(screen: DubanScreen, row: "AlertRow") -> bool:
    """Do what an alert says is owed in writing; False for an alert about something else."""
    if row.rule == "meeting" and row.target is Target.PLAN:
        planned = await screen.session.bridge.ask(plans, now=screen.session.now())
        kind = next((one.plan.kind for one in planned if one.plan.id == row.object), None)
        await write_minutes(screen, row.project, Meeting(kind=kind or MeetingKind.WEEKLY))
    elif row.rule.startswith("retro"):
        about = f"{row.key} {row.title}".rstrip()
        await write_minutes(screen, row.project, Meeting(MeetingKind.RETRO, row.task, about))
    elif row.rule.startswith("follow-up") and row.target is Target.ENTRY:
        await follow_up(screen, PartId(row.object))
    elif row.rule == "deliverable-late" and row.task is not None:
        await register_next(screen, row.task)
    else:
        return False
    return True


class Meeting(NamedTuple):
    """What is known of a meeting before its minutes are written."""

    kind: MeetingKind = MeetingKind.WEEKLY
    task: TaskId | None = None
    """The task that it is about, as a retrospective is."""
    topic: str = ""
    again: str = "respond"
    """The action that asks for these minutes."""


async def write_minutes(screen: DubanScreen, project: ProjectId, held: Meeting) -> Receipt | None:
    """Ask for a meeting until it is taken; its decisions become entries. None after Esc."""
    found, task = screen.session.project_of(project), held.task
    title = screen.words("Minutes · {project}", project=found.key if found else "")
    if task is not None:
        title = screen.words("Retrospective · {task}", task=held.topic)
    kept = Kept(f"minutes/{project}/{held.kind}/{task or ''}", again=held.again)
    start = MinutesAnswer(kind=held.kind, topic=held.topic)

    def make(said: MinutesAnswer) -> MinutesPrompt:
        return MinutesPrompt(screen.words, title=title, start=said)

    def command(said: MinutesAnswer) -> HoldMeeting:
        return HoldMeeting(
            project=project,
            kind=said.kind,
            topic=said.topic,
            attendees=said.attendees,
            minutes=said.minutes,
            task=task,
            decisions=said.decisions,
        )

    return await delivered(screen, make, start, command, kept=kept)


async def follow_up(screen: DubanScreen, number: PartId) -> None:
    """Make a task of what was agreed; what is restricted asks first, for tasks are public."""
    me = screen.session.me
    try:
        row = await screen.session.bridge.ask(entry, number, viewer=me.id if me else None)
    except Refusal as refusal:
        screen.refused(refusal)
        return
    if not row.follow_up:
        screen.tell(screen.words("This entry names nothing to follow up."), "warning")
    elif row.follow_up_task is not None:
        key = row.follow_up_task_key
        screen.tell(screen.words("Its follow-up is a task already: {key}.", key=key), "warning")
    elif not row.restricted or await _may_be_known(screen, row):
        receipt = await screen.send(MakeFollowUpTask(entry=row.id, openly=row.restricted))
        if receipt is not None:
            name = row.follow_up_owner_name
            said = screen.words("{key} is a task of {name} now.", key=receipt.name, name=name)
            screen.tell(said)


async def _may_be_known(screen: DubanScreen, row: SyncRow) -> bool:
    title = screen.words("Everybody sees tasks. Make one of this?")
    prompt = ConfirmPrompt(screen.words, title=title, question=row.follow_up)
    answer = await screen.answer(prompt)
    return bool(answer)


async def register_next(screen: DubanScreen, task: TaskId) -> None:
    """Ask where each deliverable lies that is not registered, one after the other."""
    view = await screen.session.bridge.ask(task_view, task)
    for one in view.deliverables:
        if one.registered is not None:
            continue
        prompt = TextPrompt(
            screen.words,
            title=screen.words("Register {name}: where does it lie?", name=one.name),
            value=one.location,
            required=screen.words("Name the folder or link where others find it."),
        )
        place = await screen.answer(prompt)
        if place is None:
            return
        await screen.send(RegisterDeliverable(deliverable=one.id, location=place))
