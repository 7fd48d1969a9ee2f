"""Who stands above whom, and so who must act on what is escalated (R58, R84)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from core.domain.ids import DepartmentId, PersonId, ProjectId
from core.domain.status import Role
from core.policies.accepting import Seats, can_judge, stand_ins, who_accepts
from core.policies.clocks import local_day
from core.policies.escalation import Ladder, is_away, ladder
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
    placeholder: bool = False


def everybody(store: Store) -> dict[PersonId, Known]:
    """All people, by id; one statement."""
    columns = (PersonTable.id, PersonTable.name, PersonTable.manager, PersonTable.away_until)
    more = (
        *(PersonTable.merged_into, PersonTable.department, PersonTable.role),
        PersonTable.placeholder,
    )
    query = PersonTable.select(*columns, *more)
    found = map(Reading((*columns, *more)).values, store.rows(query))
    return {number: Known(*rest) for number, *rest in found}


class Ladders:
    """The first and second level of each project, worked out once for each head."""

    def __init__(self, people: Mapping[PersonId, Known]) -> None:
        self.people = people
        self._found: dict[tuple[PersonId | None, date], Ladder] = {}
        self._asked: dict[tuple[Seats, PersonId | None, date], PersonId | None] = {}

    def of(self, home: Ruled, group: Group) -> Ladder:
        """Who is level 1 and level 2 in a project now; without a department its lead is head."""
        head = home.head or home.lead
        today = self._today(group)
        found = self._found.get((head, today))
        if found is None:
            found = self._found[head, today] = ladder(head, self.people, today)
        return found

    def asked(
        self, home: Ruled, group: Group, acceptor: PersonId | None, *, owner: PersonId | None
    ) -> PersonId | None:
        """Who is asked to accept in a project now; whoever stands in where that is not there."""
        seats, today = Seats(acceptor, home.lead, home.head), self._today(group)
        if (seats, owner, today) not in self._asked:
            own = () if owner is None else (owner,)
            found = who_accepts(seats, self.people, today=today, own=own)
            self._asked[seats, owner, today] = next(iter(found), seats.first)
        return self._asked[seats, owner, today]

    def accepts_in(
        self, group: Group, viewer: PersonId | None
    ) -> tuple[tuple[ProjectId, ...], tuple[ProjectId, ...]]:
        """Where the viewer accepts by position, and stands in for acceptors who are not there."""
        today = self._today(group)
        if not any(is_away(one, today) or not can_judge(one) for one in self.people.values()):
            return tuple(one.id for one in group.projects if viewer and one.acceptor == viewer), ()
        seated, standing = [], []
        for home in group.projects:
            seats = Seats(None, home.lead, home.head)
            first = next(iter(stand_ins(seats, self.people, today=today)), None)
            if viewer and viewer in {first, home.acceptor}:
                seated.append(home.id)
            if viewer and viewer == first:
                standing.append(home.id)
        return tuple(seated), tuple(standing)

    def _today(self, group: Group) -> date:
        return local_day(group.horizon.now, group.horizon.calendar)

    def department(self, number: PersonId | None) -> DepartmentId | None:
        """To which a person belongs."""
        known = self.people.get(number) if number is not None else None
        return known.department if known else None

    def name(self, number: PersonId | None) -> str:
        """The name of a person; empty for nobody."""
        known = self.people.get(number) if number is not None else None
        return known.name if known else ""
