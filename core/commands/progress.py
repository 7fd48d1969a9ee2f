"""Progress updates (R10, R68, R69)."""

from datetime import date, datetime

from core.commands import checks, duty
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, TaskId
from core.domain.people import Project
from core.domain.progress import ProgressUpdate
from core.domain.refusals import BadValue
from core.domain.task import Task
from core.records import dataclass, replace
from core.store.told_tables import ProgressTable
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProgress:
    """Say how far a task is; it is added to what was said before and never clashes."""

    task: TaskId
    progress: int
    done: str = ""
    next: str = ""
    problems: str = ""
    support: str = ""
    status_note: str | None = None
    """Replaces the task's status note (R67); None keeps it."""
    day: date | None = None
    """None means today, in the project's time zone; only an import gives another day."""
    person: PersonId | None = None
    """None means whoever sends the command; only an import names another."""


@handles(UpdateProgress)
def update_progress(command: UpdateProgress, work: Work) -> Outcome:
    """Store the update. Refuses BadValue and ``task-closed``; contradictions only warn.

    What is told of an earlier day is history: it leaves a closed task, and one with an update
    of a later day, as they are.
    """
    task = checks.open_task(work, command.task) if command.day is None else work.task(command.task)
    project = work.project(task.project)
    today = checks.today(work, project)
    day = checks.day("day", command.day) or today
    if day > today:
        raise BadValue("day", day, reason="future", today=today.isoformat())
    person = checks.person(work, "person", command.person) or work.actor
    update = ProgressUpdate(
        task=task.id,
        person=person.id,
        day=day,
        at=work.now if day == today else min(work.now, _closing(project, day)),
        progress=checks.percent("progress", command.progress),
        done=checks.text("done", command.done),
        next=checks.text("next", command.next),
        problems=checks.text("problems", command.problems),
        support=checks.text("support", command.support),
    )
    newest = task.closed is None and (day == today or _is_newest(work, update))
    work.add(update)
    if update.progress == 100 and update.next:
        work.warn("done-with-next", key=task.key)
    changes = _follow(command, work, task=task, update=update) if newest else {}
    kept: dict[str, tuple[Plain, Plain]] = {
        name: changes[name] for name in ("progress", "status_note") if name in changes
    }
    said = {"done": update.done, "next": update.next, "problems": update.problems}
    kept |= {name: (None, value) for name, value in said.items() if value}
    work.record(EventKind.PROGRESS_UPDATED, task, subject=task.title, changes=kept)
    return Outcome(task.id, task.key)


def _closing(project: Project, day: date) -> datetime:
    """When the office closed on an earlier day: then, at the latest, it was so."""
    from core.policies.calendar import calendar_named

    return calendar_named(project.calendar, time_zone=project.time_zone).closing(day)


def _is_newest(work: Work, update: ProgressUpdate) -> bool:
    later = (ProgressTable.task == update.task) & (ProgressTable.day > update.day)
    return work.store.row(ProgressTable.select(ProgressTable.id).where(later).limit(1)) is None


def _follow(
    command: UpdateProgress, work: Work, *, task: Task, update: ProgressUpdate
) -> dict[str, tuple[Plain, Plain]]:
    """Let the task stand as ``update`` tells; returns what changed."""
    after = replace(task, progress=update.progress, updated=_heard(work, task, update))
    if command.status_note is not None:
        note = checks.line("status_note", command.status_note)
        after = replace(after, status_note=note)
    return work.save(after)


def _heard(work: Work, task: Task, update: ProgressUpdate) -> datetime | None:
    """The newest news; none counts before the owner has taken the task on, as by giving it."""
    if task.updated is not None:
        return max(task.updated, update.at)
    return update.at if duty.goes_on(work, task) else None
