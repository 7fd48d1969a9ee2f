"""Why somebody may not do something now: asked before anything is typed.

The gate decides again in the command's transaction, by the same table of ``rights``. Here it is
asked of what is known: of a card that is much less than of a task that was read whole.
"""

from typing import TYPE_CHECKING, NamedTuple

from core.domain.status import Role, State
from core.policies import rights
from core.policies.accepting import can_judge
from core.policies.permissions import acceptor_of, why_not_accept
from core.policies.rights import TABLE, Act, Cell, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.departments import Department
    from core.domain.ids import PersonId
    from core.domain.parts import Collaborator
    from core.domain.people import Person, Project
    from core.domain.task import Task


class About(NamedTuple):
    """The task that it is done to."""

    state: State | None
    """None for an issue of no task."""
    project: "Project"
    department: "Department | None"
    """The one that leads the project."""
    task: "Task | None" = None
    """None where only as much is known as a card shows."""
    helpers: "tuple[Collaborator, ...]" = ()
    own: "frozenset[PersonId] | None" = None
    """Who may not accept it, for it is their own work, where that was read; else as far as the
    task itself tells."""
    acceptors: "tuple[PersonId, ...]" = ()
    """Whoever may accept it in the acceptor's seat now, where that was read."""
    owner: "PersonId | None" = None
    """As the card shows it; of no account where the task is known."""
    handler: "PersonId | None" = None
    """Whose issue it is to resolve; None also where nobody took it yet."""


ISSUES = frozenset({Act.RESOLVE, Act.CLOSE, Act.ESCALATE})
"""What is done to an issue, of a task or of none."""
_OVER = frozenset({State.ARCHIVED, State.CANCELLED})
CLOSED = _OVER | {State.DONE}
"""Where nothing goes on, but what is told, closed out or opened again."""
_AT_ANY_TIME = frozenset(
    {
        *(Act.LOG, Act.CREATE, Act.KEEP, Act.JUDGE, Act.RULES, Act.TEAM),
        *ISSUES,
    }
)
_UNTIL_PUT_AWAY = frozenset({Act.EDIT, Act.RAISE})
"""The others need an open task."""


def why_not(act: Act, person: "Person | None", about: About | None = None) -> str | None:
    """The code of the refusal that ``person`` would meet; None if they may, as far as is known.

    ``about`` is None for what is done to no task.
    """
    if person is None:
        return "unknown-actor"
    if person.role is Role.OBSERVER:
        return "observer"
    if about is None:
        return None
    if act is Act.JUDGE:
        return _why_not_judge(person, about)
    is_card = about.task is None and about.state is not None
    may = _may_by_card(act, person, about) if is_card else _may(act, person, about)
    if not may:
        return "not-allowed"
    return "task-closed" if is_late(act, about) else None


def is_late(act: Act, about: About | None) -> bool:
    """Whether the task is closed for it, so that nobody may."""
    if about is None or act in _AT_ANY_TIME:
        return False
    return about.state in (_OVER if act in _UNTIL_PUT_AWAY else CLOSED)


def _why_not_judge(person: "Person", about: About) -> str | None:
    if about.task is None:
        return None
    return why_not_accept(
        person,
        about.task,
        about.project,
        about.department,
        own=about.own,
        acceptors=about.acceptors,
    )


def _may(act: Act, person: "Person", about: About) -> bool:
    task, project, led = about.task, about.project, about.department
    named = acceptor_of(task, project, led) if task is not None else None
    acceptors = frozenset(about.acceptors or ([named] if named else []))
    known = rights.About(project, led, task, acceptors, about.helpers, about.handler)
    return rights.may(act, person, known)


def card_tells(act: Act, person: "Person | None", about: About | None) -> bool:
    """Whether a card is enough to say that they may; who helps or asked for it is not on it."""
    if person is None or about is None:
        return True
    row = TABLE[act]
    if row[Standing.LEAD] is Cell.YES and rights.leads(person, about.project, about.department):
        return True
    if row[Standing.OWNER] is Cell.YES and about.owner in {None, person.id}:
        return act is not Act.EDIT or about.owner is not None
    if person.role is Role.ADMIN:
        return row[Standing.ADMIN] is Cell.YES
    return row[Standing.MEMBER] is Cell.YES


def _may_by_card(act: Act, person: "Person", about: About) -> bool:
    """Whether they may, or could: a card does not tell who helps, accepts, or asked for it."""
    if card_tells(act, person, about):
        return True
    row = TABLE[act]
    if any(row[one] is not Cell.NO for one in (Standing.COLLABORATOR, Standing.ACCEPTOR)):
        return True
    could = about.state in rights.BEFORE_START and about.owner in {None, person.id}
    return row[Standing.MEMBER] is Cell.OWN and could


def who_may(
    act: Act, about: About | None, people: "Iterable[Person]", *, without: "Person | None"
) -> "tuple[PersonId, ...]":
    """Whom to ask instead, most likely first; ``without`` is who was refused.

    An observer asks an administrator for another role.
    """
    admins: list[PersonId | None] = [one.id for one in people if one.role is Role.ADMIN]
    if without is not None and without.role is Role.OBSERVER:
        found = admins
    else:
        found = [*_asked(act, about), *(admins if TABLE[act][Standing.ADMIN] is Cell.YES else [])]
    kept = dict.fromkeys(one for one in found if one is not None)
    if without is not None:
        kept.pop(without.id, None)
    return tuple(kept)


def could_accept(about: About, people: "Iterable[Person]") -> "tuple[Person, ...]":
    """Whom its acceptance may be given to: whom core.commands.reviewing.DelegateAcceptance takes.

    They act on the team, and it is not their own work.
    """
    own = about.own or ()
    return tuple(one for one in people if can_judge(one) and one.id not in own)


def _asked(act: Act, about: About | None) -> "list[PersonId | None]":
    """Whose it is before it is a lead's; nobody where everybody on the team may."""
    row = TABLE[act]
    if about is None or row[Standing.MEMBER] is Cell.YES:
        return []
    found: list[PersonId | None] = [about.handler] if act is Act.RESOLVE else []
    if row[Standing.OWNER] is Cell.YES:
        found.append(about.task.owner if about.task else about.owner)
    if row[Standing.ACCEPTOR] is not Cell.NO and about.task is not None:
        named = acceptor_of(about.task, about.project, about.department)
        found += about.acceptors or (named,)
    if row[Standing.LEAD] is not Cell.NO and act is not Act.RESOLVE:
        found += [about.project.lead, about.department.lead if about.department else None]
    return found
