"""Who signed the allocation of a task and its subtasks, and whether that still stands (R53)."""

from typing import NamedTuple

from core.domain.duties import SignOff
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.queries.directory import departments
from core.store import allocations
from core.store.database import Store


class SignRow(NamedTuple):
    """A department that has part in it."""

    department: DepartmentId
    name: str
    lead: PersonId | None
    """Who signs for it."""
    people: tuple[PersonId, ...]
    """Its owners and collaborators; nobody where the department helps as such."""
    signed: SignOff | None
    """Its newest signature."""
    stands: bool
    """Whether that is of who does what now."""


def allocation(store: Store, task: TaskId) -> tuple[SignRow, ...]:
    """The departments by name; six statements and one for each level of subtasks."""
    scope = allocations.scope_of(store, task)
    concerned = allocations.concerned(store, scope)
    if not concerned:
        return ()
    changed, signed = allocations.changed(store, scope), allocations.signed(store, task)
    return tuple(
        SignRow(
            department=one.id,
            name=one.name,
            lead=one.lead,
            people=concerned[one.id],
            signed=signed.get(one.id),
            stands=one.id in signed and signed[one.id].event >= changed,
        )
        for one in departments(store)
        if one.id in concerned
    )
