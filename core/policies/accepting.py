"""Who accepts work (R65): the acceptor; while they are not there, the leads, and those above them.

A task never waits for somebody who is away, who has left the team, or whose own work it is.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from core.domain.ids import PersonId
from core.domain.status import Role
from core.policies.escalation import Superior, is_away, upwards


class Colleague(Superior, Protocol):
    """What must be known of somebody who may have to accept."""

    @property
    def placeholder(self) -> bool:
        """Whether they are only a name in an imported file."""

    @property
    def role(self) -> Role:
        """An observer accepts nothing."""


class Seats(NamedTuple):
    """Who is asked to accept, by the task and by position."""

    acceptor: PersonId | None
    """Whom the task names."""
    lead: PersonId | None
    """Of the project."""
    head: PersonId | None
    """Of its department."""

    @property
    def first(self) -> PersonId | None:
        """Who is asked first; the same as core.policies.permissions.acceptor_of."""
        return self.acceptor or self.lead or self.head


def can_judge(person: Colleague) -> bool:
    """Whether ``person`` can accept anything: a member who acts, not a name in a file."""
    is_member = not person.placeholder and person.merged_into is None
    return is_member and person.role is not Role.OBSERVER


def who_accepts(
    seats: Seats,
    people: Mapping[PersonId, Colleague],
    *,
    today: date,
    own: Collection[PersonId | None] = (),
) -> tuple[PersonId, ...]:
    """Whoever may accept in the acceptor's seat now, in the order in which they are asked.

    Only the acceptor, while they are there and it is not their own work; else also the leads of
    project and department and those above them, whoever is there before those who are away.
    ``own`` never accept; ``today`` is the day where the project is. Empty: nobody can.
    """
    first = seats.first
    if first is not None and first in people and first not in own:
        asked = people[first]
        if can_judge(asked) and not is_away(asked, today):
            return (first,)
    return stand_ins(seats, people, today=today, own=own)


def stand_ins(
    seats: Seats,
    people: Mapping[PersonId, Colleague],
    *,
    today: date,
    own: Collection[PersonId | None] = (),
) -> tuple[PersonId, ...]:
    """The acceptor, the leads and those above, who can accept: whoever is there comes first."""
    able = [one for one in _ladder(seats, people) if one not in own and can_judge(people[one])]
    return tuple(sorted(able, key=lambda one: is_away(people[one], today)))


def _ladder(seats: Seats, people: Mapping[PersonId, Colleague]) -> Iterator[PersonId]:
    """Acceptor, leads, then those above each; everybody once."""
    chains = [tuple(upwards(one, people)) for one in (seats.acceptor, seats.lead, seats.head)]
    seated = [one for one in seats if one is not None and one in people]
    above = [one for chain in (chains[1], chains[2], chains[0]) for one in chain]
    yield from dict.fromkeys([*seated, *above])
