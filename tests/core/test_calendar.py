"""The working-day calendar: shipped data, layers, and the days between."""

import importlib.util
import json
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policies.calendar import (
    NeverWorks,
    UnknownCalendar,
    UnknownTimeZone,
    WorkCalendar,
    calendar_named,
)
from core.policies.calendars import official_days
from core.policies.days import (
    DEFAULT_OFFICE,
    BadOfficeHours,
    DayKind,
    DayOverride,
    check_office,
    parse_office,
)
from core.policies.wall_time import OutOfCalendar

CHINA = calendar_named("china")
WEEKDAYS = calendar_named("weekdays", time_zone="Europe/Berlin")
ROOT = Path(__file__).parents[2]
SHIPPED_DAYS = st.dates(date(2018, 1, 1), date(2028, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


MAKE_UP_DAYS = {
    2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


@pytest.mark.parametrize("year", MAKE_UP_DAYS)
def test_weekend_days_worked_are_those_of_the_notice(year: int) -> None:
    first = date(year, 1, 1)
    weekend = (first + timedelta(days=n) for n in range(365 + (year % 4 == 0)))
    worked = [d for d in weekend if d.isoweekday() > 5 and CHINA.is_workday(d)]

    assert " ".join(f"{d:%m-%d}" for d in worked) == MAKE_UP_DAYS[year]


def test_2024_has_251_working_days() -> None:
    assert CHINA.workdays_between(day("2023-12-31"), day("2024-12-31")) == 251


def test_the_announced_days_are_164_off_and_59_worked() -> None:
    official = official_days("china")
    announced = [kind for d, kind in official.days.items() if d.year in official.years]

    assert official.years == frozenset(range(2018, 2027))
    assert announced.count(DayKind.DAYOFF) == 164
    assert announced.count(DayKind.WORKDAY) == 59


def test_shipped_days_are_those_of_the_authoring_package() -> None:
    pytest.importorskip("holidays")
    script = ROOT / "docs" / "authoring" / "china_calendar.py"
    spec = importlib.util.spec_from_file_location("china_calendar", script)
    assert spec is not None
    assert spec.loader is not None
    authoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(authoring)
    again = json.loads(authoring.render())
    shipped = json.loads(
        (ROOT / "core" / "policies" / "calendars" / "china.json").read_text(encoding="utf-8")
    )

    assert shipped["announced"] == again["announced"]
    assert shipped["estimated"] == again["estimated"]


def test_each_day_agrees_with_the_authoring_package() -> None:
    holidays = pytest.importorskip("holidays")
    authority = holidays.country_holidays("CN", years=range(2018, 2027))
    days = (date(2018, 1, 1) + timedelta(days=n) for n in range(9 * 365 + 2))

    assert [d for d in days if CHINA.is_workday(d) != authority.is_working_day(d)] == []


def test_a_year_without_a_notice_is_an_estimate() -> None:
    assert CHINA.is_published(day("2026-12-31"))
    assert not CHINA.is_published(day("2027-01-01"))
    assert not CHINA.is_published(day("2017-12-31"))
    assert not CHINA.is_workday(day("2027-10-01"))
    assert CHINA.is_workday(day("2027-10-08"))
    assert WEEKDAYS.is_published(day("2027-01-01"))


def test_three_working_days_after() -> None:
    expected = {
        "2026-04-30": "2026-05-08",
        "2026-02-13": "2026-02-25",
        "2024-09-29": "2024-10-09",
        "2024-10-11": "2024-10-15",
        "2025-01-24": "2025-02-05",
        "2026-09-30": "2026-10-10",
    }
    assert {d: str(CHINA.add_workdays(day(d), 3)) for d in expected} == expected


def test_one_working_day_before() -> None:
    expected = {
        "2026-05-06": "2026-04-30",
        "2026-02-24": "2026-02-14",
        "2024-10-08": "2024-09-30",
        "2026-03-02": "2026-02-28",
    }
    assert {d: str(CHINA.add_workdays(day(d), -1)) for d in expected} == expected


def test_the_day_itself_is_never_counted() -> None:
    saturday = day("2026-01-10")

    assert CHINA.add_workdays(saturday, 0) == saturday
    assert CHINA.next_workday(saturday) == CHINA.add_workdays(saturday, 1) == day("2026-01-12")
    assert CHINA.previous_workday(day("2026-01-12")) == day("2026-01-09")


@given(SHIPPED_DAYS, st.integers(-400, 400))
def test_workdays_between_undoes_add_workdays(start: date, count: int) -> None:
    there = CHINA.add_workdays(start, count)

    assert CHINA.workdays_between(start, there) == count
    assert count == 0 or CHINA.is_workday(there)


def test_the_company_overrules_the_state_which_overrules_the_week() -> None:
    ours = calendar_named(
        "china",
        overrides=(
            DayOverride(day=day("2026-02-14"), kind=DayKind.DAYOFF, name="公司活动"),
            DayOverride(day=day("2026-02-23"), kind=DayKind.WORKDAY),
            DayOverride(day=day("2026-06-06"), kind=DayKind.WORKDAY, name="stock-taking"),
            DayOverride(day=day("2027-01-01"), kind=DayKind.DAYOFF),
        ),
    )

    assert not ours.is_workday(day("2026-02-14"))
    assert ours.is_workday(day("2026-02-23"))
    assert ours.is_workday(day("2026-06-06"))
    assert ours.is_published(day("2027-01-01"))
    assert ours.kind(day("2026-02-28")) is DayKind.WORKDAY
    assert ours.kind(day("2026-02-16")) is DayKind.DAYOFF
    assert ours.kind(day("2026-06-07")) is DayKind.DAYOFF
    assert CHINA.is_workday(day("2026-02-14"))


def test_of_two_overrides_for_a_day_the_later_counts() -> None:
    twice = tuple(DayOverride(day=day("2026-06-08"), kind=kind) for kind in reversed(DayKind))

    assert calendar_named("weekdays", overrides=twice).kind(day("2026-06-08")) is DayKind.WORKDAY


def test_a_halfday_closes_with_the_morning_unless_it_has_hours_of_its_own() -> None:
    ours = calendar_named(
        "china",
        overrides=(
            DayOverride(day=day("2026-02-13"), kind=DayKind.HALFDAY),
            DayOverride(
                day=day("2026-02-14"), kind=DayKind.HALFDAY, office=parse_office("10:00-15:00")
            ),
        ),
    )

    assert ours.is_workday(day("2026-02-13"))
    assert ours.closing(day("2026-02-13")) == datetime(2026, 2, 13, 4, tzinfo=UTC)
    assert ours.office_on(day("2026-02-14")) == ((time(10), time(15)),)
    assert ours.office_on(day("2026-02-15")) == ()


def test_opening_and_closing_are_instants_of_the_calendars_zone() -> None:
    assert CHINA.opening(day("2026-01-05")) == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert CHINA.closing(day("2026-01-05")) == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert WEEKDAYS.opening(day("2026-03-27")) == datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert WEEKDAYS.opening(day("2026-03-30")) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert CHINA.closing(day("2026-01-10")) == datetime(2026, 1, 10, 10, tzinfo=UTC), "a day off"


def test_office_hours_may_end_at_midnight() -> None:
    late = calendar_named("weekdays", time_zone="UTC", office=parse_office("16:00-24:00"))

    assert late.closing(day("2026-01-05")) == datetime(2026, 1, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "9-18", "09:00", "18:00-09:00", "09:00-13:00, 12:00-18:00", "09:00+08:00-18:00"],
)
def test_office_hours_that_cannot_be(text: str) -> None:
    with pytest.raises(BadOfficeHours) as refused:
        parse_office(text)
    assert refused.value.given == text


def test_office_hours_as_text() -> None:
    assert parse_office("09:00-12:00, 13:00-18:00") == DEFAULT_OFFICE
    check_office(((time(), time()),))


def test_a_calendar_that_cannot_be() -> None:
    with pytest.raises(BadOfficeHours):
        WorkCalendar(office=())
    with pytest.raises(BadOfficeHours):
        DayOverride(day=day("2026-01-05"), kind=DayKind.DAYOFF, office=DEFAULT_OFFICE)
    with pytest.raises(NeverWorks):
        WorkCalendar(weekly=frozenset())
    with pytest.raises(NeverWorks):
        WorkCalendar(weekly=frozenset({0, 1}))


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownCalendar) as refused:
        calendar_named("../china")
    assert refused.value.name == "../china"
    assert refused.value.known == ("china", "weekdays")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia", "", "../etc/passwd", "/etc/passwd"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(UnknownTimeZone):
        calendar_named("weekdays", time_zone=zone)


def test_days_far_away_are_refused() -> None:
    for far in (date.max, date.min, date(2101, 1, 1)):
        with pytest.raises(OutOfCalendar):
            CHINA.closing(far)
        with pytest.raises(OutOfCalendar):
            CHINA.next_workday(far)
        with pytest.raises(OutOfCalendar):
            CHINA.workdays_between(day("2026-01-01"), far)
    with pytest.raises(OutOfCalendar):
        CHINA.add_workdays(day("2026-01-01"), 10**9)
    assert isinstance(CHINA.is_workday(date.max), bool)


def test_a_team_with_other_weekdays() -> None:
    gulf = WorkCalendar(weekly=frozenset({7, 1, 2, 3, 4}), time_zone="Asia/Riyadh")

    assert gulf.next_workday(day("2026-01-08")) == day("2026-01-11")


def test_one_calendar_is_kept_for_one_answer() -> None:
    assert calendar_named("china") is CHINA
    assert hash(CHINA) == hash(WorkCalendar(name="china", years=CHINA.years))
    with pytest.raises(TypeError):
        CHINA.days[day("2026-01-01")] = DayKind.WORKDAY  # type: ignore[index]


def test_data_and_zones_are_read_when_first_asked_for() -> None:
    probe = (
        "import sys, core.policies.deadlines; from core.policies.calendars import official_days;"
        "print(official_days.cache_info().currsize, 'zoneinfo' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["0", "False"]
