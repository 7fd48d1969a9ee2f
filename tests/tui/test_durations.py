"""How long something has lasted: days of the calendar where it is read, hours within one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tui.durations import lasted
from tui.words import Words, age_words, due_words, hours_words

ENGLISH, CHINESE = Words(), Words("zh_CN")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 3, 28, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("since", "english", "chinese"),
    [
        ("2024-03-28 09:29:30", "less than a minute", "不到 1 分钟"),
        ("2024-03-28 09:18", "12 min", "12 分钟"),
        ("2024-03-28 00:00", "9 h", "9 小时"),
        ("2024-03-27 23:00", "1 day", "1 天"),
        ("2024-03-27 09:30", "1 day", "1 天"),
        ("2024-03-27 00:00", "1 day", "1 天"),
        ("2024-03-26 18:00", "2 days", "2 天"),
        ("2024-03-26 09:00", "2 days", "2 天"),
        ("2024-03-29 18:00", "less than a minute", "不到 1 分钟"),
    ],
)
def test_days_are_those_of_the_calendar(since: str, english: str, chinese: str) -> None:
    span = lasted(datetime.fromisoformat(since).replace(tzinfo=SHANGHAI), now=NOW, zone=SHANGHAI)

    assert age_words(ENGLISH, span) == english
    assert age_words(CHINESE, span) == chinese


def test_the_day_begins_where_it_is_read() -> None:
    since, now = datetime(2024, 3, 27, 15, tzinfo=UTC), datetime(2024, 3, 27, 17, tzinfo=UTC)

    assert lasted(since, now=now, zone=UTC) == timedelta(hours=2)
    assert lasted(since, now=now, zone=SHANGHAI) == timedelta(days=1)


@pytest.mark.parametrize("hours", [1, 9, 10, 15, 24, 33, 34, 57, 200])
def test_an_age_says_the_same_as_an_overdue_card(hours: int) -> None:
    due = NOW - timedelta(hours=hours)
    card = due_words(ENGLISH, due, now=NOW, zone=SHANGHAI, closing=NOW.time())

    assert card == f"overdue {age_words(ENGLISH, lasted(due, now=NOW, zone=SHANGHAI))}"


@pytest.mark.parametrize(
    ("minutes", "english", "chinese"),
    [(59, "59 min", "59 分钟"), (60, "1 h", "1 小时"), (8 * 60, "1 day", "1 天")],
)
def test_office_hours_make_working_days_of_eight(minutes: int, english: str, chinese: str) -> None:
    assert hours_words(ENGLISH, timedelta(minutes=minutes)) == english
    assert hours_words(CHINESE, timedelta(minutes=minutes)) == chinese
