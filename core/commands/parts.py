"""Criteria, milestones, collaborators and deliverables of a task."""

from datetime import date
from typing import Any

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.commands.part_keeping import Edit, keep, why_changed
from core.domain.departments import Department
from core.domain.events import EventKind, Plain
from core.domain.ids import DepartmentId, PartId, PersonId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable, Milestone
from core.domain.people import Person
from core.domain.refusals import BadValue
from core.domain.status import Facet
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCriterion:
    """Say what the acceptor will check (R34)."""

    task: TaskId
    text: str
    facet: Facet = Facet.OTHER
    reason: str = ""
    """Needed once the work has begun (R139)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCriterion:
    """Tick, untick or reword a criterion; None leaves a field alone."""

    criterion: PartId
    met: bool | None = None
    text: str | None = None
    facet: Facet | None = None
    seen: Criterion | None = None
    """As its author saw it; a field that it sets must still be so."""
    reason: str = ""
    """Needed to reword it once the work has begun (R139)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMilestone:
    """Name a key node and its day (R48)."""

    task: TaskId
    title: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMilestone:
    """Reach a milestone, take that back, or move its day; None leaves a field alone."""

    milestone: PartId
    reached: bool | None = None
    due: date | None = None
    seen: Milestone | None = None
    """As its author saw it; a field that it sets must still be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCollaborator:
    """Name who supports: a person, a department or a role (R44-R46)."""

    task: TaskId
    person: PersonId | None = None
    department: DepartmentId | None = None
    label: str = ""
    scope: str = ""
    response_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCollaborator:
    """Write down the scope or response time anew; None leaves a field alone."""

    collaborator: PartId
    scope: str | None = None
    response_hours: int | None = None
    seen: Collaborator | None = None
    """As its author saw it; a field that it sets must still be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDeliverable:
    """Name what is to be handed over (R8); RegisterDeliverable says that it was (R96)."""

    task: TaskId
    name: str
    edition: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDeliverable:
    """Name another edition or location; None leaves a field alone."""

    deliverable: PartId
    edition: str | None = None
    location: str | None = None
    seen: Deliverable | None = None
    """As its author saw it; a field that it sets must still be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePart:
    """Take a criterion, milestone, collaborator or deliverable away; the log keeps its text."""

    kind: str
    """One of REMOVABLE."""
    part: PartId
    reason: str = ""
    """Needed for a criterion once the work has begun (R139)."""


@handles(AddCriterion)
def add_criterion(command: AddCriterion, work: Work) -> Outcome:
    """Refuses an empty text, ``task-closed``, and ``reason-needed`` once the work has begun."""
    task = checks.open_task(work, command.task)
    said = checks.line("text", command.text, required=True)
    reason = why_changed(work, task, command.reason)
    made = work.add(Criterion(task=task.id, text=said, facet=command.facet))
    work.record(EventKind.CRITERION_ADDED, task, subject=said, reason=reason)
    return Outcome(made.id, said)


@handles(ChangeCriterion)
def change_criterion(command: ChangeCriterion, work: Work) -> Outcome:
    """A reworded criterion is no longer ticked, unless it is ticked anew.

    Refuses NotFound, an empty text, and ``reason-needed`` where the work has begun and it is to
    say something else.
    """
    before = work.get(Criterion, command.criterion)
    after, reason = before, checks.text("reason", command.reason)
    if command.text is not None:
        after = replace(after, text=checks.line("text", command.text, required=True))
    if command.facet is not None:
        after = replace(after, facet=command.facet)
    if (after.text, after.facet) != (before.text, before.facet):
        reason = why_changed(work, work.task(before.task), reason)
    if after.text != before.text:
        after = replace(after, met=False, met_by=None)
    if command.met is not None:
        after = replace(after, met=command.met, met_by=work.actor.id if command.met else None)
    edit = Edit(before, after, command.seen)
    kind = EventKind.CRITERION_CHANGED
    return keep(work, edit, kind=kind, subject=after.text, reason=reason)


@handles(AddMilestone)
def add_milestone(command: AddMilestone, work: Work) -> Outcome:
    """Refuses an empty title and ``task-closed``."""
    task = checks.open_task(work, command.task)
    title = checks.line("title", command.title, required=True)
    due = checks.day("due", command.due) or command.due
    made = work.add(Milestone(task=task.id, title=title, due=due))
    changes = {"due": (None, due.isoformat())}
    work.record(EventKind.MILESTONE_ADDED, task, subject=title, changes=changes)
    return Outcome(made.id, title)


@handles(ChangeMilestone)
def change_milestone(command: ChangeMilestone, work: Work) -> Outcome:
    """Refuses NotFound."""
    before = work.get(Milestone, command.milestone)
    project = work.project(work.task(before.task).project)
    after = replace(before, due=checks.day("due", command.due) or before.due)
    if command.reached is not None and command.reached != (before.done is not None):
        after = replace(after, done=checks.today(work, project) if command.reached else None)
    edit = Edit(before, after, command.seen)
    return keep(work, edit, kind=EventKind.MILESTONE_CHANGED, subject=before.title)


@handles(AddCollaborator)
def add_collaborator(command: AddCollaborator, work: Work) -> Outcome:
    """Refuses BadValue where nobody is named or the hours are not 1-1000."""
    task = checks.open_task(work, command.task)
    person = checks.worker(work, "person", command.person)
    department = work.get(Department, command.department) if command.department else None
    label = checks.line("label", command.label, limit=100)
    if not (person or department or label):
        raise BadValue("person", "", reason="empty")
    made = work.add(
        Collaborator(
            task=task.id,
            person=person.id if person else None,
            department=department.id if department else None,
            label=label,
            scope=checks.text("scope", command.scope),
            response_hours=_hours(command.response_hours),
        )
    )
    said = _name(work, made)
    told: dict[str, Plain] = {"scope": made.scope, "response_hours": made.response_hours}
    changes = {name: (None, value) for name, value in told.items() if value}
    work.record(EventKind.COLLABORATOR_ADDED, task, subject=said, changes=changes)
    return Outcome(made.id, said)


def _name(work: Work, part: Collaborator) -> str:
    """What the log calls a collaborator: a handle, a department, or the label."""
    if part.person is not None:
        return work.get(Person, part.person).handle
    if part.department is not None:
        return work.get(Department, part.department).name
    return part.label


def _hours(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= 1000:
        raise BadValue("response_hours", value, reason="range", first=1, last=1000)
    return value


@handles(ChangeCollaborator)
def change_collaborator(command: ChangeCollaborator, work: Work) -> Outcome:
    """Refuses NotFound, and hours that are not 1-1000."""
    before = work.get(Collaborator, command.collaborator)
    after = before
    if command.scope is not None:
        after = replace(after, scope=checks.text("scope", command.scope))
    if command.response_hours is not None:
        after = replace(after, response_hours=_hours(command.response_hours))
    edit = Edit(before, after, command.seen)
    subject = _name(work, before)
    return keep(work, edit, kind=EventKind.COLLABORATOR_CHANGED, subject=subject)


@handles(AddDeliverable)
def add_deliverable(command: AddDeliverable, work: Work) -> Outcome:
    """Refuses an empty name and ``task-closed``."""
    task = checks.kept_task(work, command.task)
    name = checks.line("name", command.name, required=True)
    made = work.add(
        Deliverable(
            task=task.id,
            name=name,
            edition=checks.line("edition", command.edition, limit=64),
            location=checks.line("location", command.location),
        )
    )
    work.record(EventKind.DELIVERABLE_ADDED, task, subject=name)
    return Outcome(made.id, name)


@handles(ChangeDeliverable)
def change_deliverable(command: ChangeDeliverable, work: Work) -> Outcome:
    """Refuses NotFound."""
    before = work.get(Deliverable, command.deliverable)
    after = before
    if command.edition is not None:
        after = replace(after, edition=checks.line("edition", command.edition, limit=64))
    if command.location is not None:
        after = replace(after, location=checks.line("location", command.location))
    if after == before:
        return Outcome(before.id, before.name)
    if before.registered is not None:
        after = replace(after, registered=work.now, registered_by=work.actor.id)
    edit = Edit(before, after, command.seen)
    return keep(work, edit, kind=EventKind.DELIVERABLE_CHANGED, subject=before.name)


REMOVABLE: dict[str, tuple[type, EventKind]] = {
    "criterion": (Criterion, EventKind.CRITERION_REMOVED),
    "milestone": (Milestone, EventKind.MILESTONE_REMOVED),
    "collaborator": (Collaborator, EventKind.COLLABORATOR_REMOVED),
    "deliverable": (Deliverable, EventKind.DELIVERABLE_REMOVED),
}
_NAMED_BY = {Criterion: "text", Milestone: "title", Deliverable: "name"}


@handles(RemovePart)
def remove_part(command: RemovePart, work: Work) -> Outcome:
    """Refuses NotFound, ``task-closed``, a kind that is not removable, and ``reason-needed``."""
    if command.kind not in REMOVABLE:
        raise BadValue("kind", command.kind, reason="unknown", known=tuple(REMOVABLE))
    kind, event = REMOVABLE[command.kind]
    part: Any = work.get(kind, command.part)
    task = checks.open_task(work, part.task)
    reason = why_changed(work, task, command.reason) if kind is Criterion else command.reason
    work.remove(part)
    if kind is Deliverable:
        from core.commands.registering import settle

        settle(work, task)
    said = _name(work, part) if kind is Collaborator else str(getattr(part, _NAMED_BY[kind]))
    work.record(event, task, subject=said, reason=checks.text("reason", reason))
    return Outcome(part.id, said)
