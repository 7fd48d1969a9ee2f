"""Conditions on who is what to a viewer: their team, what they support, what waits for them."""

from datetime import date
from typing import Any

from core.domain.ids import PersonId
from core.domain.status import Role
from core.store.part_tables import CollaboratorTable
from core.store.tables import PersonTable, ProjectTable
from core.store.told_tables import BlockTable


def team_projects(viewer: PersonId) -> Any:
    """The projects of the viewer's department or that they lead."""
    me = PersonTable.alias("me")
    department = me.select(me.department).where(me.id == viewer)
    theirs = (ProjectTable.lead == viewer) | ProjectTable.department.in_(department)
    return ProjectTable.select(ProjectTable.id).where(theirs)


def colleagues(viewer: PersonId) -> Any:
    """The members of the viewer's department."""
    me, colleague = PersonTable.alias("me"), PersonTable.alias("colleague")
    department = me.select(me.department).where(me.id == viewer)
    return colleague.select(colleague.id).where(colleague.department.in_(department))


def held_up_by(viewer: PersonId) -> Any:
    """The tasks that are blocked and wait for the viewer."""
    open_spell = (BlockTable.waiting_person == viewer) & BlockTable.ended.is_null()
    return BlockTable.select(BlockTable.task).where(open_spell)


def supported_by(viewer: PersonId) -> Any:
    """The tasks that the viewer supports."""
    table = CollaboratorTable
    return table.select(table.task).where(table.person == viewer)


def absent(today: date) -> Any:
    """Those who are not there to accept: away, or nobody who accepts anything.

    The same as core.policies.accepting has it.
    """
    person: Any = PersonTable
    gone = person.placeholder | person.merged_into.is_null(False) | (person.role == Role.OBSERVER)
    return person.select(person.id).where(gone | (person.away_until >= today))
