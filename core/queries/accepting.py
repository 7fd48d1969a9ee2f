"""Who is asked to accept in each project now, and in whose place (R65)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peewee import JOIN

from core.domain.ids import PersonId, ProjectId
from core.policies.accepting import Seats, can_judge, stand_ins, who_accepts
from core.policies.escalation import is_away
from core.queries.ladders import Known, everybody
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import DepartmentTable, ProjectTable


class Home(NamedTuple):
    """A project, as far as its work is accepted."""

    id: ProjectId
    key: str
    lead: PersonId | None
    head: PersonId | None
    """The lead of its department."""
    alone: bool
    """Whether it is one person's, who may accept their own work there."""
    today: date
    """Where the project is."""

    def seats(self, acceptor: PersonId | None = None) -> Seats:
        """Who is asked about a task that names ``acceptor``."""
        return Seats(acceptor, self.lead, self.head)


class Place(NamedTuple):
    """What somebody is asked to accept in some projects."""

    projects: tuple[ProjectId, ...]
    first: PersonId | None
    """Who accepts by position."""
    is_first: bool
    """Whether that is them."""
    stands_in: bool
    """Whether they are asked where the acceptor is not there."""
    before: tuple[PersonId, ...]
    """Who is asked before them then: only about what is not their own work."""
    absent: frozenset[PersonId]
    """Who is not there to accept."""
    alone: bool
    """Whether they may accept their own work there; see Home."""


class Seating:
    """Everybody and every project at one moment; three statements at most."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.people: Mapping[PersonId, Known] = everybody(store)
        self.homes = {one.id: one for one in _homes(store, now)}
        self._absent = cache(self._not_there)
        self.asked = cache(self._asked)
        """Whoever may accept now in the acceptor's seat, in the order in which they are asked."""

    def _asked(
        self, project: ProjectId, acceptor: PersonId | None, own: frozenset[PersonId]
    ) -> tuple[PersonId, ...]:
        home = self.homes[project]
        held = self.held_apart(project, own)
        found = who_accepts(home.seats(acceptor), self.people, today=home.today, own=held)
        if found or not home.alone:
            return found
        return tuple(own)

    def held_apart(self, project: ProjectId, own: frozenset[PersonId]) -> frozenset[PersonId]:
        """Those of ``own`` who may not accept it: nobody where somebody works alone."""
        return frozenset() if self.homes[project].alone else own

    def name(self, person: PersonId | None) -> str:
        """The name of a person; empty for nobody."""
        known = self.people.get(person) if person is not None else None
        return known.name if known else ""

    def places(self, viewer: PersonId) -> tuple[Place, ...]:
        """What ``viewer`` is asked to accept by position, and in the place of others."""
        found: dict[Place, list[ProjectId]] = {}
        for home in self.homes.values():
            first, ladder = home.seats().first, self._ladder(home)
            if viewer != first and viewer not in ladder:
                continue
            stands = viewer in ladder
            before = ladder[: ladder.index(viewer)] if stands else ()
            absent = self._absent(home.today)
            place = Place((), first, first == viewer, stands, before, absent, home.alone)
            found.setdefault(place, []).append(home.id)
        return tuple(one._replace(projects=tuple(numbers)) for one, numbers in found.items())

    def _ladder(self, home: Home) -> tuple[PersonId, ...]:
        """Who stands in for an acceptor who is not there, first asked first."""
        return stand_ins(home.seats(), self.people, today=home.today)

    def _not_there(self, today: date) -> frozenset[PersonId]:
        return frozenset(
            number
            for number, one in self.people.items()
            if is_away(one, today) or not can_judge(one)
        )


def _homes(store: Store, now: datetime) -> Iterator[Home]:
    columns = (
        *(ProjectTable.id, ProjectTable.key, ProjectTable.lead, DepartmentTable.lead),
        *(ProjectTable.self_accept, ProjectTable.time_zone),
    )
    on = ProjectTable.department == DepartmentTable.id
    query = ProjectTable.select(*columns).join(DepartmentTable, JOIN.LEFT_OUTER, on=on)
    found = list(map(Reading(columns).values, store.rows(query)))
    lone: frozenset[ProjectId] = frozenset()
    if any(allowed for *_, allowed, _ in found):
        from core.store.own_work import lone_projects

        lone = lone_projects(store)
    for number, key, lead, head, _, zone in found:
        today = now.astimezone(ZoneInfo(zone)).date()
        yield Home(number, key, lead, head, number in lone, today)
