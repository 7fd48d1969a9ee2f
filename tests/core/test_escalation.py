"""Who is level 1 and level 2: managers, days away, circles."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import PersonId
from core.policies.escalation import Ladder, ladder

TODAY = date(2026, 3, 18)


@dataclass(frozen=True)
class Someone:
    manager: PersonId | None = None
    away_until: date | None = None
    merged_into: PersonId | None = None


def above(head: int | None, *people: Someone) -> Ladder:
    """The ladder above ``head``; people are numbered from 1."""
    known = {PersonId(number): one for number, one in enumerate(people, 1)}
    return ladder(PersonId(head) if head else None, known, TODAY)


def reports_to(manager: int | None, *, away: int | None = None) -> Someone:
    """``away``: the number of days from today on."""
    until = TODAY + timedelta(days=away) if away is not None else None
    return Someone(manager=PersonId(manager) if manager else None, away_until=until)


def test_the_head_and_their_manager() -> None:
    assert above(1, reports_to(2), reports_to(3), reports_to(None)) == (1, 2)


def test_who_is_away_is_passed_over_at_both_levels() -> None:
    assert above(1, reports_to(2, away=0), reports_to(3), reports_to(None)) == (2, 3)
    assert above(1, reports_to(2), reports_to(3, away=4), reports_to(None)) == (1, 3)
    assert above(1, reports_to(2, away=1), reports_to(3, away=1), reports_to(None)) == (3, 3)


def test_whoever_was_away_up_to_yesterday_is_back() -> None:
    assert above(1, reports_to(2, away=-1), reports_to(None)) == (1, 2)


def test_above_the_highest_there_is_nobody() -> None:
    assert above(1, reports_to(None)) == (1, 1)
    assert above(1, reports_to(2), reports_to(None, away=3)) == (1, 1)


def test_when_everybody_is_away_the_highest_is_told_all_the_same() -> None:
    assert above(1, reports_to(2, away=3), reports_to(None, away=3)) == (2, 2)


def test_nobody_leads() -> None:
    assert above(None, reports_to(2)) == (None, None)
    assert above(7, reports_to(2)) == (None, None)


def test_managers_in_a_circle_end_it() -> None:
    assert above(1, reports_to(2), reports_to(1)) == (1, 2)
    assert above(1, reports_to(1)) == (1, 1)
    assert above(1, reports_to(2, away=0), reports_to(1, away=0)) == (2, 2)


def test_somebody_merged_away_stands_for_who_they_turned_out_to_be() -> None:
    merged = Someone(merged_into=PersonId(2))
    assert above(1, merged, reports_to(3), reports_to(None)) == (2, 3)


PEOPLE = st.lists(
    st.builds(
        Someone,
        manager=st.none() | st.integers(1, 7).map(PersonId),
        away_until=st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days)),
        merged_into=st.none() | st.integers(1, 7).map(PersonId),
    ),
    min_size=1,
    max_size=7,
)


@given(people=PEOPLE, head=st.integers(1, 7))
def test_it_always_ends_and_names_somebody_there_if_there_is_one(
    people: list[Someone], head: int
) -> None:
    found = above(head, *people)
    real = [one for one in found if one is not None]
    assert all(people[number - 1].merged_into is None for number in real)
    there = [one for one in real if not _away(people[one - 1])]
    assert not there or found.head in there
    assert (found.head is None) == (found.manager is None)


def _away(person: Someone) -> bool:
    return person.away_until is not None and person.away_until >= TODAY
