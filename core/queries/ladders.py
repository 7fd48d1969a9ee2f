"""Who stands above whom, and so who must act on what is escalated (R58, R84)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from core.domain.ids import DepartmentId, PersonId
from core.domain.status import Role
from core.policies.clocks import local_day
from core.policies.escalation import Ladder, ladder
from core.queries.horizons import Group, Ruled
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import PersonTable


class Known(NamedTuple):
    """A person, as far as alerts go."""

    name: str
    manager: PersonId | None
    away_until: date | None
    merged_into: PersonId | None
    department: DepartmentId | None
    role: Role


def everybody(store: Store) -> dict[PersonId, Known]:
    """All people, by id; one statement."""
    columns = (PersonTable.id, PersonTable.name, PersonTable.manager, PersonTable.away_until)
    more = (PersonTable.merged_into, PersonTable.department, PersonTable.role)
    query = PersonTable.select(*columns, *more)
    found = map(Reading((*columns, *more)).values, store.rows(query))
    return {number: Known(*rest) for number, *rest in found}


class Ladders:
    """The first and second level of each project, worked out once for each head."""

    def __init__(self, people: Mapping[PersonId, Known]) -> None:
        self.people = people
        self._found: dict[tuple[PersonId | None, date], Ladder] = {}

    def of(self, home: Ruled, group: Group) -> Ladder:
        """Who is level 1 and level 2 in a project now; without a department its lead is head."""
        head = home.head or home.lead
        today = local_day(group.horizon.now, group.horizon.calendar)
        found = self._found.get((head, today))
        if found is None:
            found = self._found[head, today] = ladder(head, self.people, today)
        return found

    def department(self, number: PersonId | None) -> DepartmentId | None:
        """To which a person belongs."""
        known = self.people.get(number) if number is not None else None
        return known.department if known else None

    def name(self, number: PersonId | None) -> str:
        """The name of a person; empty for nobody."""
        known = self.people.get(number) if number is not None else None
        return known.name if known else ""
