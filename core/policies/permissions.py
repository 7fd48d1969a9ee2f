"""Who may do what; for now the rules that keep acceptance honest (R65) and observers out."""

from typing import TYPE_CHECKING

from core.domain.ids import PersonId
from core.domain.people import Person, Project
from core.domain.status import Role
from core.domain.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.departments import Department
    from core.domain.parts import Collaborator


def may_write(person: Person) -> bool:
    """Whether ``person`` may change anything at all."""
    return person.role is not Role.OBSERVER


def may_join(handle: str, *, role: Role, actor: str) -> bool:
    """Whether ``actor``, whom the team does not know yet, may add this person: only themselves."""
    return handle == actor and role in {Role.OBSERVER, Role.MEMBER}


def acceptor_of(task: Task, project: Project, department: "Department | None") -> PersonId | None:
    """Who accepts ``task``: its acceptor, else the project's lead, else the department's (R65)."""
    if task.acceptor is not None:
        return task.acceptor
    return project.lead or (department.lead if department else None)


def why_not_accept(
    person: Person, task: Task, project: Project, department: "Department | None"
) -> str | None:
    """The refusal code if ``person`` may not give a verdict on ``task``; None if they may.

    An owner or submitter never judges their own work, unless the project allows it.
    """
    own = person.id in {task.owner, task.submitted_by}
    if own and not project.self_accept:
        return "own-work"
    leads = {project.lead, department.lead if department else None}
    named = acceptor_of(task, project, department)
    if person.id == named or person.id in leads or person.role is Role.LEAD:
        return None
    if own and project.self_accept:
        return None
    return "not-the-acceptor"


def may_grant(person: Person, project: Project, department: "Department | None") -> bool:
    """Whether ``person`` leads the project: by name, by its department, or by role.

    An administrator as such does not.
    """
    leads = {project.lead, department.lead if department else None}
    return person.id in leads or person.role is Role.LEAD


def may_warn(
    person: Person,
    task: Task,
    helpers: "Iterable[Collaborator]",
    *,
    project: Project,
    department: "Department | None",
) -> bool:
    """Whether ``person`` may say that ``task`` will be late: its owner, who helps, or a lead."""
    if person.id == task.owner or may_grant(person, project, department):
        return True
    return any(_is_helper(person, one) for one in helpers)


def _is_helper(person: Person, helper: "Collaborator") -> bool:
    if helper.person == person.id:
        return True
    return helper.department is not None and helper.department == person.department
