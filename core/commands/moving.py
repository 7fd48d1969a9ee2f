"""Move a task along the workflow and within its column."""

from collections.abc import Mapping

from core.commands import checks, duty, task_limits
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind, Plain
from core.domain.ids import TaskId
from core.domain.parts import Dependency
from core.domain.refusals import Rejected
from core.domain.reviews import Review
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import workflow
from core.records import dataclass, replace
from core.store import places
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTask:
    """Take a task to another state.

    Review to doing withdraws it. Doing to review is SubmitTask, review to done AcceptTask, and
    back with findings SendBack: a submission and a verdict say more than a mere move.
    """

    task: TaskId
    to: State
    seen: State
    """The state its author saw."""
    reason: str = ""
    force: bool = False
    """Begin although it is not clear and its project requires that; needs a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderTask:
    """Put a task right above or below another card of its column."""

    task: TaskId
    neighbour: TaskId
    below: bool


@handles(MoveTask)
def move_task(command: MoveTask, work: Work) -> Outcome:
    """Move it to the top of the other column.

    Refuses Conflict, ``illegal-move``, ``owner-needed``, ``submission-needed``,
    ``verdict-needed``, ``wip-full``, ``unclear``, ``reason-needed`` (reopening what was accepted,
    forcing what is unclear). Warns ``unclear``, and ``not-ready`` where work begins before what it
    needs is done.
    """
    task = work.task(command.task)
    if task.state is command.to:
        return Outcome(task.id, task.key)
    checks.unchanged("state", seen=command.seen, now=task.state, task=task)
    _may_move(task, command, work)
    check_limit(work, task, to=command.to)
    begin = _begin if command.to is State.DOING else _plain
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
    if command.to is State.REVIEW:
        from core.commands.handed import missing

        raise Rejected("submission-needed", key=task.key, missing=missing(work, task))
    if task.state is State.REVIEW and work.actor.id not in {task.owner, task.submitted_by}:
        raise Rejected("findings-needed", key=task.key)
    if task.state is State.DONE and not command.reason.strip():
        raise Rejected("reason-needed", key=task.key, field="reason")


def _plain(task: Task, command: MoveTask, work: Work) -> None:
    moved = replace(task, state=command.to)
    settle(task, moved, work, kind=EventKind.TASK_MOVED, reason=command.reason)
    if task.state is State.DRAFT:
        duty.resume(work, moved)


def _begin(task: Task, command: MoveTask, work: Work) -> None:
    """Start, withdraw or reopen: the update clock starts anew once its owner has taken it on."""
    updated = duty.goes_on(work, task)
    moved = replace(task, state=State.DOING, updated=updated, closed=None, accepted_by=None)
    moved = replace(moved, submitted=None, submitted_by=None)
    kind = EventKind.TASK_MOVED
    if task.state is State.REVIEW:
        decide(work, task, Verdict.WITHDRAWN)
        kind = EventKind.TASK_WITHDRAWN
    settle(task, moved, work, kind=kind, reason=command.reason)
    if task.state is State.DONE:
        duty.resume(work, moved)
    if task.state in {State.REVIEW, State.DONE}:
        task_limits.work_goes_on(work, task)
    else:
        from core.commands import defining

        defining.begins(work, task, force=command.force, reason=command.reason)
        warn_not_ready(work, task)


def warn_not_ready(work: Work, task: Task) -> None:
    """Say so where work begins although what it needs first is not done (R7, R49)."""
    links = work.all(Dependency, task=task.id)
    keys = [one.key for one in (work.task(link.needs) for link in links) if one.closed is None]
    if keys:
        work.warn("not-ready", key=task.key, needs=tuple(sorted(keys)))


def decide(
    work: Work,
    task: Task,
    verdict: Verdict,
    *,
    findings: str = "",
    points: Mapping[str, str] | None = None,
) -> None:
    """Close the open round of review."""
    for review in work.all(Review, task=task.id, verdict=Verdict.PENDING):
        work.save(
            replace(
                review,
                verdict=verdict,
                decided=work.now,
                decided_by=work.actor.id,
                findings=findings,
                points=points or {},
            )
        )


def settle(
    before: Task,
    after: Task,
    work: Work,
    *,
    kind: EventKind,
    reason: str = "",
    more: Mapping[str, tuple[Plain, Plain]] | None = None,
) -> None:
    """Store the moved task at the top of its column and record it, with what else was said."""
    work.save(replace(after, position=places.top(work.store, after)))
    changes: dict[str, tuple[Plain, Plain]] = {"state": (before.state.value, after.state.value)}
    if before.round != after.round:
        changes["round"] = (before.round, after.round)
    changes |= more or {}
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
