"""Whom to tell of a project's matters: read once, asked for every alert of a tick."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peewee import JOIN

from core.domain.ids import PersonId, ProjectId
from core.domain.people import Person
from core.policies.accepting import Seats, who_accepts
from core.policies.escalation import Ladder, ladder
from core.policies.rules import Acts
from core.policies.telling import Parties
from core.store import rows
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import DepartmentTable, PersonTable, ProjectTable


class _Led(NamedTuple):
    """A project, by those above its work."""

    lead: PersonId | None
    """The project's own, else the department's."""
    ladder: Ladder
    head: PersonId | None
    """The lead of its department."""
    own_lead: PersonId | None
    today: date
    """Where the project is."""


class Tellable:
    """Everybody who may have to be told, as things stand at ``now``."""

    def __init__(self, store: Store, now: datetime) -> None:
        """Two statements."""
        form = rows.shape(Person)
        found = (rows.record(Person, row) for row in store.rows(PersonTable.select(*form.columns)))
        self._people = {one.id: one for one in found}
        self._projects = dict(self._read(store, now))

    def _read(self, store: Store, now: datetime) -> Iterable[tuple[ProjectId, _Led]]:
        columns = (ProjectTable.id, ProjectTable.lead, DepartmentTable.lead, ProjectTable.time_zone)
        on = ProjectTable.department == DepartmentTable.id
        query = ProjectTable.select(*columns).join(DepartmentTable, JOIN.LEFT_OUTER, on=on)
        for number, lead, head, zone in map(Reading(columns).values, store.rows(query)):
            today = now.astimezone(ZoneInfo(zone)).date()
            rungs = ladder(head or lead, self._people, today)
            yield number, _Led(lead or head, rungs, head, lead, today)

    def told(self, project: ProjectId, parts: Iterable[Acts], named: Parties) -> dict[str, str]:
        """Who is told, by handle, in which part; each person once, in the first part they have."""
        led = self._projects[project]
        found: dict[str, str] = {}
        for part in parts:
            person = self._person(part, led, named)
            if person is not None:
                found.setdefault(self._handle(person), part.value)
        return found

    def _person(self, part: Acts, led: _Led, named: Parties) -> PersonId | None:
        who = {
            Acts.LEAD: led.lead,
            Acts.HEAD: led.ladder.head,
            Acts.MANAGER: led.ladder.manager,
            Acts.OWNER: named.owner,
            Acts.ACCEPTOR: self._acceptor(led, named),
            Acts.AWAITED: named.awaited,
            Acts.ASSIGNER: named.assigner,
        }
        return who.get(part, named.person or led.lead)

    def _acceptor(self, led: _Led, named: Parties) -> PersonId | None:
        """Who is asked to accept; whoever stands in where the acceptor is not there."""
        seats = Seats(named.acceptor, led.own_lead, led.head)
        own = () if named.owner is None else (named.owner,)
        found = who_accepts(seats, self._people, today=led.today, own=own)
        return next(iter(found), seats.first)

    def _handle(self, number: PersonId) -> str:
        """The handle of whoever somebody turned out to be."""
        person = self._people[number]
        while person.merged_into is not None:
            person = self._people[person.merged_into]
        return person.handle
