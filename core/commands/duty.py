"""Whose a task is: the one writer of assignments (R43, R52, R134).

The open assignment's owner is always the task's. Whoever works on their own task has taken it
on, and the log says that it was so; news of a task is owed from then on, so ``Task.updated`` is
empty until it is taken on.
"""

from datetime import datetime
from typing import NamedTuple

from core.commands import checks
from core.domain.assignments import Assignment
from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import Rejected
from core.domain.status import State
from core.domain.task import Task
from core.records import replace
from core.store.work import Work

BEGUN = frozenset({State.DOING, State.REVIEW})
"""States in which somebody works on a task, and hands over what they know of it."""


class Handing(NamedTuple):
    """How a task comes to its next owner, if it has one."""

    notes: str = ""
    """What whoever had it before hands over."""
    reason: str = ""
    """Why it is no longer theirs."""
    taken_on: bool = False
    """Whether nobody need be asked, as with what a table tells."""
    returned: bool = False
    by: PersonId | None = None
    """Who gives it; None means whoever acts."""


_PLAIN = Handing()


def begin(work: Work, task: Task, *, taken_on: bool) -> None:
    """Keep who has a new task, if anybody; ``taken_on`` as in ``Handing``."""
    if task.owner is not None:
        _give(work, task, task.owner, Handing(taken_on=taken_on))


def asks_nobody(work: Work, owner: PersonId | None) -> bool:
    """Whether a task is taken on as it is given: by oneself, or to a placeholder."""
    if owner is None or owner == work.actor.id:
        return True
    return work.get(Person, owner).placeholder


def hand_to(
    work: Work, task: Task, owner: PersonId | None, *, handing: Handing = _PLAIN
) -> datetime | None:
    """End the open assignment and begin another; the caller saves the task's owner.

    Returns the instant from which news can be owed: None until the new owner takes it on.
    """
    held = held_by(work, task.id)
    if held is not None:
        reason = handing.reason
        work.save(replace(held, ended=work.now, returned=handing.returned, reason=reason))
        _stop_clock(work, held)
    if owner is None:
        return None
    return _give(work, task, owner, handing)


def _give(work: Work, task: Task, owner: PersonId, handing: Handing) -> datetime | None:
    since = work.now if handing.taken_on or asks_nobody(work, owner) else None
    work.book.add_unread(
        Assignment(
            task=task.id,
            owner=owner,
            by=handing.by or work.actor.id,
            at=work.now,
            notes=handing.notes,
            acknowledged=since,
            confirmed=since,
        )
    )
    if since is None:
        start_clock(work, replace(task, owner=owner))
    return since


def held_by(work: Work, task: TaskId) -> Assignment | None:
    """The open assignment; None of a task that nobody has."""
    found = work.all(Assignment, task=task, ended=None)
    return found[0] if found else None


def need_held(work: Work, task: Task) -> Assignment:
    """The same. Refuses ``owner-needed``."""
    held = held_by(work, task.id)
    if held is None:
        raise Rejected("owner-needed", key=task.key)
    return held


def take_on(work: Work, held: Assignment) -> None:
    """Its owner answers for it from now on."""
    work.save(replace(held, acknowledged=work.now, confirmed=work.now))
    _stop_clock(work, held)


def goes_on(work: Work, task: Task) -> datetime | None:
    """What ``Task.updated`` is as work on it begins or goes on: now, once it is taken on.

    Its owner takes it on by doing so, which is recorded before what they do; where somebody else
    does, it stays as it was given.
    """
    held = held_by(work, task.id)
    if held is None or held.acknowledged is not None:
        return work.now
    if held.owner != work.actor.id:
        return None
    take_on(work, held)
    implied: dict[str, tuple[Plain, Plain]] = {"implied": (None, True)}
    work.record(EventKind.TASK_ACKNOWLEDGED, task, subject=task.title, changes=implied)
    return work.now


def start_clock(work: Work, task: Task, *, since: datetime | None = None) -> None:
    """Its owner has a working day to take it on, from now or ``since``; a draft is not agreed."""
    if task.state is State.DRAFT:
        return
    from core.commands import timing
    from core.domain.timers import Target, Timer, TimerRule

    project, rule = work.project(task.project), TimerRule.ACKNOWLEDGE
    due = timing.limit(work, project, rule, start=since or work.now, urgent=task.urgent)
    timing.start(
        work,
        Timer(
            rule=rule,
            project=project.id,
            task=task.id,
            target=Target.TASK,
            object=task.id,
            person=task.owner,
            started=work.now,
            due=due,
            urgent=task.urgent,
        ),
    )


def resume(work: Work, task: Task) -> None:
    """The task is agreed, or open again: who has not taken it on has a working day from now."""
    held = held_by(work, task.id)
    if held is not None and held.acknowledged is None:
        start_clock(work, task)


def _stop_clock(work: Work, held: Assignment) -> None:
    if held.acknowledged is None:
        from core.commands import timing
        from core.domain.timers import Target, TimerRule

        timing.end(work, Target.TASK, held.task, rules=(TimerRule.ACKNOWLEDGE,))


def before(work: Work, task: Task, held: Assignment) -> PersonId | None:
    """Who had the task before and took it on, last first; else who leads, else who began it.

    Nobody who has given it back already.
    """
    project = work.project(task.project)
    department = checks.department_of(work, project)
    leads = project.lead or (department.lead if department else None)
    known = work.all(Assignment, task=task.id)
    had = (one.owner for one in reversed(known) if one.ended and one.acknowledged)
    gone = {held.owner, None, *(one.owner for one in known if one.returned)}
    return next((one for one in (*had, leads, task.initiator) if one not in gone), None)
