"""Submit work for review: results, deliverables, and the criteria it claims (R102, R103)."""

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from typing import NamedTuple

from core.commands import checks, duty, parts, task_limits
from core.commands.handed import registered, snapshot
from core.commands.handlers import Outcome, handles
from core.commands.moving import settle
from core.domain.events import EventKind, Plain
from core.domain.ids import PartId, PersonId, TaskId
from core.domain.parts import Criterion, Deliverable
from core.domain.refusals import BadValue, Rejected
from core.domain.reviews import Review
from core.domain.status import State
from core.domain.task import Task
from core.policies import workflow
from core.records import dataclass, replace
from core.store.work import Work


class Handover(NamedTuple):
    """A deliverable that is registered with the submission.

    One that has the name of a deliverable of the task is that one, in another edition perhaps.
    """

    name: str
    edition: str = ""
    location: str = ""
    """A link or path; may be left out where it is known already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitTask:
    """Hand the work to its acceptor, and say what it rests on; the next round begins."""

    task: TaskId
    results: str
    """The key results (R102)."""
    completed: date | None = None
    """When the work was finished; None is today, where the project is."""
    claims: tuple[PartId, ...] = ()
    """The criteria that are claimed as met."""
    deliverables: tuple[Handover, ...] = ()
    """What is registered with it, besides what already is."""


@handles(SubmitTask)
def submit_task(command: SubmitTask, work: Work) -> Outcome:
    """Doing becomes review.

    Refuses Conflict, ``illegal-move``, ``no-deliverable``, ``wip-full``, and BadValue for empty
    results, a day to come, a criterion of another task and a deliverable without a place.
    """
    task = work.task(command.task)
    if task.state is State.REVIEW:
        checks.unchanged("state", seen=State.DOING, now=task.state, task=task)
    if task.state is not State.DOING:
        raise _not_doing(task)
    results = checks.text("results", command.results, required=True)
    completed = _completed(command.completed, task, work)
    claims = _claims(command.claims, task, work)
    if not command.deliverables and not registered(work, task):
        raise Rejected("no-deliverable", key=task.key)
    checks.check_limit(work, task, to=State.REVIEW)
    for one in command.deliverables:
        _hand_over(one, task, work)
    said = Submission(by=work.actor.id, results=results, completed=completed, claims=claims)
    begin_round(task, work, said)
    return Outcome(task.id, task.key)


def _not_doing(task: Task) -> Rejected:
    allowed = tuple(state.value for state in workflow.next_states(task.state))
    return Rejected(
        "illegal-move",
        key=task.key,
        state=task.state.value,
        to=State.REVIEW.value,
        allowed=allowed,
    )


def _completed(day: date | None, task: Task, work: Work) -> date:
    today = checks.today(work, work.project(task.project))
    found = checks.day("completed", day) or today
    if found > today:
        raise BadValue("completed", found, reason="future", today=today.isoformat())
    return found


def _claims(numbers: Iterable[PartId], task: Task, work: Work) -> dict[str, str]:
    """Text by id, in the order of the criteria."""
    known = {one.id: one.text for one in work.all(Criterion, task=task.id)}
    claimed = set(numbers)
    for number in claimed:
        if number not in known:
            raise BadValue("claims", number, reason="unknown")
    return {str(number): text for number, text in known.items() if number in claimed}


def _hand_over(one: Handover, task: Task, work: Work) -> None:
    """Register it, and tell of it in the sync log (R96)."""
    from core.commands.registering import RegisterDeliverable, register_deliverable

    name = checks.line("deliverables", one.name, required=True)
    found = next((old for old in work.all(Deliverable, task=task.id) if old.name == name), None)
    if found is None:
        added = parts.AddDeliverable(
            task=task.id, name=name, edition=one.edition, location=one.location
        )
        number = PartId(parts.add_deliverable(added, work).id)
    else:
        number = found.id
        if one.edition.strip():
            changed = parts.ChangeDeliverable(deliverable=number, edition=one.edition)
            parts.change_deliverable(changed, work)
    place = one.location if one.location.strip() else None
    register_deliverable(RegisterDeliverable(deliverable=number, location=place), work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a round begins with."""

    by: PersonId
    results: str = ""
    completed: date | None = None
    claims: dict[str, str] = field(default_factory=dict)


def begin_round(task: Task, work: Work, said: Submission, *, imported: bool = False) -> None:
    """Take a task in progress to its acceptor, whatever was said of it."""
    moved = replace(
        task,
        state=State.REVIEW,
        submitted=work.now,
        submitted_by=said.by,
        round=task.round + 1,
        updated=duty.goes_on(work, task),
    )
    handed = snapshot(work, task)
    work.add(
        Review(
            task=task.id,
            round=moved.round,
            submitted=work.now,
            submitted_by=said.by,
            results=said.results,
            completed=said.completed,
            claims=said.claims,
            handed=handed,
        )
    )
    told = {
        "results": said.results,
        "completed": said.completed.isoformat() if said.completed else "",
        "deliverables": "; ".join(handed.values()),
        "claims": "; ".join(said.claims.values()),
    }
    more: dict[str, tuple[Plain, Plain]] = {
        name: (None, text) for name, text in told.items() if text
    }
    if imported:
        more["imported"] = (None, True)
    settle(task, moved, work, kind=EventKind.TASK_SUBMITTED, more=more)
    task_limits.owe_deliverables(work, task)
