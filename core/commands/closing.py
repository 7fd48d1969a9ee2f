"""Archive, restore and cancel (R108-R110)."""

from dataclasses import dataclass, replace

from core.commands import checks, task_limits
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.commands.moving import decide, settle
from core.commands.spells import end_spells
from core.domain.events import EventKind
from core.domain.ids import TaskId
from core.domain.refusals import Rejected
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import workflow
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTask:
    """Take what has ended off the board; it can be found and restored."""

    task: TaskId
    seen: State


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


@handles(ArchiveTask)
def archive_task(command: ArchiveTask, work: Work) -> Outcome:
    """Refuses Conflict, and ``not-ended`` for a task on which work is still owed."""
    task = work.task(command.task)
    checks.unchanged("state", seen=command.seen, now=task.state, task=task)
    if not workflow.may_archive(task.state):
        raise Rejected("not-ended", key=task.key, state=task.state.value)
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
        raise Rejected("open-subtasks", key=task.key, subtasks=still_open)
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
        after = replace(after, updated=work.now, submitted=None, submitted_by=None)
    settle(task, after, work, kind=EventKind.TASK_RESTORED, reason="")
    return Outcome(task.id, task.key)
