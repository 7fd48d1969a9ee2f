"""Give everything that points at one person to another."""

from typing import TYPE_CHECKING

from peewee import ForeignKeyField

from core.domain.ids import PersonId
from core.store.registry import all_tables
from core.store.tables import DepartmentTable, PersonTable

if TYPE_CHECKING:
    from core.store.database import Store


def give(store: "Store", *, from_person: PersonId, to_person: PersonId) -> int:
    """Move every reference; returns how many rows changed. The log keeps who acted then."""
    moved = 0
    for table in all_tables():
        for column in table._meta.sorted_fields:
            if isinstance(column, ForeignKeyField) and column.rel_model is PersonTable:
                query = table.update({column: to_person}).where(column == from_person)
                moved += store.run(query)
    leads = DepartmentTable.update(lead=to_person).where(DepartmentTable.lead == from_person)
    return moved + store.run(leads)
