"""Early warnings, and the later dues that they ask for (R78, R79, R89, D6)."""

from datetime import datetime

from core.commands import checks, dues, timing
from core.commands.handlers import Outcome, handles
from core.commands.sync import write_entry
from core.domain.events import EventKind, Plain
from core.domain.ids import PartId, TaskId
from core.domain.parts import Collaborator
from core.domain.people import Person
from core.domain.refusals import BadValue, Rejected
from core.domain.status import SyncKind
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import DelayReason, Extension, RequestState
from core.policies import permissions
from core.records import dataclass, replace
from core.store.work import Work

LONGEST_TOPIC = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnDelay:
    """Say ahead of time that a task will be late, why, and when it is expected now.

    It asks for that later due; one such request a task is open at a time.
    """

    task: TaskId
    code: DelayReason
    reason: str
    expected: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantExtension:
    """Let the due be the later one that was asked for."""

    extension: PartId
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseExtension:
    """Let the due stay, and say why."""

    extension: PartId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawWarning:
    """Take an early warning back: it will be in time after all."""

    extension: PartId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendDue:
    """Move a due as the lead, after talking it over (R89); a request that is open is granted."""

    task: TaskId
    due: datetime
    reason: str
    seen: datetime | None
    """The due that its author saw."""


@handles(WarnDelay)
def warn_delay(command: WarnDelay, work: Work) -> Outcome:
    """Ask for a later due, and mark the task as delayed.

    Refuses BadValue for an empty reason and a time that is past or not after the due,
    ``task-closed``, ``already-warned``, and ``not-yours-to-warn`` for people who neither own the
    task, nor help with it, nor lead.
    """
    task = checks.open_task(work, command.task)
    _may_warn(task, work)
    if open_extension(work, task) is not None:
        raise Rejected("already-warned", key=task.key)
    reason = checks.text("reason", command.reason, required=True)
    asked = work.add(
        Extension(
            task=task.id,
            code=checks.word("code", command.code, DelayReason),
            reason=reason,
            old_due=task.due,
            new_due=dues.later("expected", command.expected, work, task),
            asked=work.now,
            asked_by=work.actor.id,
        )
    )
    line = " ".join(reason.split())[:LONGEST_TOPIC]
    work.save(replace(task, delay_reason=line, expected=asked.new_due))
    _start_limit(task, asked, work)
    changes: dict[str, tuple[Plain, Plain]] = {
        "code": (None, asked.code.value),
        "expected": (_plain(task.due), _plain(asked.new_due)),
    }
    work.record(EventKind.DELAY_WARNED, task, changes=changes, reason=reason)
    return Outcome(asked.id, task.key)


def _may_warn(task: Task, work: Work) -> None:
    project = work.project(task.project)
    helpers = work.all(Collaborator, task=task.id)
    department = checks.department_of(work, project)
    if not permissions.may_warn(work.actor, task, helpers, project=project, department=department):
        raise Rejected("not-yours-to-warn", key=task.key)


def _start_limit(task: Task, asked: Extension, work: Work) -> None:
    """The lead has a working day to answer."""
    project, rule = work.project(task.project), TimerRule.EXTENSION
    due = timing.limit(work, project, rule, start=work.now, urgent=task.urgent)
    timer = Timer(
        rule=rule,
        project=project.id,
        task=task.id,
        target=Target.EXTENSION,
        object=asked.id,
        started=work.now,
        due=due,
        urgent=task.urgent,
    )
    timing.start(work, timer)


def open_extension(work: Work, task: Task) -> Extension | None:
    """The request that waits for an answer, if there is one."""
    found = work.all(Extension, task=task.id, state=RequestState.ASKED)
    return found[0] if found else None


@handles(GrantExtension)
def grant_extension(command: GrantExtension, work: Work) -> Outcome:
    """Move the due; the baseline stays, and it counts as a slip.

    Refuses ``not-the-lead``, ``extension-decided``, ``task-closed``, Conflict where the due has
    moved since, and BadValue for a day that is over by now.
    """
    asked, task = _waiting(command.extension, work)
    _need_lead(task, work)
    checks.unchanged("due", seen=asked.old_due, now=task.due, task=task)
    dues.upcoming("expected", asked.new_due, work, work.project(task.project))
    note = checks.text("note", command.note)
    _decide(work, asked, RequestState.GRANTED, answer=note)
    reason = "\n".join(filter(None, (asked.reason, note)))
    _extend(task, asked.new_due, work, kind=EventKind.EXTENSION_GRANTED, reason=reason)
    return Outcome(task.id, task.key)


@handles(RefuseExtension)
def refuse_extension(command: RefuseExtension, work: Work) -> Outcome:
    """Leave the due as it is; the task stays marked as delayed.

    Refuses an empty reason, ``not-the-lead``, ``extension-decided`` and ``task-closed``.
    """
    asked, task = _waiting(command.extension, work)
    _need_lead(task, work)
    reason = checks.text("reason", command.reason, required=True)
    _decide(work, asked, RequestState.REFUSED, answer=reason)
    changes = {"due": (_plain(asked.new_due), _plain(task.due))}
    work.record(EventKind.EXTENSION_REFUSED, task, changes=changes, reason=reason)
    return Outcome(task.id, task.key)


@handles(WithdrawWarning)
def withdraw_warning(command: WithdrawWarning, work: Work) -> Outcome:
    """Close the request; the task is no longer marked as delayed.

    Refuses ``extension-decided``, ``task-closed``, and ``not-yours-to-warn`` as WarnDelay does.
    """
    asked, task = _waiting(command.extension, work)
    if work.actor.id != asked.asked_by:
        _may_warn(task, work)
    withdraw(work, asked)
    work.save(replace(task, delay_reason="", expected=None))
    work.record(EventKind.WARNING_WITHDRAWN, task, reason=asked.reason)
    return Outcome(task.id, task.key)


def withdraw(work: Work, asked: Extension) -> None:
    """Close a request that nobody needs to answer any more."""
    _decide(work, asked, RequestState.WITHDRAWN)


@handles(ExtendDue)
def extend_due(command: ExtendDue, work: Work) -> Outcome:
    """Move the due; the baseline stays, and it counts as a slip.

    Refuses BadValue for an empty reason and a day before today, ``not-the-lead``, ``task-closed``
    and Conflict.
    """
    task = checks.open_task(work, command.task)
    _need_lead(task, work)
    checks.unchanged("due", seen=command.seen, now=task.due, task=task)
    reason = checks.text("reason", command.reason, required=True)
    due = dues.upcoming("due", command.due, work, work.project(task.project))
    if due == task.due:
        raise BadValue("due", _plain(due), reason="same")
    asked = open_extension(work, task)
    if asked is not None:
        _decide(work, asked, RequestState.GRANTED, answer=reason)
    _extend(task, due, work, kind=EventKind.DUE_EXTENDED, reason=reason)
    return Outcome(task.id, task.key)


def _waiting(number: PartId, work: Work) -> tuple[Extension, Task]:
    """The request and its task, if it waits for an answer."""
    asked = work.get(Extension, number)
    task = checks.open_task(work, asked.task)
    if asked.state is not RequestState.ASKED:
        raise Rejected("extension-decided", key=task.key, answer=asked.state.value)
    return asked, task


def _need_lead(task: Task, work: Work) -> None:
    project = work.project(task.project)
    if not permissions.may_grant(work.actor, project, checks.department_of(work, project)):
        raise Rejected("not-the-lead", key=task.key)


def _decide(work: Work, asked: Extension, state: RequestState, *, answer: str = "") -> None:
    decided = replace(asked, state=state, decided=work.now, decided_by=work.actor.id, answer=answer)
    work.save(decided)
    timing.end(work, Target.EXTENSION, asked.id, rules=(TimerRule.EXTENSION,))


def _extend(task: Task, due: datetime, work: Work, *, kind: EventKind, reason: str) -> None:
    """Move the due, and tell all concerned (R89): the task is in time again."""
    after = replace(task, delay_reason="", expected=None, **dues.moved(task, due))
    changes = work.save(after)
    kept: dict[str, tuple[Plain, Plain]] = {
        name: changes[name] for name in ("due", "slips") if name in changes
    }
    work.record(kind, task, changes=kept, reason=reason)
    project = work.project(task.project)
    old, new = (dues.written(one, work, project) for one in (task.due, due))
    concerned = _concerned(task, work)
    told = f" · {old or '—'} → {new}"
    write_entry(
        work,
        project,
        topic=f"{task.key} {task.title}"[: LONGEST_TOPIC - len(told)] + told,
        content=reason,
        kind=SyncKind.DECISION,
        task=task,
        people=tuple(one.id for one in concerned),
        audience="、".join(one.name for one in concerned),
    )


def _concerned(task: Task, work: Work) -> tuple[Person, ...]:
    """Owner, acceptor, initiator and who helps, each once."""
    project = work.project(task.project)
    acceptor = permissions.acceptor_of(task, project, checks.department_of(work, project))
    helpers = (one.person for one in work.all(Collaborator, task=task.id))
    everybody = (task.owner, acceptor, task.initiator, *helpers)
    return tuple(work.get(Person, one) for one in dict.fromkeys(everybody) if one is not None)


def _plain(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
