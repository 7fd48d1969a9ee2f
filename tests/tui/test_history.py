"""The history on the screen: sentences by day, narrowed by person, kind and days."""

import pytest

from core.domain.events import EventKind
from core.domain.ids import TaskId
from tests.tui.stage import set_stage, sitting
from tui.history_groups import GROUPS
from tui.screens.detail import DetailScreen
from tui.screens.history import HistoryScreen


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


def test_every_kind_belongs_to_one_group() -> None:
    grouped = [kind for _, kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(kind.value for kind in EventKind)


async def test_sentences_by_day_with_what_changed_below(url: str) -> None:
    async with sitting(url) as member:
        await member.presses("6")
        assert isinstance(member.app.screen, HistoryScreen)
        print(member.sees)
        assert "created" in member.sees


async def test_enter_goes_to_the_task(url: str) -> None:
    async with sitting(url) as member:
        await member.presses("6")
        screen = member.app.screen
        assert isinstance(screen, HistoryScreen)
        while screen.chosen is not None and screen.chosen.task is None:
            await member.presses("down")
        task = screen.chosen.task if screen.chosen else TaskId(0)
        await member.presses("enter")
        assert isinstance(member.app.screen, DetailScreen)
        assert member.app.screen.number == task
        await member.presses("6")
        again = member.app.screen
        assert isinstance(again, HistoryScreen)
        assert {row.task for row in again._rows} == {task}


async def test_it_is_narrowed_and_esc_shows_all_again(url: str) -> None:
    async with sitting(url) as member:
        await member.presses("6")
        screen = member.app.screen
        assert isinstance(screen, HistoryScreen)
        every = len(screen._rows)
        await member.presses("/", "right", "enter")
        assert 0 < len(screen._rows) < every
        assert {row.kind for row in screen._rows} <= GROUPS["ways"][1]
        assert "Moves" in member.sees
        await member.presses("escape")
        assert len(screen._rows) == every
        await member.presses("escape")
        assert not isinstance(member.app.screen, HistoryScreen)


async def test_in_chinese(url: str) -> None:
    async with sitting(url, language="zh_CN") as member:
        await member.presses("6")
        assert "历史" in member.sees
        await member.presses("/")
        assert "操作人" in member.sees
