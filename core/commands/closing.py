"""Archive, restore and cancel (R108-R110)."""

from core.commands import checks, duty, task_limits
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.commands.moving import decide, settle
from core.commands.spells import end_spells
from core.domain.duties import CloseOut
from core.domain.events import EventKind, Plain
from core.domain.ids import TaskId
from core.domain.refusals import Rejected
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import workflow
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTask:
    """Take what has ended off the board; it can be found and restored."""

    task: TaskId
    seen: State
    actual: str = ""
    """What came of it, where nobody has closed it out yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutTask:
    """Say what came of a task that is done, against what was expected (R108); or correct it."""

    task: TaskId
    actual: str
    seen: str = ""
    """What its author saw there; empty where nothing was said yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTask:
    """Give a task up, with the reason."""

    task: TaskId
    seen: State
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTask:
    """Bring an archived or cancelled task back to the state it had."""

    task: TaskId


@handles(CloseOutTask)
def close_out_task(command: CloseOutTask, work: Work) -> Outcome:
    """Refuses an empty result, Conflict, and ``not-done`` before it was accepted."""
    task = work.task(command.task)
    if task.state is not State.DONE and task.before is not State.DONE:
        raise Rejected("not-done", key=task.key, state=task.state.value)
    found = work.all(CloseOut, task=task.id)
    checks.unchanged("actual", seen=command.seen, now=found[0].actual if found else "", task=task)
    actual = checks.text("actual", command.actual, required=True)
    if found:
        changes = work.save(replace(found[0], actual=actual, at=work.now, by=work.actor.id))
        kept = {name: pair for name, pair in changes.items() if name == "actual"}
    else:
        kept = _close_out(work, task, actual)
    if kept:
        work.record(EventKind.TASK_CLOSED_OUT, task, subject=task.title, changes=kept)
    return Outcome(task.id, task.key)


def _close_out(work: Work, task: Task, actual: str) -> dict[str, tuple[Plain, Plain]]:
    made = CloseOut(task=task.id, target=task.outcome, actual=actual, at=work.now, by=work.actor.id)
    work.add(made)
    return {"target": (None, made.target), "actual": (None, actual)}


def _must_be_closed_out(command: ArchiveTask, task: Task, work: Work) -> None:
    """What came of work is asked for before it leaves the board; of parts with their whole."""
    if task.state is not State.DONE or task.parent is not None or work.all(CloseOut, task=task.id):
        return
    if not command.actual.strip():
        raise Rejected("result-needed", key=task.key, field="actual")
    changes = _close_out(work, task, checks.text("actual", command.actual, required=True))
    work.record(EventKind.TASK_CLOSED_OUT, task, subject=task.title, changes=changes)


@handles(ArchiveTask)
def archive_task(command: ArchiveTask, work: Work) -> Outcome:
    """Refuses Conflict, ``not-ended`` where work is still owed, and ``result-needed``."""
    return put_away(command, work)


def put_away(command: ArchiveTask, work: Work, *, imported: bool = False) -> Outcome:
    """Archive it; a table need not tell what came of it. Refuses as ``archive_task``."""
    task = work.task(command.task)
    checks.unchanged("state", seen=command.seen, now=task.state, task=task)
    if not workflow.may_archive(task.state):
        raise Rejected("not-ended", key=task.key, state=task.state.value)
    if not imported:
        _must_be_closed_out(command, task, work)
    after = replace(task, state=State.ARCHIVED, before=task.state, closed=task.closed or work.now)
    settle(task, after, work, kind=EventKind.TASK_ARCHIVED, reason="")
    task_limits.end_of_work(work, task)
    return Outcome(task.id, task.key)


@handles(CancelTask)
def cancel_task(command: CancelTask, work: Work) -> Outcome:
    """Refuses Conflict, ``task-closed``, ``open-subtasks`` and an empty reason."""
    task = checks.open_task(work, command.task)
    checks.unchanged("state", seen=command.seen, now=task.state, task=task)
    reason = checks.text("reason", command.reason, required=True)
    still_open = tuple(one.key for one in work.all(Task, parent=task.id) if one.closed is None)
    if still_open:
        to = State.CANCELLED.value
        raise Rejected("open-subtasks", key=task.key, subtasks=still_open, to=to)
    if task.state is State.REVIEW:
        decide(work, task, Verdict.WITHDRAWN)
    end_spells(work, task, resolution=reason)
    after = replace(
        task, state=State.CANCELLED, before=task.state, closed=work.now, blocked_since=None
    )
    settle(task, after, work, kind=EventKind.TASK_CANCELLED, reason=reason)
    task_limits.end_all(work, task)
    return Outcome(task.id, task.key)


@handles(RestoreTask)
def restore_task(command: RestoreTask, work: Work) -> Outcome:
    """Refuses ``not-closed`` for a task that was neither archived nor cancelled, ``wip-full``."""
    task = work.task(command.task)
    if task.before is None:
        raise Rejected("not-closed", key=task.key, state=task.state.value)
    back = State.DOING if task.before is State.REVIEW else task.before
    check_limit(work, task, to=back)
    ended = back in {State.DONE, State.CANCELLED}
    after = replace(task, state=back, before=None, closed=task.closed if ended else None)
    if back is State.CANCELLED:
        after = replace(after, before=State.TODO)
    if not ended:
        updated = duty.goes_on(work, task)
        after = replace(after, updated=updated, submitted=None, submitted_by=None)
        duty.resume(work, after)
    settle(task, after, work, kind=EventKind.TASK_RESTORED, reason="")
    return Outcome(task.id, task.key)
