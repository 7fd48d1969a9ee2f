"""The gate: whether whoever sends a command may, by core.policies.rights and the stored facts.

Asked by the desk before each handler; a handler asks only what its own facts demand.
"""

from typing import TYPE_CHECKING, Final

from core.commands.needed import Need
from core.commands.needs import NEEDS
from core.domain.ids import TaskId
from core.domain.refusals import NotFound, Rejected
from core.domain.status import Role
from core.policies import rights
from core.policies.rights import About, Act, Cell, Standing

if TYPE_CHECKING:
    from core.domain.departments import Department
    from core.domain.ids import PersonId
    from core.domain.parts import Collaborator
    from core.domain.people import Project
    from core.store.work import Work


_OF_A_PROJECT: Final = frozenset({Act.CREATE, Act.ASSIGN, Act.RAISE})


def check(command: object, work: "Work") -> None:
    """Refuse ``observer`` or ``not-allowed`` (with the act, and who may), or NotFound."""
    actor = work.actor
    if actor.role is Role.OBSERVER:
        raise Rejected("observer", person=actor.handle)
    need = NEEDS[type(command).__name__](command, work)
    if need is None or _names_nothing(need):
        _must_see_named(command, work)
        return
    about = facts(work, need)
    if about.project is not None and about.project.restricted:
        _must_see(command, work, about.project.id)
    if not rights.may(need.act, actor, about):
        raise Rejected(
            "not-allowed",
            key=about.task.key if about.task else about.project.key if about.project else "",
            act=need.act.value,
            may=tuple(one.value for one in rights.who(need.act)),
        )


def _names_nothing(need: Need) -> bool:
    """Whether it lacks the project that it has to name: the handler says so."""
    named = need.task or need.project or need.issue
    return not named and need.act in _OF_A_PROJECT


def _must_see_named(command: object, work: "Work") -> None:
    """The same where the handler asks who may."""
    number = getattr(command, "task", None)
    if isinstance(number, int):
        task = work.task(TaskId(number))
        if work.project(task.project).restricted:
            _must_see(command, work, task.project)


_NAMES: Final = {
    "task": "task",
    "parent": "task",
    "issue": "issue",
    "entry": "entry",
    "criterion": "criterion",
    "milestone": "milestone",
    "collaborator": "collaborator",
    "deliverable": "deliverable",
    "extension": "extension",
    "plan": "meetingplan",
    "project": "project",
}
"""What the fields of commands name."""


def _must_see(command: object, work: "Work", project: int) -> None:
    """What somebody does not see is not there for them: the answer is that to a wrong number."""
    from core.store import veil

    if project not in veil.hidden_from(work.store, work.actor):
        return
    for field, what in _NAMES.items():
        number = getattr(command, field, None)
        if isinstance(number, int):
            raise NotFound(what, number)
    # A part is told by its kind; what brings a table in names a task deeper down.
    raise NotFound(getattr(command, "kind", "project"), getattr(command, "part", project))


def facts(work: "Work", need: Need) -> About:
    """What the table asks of the stored task, read as far as it is needed."""
    task = work.task(need.task) if need.task else None
    number = task.project if task else need.project
    project = work.project(number) if number else None
    department = _department(work, project)
    row = rights.TABLE[need.act]
    helpers: tuple[Collaborator, ...] = ()
    acceptors: frozenset[PersonId] = frozenset()
    if task is not None:
        if row[Standing.COLLABORATOR] is not Cell.NO:
            from core.domain import parts

            helpers = work.all(parts.Collaborator, task=task.id)
        if row[Standing.ACCEPTOR] is not Cell.NO:
            from core.commands import accepting

            acceptors = frozenset(accepting.acceptors(work, task))
    handler = need.issue.handler if need.issue else None
    return About(project, department, task, acceptors, helpers, handler)


def _department(work: "Work", project: "Project | None") -> "Department | None":
    if project is None or project.department is None:
        return None
    from core.domain.departments import Department

    return work.get(Department, project.department)
