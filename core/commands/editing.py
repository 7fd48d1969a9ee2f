"""Edit and assign tasks (R36-R45)."""

from typing import Any, NamedTuple

from core.commands import checks, duty
from core.commands.handlers import Outcome, handles
from core.commands.tasks import EDITABLE
from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import BadValue, Rejected
from core.domain.status import State
from core.domain.task import Task
from core.records import dataclass, replace
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
    """Needed where a due that was agreed moves, and for another acceptor of what is submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTask:
    """Make ``owner`` the one who does it (R43); None takes it back to nobody."""

    task: TaskId
    owner: PersonId | None
    seen: PersonId | None
    reason: str = ""
    notes: str = ""
    """What whoever had it hands over; needed once the work has begun (R134)."""


@handles(EditTask)
def edit_task(command: EditTask, work: Work) -> Outcome:
    """Set the fields.

    Refuses BadValue (of an open task's due also a day before today), Conflict where somebody set
    one of them since, ``reason-needed`` where an agreed due moves or another is to accept what is
    submitted, ``delegate-own``, and ``task-closed`` for what is archived or cancelled.
    """
    return write_edits(command, work)


def write_edits(command: EditTask, work: Work, *, imported: bool = False) -> Outcome:
    """Set the fields; a table may tell of a due that is over. Refuses as ``edit_task``."""
    task = checks.kept_task(work, command.task)
    reason = checks.text("reason", command.reason)
    values: dict[str, Any] = {}
    for setting in command.settings:
        clean = EDITABLE.get(setting.field)
        if clean is None:
            raise BadValue("field", setting.field, reason="not-editable", known=tuple(EDITABLE))
        values[setting.field] = clean(setting.field, setting.value, work)
        now = getattr(task, setting.field)
        if now != values[setting.field]:
            checks.unchanged(setting.field, seen=setting.seen, now=now, task=task)
    if values.get("acceptor", task.acceptor) != task.acceptor:
        _change_acceptor(task, values["acceptor"], work, reason=reason, imported=imported)
    if "due" in values and values["due"] != task.due:
        from core.commands import dues

        dues.need_reason(task, reason)
        if values["due"] is not None and task.closed is None and not imported:
            dues.upcoming("due", values["due"], work, work.project(task.project))
        values |= dues.moved(task, values["due"])
    changes = work.save(replace(task, **values))
    if changes:
        work.record(EventKind.TASK_EDITED, task, changes=changes, reason=reason)
    return Outcome(task.id, task.key)


def _change_acceptor(
    task: Task, to: PersonId | None, work: Work, *, reason: str, imported: bool
) -> None:
    """While it waits for a verdict the same holds as for delegating it; who accepted it stands."""
    from core.commands import accepting, task_limits

    if not imported:
        checks.open_task(work, task.id)
        checks.worker(work, "acceptor", to)
        if task.state is State.REVIEW:
            if not reason:
                raise Rejected("reason-needed", key=task.key, field="reason")
            if to is not None:
                accepting.must_be_able(work, task, work.get(Person, to), field="acceptor")
    after = replace(task, acceptor=to)
    task_limits.tell_next_acceptor(work, after)
    checks.note_own_acceptor(work, after)


@handles(AssignTask)
def assign_task(command: AssignTask, work: Work) -> Outcome:
    """Set the one owner, who then takes it on; nobody else's task stands still meanwhile.

    Refuses Conflict, and once the work has begun ``owner-needed`` and ``handover-notes``.
    """
    return write_owner(command, work)


def write_owner(command: AssignTask, work: Work, *, imported: bool = False) -> Outcome:
    """Set the one owner; a table tells no notes, and its owners have taken on what they have."""
    task = checks.open_task(work, command.task)
    owner = (checks.person if imported else checks.worker)(work, "owner", command.owner)
    begun = task.state in duty.BEGUN
    if owner is None and begun:
        raise Rejected("owner-needed", key=task.key)
    if task.owner == command.owner:
        return Outcome(task.id, task.key)
    checks.unchanged("owner", seen=command.seen, now=task.owner, task=task)
    reason, notes = checks.text("reason", command.reason), checks.text("notes", command.notes)
    if begun and not (notes or imported):
        raise Rejected("handover-notes", key=task.key, field="notes")
    handing = duty.Handing(notes=notes, reason=reason, taken_on=imported)
    since = duty.hand_to(work, task, command.owner, handing=handing)
    after = replace(task, owner=command.owner, updated=since if begun else task.updated)
    kept: dict[str, tuple[Plain, Plain]] = {"owner": work.save(after)["owner"]}
    kept |= {"notes": (None, notes)} if notes else {}
    work.record(EventKind.TASK_ASSIGNED, task, changes=kept, reason=reason)
    checks.note_own_acceptor(work, after)
    return Outcome(task.id, task.key)
