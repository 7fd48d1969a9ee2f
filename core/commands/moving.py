"""Move a task along the workflow and within its column."""

from dataclasses import dataclass, replace

from core.commands import checks, task_limits
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind, Plain
from core.domain.ids import TaskId
from core.domain.refusals import Rejected
from core.domain.reviews import Review
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import workflow
from core.store import places
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTask:
    """Take a task to another state.

    Doing to review submits it (R103), review to doing withdraws it. Review to done is
    AcceptTask, and back with findings is SendBack: a verdict is never a mere move.
    """

    task: TaskId
    to: State
    seen: State
    """The state its author saw."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderTask:
    """Put a task right above or below another card of its column."""

    task: TaskId
    neighbour: TaskId
    below: bool


@handles(MoveTask)
def move_task(command: MoveTask, work: Work) -> Outcome:
    """Move it to the top of the other column.

    Refuses Conflict, ``illegal-move``, ``owner-needed``, ``verdict-needed``, ``wip-full``,
    ``reason-needed`` (reopening what was accepted).
    """
    task = work.task(command.task)
    if task.state is command.to:
        return Outcome(task.id, task.key)
    checks.unchanged("state", seen=command.seen, now=task.state, task=task)
    _may_move(task, command, work)
    check_limit(work, task, to=command.to)
    begin = {State.REVIEW: submit, State.DOING: _begin}.get(command.to, _plain)
    begin(task, command, work)
    return Outcome(task.id, task.key)


def _may_move(task: Task, command: MoveTask, work: Work) -> None:
    if not workflow.may_move(task.state, command.to):
        allowed = tuple(state.value for state in workflow.next_states(task.state))
        raise Rejected(
            "illegal-move",
            key=task.key,
            state=task.state.value,
            to=command.to.value,
            allowed=allowed,
        )
    if command.to is State.DONE:
        raise Rejected("verdict-needed", key=task.key)
    if command.to in {State.DOING, State.REVIEW} and task.owner is None:
        raise Rejected("owner-needed", key=task.key)
    if task.state is State.REVIEW and work.actor.id not in {task.owner, task.submitted_by}:
        raise Rejected("findings-needed", key=task.key)
    if task.state is State.DONE and not command.reason.strip():
        raise Rejected("reason-needed", key=task.key, field="reason")


def _plain(task: Task, command: MoveTask, work: Work) -> None:
    moved = replace(task, state=command.to)
    settle(task, moved, work, kind=EventKind.TASK_MOVED, reason=command.reason)


def _begin(task: Task, command: MoveTask, work: Work) -> None:
    """Start, withdraw or reopen: the update clock starts anew."""
    moved = replace(task, state=State.DOING, updated=work.now, closed=None, accepted_by=None)
    moved = replace(moved, submitted=None, submitted_by=None)
    kind = EventKind.TASK_MOVED
    if task.state is State.REVIEW:
        decide(work, task, Verdict.WITHDRAWN)
        kind = EventKind.TASK_WITHDRAWN
    settle(task, moved, work, kind=kind, reason=command.reason)
    if task.state in {State.REVIEW, State.DONE}:
        task_limits.work_goes_on(work, task)


def submit(task: Task, command: MoveTask, work: Work) -> None:
    """Hand the task to its acceptor: the next round begins (R102, R103)."""
    moved = replace(
        task,
        state=State.REVIEW,
        submitted=work.now,
        submitted_by=work.actor.id,
        round=task.round + 1,
        updated=work.now,
    )
    work.add(
        Review(task=task.id, round=moved.round, submitted=work.now, submitted_by=work.actor.id)
    )
    settle(task, moved, work, kind=EventKind.TASK_SUBMITTED, reason=command.reason)
    task_limits.owe_deliverables(work, task)


def decide(work: Work, task: Task, verdict: Verdict, *, findings: str = "") -> None:
    """Close the open round of review."""
    for review in work.all(Review, task=task.id, verdict=Verdict.PENDING):
        work.save(
            replace(
                review,
                verdict=verdict,
                decided=work.now,
                decided_by=work.actor.id,
                findings=findings,
            )
        )


def settle(before: Task, after: Task, work: Work, *, kind: EventKind, reason: str) -> None:
    """Store the moved task at the top of its column and record it."""
    work.save(replace(after, position=places.top(work.store, after)))
    changes: dict[str, tuple[Plain, Plain]] = {"state": (before.state.value, after.state.value)}
    if before.round != after.round:
        changes["round"] = (before.round, after.round)
    work.record(
        kind, after, subject=after.title, changes=changes, reason=checks.text("reason", reason)
    )


@handles(ReorderTask)
def reorder_task(command: ReorderTask, work: Work) -> Outcome:
    """Change the order only. Refuses Conflict if the two no longer share a column."""
    task, neighbour = work.task(command.task), work.task(command.neighbour)
    if task.id == neighbour.id:
        return Outcome(task.id, task.key)
    checks.unchanged("state", seen=neighbour.state.value, now=task.state.value, task=task)
    checks.unchanged("parent", seen=neighbour.parent, now=task.parent, task=task)
    while (position := places.beside(work.store, task, neighbour, below=command.below)) is None:
        places.renumber(work.store, task)
        work.forget()
        task, neighbour = work.task(command.task), work.task(command.neighbour)
    changes = work.save(replace(task, position=position))
    work.record(EventKind.TASK_REORDERED, task, changes=changes)
    return Outcome(task.id, task.key)
