"""What waiting costs: office hours as the clocks count them, and an order that can be told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.status import Priority
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import Pace, elapsed
from core.policies.days import parse_office
from core.policies.waiting_cost import (
    MOST_HOURS,
    OfficeClock,
    Part,
    Waiting,
    cost_of,
    hours_of,
)

CHINA = calendar_named("china")
NIGHTS = WorkCalendar(
    time_zone="Europe/Berlin",
    weekly=frozenset(range(1, 8)),
    office=parse_office("00:00-06:00, 20:00-24:00"),
)
HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("2024-01-01"),
    max_value=datetime.fromisoformat("2026-06-30"),
    timezones=st.just(UTC),
)
AMOUNTS = st.floats(min_value=0, max_value=2000)
ITEMS = st.builds(
    Waiting,
    waited=AMOUNTS,
    late=AMOUNTS,
    priority=st.sampled_from(Priority),
    urgent=st.booleans(),
    level=st.integers(0, 2),
    tasks=st.integers(0, 50),
    people=st.integers(0, 50),
)


@pytest.mark.parametrize("calendar", [CHINA, NIGHTS], ids=["china", "nights"])
@given(now=MOMENTS, back=st.timedeltas(timedelta(days=-3), timedelta(days=200)))
def test_the_quick_clock_says_what_the_slow_one_says(calendar, now, back):
    since = now - back

    told = OfficeClock(now, calendar).hours(since)

    counted = elapsed(since, now, Pace.WORKHOURS, calendar) / HOUR
    # On a night of changed clocks the wall counts an hour more or less than passes.
    slack = 2.01 if calendar is NIGHTS else 1e-6
    assert told == pytest.approx(min(counted, MOST_HOURS), abs=slack)


def test_a_holiday_costs_nothing():
    before = datetime.fromisoformat("2026-02-14T16:00+08:00")
    after = datetime.fromisoformat("2026-02-24T10:00+08:00")

    assert OfficeClock(after, CHINA).hours(before) == 3


def test_what_waits_for_ever_costs_no_more():
    clock = OfficeClock(datetime(2026, 3, 18, tzinfo=UTC), CHINA)

    assert clock.hours(datetime(2001, 1, 1, tzinfo=UTC)) == MOST_HOURS
    assert clock.hours(None) == 0


@given(item=ITEMS, more=st.integers(1, 40))
def test_what_gets_worse_never_costs_less(item, more):
    cost = hours_of(item)

    assert hours_of(item._replace(waited=item.waited + more)) >= cost
    assert hours_of(item._replace(late=item.late + more)) >= cost
    assert hours_of(item._replace(level=item.level + 1)) > cost
    assert hours_of(item._replace(tasks=item.tasks + more)) >= cost
    assert hours_of(item._replace(people=item.people + more)) >= cost
    assert hours_of(item._replace(urgent=True)) >= cost
    assert hours_of(item._replace(priority=Priority.HIGH)) >= cost or item.urgent


@given(item=ITEMS)
def test_the_parts_are_the_whole(item):
    cost = cost_of(item)

    assert cost.hours == hours_of(item)
    assert sum(hours for _, hours in cost.parts) * cost.weight == pytest.approx(cost.hours)
    assert [hours for _, hours in cost.parts] == sorted((h for _, h in cost.parts), reverse=True)


def test_a_day_of_two_that_wait_outweighs_a_lonely_day():
    lonely = Waiting(waited=16, late=16)
    held_up = Waiting(waited=8, late=8, tasks=2, people=2)

    assert hours_of(held_up) > hours_of(lonely)
    assert cost_of(held_up).parts[0] == (Part.TASKS, 16)
    assert cost_of(lonely).parts == ((Part.LATE, 16), (Part.WAITED, 16))


def test_urgent_work_counts_twice_and_low_half():
    item = Waiting(waited=10)

    assert hours_of(item._replace(urgent=True)) == 20
    assert hours_of(item._replace(priority=Priority.HIGH)) == 15
    assert hours_of(item._replace(priority=Priority.LOW)) == 5


def test_an_office_that_never_opened_counts_nothing():
    shut = WorkCalendar(weekly=frozenset({7}), office=parse_office("09:00-10:00"))
    clock = OfficeClock(datetime(2026, 3, 18, tzinfo=UTC), shut)

    assert 0 < clock.hours(datetime(2001, 1, 1, tzinfo=UTC)) < MOST_HOURS
