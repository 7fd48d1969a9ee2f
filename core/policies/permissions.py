"""Who may do what; for now the rules that keep acceptance honest (R65) and observers out."""

from typing import TYPE_CHECKING

from core.domain.ids import PersonId
from core.domain.people import Person, Project
from core.domain.status import Role
from core.domain.task import Task
from core.policies.rights import leads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.domain.departments import Department
    from core.domain.parts import Collaborator


def may_write(person: Person) -> bool:
    """Whether ``person`` may change anything at all."""
    return person.role is not Role.OBSERVER


def may_set_rules(person: Person) -> bool:
    """Whether ``person`` may change what holds for the whole store."""
    return person.role is Role.ADMIN


def may_join(handle: str, *, role: Role, actor: str) -> bool:
    """Whether ``actor``, whom the team does not know yet, may add this person: only themselves."""
    return handle == actor and role in {Role.OBSERVER, Role.MEMBER}


def acceptor_of(task: Task, project: Project, department: "Department | None") -> PersonId | None:
    """Who accepts ``task``: its acceptor, else the project's lead, else the department's (R65)."""
    if task.acceptor is not None:
        return task.acceptor
    return project.lead or (department.lead if department else None)


def why_not_accept(
    person: Person,
    task: Task,
    project: Project,
    department: "Department | None",
    *,
    own: "Collection[PersonId] | None" = None,
    acceptors: "Collection[PersonId]" = (),
) -> str | None:
    """The refusal code if ``person`` may not give a verdict on ``task``; None if they may.

    Those of ``own`` never judge it; None stands for as much as the task itself tells, its owner and
    submitter. ``acceptors`` sit in the acceptor's seat now, such as whoever stands in for one who
    is away: core.policies.accepting.
    """
    if person.id in ({task.owner, task.submitted_by} if own is None else own):
        return "own-work"
    if person.id == acceptor_of(task, project, department) or person.id in acceptors:
        return None
    return None if leads(person, project, department) else "not-the-acceptor"


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
