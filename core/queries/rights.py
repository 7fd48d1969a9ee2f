"""Who may do what to one task, by name."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from core.domain.ids import PersonId, TaskId
from core.domain.people import Person
from core.policies import rights
from core.policies.rights import About, Act, Standing
from core.queries import directory, permitted
from core.queries.accepting import Seating
from core.store.database import Store
from core.store.own_work import own_people


class Holder(NamedTuple):
    """Somebody who is something to the task, or who asks."""

    person: PersonId
    name: str
    standings: frozenset[Standing]
    may: frozenset[Act]
    own: bool
    """Whether the work is their own, which they never accept."""


class RightsOf(NamedTuple):
    """The table for one task."""

    key: str
    title: str
    holders: tuple[Holder, ...]
    """Its owner, acceptors and collaborators, its leads, the administrators, and who asks."""


def rights_of(store: Store, number: TaskId, *, viewer: PersonId | None, now: datetime) -> RightsOf:
    """Who may do what to a task. Refuses NotFound."""
    known = permitted.about(store, number)
    task = known.task
    assert task is not None  # noqa: S101 - it was asked for by its number
    seating, own = Seating(store, now), own_people(store, task)
    acceptors = seating.asked(task.project, task.acceptor, own)
    own = seating.held_apart(task.project, own)
    about = About(
        project=known.project,
        department=known.department,
        task=task,
        acceptors=frozenset(acceptors),
        helpers=known.helpers,
    )
    holders = tuple(
        Holder(
            person=one.id,
            name=one.name,
            standings=rights.standings(one, about),
            may=_acts(one, about, own=one.id in own),
            own=one.id in own,
        )
        for one in _concerned(directory.people(store), about, viewer)
    )
    return RightsOf(task.key, task.title, holders)


def _acts(person: Person, about: About, *, own: bool) -> frozenset[Act]:
    return frozenset(
        act for act in Act if rights.may(act, person, about) and not (own and act is Act.JUDGE)
    )


_FIRST = (
    *(Standing.OWNER, Standing.ACCEPTOR, Standing.COLLABORATOR),
    *(Standing.LEAD, Standing.ADMIN),
)


def _concerned(
    people: tuple[Person, ...], about: About, viewer: PersonId | None
) -> Iterator[Person]:
    """The closest first, each once; whoever asks last, unless they are something to it."""
    real = [one for one in people if not one.placeholder and one.merged_into is None]
    told: set[PersonId] = set()
    for standing in (*_FIRST, None):
        for one in real:
            is_it = one.id == viewer if standing is None else standing in _standing(one, about)
            if is_it and one.id not in told:
                told.add(one.id)
                yield one


def _standing(person: Person, about: About) -> frozenset[Standing]:
    return rights.standings(person, about)
