"""Taking tasks on: acknowledge, ask back, return, claim, confirm; and sign allocations.

R51-R53, R134; see core.commands.duty for what is kept.
"""

from core.commands import checks, duty
from core.commands.duty import BEGUN, Handing
from core.commands.handlers import Outcome, handles
from core.commands.sync_writing import write_entry
from core.domain.assignments import Assignment
from core.domain.departments import Department
from core.domain.duties import SignOff
from core.domain.events import EventKind, Plain
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import Rejected
from core.domain.status import State, SyncKind
from core.domain.task import Task
from core.domain.timers import TimerRule
from core.records import dataclass, replace
from core.store import allocations
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeTask:
    """Take on what one was given (签收): goal, criteria and due are understood (R52)."""

    task: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAssignment:
    """Ask back before taking it on; the question stands in the sync log."""

    task: TaskId
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTask:
    """Give a task back (退回) before taking it on, with the reason."""

    task: TaskId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTask:
    """Take a task that nobody has (认领, R51)."""

    task: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDuty:
    """Say that a task is still one's own (R134)."""

    task: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAllocation:
    """Sign who does what of a task and its subtasks, for a department that has part in it (R53)."""

    task: TaskId
    department: DepartmentId
    note: str = ""


@handles(AcknowledgeTask)
def acknowledge_task(command: AcknowledgeTask, work: Work) -> Outcome:
    """Let the cadence of its updates begin. Refuses ``task-closed`` and ``owner-needed``.

    Nothing happens to what is taken on already.
    """
    task = checks.open_task(work, command.task)
    held = duty.need_held(work, task)
    if held.acknowledged is None:
        duty.take_on(work, held)
        if task.state in BEGUN:
            work.save(replace(task, updated=work.now))
        work.record(EventKind.TASK_ACKNOWLEDGED, task, subject=task.title)
    return Outcome(task.id, task.key)


@handles(QuestionAssignment)
def question_assignment(command: QuestionAssignment, work: Work) -> Outcome:
    """Ask whoever gave it; a working day to take it on begins when their answer is due.

    Refuses an empty question, ``task-closed``, ``owner-needed``, ``taken-on`` and
    ``nobody-to-ask``.
    """
    task, held = _waiting(work, command.task)
    question = checks.line("question", command.question, required=True)
    asked = _giver(work, task, held)
    if asked is None:
        raise Rejected("nobody-to-ask", key=task.key)
    _write(work, task, question, to=asked, asks=asked.id)
    from core.commands import timing

    project, rule = work.project(task.project), TimerRule.QUESTION
    answered = timing.limit(work, project, rule, start=work.now, urgent=task.urgent)
    duty.start_clock(work, task, since=answered)
    changes: dict[str, tuple[Plain, Plain]] = {"asks": (None, asked.id)}
    kind = EventKind.ASSIGNMENT_QUESTIONED
    work.record(kind, task, subject=task.title, changes=changes, reason=question)
    return Outcome(task.id, task.key)


@handles(ReturnTask)
def return_task(command: ReturnTask, work: Work) -> Outcome:
    """Leave it to nobody; once begun to whoever had it before, who must take it on again.

    Whoever gave it reads why in the sync log. Refuses an empty reason, ``task-closed``,
    ``owner-needed`` (also where nobody had or leads a task that is begun) and ``taken-on``.
    """
    task, held = _waiting(work, command.task)
    reason = checks.text("reason", command.reason, required=True)
    back = duty.before(work, task, held) if task.state in BEGUN else None
    if back is None and task.state in BEGUN:
        raise Rejected("owner-needed", key=task.key)
    giver = _giver(work, task, held)
    handing = Handing(returned=True, reason=reason, by=held.by)
    since = duty.hand_to(work, task, back, handing=handing)
    updated = since if task.state in BEGUN else task.updated
    work.save(replace(task, owner=back, updated=updated))
    changes: dict[str, tuple[Plain, Plain]] = {"owner": (held.owner, back)}
    kind = EventKind.ASSIGNMENT_RETURNED
    work.record(kind, task, subject=task.title, changes=changes, reason=reason)
    if giver is not None:
        _write(work, task, f"{task.key} {task.title}", to=giver, content=reason)
    return Outcome(task.id, task.key)


@handles(ClaimTask)
def claim_task(command: ClaimTask, work: Work) -> Outcome:
    """Make whoever acts its owner. Refuses ``task-closed``, and ``has-owner``."""
    task = checks.open_task(work, command.task)
    me = work.actor.id
    if task.owner == me:
        return acknowledge_task(AcknowledgeTask(task=task.id), work)
    if task.owner is not None:
        raise Rejected("has-owner", key=task.key, person=work.get(Person, task.owner).name)
    duty.hand_to(work, task, me)
    changes = work.save(replace(task, owner=me))
    work.record(EventKind.TASK_CLAIMED, task, subject=task.title, changes=changes)
    return Outcome(task.id, task.key)


@handles(ConfirmDuty)
def confirm_duty(command: ConfirmDuty, work: Work) -> Outcome:
    """Refuses ``task-closed``, ``owner-needed``, and ``not-taken-on`` of what waits for that."""
    task = checks.open_task(work, command.task)
    held = duty.need_held(work, task)
    if held.acknowledged is None:
        raise Rejected("not-taken-on", key=task.key)
    work.save(replace(held, confirmed=work.now))
    work.record(EventKind.DUTY_CONFIRMED, task, subject=task.title)
    return Outcome(task.id, task.key)


def _waiting(work: Work, number: TaskId) -> tuple[Task, Assignment]:
    task = checks.open_task(work, number)
    held = duty.need_held(work, task)
    if held.acknowledged is not None:
        raise Rejected("taken-on", key=task.key)
    return task, held


def _giver(work: Work, task: Task, held: Assignment) -> Person | None:
    """Who assigned it, else who began it or leads; never its owner."""
    from core.policies.permissions import acceptor_of

    project = work.project(task.project)
    leads = acceptor_of(task, project, checks.department_of(work, project))
    found = (held.by, task.initiator, leads)
    number = next((one for one in found if one not in {None, held.owner}), None)
    return checks.person(work, "person", number)


def _write(
    work: Work,
    task: Task,
    topic: str,
    *,
    to: Person,
    content: str = "",
    asks: PersonId | None = None,
) -> None:
    write_entry(
        work,
        work.project(task.project),
        topic=topic,
        content=content,
        kind=SyncKind.NOTE,
        task=task,
        people=(to.id,),
        audience=to.name,
        asks=asks,
    )


@handles(SignAllocation)
def sign_allocation(command: SignAllocation, work: Work) -> Outcome:
    """Keep the signature; once the last department has signed, everybody is told.

    Refuses ``task-closed``, ``not-your-department`` to all but the department's lead, and
    ``department-not-concerned`` where none of its people has part in the task.
    """
    task = checks.open_task(work, command.task)
    department = work.get(Department, command.department)
    if department.lead != work.actor.id:
        raise Rejected("not-your-department", key=task.key, department=department.name)
    scope = allocations.scope_of(work.store, task.id)
    concerned = allocations.concerned(work.store, scope)
    if department.id not in concerned:
        raise Rejected("department-not-concerned", key=task.key, department=department.name)
    note = checks.text("note", command.note)
    work.add(
        SignOff(
            task=task.id,
            department=department.id,
            person=work.actor.id,
            at=work.now,
            note=note,
            event=work.book.newest,
        )
    )
    kind = EventKind.ALLOCATION_SIGNED
    work.record(kind, task, subject=department.name, reason=note)
    changed = allocations.changed(work.store, scope)
    signed = allocations.signed(work.store, task.id, since=changed)
    if concerned.keys() <= signed.keys():
        _publish(work, task, scope)
    return Outcome(task.id, task.key)


def _publish(work: Work, task: Task, scope: tuple[TaskId, ...]) -> None:
    """Who does what, for all to read (R53, R55)."""
    lines = []
    for one in map(work.task, scope):
        if one.state is State.CANCELLED:
            continue
        owner = work.get(Person, one.owner).name if one.owner else "—"
        lines.append(f"{one.key} {one.title} · {owner}")
    write_entry(
        work,
        work.project(task.project),
        topic=f"{task.key} {task.title}",
        content="\n".join(lines),
        kind=SyncKind.DECISION,
        task=task,
    )
