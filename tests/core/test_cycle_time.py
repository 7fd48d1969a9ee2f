"""Cycle time: office hours from start to end, and those in which the task was blocked."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import PersonId, TaskId
from core.domain.spells import BlockSpell
from core.policies.blocked_time import cycle_time
from core.policies.calendar import calendar_named

CHINA = calendar_named("china")
MONDAY = datetime(2024, 3, 25, 1, 0, tzinfo=UTC)
"""The office opens in Shanghai."""
HOUR = timedelta(hours=1)


def spell(start: datetime, end: datetime | None) -> BlockSpell:
    return BlockSpell(
        task=TaskId(1),
        reason="等",
        waiting_for="IT",
        started=start,
        started_by=PersonId(1),
        ended=end,
    )


def test_nights_and_breaks_do_not_count() -> None:
    found = cycle_time(MONDAY, MONDAY + timedelta(days=1), (), CHINA)
    assert (found.total, found.blocked, found.worked) == (8 * HOUR, 0 * HOUR, 8 * HOUR)


def test_time_blocked_is_counted_out() -> None:
    spells = (spell(MONDAY + HOUR, MONDAY + 5 * HOUR),)  # 10 to 14 o'clock: the break is none
    found = cycle_time(MONDAY, MONDAY + timedelta(hours=9), spells, CHINA)
    assert (found.total, found.blocked, found.worked) == (8 * HOUR, 3 * HOUR, 5 * HOUR)


def test_spells_that_overlap_count_once() -> None:
    spells = (spell(MONDAY, MONDAY + 2 * HOUR), spell(MONDAY + HOUR, MONDAY + 3 * HOUR))
    assert cycle_time(MONDAY, MONDAY + 3 * HOUR, spells, CHINA).worked == 0 * HOUR


def test_an_open_spell_lasts_to_the_end() -> None:
    found = cycle_time(MONDAY, MONDAY + 3 * HOUR, (spell(MONDAY + HOUR, None),), CHINA)
    assert found.blocked == 2 * HOUR


def test_what_was_blocked_before_or_after_does_not_count() -> None:
    spells = (spell(MONDAY - 72 * HOUR, MONDAY + HOUR), spell(MONDAY + 3 * HOUR, None))
    found = cycle_time(MONDAY, MONDAY + 3 * HOUR, spells, CHINA)
    assert (found.total, found.blocked) == (3 * HOUR, HOUR)


FIRST, LAST = datetime(2024, 1, 1), datetime(2024, 12, 1)  # noqa: DTZ001 - the strategy's way
INSTANTS = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
SPELLS = st.lists(st.tuples(INSTANTS, INSTANTS).map(sorted), max_size=5)


@given(both=st.tuples(INSTANTS, INSTANTS).map(sorted), spans=SPELLS)
def test_blocked_is_never_more_than_all(both: list[datetime], spans: list[list[datetime]]) -> None:
    found = cycle_time(both[0], both[1], [spell(*one) for one in spans], CHINA)
    assert timedelta() <= found.blocked <= found.total
