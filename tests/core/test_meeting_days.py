"""On which days a plan meets (R97, D15, D16, D18, D24)."""

from datetime import UTC, date, datetime

import pytest

from core.policies.calendar import calendar_named
from core.policies.meeting_days import (
    BadDays,
    latest_day,
    meets_on,
    next_day,
    next_meeting,
    parse_days,
    parse_time,
)

CHINA = calendar_named("china")


@pytest.mark.parametrize(
    ("days", "day", "meets"),
    [
        ("daily", "2026-03-18", True),
        ("daily", "2026-03-21", False),
        ("daily", "2026-02-14", True),  # a Saturday that is worked
        ("daily", "2026-02-17", False),  # Spring Festival
        ("mon,wed,fri", "2026-03-18", True),
        ("Mon, Wed ,FRI", "2026-03-18", True),
        ("mon,wed,fri", "2026-03-19", False),
        ("fri", "2026-03-20", True),
        ("last", "2026-03-20", True),
        ("last", "2026-03-19", False),
        # May Day 2026 is a Friday: the week's last working day is Thursday.
        ("last", "2026-04-30", True),
        ("fri", "2026-04-30", True),
        ("fri", "2026-05-01", False),
        ("wed,fri", "2026-04-30", False),
        # The week before Spring Festival has a make-up Saturday; Friday is worked all the same.
        ("last", "2026-02-13", True),
        ("last", "2026-02-14", False),
    ],
)
def test_the_days_of_a_plan(days: str, day: str, meets: bool):
    assert meets_on(days, date.fromisoformat(day), CHINA) is meets


@pytest.mark.parametrize("text", ["", "weekly", "mon;wed", "mon,", "7"])
def test_other_words_are_no_days(text: str):
    with pytest.raises(BadDays):
        parse_days(text)


@pytest.mark.parametrize("text", ["", "9", "9:30", "24:00", "09.30", "０9:30", "09:60"])
def test_other_words_are_no_time(text: str):
    with pytest.raises(BadDays):
        parse_time(text)


def _shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("days", "after", "at"),
    [
        ("daily", "2026-03-18 09:30", "2026-03-18 09:30"),
        ("daily", "2026-03-18 09:31", "2026-03-19 09:30"),
        ("daily", "2026-09-30 12:00", "2026-10-08 09:30"),
        ("last", "2026-04-30 10:00", "2026-05-08 09:30"),
        ("mon", "2026-02-15 10:00", "2026-02-28 09:30"),
    ],
)
def test_the_next_meeting(days: str, after: str, at: str):
    assert next_meeting(days, "09:30", _shanghai(after), CHINA) == _shanghai(at)


def test_the_day_before_and_after():
    assert next_day("fri", date(2026, 3, 21), CHINA) == date(2026, 3, 27)
    assert latest_day("fri", date(2026, 3, 19), CHINA) == date(2026, 3, 13)
    assert latest_day("fri", date(2026, 5, 1), CHINA) == date(2026, 4, 30)
