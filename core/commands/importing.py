"""What only an import may do: write down a task's parts at once, also of one that has ended."""

from dataclasses import dataclass
from typing import NamedTuple

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PartId, PersonId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable
from core.domain.people import Department
from core.domain.refusals import NotFound
from core.domain.task import Task
from core.store.work import Work


class Helper(NamedTuple):
    """Who supports: one of a person, a department or the name of a role."""

    person: PersonId | None = None
    department: DepartmentId | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParts:
    """Add collaborators, criteria and deliverables as a table lists them."""

    task: TaskId
    helpers: tuple[Helper, ...] = ()
    gone: tuple[PartId, ...] = ()
    """Collaborators that the table no longer lists."""
    criteria: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()


@handles(ImportParts)
def import_parts(command: ImportParts, work: Work) -> Outcome:
    """Refuses BadValue for an empty text, and a part of another task."""
    task = work.task(command.task)
    for number in command.gone:
        part = work.get(Collaborator, number)
        if part.task != task.id:
            raise NotFound("collaborator", number)
        work.remove(part)
        work.record(EventKind.COLLABORATOR_REMOVED, task, subject=part.label)
    for helper in command.helpers:
        _add_helper(helper, task, work)
    for text in command.criteria:
        said = checks.line("criteria", text, required=True)
        work.add(Criterion(task=task.id, text=said))
        work.record(EventKind.CRITERION_ADDED, task, subject=said)
    for text in command.deliverables:
        name = checks.line("deliverables", text, required=True)
        made = Deliverable(
            task=task.id, name=name, registered=work.now, registered_by=work.actor.id
        )
        work.add(made)
        work.record(EventKind.DELIVERABLE_ADDED, task, subject=name)
    return Outcome(task.id, task.key)


def _add_helper(helper: Helper, task: Task, work: Work) -> None:
    person = checks.person(work, "person", helper.person)
    department = work.get(Department, helper.department) if helper.department else None
    named = person.handle if person else department.name if department else ""
    label = checks.line("label", helper.label, required=not named, limit=100)
    work.add(
        Collaborator(
            task=task.id,
            person=person.id if person else None,
            department=department.id if department else None,
            label=label,
        )
    )
    work.record(EventKind.COLLABORATOR_ADDED, task, subject=named or label)
