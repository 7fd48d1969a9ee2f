"""Edit and assign tasks (R36-R45)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.commands.tasks import EDITABLE
from core.domain.events import EventKind
from core.domain.ids import PersonId, TaskId
from core.domain.refusals import BadValue, Rejected
from core.domain.status import State
from core.domain.task import Task
from core.store.work import Work


class Setting(NamedTuple):
    """One field's edit: what its author saw, and what it shall be."""

    field: str
    seen: object
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTask:
    """Set fields of a task; edits of different fields never clash (law 4)."""

    task: TaskId
    settings: tuple[Setting, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTask:
    """Make ``owner`` the one who does it (R43); None takes it back to nobody."""

    task: TaskId
    owner: PersonId | None
    seen: PersonId | None
    reason: str = ""


@handles(EditTask)
def edit_task(command: EditTask, work: Work) -> Outcome:
    """Set the fields.

    Refuses BadValue, Conflict where somebody set one of them since, and ``task-closed`` for what
    is archived or cancelled.
    """
    task = checks.kept_task(work, command.task)
    values: dict[str, Any] = {}
    for setting in command.settings:
        clean = EDITABLE.get(setting.field)
        if clean is None:
            raise BadValue("field", setting.field, reason="not-editable", known=tuple(EDITABLE))
        values[setting.field] = clean(setting.field, setting.value, work)
        now = getattr(task, setting.field)
        if now != values[setting.field]:
            checks.unchanged(setting.field, seen=setting.seen, now=now, task=task)
    if "due" in values and values["due"] != task.due:
        values |= _moved_due(task, values["due"])
    changes = work.save(replace(task, **values))
    if changes:
        reason = checks.text("reason", command.reason)
        work.record(EventKind.TASK_EDITED, task, changes=changes, reason=reason)
    return Outcome(task.id, task.key)


def _moved_due(task: Task, due: datetime | None) -> dict[str, Any]:
    """The first due is the baseline; each later change is a slip that the board shows."""
    if task.baseline_due is None:
        return {"baseline_due": due}
    return {"slips": task.slips + 1}


@handles(AssignTask)
def assign_task(command: AssignTask, work: Work) -> Outcome:
    """Set the one owner. Refuses Conflict, and ``owner-needed`` once the work has begun."""
    task = checks.open_task(work, command.task)
    owner = checks.person(work, "owner", command.owner)
    if owner is None and task.state in {State.DOING, State.REVIEW}:
        raise Rejected("owner-needed", key=task.key)
    if task.owner != command.owner:
        checks.unchanged("owner", seen=command.seen, now=task.owner, task=task)
    changes = work.save(replace(task, owner=owner.id if owner else None))
    if changes:
        reason = checks.text("reason", command.reason)
        kept = {"owner": changes["owner"]}
        work.record(EventKind.TASK_ASSIGNED, task, changes=kept, reason=reason)
    return Outcome(task.id, task.key)
