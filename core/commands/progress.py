"""Progress updates (R10, R68, R69)."""

from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind
from core.domain.ids import TaskId
from core.domain.progress import ProgressUpdate
from core.domain.refusals import BadValue
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


@handles(UpdateProgress)
def update_progress(command: UpdateProgress, work: Work) -> Outcome:
    """Store the update. Refuses BadValue and ``task-closed``; contradictions only warn."""
    task = checks.open_task(work, command.task) if command.day is None else work.task(command.task)
    project = work.project(task.project)
    today = work.now.astimezone(ZoneInfo(project.time_zone)).date()
    if command.day is not None and command.day > today:
        raise BadValue("day", command.day, reason="future", today=today.isoformat())
    update = ProgressUpdate(
        task=task.id,
        person=work.actor.id,
        day=command.day or today,
        at=work.now,
        progress=checks.percent("progress", command.progress),
        done=checks.text("done", command.done),
        next=checks.text("next", command.next),
        problems=checks.text("problems", command.problems),
        support=checks.text("support", command.support),
    )
    work.add(update)
    if update.progress == 100 and update.next:
        work.warn("done-with-next", key=task.key)
    after = replace(task, progress=update.progress, updated=work.now)
    if command.status_note is not None:
        note = checks.line("status_note", command.status_note)
        after = replace(after, status_note=note)
    changes = work.save(after)
    kept = {name: changes[name] for name in ("progress", "status_note") if name in changes}
    said = {"done": update.done, "next": update.next, "problems": update.problems}
    kept |= {name: (None, value) for name, value in said.items() if value}
    work.record(EventKind.PROGRESS_UPDATED, task, subject=task.title, changes=kept)
    return Outcome(task.id, task.key)
