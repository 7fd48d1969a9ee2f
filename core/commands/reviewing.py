"""Verdicts: accept, send back with findings, have somebody else accept (R65, R104-R107)."""

from collections.abc import Iterable
from typing import NamedTuple

from core.commands import checks, duty, task_limits
from core.commands.accepting import acceptors, must_be_able
from core.commands.checks import check_limit
from core.commands.handlers import Outcome, handles
from core.commands.moving import decide, settle
from core.commands.spells import end_spells
from core.domain.events import EventKind, Plain
from core.domain.ids import PartId, PersonId, TaskId
from core.domain.parts import Criterion
from core.domain.refusals import BadValue, Rejected
from core.domain.status import State, Verdict
from core.domain.task import Task
from core.policies import permissions
from core.records import dataclass, replace
from core.store.own_work import held_apart, own_people
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTask:
    """Find the work good: review becomes done."""

    task: TaskId
    note: str = ""
    met: tuple[PartId, ...] = ()
    """The criteria that are ticked with it."""
    open_subtasks_reason: str = ""
    """Why it is done although subtasks are open."""


class Point(NamedTuple):
    """A criterion that the findings point at."""

    criterion: PartId
    lacks: str
    """What it lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """Send the work back with findings: review becomes doing, same owner, next round."""

    task: TaskId
    findings: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateAcceptance:
    """Have somebody else accept the task from now on."""

    task: TaskId
    to: PersonId
    reason: str
    seen: PersonId | None
    """Who accepted it as its author saw it, named or by position."""


def _judged(number: TaskId, work: Work) -> Task:
    """The task, if it awaits a verdict that the actor may give."""
    task = work.task(number)
    if task.state is not State.REVIEW:
        raise Rejected("not-in-review", key=task.key, state=task.state.value)
    _must_judge(task, work)
    return task


def _must_judge(task: Task, work: Work) -> None:
    """Refuse ``own-work`` and ``not-the-acceptor``."""
    project = work.project(task.project)
    code = permissions.why_not_accept(
        work.actor,
        task,
        project,
        checks.department_of(work, project),
        own=held_apart(work.store, task, project),
        acceptors=acceptors(work, task),
    )
    if code is not None:
        raise Rejected(code, key=task.key)


@handles(AcceptTask)
def accept_task(command: AcceptTask, work: Work) -> Outcome:
    """Tick what is named, then accept.

    Refuses ``not-in-review``, ``own-work``, ``not-the-acceptor``, ``open-subtasks`` without a
    reason, ``criteria-open`` and BadValue for a criterion of another task.
    """
    task = _judged(command.task, work)
    more: dict[str, tuple[Plain, Plain]] = {}
    subtasks = work.all(Task, parent=task.id)
    if still_open := tuple(one.key for one in subtasks if one.closed is None):
        reason = checks.text("open_subtasks_reason", command.open_subtasks_reason)
        if not reason:
            raise Rejected("open-subtasks", key=task.key, subtasks=still_open)
        more["open_subtasks"] = (None, ", ".join(still_open))
        more["open_subtasks_reason"] = (None, reason)
    _tick(command.met, task, work)
    check_limit(work, task, to=State.DONE)
    note = checks.text("note", command.note)
    own = work.actor.id in own_people(work.store, task)
    if own:
        more["own"] = (None, True)
    decide(work, task, Verdict.ACCEPTED, findings=note)
    end_spells(work, task, resolution=note)
    after = replace(
        task, state=State.DONE, closed=work.now, accepted_by=work.actor.id, blocked_since=None
    )
    settle(task, after, work, kind=EventKind.TASK_ACCEPTED, reason=note, more=more)
    task_limits.end_of_work(work, task)
    task_limits.owe_retro(work, task, subtasks=len(subtasks))
    if own:
        work.warn("accepted-own-work", key=task.key)
    return Outcome(task.id, task.key)


def _tick(met: Iterable[PartId], task: Task, work: Work) -> None:
    """Tick these criteria. Refuses ``criteria-open`` if others are left."""
    criteria = {one.id: one for one in work.all(Criterion, task=task.id)}
    ticked = set(met)
    for number in ticked:
        if number not in criteria:
            raise BadValue("met", number, reason="unknown")
    left = tuple(one.text for one in criteria.values() if not one.met and one.id not in ticked)
    if left:
        raise Rejected("criteria-open", key=task.key, criteria=left)
    for one in criteria.values():
        if one.id in ticked and not one.met:
            _set_met(one, task, work, met=True)


def _set_met(one: Criterion, task: Task, work: Work, *, met: bool) -> None:
    changes = work.save(replace(one, met=met, met_by=work.actor.id if met else None))
    work.record(EventKind.CRITERION_CHANGED, task, subject=one.text, changes=changes)


@handles(SendBack)
def send_back(command: SendBack, work: Work) -> Outcome:
    """Refuses empty findings, ``not-in-review``, ``own-work`` and ``not-the-acceptor``.

    A criterion that is pointed at is no longer ticked. A full column does not keep anybody from
    sending work back; it warns.
    """
    task = _judged(command.task, work)
    findings = checks.text("findings", command.findings, required=True)
    points = _points(command.points, task, work)
    check_limit(work, task, to=State.DOING, only_warn=True)
    decide(
        work,
        task,
        Verdict.SENT_BACK,
        findings=findings,
        points={str(one.id): lacks for one, lacks in points},
    )
    said = "; ".join(f"{one.text}: {lacks}" for one, lacks in points)
    for one, _ in points:
        if one.met:
            _set_met(one, task, work, met=False)
    updated = duty.goes_on(work, task)
    after = replace(task, state=State.DOING, submitted=None, submitted_by=None, updated=updated)
    more: dict[str, tuple[Plain, Plain]] = {"points": (None, said)} if said else {}
    settle(task, after, work, kind=EventKind.TASK_SENT_BACK, reason=findings, more=more)
    task_limits.work_goes_on(work, task)
    task_limits.told_of_criteria(work, task)
    return Outcome(task.id, task.key)


def _points(given: Iterable[Point], task: Task, work: Work) -> list[tuple[Criterion, str]]:
    """What each of these criteria lacks; each once. Refuses BadValue."""
    criteria = {one.id: one for one in work.all(Criterion, task=task.id)}
    found: dict[PartId, tuple[Criterion, str]] = {}
    for point in given:
        if point.criterion not in criteria:
            raise BadValue("points", point.criterion, reason="unknown")
        lacks = checks.text("points", point.lacks, required=True)
        found[point.criterion] = (criteria[point.criterion], lacks)
    return list(found.values())


@handles(DelegateAcceptance)
def delegate_acceptance(command: DelegateAcceptance, work: Work) -> Outcome:
    """Make ``to`` the acceptor.

    Refuses Conflict, ``task-closed``, ``own-work``, ``not-the-acceptor``, an empty reason,
    ``delegate-own`` for those whose own work it is, and BadValue for somebody who accepts nothing.
    """
    task = checks.open_task(work, command.task)
    _must_judge(task, work)
    project = work.project(task.project)
    now = permissions.acceptor_of(task, project, checks.department_of(work, project))
    checks.unchanged("acceptor", seen=command.seen, now=now, task=task)
    reason = checks.text("reason", command.reason, required=True)
    to = checks.person(work, "to", command.to)
    if to is None:
        raise BadValue("to", "", reason="accepts-nothing")
    must_be_able(work, task, to, field="to")
    after = replace(task, acceptor=to.id)
    changes = work.save(after)
    if changes:
        task_limits.tell_next_acceptor(work, after)
        kept = {"acceptor": (now, to.id)}
        work.record(
            EventKind.ACCEPTANCE_DELEGATED, task, subject=to.handle, changes=kept, reason=reason
        )
    return Outcome(task.id, task.key)
