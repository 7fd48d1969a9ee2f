"""The limits that begin and end as a task is submitted, accepted and closed (D13, D14).

What they need is loaded only where a limit runs: it brings calendars along.
"""

from datetime import datetime

from core.domain.events import EventKind
from core.domain.ids import PersonId
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.records import replace
from core.store.work import Work

PROJECT_KIND = "project"
"""The kind of work types whose tasks are complex (requirements, section 3)."""
_AFTER = frozenset({TimerRule.DELIVERABLE, TimerRule.RETRO})
"""What is owed although the work is done."""


def end_all(work: Work, task: Task) -> None:
    """The task was given up: nothing is owed any more."""
    if _has_timers(work, task):
        _withdraw_request(work, task)
        from core.commands import timing

        timing.end_of_task(work, task.id)


def end_of_work(work: Work, task: Task) -> None:
    """The task is done or archived: only deliverables and the retrospective are still owed."""
    if _has_timers(work, task):
        _withdraw_request(work, task)
        from core.commands import timing

        timing.end_of_task(work, task.id, kept=_AFTER)


def work_goes_on(work: Work, task: Task) -> None:
    """The task came back from its acceptor, or from done: it is not complete after all."""
    if _has_timers(work, task):
        from core.commands import timing

        timing.end(work, Target.TASK, task.id, rules=_AFTER)


def owe_deliverables(work: Work, task: Task) -> None:
    """It was submitted: what it hands over is registered within a day (R96)."""
    from core.domain.parts import Deliverable

    if work.all(Deliverable, task=task.id, registered=None):
        _start(work, task, TimerRule.DELIVERABLE, urgent=task.urgent, person=task.owner)


def tell_of_criteria(work: Work, task: Task) -> None:
    """Agreed criteria were changed: its acceptor is told, unless they did it (R139)."""
    from core.commands import checks
    from core.policies.permissions import acceptor_of

    project = work.project(task.project)
    acceptor = acceptor_of(task, project, checks.department_of(work, project))
    if acceptor in {None, work.actor.id}:
        return
    _start(work, task, TimerRule.CRITERIA, person=acceptor, due=work.now)


def told_of_criteria(work: Work, task: Task) -> None:
    """The acceptor gave a verdict: they have looked at what it was held against."""
    if _has_timers(work, task):
        from core.commands import timing

        timing.end(work, Target.TASK, task.id, rules=(TimerRule.CRITERIA,))


def tell_next_acceptor(work: Work, task: Task) -> None:
    """``task`` is accepted by somebody else from now on, who is told of criteria in their place."""
    if not _has_timers(work, task):
        return
    from core.commands import checks
    from core.policies.permissions import acceptor_of

    wanted = {"target": Target.TASK, "object": task.id, "rule": TimerRule.CRITERIA, "ended": None}
    for timer in work.all(Timer, **wanted):
        project = work.project(task.project)
        acceptor = acceptor_of(task, project, checks.department_of(work, project))
        work.save(replace(timer, person=acceptor))


def owe_retro(work: Work, task: Task, *, subtasks: int) -> None:
    """It was accepted: complex work is looked back on within three working days (R112)."""
    if subtasks or (task.parent is None and _is_project_work(work, task)):
        _start(work, task, TimerRule.RETRO)


def _start(
    work: Work,
    task: Task,
    rule: TimerRule,
    *,
    urgent: bool = False,
    person: PersonId | None = None,
    due: datetime | None = None,
) -> None:
    """``due`` is that of the project's limit unless it is given."""
    from core.commands import timing

    project = work.project(task.project)
    timer = Timer(
        rule=rule,
        project=project.id,
        task=task.id,
        target=Target.TASK,
        object=task.id,
        person=person,
        started=work.now,
        due=due or timing.limit(work, project, rule, start=work.now, urgent=urgent),
        urgent=urgent,
    )
    timing.start(work, timer)


def _has_timers(work: Work, task: Task) -> bool:
    """Whether any runs; the tasks for which none does load nothing for it."""
    mark = "%s" if work.store.postgres else "?"
    row = work.store.sql(f"SELECT timers FROM task WHERE id = {mark}", (task.id,)).fetchone()  # noqa: S608
    return bool(row and row[0])


def _withdraw_request(work: Work, task: Task) -> None:
    """A later due needs no answer any more."""
    from core.commands.warning import open_extension, withdraw

    asked = open_extension(work, task)
    if asked is not None:
        withdraw(work, asked)
        work.record(EventKind.WARNING_WITHDRAWN, task, reason=asked.reason)


def _is_project_work(work: Work, task: Task) -> bool:
    if not task.type:
        return False
    from core.store.rare_tables import WorkTypeTable

    query = WorkTypeTable.select(WorkTypeTable.kind).where(WorkTypeTable.label == task.type)
    row = work.store.row(query)
    return row is not None and row[0] == PROJECT_KIND
