"""To whom an issue goes that is not resolved in time: level 1, then level 2 (R58, R59, R84).

Level 1 is the head of the department, level 2 that person's manager. Whoever is away or gone is
passed over: the next one up takes it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple, Protocol

from core.domain.ids import PersonId

HIGHEST: Final = 2
"""Above it nothing is escalated."""


class Superior(Protocol):
    """What must be known of a person."""

    @property
    def manager(self) -> PersonId | None:
        """To whom they report."""

    @property
    def away_until(self) -> date | None:
        """Away up to that day, counted in."""

    @property
    def merged_into(self) -> PersonId | None:
        """Who they turned out to be."""


class Ladder(NamedTuple):
    """Who hears of an issue at each level; None only where nobody leads at all."""

    head: PersonId | None
    manager: PersonId | None

    def at(self, level: int) -> PersonId | None:
        """Who must act at ``level``, 1 or 2."""
        return self.head if level < HIGHEST else self.manager


def ladder(head: PersonId | None, people: Mapping[PersonId, Superior], today: date) -> Ladder:
    """Who is level 1 and level 2 above ``head``, the lead of the department, else of the project.

    ``today`` is the day where the project is. If all above are away, the highest who is there
    has both levels; if everybody is away, the highest there is has them.
    """
    chain = tuple(upwards(head, people))
    if not chain:
        return Ladder(None, None)
    there = [one for one in chain if not is_away(people[one], today)] or [chain[-1]]
    return Ladder(there[0], there[1] if len(there) > 1 else there[0])


def is_away(person: Superior, today: date) -> bool:
    """Whether ``person`` is away on ``today``."""
    return person.away_until is not None and person.away_until >= today


def upwards(head: PersonId | None, people: Mapping[PersonId, Superior]) -> Iterator[PersonId]:
    """``head`` and everybody above, each once: managers who report in a circle end it."""
    seen: set[PersonId] = set()
    number = head
    while number is not None and number in people and number not in seen:
        seen.add(number)
        person = people[number]
        if person.merged_into is None:
            yield number
        number = person.merged_into or person.manager
