"""Give everything that points at one person to another."""

from typing import TYPE_CHECKING, Any

from peewee import ForeignKeyField

from core.domain.ids import PersonId
from core.store.book import book_of
from core.store.duty_tables import MemberTable
from core.store.registry import all_tables
from core.store.rows import name_of
from core.store.tables import DepartmentTable, PersonTable

if TYPE_CHECKING:
    from core.store.database import Store


def give(store: "Store", *, from_person: PersonId, to_person: PersonId) -> int:
    """Move every reference; returns how many rows changed. The log keeps who acted then.

    Where both are members of a project, one membership is left.
    """
    twice = MemberTable.select(MemberTable.project).where(MemberTable.person == to_person)
    gone = (MemberTable.person == from_person) & MemberTable.project.in_(twice)
    found = store.rows(MemberTable.delete().where(gone).returning(MemberTable.id))
    moved = [(name_of(MemberTable), row[0], None) for row in sorted(found)]
    book_of(store).told.extend(moved)
    count = len(moved)
    for table in all_tables():
        for column in table._meta.sorted_fields:
            if isinstance(column, ForeignKeyField) and column.rel_model is PersonTable:
                count += _move(store, column, from_person, to_person)
    return count + _move(store, DepartmentTable.lead, from_person, to_person)


def _move(store: "Store", column: Any, from_person: PersonId, to_person: PersonId) -> int:
    table = column.model
    query = table.update({column: to_person}).where(column == from_person)
    found = sorted(row[0] for row in store.rows(query.returning(table.id)))
    given = {column.column_name: to_person}
    book_of(store).told.extend((name_of(table), number, given) for number in found)
    return len(found)
