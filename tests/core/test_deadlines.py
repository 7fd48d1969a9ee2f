"""When news of a task is owed, and the day of the weekly review."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.status import Priority
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import local_day
from core.policies.days import DayKind, DayOverride
from core.policies.deadlines import (
    BadCheckin,
    Cadence,
    UpdateRules,
    cadence_for,
    checkin_instant,
    last_due,
    next_due,
    update_missing_since,
    weekly_review_day,
)

CHINA = calendar_named("china")
BERLIN = calendar_named("weekdays", time_zone="Europe/Berlin")
BEFORE_CLOSING = UpdateRules(checkin="eod-15m")


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("priority", "urgent", "cadence"),
    [
        (Priority.LOW, True, Cadence.REALTIME),
        (Priority.HIGH, True, Cadence.REALTIME),
        (Priority.HIGH, False, Cadence.DAILY),
        (Priority.MEDIUM, False, Cadence.WEEKLY),
        (Priority.LOW, False, Cadence.WEEKLY),
    ],
)
def test_urgent_in_real_time_high_daily_all_else_weekly(
    priority: Priority, urgent: bool, cadence: Cadence
) -> None:
    assert cadence_for(priority, urgent=urgent) is cadence
    assert cadence_for(priority, urgent=urgent, override=Cadence.DAILY) is Cadence.DAILY


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-01-08T16:59", "2026-01-07"),
        ("2026-01-08T17:00", "2026-01-08"),
        ("2026-01-10T09:00", "2026-01-09"),  # Saturday
        ("2026-01-12T09:00", "2026-01-09"),  # Monday morning
        ("2026-02-14T18:00", "2026-02-14"),  # a make-up Saturday
        ("2026-02-20T12:00", "2026-02-14"),  # in the Spring Festival
        ("2026-02-24T16:59", "2026-02-14"),
    ],
)
def test_daily_news_is_owed_by_five_of_each_working_day(now: str, day: str) -> None:
    owed = last_due(Cadence.DAILY, CHINA, shanghai(now))

    assert owed == (shanghai(f"{day}T00:00"), shanghai(f"{day}T17:00"))


@pytest.mark.parametrize(
    ("now", "monday", "last"),
    [
        ("2026-01-09T16:59", "2025-12-29", "2026-01-04"),  # W01 ended on a make-up Sunday
        ("2026-01-09T17:00", "2026-01-05", "2026-01-09"),
        ("2026-02-13T18:00", "2026-02-02", "2026-02-06"),  # Saturday 14 is still to come
        ("2026-02-14T17:00", "2026-02-09", "2026-02-14"),
        ("2026-02-25T12:00", "2026-02-09", "2026-02-14"),  # W08 had no working day
        ("2026-02-28T17:00", "2026-02-23", "2026-02-28"),
    ],
)
def test_weekly_news_is_owed_by_the_last_working_day(now: str, monday: str, last: str) -> None:
    owed = last_due(Cadence.WEEKLY, CHINA, shanghai(now))

    assert owed == (shanghai(f"{monday}T00:00"), shanghai(f"{last}T17:00"))


def test_urgent_news_is_old_after_two_hours_of_any_day() -> None:
    sunday = shanghai("2026-01-11T03:00")

    assert last_due(Cadence.REALTIME, CHINA, sunday) == (sunday - timedelta(hours=2), sunday)
    assert next_due(Cadence.REALTIME, CHINA, sunday) == sunday + timedelta(hours=2)


def test_check_in_before_the_end_of_work() -> None:
    assert checkin_instant(date(2026, 1, 8), CHINA, BEFORE_CLOSING) == shanghai("2026-01-08T17:45")
    assert last_due(
        Cadence.DAILY, CHINA, shanghai("2026-01-08T17:44"), rules=BEFORE_CLOSING
    ).deadline == shanghai("2026-01-07T17:45")


def test_on_a_halfday_nobody_reports_after_closing() -> None:
    short = DayOverride(day=date(2026, 2, 14), kind=DayKind.HALFDAY)
    ours = calendar_named("china", overrides=(short,))

    assert checkin_instant(date(2026, 2, 14), ours) == shanghai("2026-02-14T12:00")
    assert checkin_instant(date(2026, 2, 14), ours, BEFORE_CLOSING) == shanghai("2026-02-14T11:45")
    assert checkin_instant(date(2026, 2, 13), ours) == shanghai("2026-02-13T17:00")


def test_a_late_check_in_is_the_teams_choice_on_a_usual_day() -> None:
    late = UpdateRules(checkin="19:30")

    assert checkin_instant(date(2026, 1, 8), CHINA, late) == shanghai("2026-01-08T19:30")


@pytest.mark.parametrize(
    "text", ["", "noon", "25:00", "17:00+08:00", "eod", "eod-m", "eod--5m", "eod-9999m", "eod-１m"]
)
def test_a_check_in_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadCheckin) as refused:
        UpdateRules(checkin=text)
    assert refused.value.text == text


def test_missing_news_is_told_since_its_first_missed_deadline() -> None:
    latest = shanghai("2026-01-06T10:00")
    for cadence, first in (
        (Cadence.DAILY, "2026-01-07T17:00"),
        (Cadence.WEEKLY, "2026-01-16T17:00"),
        (Cadence.REALTIME, "2026-01-06T12:00"),
    ):
        deadline = shanghai(first)
        early = deadline - timedelta(seconds=1)
        assert update_missing_since(cadence, CHINA, early, latest=latest) is None
        for now in (deadline, deadline + timedelta(days=30)):
            assert update_missing_since(cadence, CHINA, now, latest=latest) == deadline


def test_news_in_a_week_without_work_is_next_owed_in_the_week_after() -> None:
    assert next_due(Cadence.WEEKLY, CHINA, shanghai("2026-02-14T10:00")) == shanghai(
        "2026-02-28T17:00"
    )


INSTANTS = st.datetimes(
    datetime(2019, 1, 1),  # noqa: DTZ001
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(
    st.sampled_from([CHINA, BERLIN]),
    st.sampled_from([Cadence.DAILY, Cadence.WEEKLY]),
    INSTANTS,
    st.timedeltas(timedelta(), timedelta(days=30)),
)
def test_both_ways_of_asking_agree(
    calendar: WorkCalendar, cadence: Cadence, latest: datetime, age: timedelta
) -> None:
    now = latest + age
    owed = last_due(cadence, calendar, now)
    since = update_missing_since(cadence, calendar, now, latest=latest)

    assert owed.period_start < owed.deadline <= now
    assert (latest < owed.period_start) == (since is not None)
    assert since is None or latest < since <= owed.deadline


@pytest.mark.parametrize(
    ("year", "week", "day"),
    [
        (2026, 2, "2026-01-09"),
        (2026, 1, "2026-01-04"),  # Friday off, the Sunday made up
        (2026, 7, "2026-02-13"),  # Friday, though Saturday is worked too
        (2026, 8, None),
        (2026, 19, "2026-05-08"),
        (2026, 18, "2026-04-30"),
        (2025, 5, "2025-01-27"),
    ],
)
def test_the_weekly_review_is_on_friday_or_the_last_working_day(
    year: int, week: int, day: str | None
) -> None:
    found = weekly_review_day(year, week, CHINA)

    assert found == (day and date.fromisoformat(day))


def test_a_week_that_the_year_has_not() -> None:
    with pytest.raises(ValueError, match="week"):
        weekly_review_day(2025, 53, CHINA)


@given(INSTANTS)
def test_real_time_owes_for_the_last_two_hours(now: datetime) -> None:
    owed = last_due(Cadence.REALTIME, BERLIN, now)

    assert owed.deadline - owed.period_start == timedelta(hours=2)
    assert local_day(owed.deadline, BERLIN) == local_day(now, BERLIN)
