"""The sync log on the screen: newest first, narrowed, and written into."""

from datetime import date

import pytest

from core.commands.sync import AddSyncEntry
from core.domain.status import SyncKind
from core.queries.synclog import entries
from tests.tui.stage import NOW, OPS, open_desk, set_stage, sitting
from tui.prompts.sync_filter import past_day
from tui.screens.detail import DetailScreen
from tui.screens.synclog import SyncScreen
from tui.widgets.lines import LineList


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


async def test_newest_first_by_day_with_the_whole_entry_below(url: str):
    async with sitting(url) as member:
        await member.presses("2")
        seen = member.sees
        assert seen.index("2026-03-18 Wed · today") < seen.index("2026-03-17 Tue")
        assert "content 0" in seen
        assert "项目组全体" in seen
        await member.presses("down")
        assert "content 1" in member.sees
        assert "content 0" not in member.sees


async def test_in_chinese_and_wide(url: str):
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("2")
        assert "问题" in member.sees
        assert member.app.screen.query_one("#entry").region.x > 60


async def test_an_entry_is_written(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a")
        await member.writes("接口")
        await member.presses("tab", "right", "tab")
        await member.writes("line")
        await member.presses("tab")
        await member.writes("技术组")
        await member.presses("enter")
        assert isinstance(member.app.screen, SyncScreen)
        chosen = member.app.screen.chosen
        assert chosen is not None
        assert chosen.topic == "接口"
    desk = open_desk(url)
    (row, *_) = desk.ask(entries)
    assert (row.topic, row.kind, row.content) == ("接口", SyncKind.PROBLEM, "line")
    assert (row.audience, row.day, row.author_name) == ("技术组", NOW.date(), "王经理")
    desk.close()


async def test_a_topic_is_needed_and_nothing_typed_is_lost(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a", "tab", "tab")
        await member.writes("kept")
        await member.presses("ctrl+s")
        assert "An entry needs a topic." in member.sees
        assert "kept" in member.sees


async def test_the_filter_narrows_and_esc_clears_it(url: str):
    async with sitting(url) as member:
        await member.presses("2", "/", "right", "right", "enter")
        assert "同步1" in member.sees
        assert "同步0" not in member.sees
        assert "1 entry" in member.sees
        await member.presses("escape")
        assert "4 entries" in member.sees
        await member.presses("/", "tab")
        await member.writes("li")
        await member.presses("tab")
        await member.writes("03-17")
        await member.presses("enter")
        assert "1 entry" in member.sees
        assert "2026-03-17 – …" in member.sees


async def test_a_day_that_cannot_be_read_is_said(url: str):
    async with sitting(url) as member:
        await member.presses("2", "/", "tab", "tab")
        await member.writes("13-45")
        await member.presses("enter")
        assert "Write a day like 2026-03-18 or 03-18." in member.sees


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("2025-12-31", date(2025, 12, 31)),
        ("3.18", date(2026, 3, 18)),
        ("０３－１９", date(2025, 3, 19)),
        ("12/01", date(2025, 12, 1)),
    ],
)
def test_a_day_without_a_year_is_the_latest(text: str, day: date | None):
    assert past_day(text, today=date(2026, 3, 18)) == day


async def test_enter_goes_to_its_task(url: str):
    async with sitting(url) as member:
        await member.presses("2", "enter")
        assert "belongs to no task" in member.sees
        await member.presses("down", "enter")
        assert isinstance(member.app.screen, DetailScreen)
        await member.presses("escape")
        assert isinstance(member.app.screen, SyncScreen)


async def test_a_long_log_is_read_in_windows(url: str):
    desk = open_desk(url)
    with desk.together() as send:
        for number in range(150):
            send(AddSyncEntry(project=OPS, topic=f"entry {number}"), number=f"n{number}")
    desk.close()
    async with sitting(url) as member:
        await member.presses("2")
        assert "100 entries+" in member.sees
        log = member.app.screen.query_one("#entries", LineList)
        await member.presses("end")
        await member.settles()
        assert "154 entries" in member.sees
        assert "154 entries+" not in member.sees
        await member.presses("end")
        assert log.chosen == "1"
