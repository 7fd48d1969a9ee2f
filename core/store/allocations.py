"""Which departments have part in a task and its subtasks, and which of them signed that (R53)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from peewee import JOIN, fn

from core.domain.duties import SignOff
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.status import State
from core.store import rows
from core.store.database import Store
from core.store.duty_tables import SignOffTable
from core.store.logs import EventTable
from core.store.part_tables import CollaboratorTable
from core.store.tables import PersonTable, TaskTable

CHANGES: Final = (
    EventKind.TASK_CREATED,
    EventKind.TASK_ASSIGNED,
    EventKind.TASK_CLAIMED,
    EventKind.ASSIGNMENT_RETURNED,
    EventKind.TASK_CANCELLED,
    EventKind.TASK_RESTORED,
    EventKind.COLLABORATOR_ADDED,
    EventKind.COLLABORATOR_CHANGED,
    EventKind.COLLABORATOR_REMOVED,
)
"""After which a signature does not stand for who does what now."""
_TASK: Any = TaskTable
_GIVEN_UP = (State.CANCELLED,)


def scope_of(store: Store, task: TaskId) -> tuple[TaskId, ...]:
    """The task and all below it, level by level; a statement each."""
    found: list[TaskId] = [task]
    level: list[TaskId] = [task]
    while level:
        query = _TASK.select(_TASK.id).where(_TASK.parent.in_(level)).order_by(_TASK.key)
        level = [TaskId(number) for (number,) in store.rows(query) if number not in found]
        found += level
    return tuple(found)


def concerned(store: Store, scope: Sequence[TaskId]) -> Mapping[DepartmentId, tuple[PersonId, ...]]:
    """The departments of owners and collaborators, with these people; two statements.

    A department that helps as such has part although nobody of it is named.
    """
    found: defaultdict[int, dict[int, None]] = defaultdict(dict)
    owned = _TASK.select(PersonTable.department, PersonTable.id)
    owned = owned.join(PersonTable, on=_TASK.owner == PersonTable.id)
    helped = CollaboratorTable.select(
        fn.COALESCE(PersonTable.department, CollaboratorTable.department), PersonTable.id
    )
    helped = helped.join(TaskTable, on=CollaboratorTable.task == TaskTable.id)
    helped = helped.switch(CollaboratorTable).join(
        PersonTable, JOIN.LEFT_OUTER, on=CollaboratorTable.person == PersonTable.id
    )
    kept = _TASK.id.in_(list(scope)) & _TASK.state.not_in(_GIVEN_UP)
    for query in (owned, helped):
        for department, person in store.rows(query.where(kept).order_by(_TASK.key)):
            if department is not None:
                found[department] |= {} if person is None else {person: None}
    return {DepartmentId(number): tuple(map(PersonId, people)) for number, people in found.items()}


def changed(store: Store, scope: Sequence[TaskId]) -> int:
    """The number of the event that changed last who does what; 0 if none did."""
    event: Any = EventTable
    query = event.select(fn.MAX(event.number))
    found = store.value(query.where(event.task.in_(list(scope)) & event.kind.in_(list(CHANGES))))
    return int(found or 0)


def signed(store: Store, task: TaskId, *, since: int = 0) -> Mapping[DepartmentId, SignOff]:
    """The newest signature of each department; only those that saw the event ``since``."""
    form = rows.shape(SignOff)
    table: Any = SignOffTable
    query = table.select(*form.columns).where((table.task == task) & (table.event >= since))
    found = (rows.record(SignOff, row) for row in store.rows(query.order_by(table.at, table.id)))
    return {one.department: one for one in found}
