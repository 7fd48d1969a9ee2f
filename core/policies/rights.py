"""Who may do what: the one table of rights, and what somebody is to a task.

The gate in core.commands.allowing holds every command against it, by the stored task alone.
``duban who-can`` and docs/permissions.md print it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.status import Role, State

if TYPE_CHECKING:
    from core.domain.departments import Department
    from core.domain.ids import DepartmentId, PersonId
    from core.domain.parts import Collaborator
    from core.domain.people import Person, Project
    from core.domain.task import Task


class Standing(StrEnum):
    """What somebody is, on the team and to one task; several at once, but for observers."""

    OBSERVER = "observer"
    MEMBER = "member"
    COLLABORATOR = "collaborator"
    OWNER = "owner"
    ACCEPTOR = "acceptor"
    LEAD = "lead"
    ADMIN = "admin"


class Act(StrEnum):
    """What is done, as far as it matters who may."""

    SEE = "see"
    """See board, history and exports; of a restricted project only its members and leads."""
    LOG = "log"
    """Write in the sync log, hold meetings, nudge, order cards."""
    CREATE = "create"
    """Create a task, with criteria; for nobody or oneself."""
    EDIT = "edit"
    """Change what a task says."""
    ASSIGN = "assign"
    """Say who owns or accepts it, and who is what to it."""
    CLAIM = "claim"
    """Take a task that nobody has."""
    TAKE_ON = "take-on"
    """Take on what one was given, ask back, return it, confirm it."""
    NOTE = "note"
    """Add an update that leaves the progress as it is."""
    WORK = "work"
    """Start, progress, blocked and unblocked, deliverables."""
    SUBMIT = "submit"
    """Submit it for review, withdraw it."""
    JUDGE = "judge"
    """Accept it, or send it back with findings."""
    ASK_LATER = "ask-later"
    """Warn, and ask for a later due."""
    GRANT_LATER = "grant-later"
    """Move a due that was agreed."""
    RAISE = "raise"
    """Raise an issue."""
    RESOLVE = "resolve"
    """Answer and resolve an issue."""
    CLOSE = "close"
    """Close an issue, or open it again."""
    ESCALATE = "escalate"
    """Take an issue to the next level by hand; the clock does it anyway."""
    KEEP = "keep"
    """Close out, archive, restore and cancel; hold the retro."""
    TEMPLATE = "template"
    """Make templates."""
    RULES = "rules"
    """Set a project's rules, members and meetings; import into it."""
    TEAM = "team"
    """People, departments and the rules of the store."""
    REWRITE = "rewrite"
    """Change or delete history: a correction is a new event."""


class Cell(StrEnum):
    """What the table says of a standing and an act."""

    YES = "A"
    OWN = "o"
    """Their own only: a creator before the start, whoever handles the issue."""
    NOT_OWN = "A*"
    """Unless they own it, owned it since the last rejection, or submitted it."""
    NO = "–"


_ALL = tuple(Standing)
_TEAM = (
    *(Standing.MEMBER, Standing.COLLABORATOR, Standing.OWNER, Standing.ACCEPTOR),
    Standing.LEAD,
)


def _row(*yes: Standing, **others: Cell) -> Mapping[Standing, Cell]:
    said = dict.fromkeys(yes, Cell.YES) | {Standing(name): cell for name, cell in others.items()}
    return MappingProxyType({one: said.get(one, Cell.NO) for one in Standing})


TABLE: Final[Mapping[Act, Mapping[Standing, Cell]]] = MappingProxyType(
    {
        Act.SEE: _row(*_ALL),
        Act.LOG: _row(*_TEAM, Standing.ADMIN),
        Act.CREATE: _row(*_TEAM),
        Act.EDIT: _row(Standing.OWNER, Standing.LEAD, member=Cell.OWN),
        Act.ASSIGN: _row(Standing.LEAD),
        Act.CLAIM: _row(*_TEAM),
        Act.TAKE_ON: _row(Standing.OWNER),
        Act.NOTE: _row(Standing.COLLABORATOR, Standing.OWNER, Standing.LEAD),
        Act.WORK: _row(Standing.OWNER, Standing.LEAD),
        Act.SUBMIT: _row(Standing.OWNER),
        Act.JUDGE: _row(acceptor=Cell.NOT_OWN, lead=Cell.NOT_OWN),
        Act.ASK_LATER: _row(Standing.OWNER, Standing.LEAD),
        Act.GRANT_LATER: _row(Standing.LEAD),
        Act.RAISE: _row(*_TEAM),
        Act.RESOLVE: _row(Standing.OWNER, collaborator=Cell.OWN, member=Cell.OWN, lead=Cell.OWN),
        Act.CLOSE: _row(Standing.ACCEPTOR, Standing.LEAD),
        Act.ESCALATE: _row(Standing.OWNER, Standing.ACCEPTOR, Standing.LEAD),
        Act.KEEP: _row(Standing.LEAD, member=Cell.OWN),
        Act.TEMPLATE: _row(Standing.LEAD, Standing.ADMIN),
        Act.RULES: _row(Standing.LEAD, Standing.ADMIN),
        Act.TEAM: _row(Standing.ADMIN),
        Act.REWRITE: _row(),
    }
)
"""Rows and columns as they are published; a cell that says nothing means no."""


class About(NamedTuple):
    """What something is done to; None where it is done to no task or no project."""

    project: "Project | None" = None
    department: "Department | None" = None
    """The one that leads the project."""
    task: "Task | None" = None
    acceptors: "frozenset[PersonId]" = frozenset()
    """Whoever may accept it now, as its acceptor or in their place."""
    helpers: "tuple[Collaborator, ...]" = ()
    handler: "PersonId | None" = None
    """Whose issue it is to resolve."""


BEFORE_START = frozenset({State.DRAFT, State.TODO})


def leads(person: "Person", project: "Project | None", department: "Department | None") -> bool:
    """Whether ``person`` leads the project: by name, by its department, or by role.

    The role counts in the project's own department, or where one of the two has none.
    An administrator as such does not lead.
    """
    if project is None:
        return person.role is Role.LEAD
    return leads_of(
        person, project.lead, project.department, department.lead if department else None
    )


def leads_of(
    person: "Person",
    lead: "PersonId | None",
    department: "DepartmentId | None",
    head: "PersonId | None",
) -> bool:
    """``leads`` of a project by its lead, its department and that department's lead."""
    if person.id in {lead, head}:
        return True
    own = person.department is None or department in {None, person.department}
    return person.role is Role.LEAD and own


def standings(person: "Person", about: About) -> frozenset[Standing]:
    """What ``person`` is to it. An observer is nothing else."""
    if person.role is Role.OBSERVER:
        return frozenset({Standing.OBSERVER})
    found = {Standing.ADMIN if person.role is Role.ADMIN else Standing.MEMBER}
    if leads(person, about.project, about.department):
        found |= {Standing.LEAD, Standing.MEMBER}
    if about.task is not None:
        if about.task.owner == person.id:
            found |= {Standing.OWNER, Standing.MEMBER}
        if person.id in about.acceptors:
            found |= {Standing.ACCEPTOR, Standing.MEMBER}
        if helps(person, about.helpers):
            found |= {Standing.COLLABORATOR, Standing.MEMBER}
    return frozenset(found)


def helps(person: "Person", helpers: "Iterable[Collaborator]") -> bool:
    """Whether ``person`` is one of the collaborators, or in a department that is."""
    return any(
        one.person == person.id
        or (one.department is not None and one.department == person.department)
        for one in helpers
    )


def may(act: Act, person: "Person", about: About) -> bool:
    """Whether the table lets ``person`` do it; own work that is judged is held apart."""
    row = TABLE[act]
    for standing in standings(person, about):
        cell = row[standing]
        if cell is Cell.YES or cell is Cell.NOT_OWN:
            return True
        if cell is Cell.OWN and _is_own(act, person, about):
            return True
    return False


def _is_own(act: Act, person: "Person", about: About) -> bool:
    """Their own, as far as the table lets people do something to their own only."""
    if act is Act.RESOLVE:  # whoever answers what nobody handles yet takes it
        return about.handler in {None, person.id}
    task = about.task
    return (
        task is not None
        and task.initiator == person.id
        and task.state in BEFORE_START
        and task.owner in {None, person.id}
    )


def who(act: Act) -> tuple[Standing, ...]:
    """Who may, in the order of the table; for the words of a refusal."""
    return tuple(one for one, cell in TABLE[act].items() if cell is not Cell.NO)
