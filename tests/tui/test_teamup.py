"""The team's standup on a shared screen."""

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.desk import Desk
from tests.tui.stage import NOW, sitting
from tests.tui.standup_stage import SECOND, THIRD, set_standup
from tui.screens.detail import DetailScreen
from tui.screens.teamup import TeamupScreen


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_standup(sqlite_url)
    return sqlite_url


async def test_person_by_person(url: str):
    async with sitting(url) as member:
        await member.presses("S")
        assert isinstance(member.app.screen, TeamupScreen)
        assert "Team standup · All projects · 0 of 2 said · 2 still to say" in member.sees
        assert "still to say 0/5" in member.sees
        assert "Yesterday" in member.sees
        assert "Next step: draft 0" in member.sees
        assert "nothing said yet" in member.sees
        await member.presses("down")
        assert "no key for the rack" in member.sees
        assert "for IT" in member.sees
        assert "⊘ 赵敏" in member.sees


async def test_what_was_said_today_and_who_is_missing(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", *("right", "tab", "tab", "n", "enter") * 5, "enter", "S")
        assert "1 of 2 said · 1 still to say" in member.sees
        assert "has said 5/5" in member.sees
        assert "Next step: n" in member.sees
        await member.presses("end")
        assert "Updates that are missing" in member.sees
        assert "OPS006 Minutes" in member.sees
        assert "since 03-13 17:00" in member.sees


async def test_enter_goes_to_the_tasks_and_opens_one(url: str):
    async with sitting(url) as member:
        await member.presses("S", "enter", "down", "enter")
        assert isinstance(member.app.screen, DetailScreen)
        assert "用户画像分析" in member.sees
        await member.presses("escape")
        assert isinstance(member.app.screen, TeamupScreen)
        await member.presses("escape", "escape")
        assert not isinstance(member.app.screen, TeamupScreen)


async def test_news_of_others_moves_nothing(url: str):
    async with sitting(url) as member:
        await member.presses("S", "enter", "down", "down")
        screen = member.app.screen
        assert isinstance(screen, TeamupScreen)
        chosen = screen.list.chosen
        assert chosen == str(THIRD)
        await screen.renew()
        await member.settles()
        assert screen.list.chosen == chosen


async def test_one_project(url: str):
    async with sitting(url) as member:
        await member.presses("S", "g")
        await member.writes("Network")
        await member.presses("enter")
        assert "Team standup · Network" in member.sees
        assert "李专员" not in member.sees


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_in_chinese(url: str, size: tuple[int, int]):
    async with sitting(url, language="zh_CN", size=size) as member:
        await member.presses("S")
        assert "团队站会" in member.sees
        assert "待更新 0/5" in member.sees
        await member.presses("end")
        assert "缺少的更新" in member.sees


async def test_it_counts_what_ones_own_standup_asks_for(url: str):
    """A blocked task owes nothing; it is not counted among what is still to say."""
    with Desk(url, actor="li", clock=SetClock(NOW)) as desk:
        desk.do(BlockTask(task=SECOND, reason="no data", waiting_for="IT"))
    async with sitting(url, handle="li") as member:
        await member.presses("S")
        assert "still to say 0/4 · 1 blocked" in member.sees
        await member.presses("escape", "s")
        assert "1 of 4" in member.sees
        await member.presses("right", "enter", "escape", "S")
        assert "still to say 1/4 · 1 blocked" in member.sees
        await member.presses("escape", "s")
        assert "1 of 3" in member.sees
