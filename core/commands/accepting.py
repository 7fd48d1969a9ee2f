"""Who may give the verdict on a task now, as the store has it."""

from core.commands import checks
from core.domain.ids import PersonId
from core.domain.people import Person, Project
from core.domain.task import Task
from core.policies.accepting import Seats, who_accepts
from core.policies.escalation import is_away
from core.store.own_work import own_people
from core.store.work import Work


def own_of(work: Work, task: Task, project: Project) -> frozenset[PersonId]:
    """Those whose own work it is; nobody where the project lets people accept their own."""
    return frozenset() if project.self_accept else own_people(work.store, task)


def acceptors(work: Work, task: Task) -> tuple[PersonId, ...]:
    """Whoever may accept in the acceptor's seat, in the order in which they are asked (R65).

    Everybody is read only where the acceptor is not there.
    """
    project = work.project(task.project)
    department = checks.department_of(work, project)
    seats = Seats(task.acceptor, project.lead, department.lead if department else None)
    own, today = own_of(work, task, project), checks.today(work, project)
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
    return who_accepts(seats, people, today=today, own=own)
