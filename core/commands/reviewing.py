"""Verdicts: accept, or send back with findings (R65, R104-R107)."""

from dataclasses import dataclass, replace

from core.commands import checks, task_limits
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.commands.moving import decide, settle
from core.commands.spells import end_spells
from core.domain.events import EventKind
from core.domain.ids import TaskId
from core.domain.parts import Criterion
from core.domain.refusals import Rejected
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import permissions
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTask:
    """Find the work good: review becomes done."""

    task: TaskId
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """Send the work back with findings: review becomes doing, same owner, next round."""

    task: TaskId
    findings: str


def _judged(number: TaskId, work: Work) -> Task:
    """The task, if it awaits a verdict that the actor may give."""
    task = work.task(number)
    project = work.project(task.project)
    if task.state is not State.REVIEW:
        raise Rejected("not-in-review", key=task.key, state=task.state.value)
    department = checks.department_of(work, project)
    code = permissions.why_not_accept(work.actor, task, project, department)
    if code is not None:
        raise Rejected(code, key=task.key)
    return task


@handles(AcceptTask)
def accept_task(command: AcceptTask, work: Work) -> Outcome:
    """Refuses ``not-in-review``, ``own-work``, ``not-the-acceptor`` and ``open-subtasks``."""
    task = _judged(command.task, work)
    subtasks = work.all(Task, parent=task.id)
    still_open = tuple(one.key for one in subtasks if one.closed is None)
    if still_open:
        raise Rejected("open-subtasks", key=task.key, subtasks=still_open)
    unmet = [one for one in work.all(Criterion, task=task.id) if not one.met]
    if unmet:
        raise Rejected("criteria-open", key=task.key, criteria=tuple(one.text for one in unmet))
    check_limit(work, task, to=State.DONE)
    note = checks.text("note", command.note)
    decide(work, task, Verdict.ACCEPTED, findings=note)
    end_spells(work, task, resolution=note)
    own = work.actor.id in {task.owner, task.submitted_by}
    after = replace(
        task, state=State.DONE, closed=work.now, accepted_by=work.actor.id, blocked_since=None
    )
    settle(task, after, work, kind=EventKind.TASK_ACCEPTED, reason=note)
    task_limits.end_of_work(work, task)
    task_limits.owe_retro(work, task, subtasks=len(subtasks))
    if own:
        work.warn("accepted-own-work", key=task.key)
    return Outcome(task.id, task.key)


@handles(SendBack)
def send_back(command: SendBack, work: Work) -> Outcome:
    """Refuses empty findings, ``not-in-review``, ``own-work`` and ``not-the-acceptor``.

    A full column does not keep anybody from sending work back; it warns.
    """
    task = _judged(command.task, work)
    findings = checks.text("findings", command.findings, required=True)
    check_limit(work, task, to=State.DOING, only_warn=True)
    decide(work, task, Verdict.SENT_BACK, findings=findings)
    after = replace(task, state=State.DOING, submitted=None, submitted_by=None, updated=work.now)
    settle(task, after, work, kind=EventKind.TASK_SENT_BACK, reason=findings)
    task_limits.work_goes_on(work, task)
    return Outcome(task.id, task.key)
