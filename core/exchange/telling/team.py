"""Who and what a store has, read once: what tables name people, projects and calendars by."""

from collections.abc import Callable
from typing import Any

from core.domain.departments import Department
from core.domain.ids import PersonId, ProjectId
from core.domain.people import Person, Project
from core.exchange.telling.names import Names
from core.exchange.telling.told import Teller
from core.policies.calendar import WorkCalendar
from core.queries import directory, horizons
from core.records import dataclass

Ask = Callable[..., Any]
"""Answers a question of core.queries about one store: Desk.ask, or inside a transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who and what there is, whatever the file tells."""

    names: Names
    people: dict[PersonId, Person]
    departments: dict[str, Department]
    """By name."""
    projects: dict[ProjectId, Project]
    calendars: dict[ProjectId, WorkCalendar]
    types: frozenset[str]
    teller: Teller


def team_of(ask: Ask) -> Team:
    """The people, projects and words of the store."""
    people = ask(directory.people, with_merged=True)
    projects = {one.id: one for one in ask(directory.projects)}
    departments = ask(directory.departments)
    calendars = {one.id: one.calendar for one in ask(horizons.ruled)}
    names = Names(people)
    return Team(
        names=names,
        people={one.id: one for one in people},
        departments={one.name: one for one in departments},
        projects=projects,
        calendars=calendars,
        types=frozenset(one.label for one in ask(directory.work_types)),
        teller=Teller(
            names=names,
            projects=projects,
            calendars=calendars,
            departments={one.id: one for one in departments},
        ),
    )
