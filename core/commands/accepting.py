"""Who may give the verdict on a task now, as the store has it."""

from core.commands import checks
from core.domain.ids import PersonId
from core.domain.people import Person
from core.domain.refusals import BadValue, Rejected
from core.domain.task import Task
from core.policies.accepting import Seats, can_judge, who_accepts
from core.policies.escalation import is_away
from core.store.own_work import held_apart, is_lone
from core.store.work import Work


def acceptors(work: Work, task: Task) -> tuple[PersonId, ...]:
    """Whoever may accept in the acceptor's seat, in the order in which they are asked (R65).

    Everybody is read only where the acceptor is not there.
    """
    project = work.project(task.project)
    department = checks.department_of(work, project)
    seats = Seats(task.acceptor, project.lead, department.lead if department else None)
    own, today = held_apart(work.store, task, project), checks.today(work, project)
    people: dict[PersonId, Person] = {}
    if seats.first is not None:
        first = work.get(Person, seats.first)
        people = {first.id: first}
        if (
            first.id in own
            or is_away(first, today)
            or not who_accepts(seats, people, today=today, own=own)
        ):
            people = {one.id: one for one in work.all(Person)}
    found = who_accepts(seats, people, today=today, own=own)
    alone = {task.owner, task.submitted_by} if is_lone(work.store, project) else ()
    return found or tuple(one for one in alone if one is not None)


def must_be_able(work: Work, task: Task, person: Person, *, field: str) -> None:
    """Refuse ``delegate-own`` and BadValue for somebody who could not accept it."""
    if not can_judge(person):
        raise BadValue(field, person.handle, reason="accepts-nothing")
    if person.id in held_apart(work.store, task, work.project(task.project)):
        raise Rejected("delegate-own", key=task.key, person=person.name)
