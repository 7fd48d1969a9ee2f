"""The three clocks: the golden table of the requirements, and what holds for every start."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import (
    NegativeLimit,
    Pace,
    deadline,
    due_day,
    due_instant,
    elapsed,
    is_closing,
    local_day,
    soon_limit,
)
from core.policies.days import DayKind, DayOverride, parse_office
from core.policies.wall_time import NaiveInstant, OutOfCalendar, instant_of, wall_of

CHINA = calendar_named("china")
BERLIN = calendar_named("weekdays", time_zone="Europe/Berlin")
NEW_YORK = calendar_named("weekdays", time_zone="America/New_York")
# Works every night of the year, so that each change of the clock falls into office hours.
NIGHTS = WorkCalendar(
    time_zone="Europe/Berlin",
    weekly=frozenset(range(1, 8)),
    office=parse_office("00:00-06:00, 20:00-24:00"),
)
HOUR = timedelta(hours=1)

# start, hours, then what the three clocks say; Shanghai time.
GOLDEN = """
2024-09-13T16:00 24 2024-09-14T16:00 2024-09-14T16:00 2024-09-19T16:00
2024-09-14T16:00 24 2024-09-15T16:00 2024-09-18T16:00 2024-09-20T16:00
2024-09-30T17:30 24 2024-10-01T17:30 2024-10-08T17:30 2024-10-10T17:30
2025-01-26T15:00 24 2025-01-27T15:00 2025-01-27T15:00 2025-02-06T15:00
2026-01-03T10:00 24 2026-01-04T10:00 2026-01-05T09:00 2026-01-06T18:00
2026-02-13T16:00 24 2026-02-14T16:00 2026-02-14T16:00 2026-02-25T16:00
2026-02-14T16:00 24 2026-02-15T16:00 2026-02-24T16:00 2026-02-26T16:00
2026-02-14T16:00 48 2026-02-16T16:00 2026-02-25T16:00 2026-03-02T16:00
2026-04-30T17:30  2 2026-04-30T19:30 2026-04-30T19:30 2026-05-06T10:30
2026-05-09T11:30  2 2026-05-09T13:30 2026-05-09T13:30 2026-05-09T14:30
"""
# 2026-01-03 is a day off. The table's own row counts from 00:00 of the next working day and gives
# 01-05 00:00; the boundary rule beside it prefers the office's opening, which is what we do.
ROWS = [line.split() for line in GOLDEN.strip().splitlines()]


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def at(text: str, calendar: WorkCalendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(("pace", "column"), [(p, n) for n, p in enumerate(Pace, start=2)])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}+{row[1]}h")
def test_golden(row: list[str], pace: Pace, column: int) -> None:
    start, limit = shanghai(row[0]), timedelta(hours=int(row[1]))

    found = deadline(start, limit, pace, CHINA)

    assert found == shanghai(row[column])
    assert found.tzinfo is UTC
    if pace is not Pace.WALL:
        assert elapsed(start, found, pace, CHINA) == limit


def test_the_count_begins_as_the_office_opens() -> None:
    monday_nine = shanghai("2026-01-12T09:00")
    for start in ("2026-01-10T10:00", "2026-01-11T23:59", "2026-01-12T01:00", "2026-01-12T09:00"):
        for pace in (Pace.WORKDAY, Pace.WORKHOURS):
            assert deadline(shanghai(start), timedelta(), pace, CHINA) == monday_nine
            assert deadline(shanghai(start), 2 * HOUR, pace, CHINA) == monday_nine + 2 * HOUR


def test_a_limit_that_fills_the_day_ends_at_closing() -> None:
    start = shanghai("2026-01-09T16:00")

    assert deadline(start, 2 * HOUR, Pace.WORKHOURS, CHINA) == shanghai("2026-01-09T18:00")
    assert deadline(start, 2 * HOUR + timedelta(minutes=1), Pace.WORKHOURS, CHINA) == shanghai(
        "2026-01-12T09:01"
    )


def test_hours_of_a_single_day_count_as_they_are() -> None:
    ours = calendar_named(
        "china",
        overrides=(
            DayOverride(day=date(2026, 1, 9), kind=DayKind.HALFDAY),
            DayOverride(
                day=date(2026, 1, 10), kind=DayKind.WORKDAY, office=parse_office("10:00-11:00")
            ),
        ),
    )
    start = shanghai("2026-01-09T11:00")

    assert deadline(start, 2 * HOUR, Pace.WORKHOURS, ours) == shanghai("2026-01-10T11:00")
    assert deadline(start, 3 * HOUR, Pace.WORKHOURS, ours) == shanghai("2026-01-12T10:00")


def test_summer_time_moves_no_deadline_from_its_hour() -> None:
    friday = at("2026-03-27T16:00", BERLIN)
    day = 24 * HOUR

    assert deadline(friday, day, Pace.WORKDAY, BERLIN) == at("2026-03-30T16:00", BERLIN)
    assert deadline(friday, 4 * HOUR, Pace.WORKHOURS, BERLIN) == at("2026-03-30T11:00", BERLIN)
    saturday = at("2026-03-28T16:00", BERLIN)
    assert deadline(saturday, day, Pace.WALL, BERLIN) == at("2026-03-29T17:00", BERLIN)
    autumn = at("2026-10-31T16:00", NEW_YORK)
    assert deadline(autumn, day, Pace.WALL, NEW_YORK) == at("2026-11-01T15:00", NEW_YORK)
    assert deadline(autumn, day, Pace.WORKDAY, NEW_YORK) == at("2026-11-03T09:00", NEW_YORK)


def test_the_hour_that_the_clock_skips_and_the_one_it_repeats() -> None:
    zone = BERLIN.zone
    spring = datetime(2026, 3, 29, 1, tzinfo=UTC)
    for skipped in (time(2), time(2, 30), time(3)):
        assert instant_of(datetime.combine(date(2026, 3, 29), skipped), zone) == spring
    half_past = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert instant_of(half_past, zone) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_of(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone) == half_past
    second = wall_of(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), zone)
    assert second == datetime(2026, 10, 25, 3)  # noqa: DTZ001


def test_a_due_without_a_time_ends_as_the_office_closes() -> None:
    due = due_instant(date(2026, 1, 9), CHINA)

    assert due == shanghai("2026-01-09T18:00")
    assert is_closing(due, CHINA)
    assert not is_closing(shanghai("2026-01-09T17:59"), CHINA)
    assert local_day(due, CHINA) == due_day(due, CHINA) == date(2026, 1, 9)
    assert local_day(datetime(2026, 1, 8, 16, tzinfo=UTC), CHINA) == date(2026, 1, 9)


def test_a_due_keeps_showing_as_a_day_after_the_day_was_cut_short() -> None:
    short = DayOverride(day=date(2026, 1, 9), kind=DayKind.HALFDAY)
    ours = calendar_named("china", overrides=(short,))

    assert is_closing(shanghai("2026-01-09T18:00"), ours)
    assert is_closing(shanghai("2026-01-09T12:00"), ours)
    assert not is_closing(shanghai("2026-01-09T12:00"), CHINA)


def test_a_due_at_a_midnight_closing_belongs_to_the_day_that_ends() -> None:
    due = due_instant(date(2026, 1, 9), NIGHTS)

    assert is_closing(due, NIGHTS)
    assert local_day(due, NIGHTS) == date(2026, 1, 10)
    assert due_day(due, NIGHTS) == date(2026, 1, 9)


@given(st.dates(date(2000, 1, 2), date(2100, 12, 30)))
@pytest.mark.parametrize("calendar", [CHINA, BERLIN, NEW_YORK, NIGHTS], ids=lambda c: c.time_zone)
def test_every_due_day_is_read_back(calendar: WorkCalendar, day: date) -> None:
    due = due_instant(day, calendar)

    assert is_closing(due, calendar)
    assert due_day(due, calendar) == day


@pytest.mark.parametrize(
    ("due", "first_soon"),
    [
        ("2026-05-06", "2026-04-30"),
        ("2026-02-24", "2026-02-14"),
        ("2024-10-08", "2024-09-30"),
        ("2026-03-02", "2026-02-28"),
        ("2026-01-08", "2026-01-07"),
    ],
)
def test_a_due_is_soon_from_one_working_day_before(due: str, first_soon: str) -> None:
    instant = due_instant(date.fromisoformat(due), CHINA)
    midnight = shanghai(f"{first_soon}T00:00")

    assert soon_limit(midnight, CHINA) >= instant
    assert soon_limit(midnight - timedelta(seconds=1), CHINA) < instant


def test_what_cannot_be_counted_is_refused() -> None:
    start = shanghai("2026-01-09T16:00")
    for pace in Pace:
        with pytest.raises(NegativeLimit):
            deadline(start, -HOUR, pace, CHINA)
        with pytest.raises(OutOfCalendar):
            deadline(start, timedelta.max, pace, CHINA)
        with pytest.raises(OutOfCalendar):
            deadline(start, timedelta(days=90 * 365), pace, CHINA)
        with pytest.raises(OutOfCalendar):
            deadline(datetime.max.replace(tzinfo=UTC), HOUR, pace, CHINA)
        with pytest.raises(NaiveInstant):
            deadline(start.replace(tzinfo=None), HOUR, pace, CHINA)
        assert elapsed(start, start - HOUR, pace, CHINA) == timedelta()


CALENDARS = st.sampled_from([CHINA, BERLIN, NEW_YORK, NIGHTS])
STEADY = st.sampled_from([CHINA, BERLIN, NEW_YORK])
PACES = st.sampled_from(list(Pace))
INSTANTS = st.datetimes(
    datetime(2017, 1, 1),  # noqa: DTZ001
    datetime(2029, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
LIMITS = st.timedeltas(timedelta(), timedelta(days=40))
SPRING = datetime(2026, 3, 28, 12, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 12, tzinfo=UTC)
NEAR_A_CHANGE = st.builds(
    lambda about, minutes: about + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(0, 24 * 60),
)


@given(CALENDARS, PACES, st.lists(INSTANTS | NEAR_A_CHANGE, min_size=2, max_size=8), LIMITS)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkCalendar, pace: Pace, starts: list[datetime], limit: timedelta
) -> None:
    dues = [deadline(start, limit, pace, calendar) for start in sorted(starts)]

    assert all(first <= second for first, second in pairwise(dues))


@given(CALENDARS, PACES, INSTANTS | NEAR_A_CHANGE, st.lists(LIMITS, min_size=2, max_size=8))
def test_a_longer_limit_is_never_due_earlier(
    calendar: WorkCalendar, pace: Pace, start: datetime, limits: list[timedelta]
) -> None:
    dues = [deadline(start, limit, pace, calendar) for limit in sorted(limits)]

    assert all(start <= first <= second for first, second in pairwise(dues))


@given(STEADY, PACES, INSTANTS, LIMITS)
def test_elapsed_undoes_deadline(
    calendar: WorkCalendar, pace: Pace, start: datetime, limit: timedelta
) -> None:
    due = deadline(start, limit, pace, calendar)

    assert elapsed(start, due, pace, calendar) == limit


@given(PACES, NEAR_A_CHANGE, st.timedeltas(timedelta(microseconds=1), timedelta(days=3)))
def test_a_deadline_has_passed_exactly_when_its_limit_has(
    pace: Pace, start: datetime, limit: timedelta
) -> None:
    due = deadline(start, limit, pace, NIGHTS)

    assert elapsed(start, due, pace, NIGHTS) >= limit
    assert elapsed(start, due - timedelta(microseconds=1), pace, NIGHTS) < limit


@given(STEADY, INSTANTS, LIMITS)
def test_work_hours_end_within_office_hours(
    calendar: WorkCalendar, start: datetime, limit: timedelta
) -> None:
    wall = calendar.wall(deadline(start, limit, Pace.WORKHOURS, calendar))

    spans = calendar.office_on(wall.date())
    assert any(opens <= wall.time() <= closes for opens, closes in spans)


@given(STEADY, INSTANTS, st.integers(1, 30))
def test_whole_days_end_at_the_hour_they_began(
    calendar: WorkCalendar, start: datetime, days: int
) -> None:
    begin = calendar.wall(deadline(start, timedelta(), Pace.WORKDAY, calendar))
    end = calendar.wall(deadline(start, timedelta(days=days), Pace.WORKDAY, calendar))

    assert end.time() == begin.time()
    assert end.date() == calendar.add_workdays(begin.date(), days)


@given(CALENDARS, INSTANTS | NEAR_A_CHANGE)
def test_the_wall_clock_is_read_back(calendar: WorkCalendar, instant: datetime) -> None:
    wall = calendar.wall(instant)

    again = instant_of(wall, calendar.zone)
    assert instant <= again < instant + HOUR or again == instant
    assert wall_of(again, calendar.zone) == wall
