"""What several commands ask of a due before it is set, moved or granted."""

from datetime import date, datetime
from typing import Any

from core.commands import checks
from core.domain.people import Project
from core.domain.refusals import BadValue, Rejected
from core.domain.task import Task
from core.policies.clocks import due_day, is_closing, local_day
from core.policies.warnings import due_is_agreed
from core.store.work import Work
from core.store.working_days import calendar_of


def upcoming(field: str, value: datetime, work: Work, project: Project) -> datetime:
    """``value`` in UTC. Refuses BadValue ``gone-by`` for a day before the project's today."""
    found = checks.instant(field, value) or value
    today, day = checks.today(work, project), day_of(found, work, project)
    if day < today:
        raise BadValue(field, day, reason="gone-by", today=today.isoformat())
    return found


def later(field: str, value: datetime, work: Work, task: Task) -> datetime:
    """``value`` in UTC. Refuses BadValue ``gone-by``, and ``not-later`` than the task's due."""
    project = work.project(task.project)
    found = upcoming(field, value, work, project)
    if task.due is not None and found <= task.due:
        due = written(task.due, work, project)
        raise BadValue(field, written(found, work, project), reason="not-later", due=due)
    return found


def day_of(instant: datetime, work: Work, project: Project) -> date:
    """The day to which a due belongs, on the project's calendar."""
    return due_day(instant, calendar_of(work.store, project))


def written(instant: datetime | None, work: Work, project: Project) -> str:
    """A due as a sync entry names it: the day, and the hour where it is not the office's closing.

    Empty for none.
    """
    if instant is None:
        return ""
    calendar = calendar_of(work.store, project)
    if is_closing(instant, calendar):
        return due_day(instant, calendar).isoformat()
    return f"{local_day(instant, calendar)} {calendar.wall(instant):%H:%M}"


def moved(task: Task, due: datetime | None) -> dict[str, Any]:
    """What follows from a due: the first is the baseline, each later change is a slip."""
    if task.baseline_due is None:
        return {"due": due, "baseline_due": due}
    return {"due": due, "slips": task.slips + 1}


def need_reason(task: Task, reason: str) -> None:
    """Refuse ``reason-needed`` where a due that was agreed shall move without one."""
    if due_is_agreed(task.state, task.due) and not reason:
        raise Rejected("reason-needed", key=task.key, field="due")
