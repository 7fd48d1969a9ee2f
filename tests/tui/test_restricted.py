"""Restricted entries, questions and follow-ups on the sync screen."""

from datetime import date, timedelta

import pytest

from core.commands.people import AddPerson
from core.commands.sync import AddSyncEntry
from core.domain.ids import PersonId
from core.queries.synclog import entries
from tests.tui.stage import LI, NOW, OPS, WANG, open_desk, set_stage, sitting
from tui.prompts.sync import SyncEntryPrompt
from tui.screens.synclog import SyncScreen

ZHAO = PersonId(3)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Wang has asked li something restricted, with a follow-up; zhao is nobody's audience."""
    set_stage(sqlite_url)
    desk = open_desk(sqlite_url)
    desk.do(AddPerson(handle="zhao", name="赵助理"))
    desk.do(
        AddSyncEntry(
            project=OPS,
            topic="绝密报价",
            content="报价偏高",
            restricted=True,
            people=(LI,),
            asks=LI,
            follow_up="约供应商",
            follow_up_owner=LI,
            follow_up_due=(NOW + timedelta(days=2)).date(),
        )
    )
    desk.close()
    return sqlite_url


@pytest.mark.parametrize(("handle", "seen"), [("wang", True), ("li", True), ("zhao", False)])
async def test_only_its_audience_sees_it(url: str, handle: str, seen: bool):
    async with sitting(url, handle=handle) as member:
        await member.presses("2")
        assert ("▣ restricted 绝密报价" in member.sees) is seen
        assert ("报价偏高" in member.sees) is seen
        assert ("5 entries" in member.sees) is seen


async def test_a_row_says_what_is_open(url: str):
    async with sitting(url, size=(120, 40)) as member:
        await member.presses("2")
        assert "→ 03-20  ? 李专员" in member.sees
        assert "李专员 · not answered yet" in member.sees
        assert "约供应商 · 李专员 · 2026-03-20" in member.sees


async def test_r_answers_and_the_answer_is_restricted_too(url: str):
    async with sitting(url, handle="li", size=(120, 40)) as member:
        await member.presses("2", "r")
        assert "王经理 asks 李专员" in member.sees
        await member.presses("ctrl+s")
        assert "An answer needs a text." in member.sees
        await member.writes("可以谈")
        await member.presses("ctrl+s")
        assert "✓ answered" in member.sees
        await member.presses("r")
        assert "answered already" in member.sees
        await member.presses("down", "r")
        assert "asks nothing" in member.sees
    desk = open_desk(url)
    rows = desk.ask(entries, viewer=WANG)
    assert [row.topic for row in rows if row.restricted] == ["Re: 绝密报价", "绝密报价"]
    assert not [row for row in desk.ask(entries, viewer=ZHAO) if row.restricted]
    desk.close()


async def test_a_follow_up_becomes_a_task_once_its_publicity_is_agreed(url: str):
    async with sitting(url, size=(120, 40)) as member:
        await member.presses("2", "F")
        assert "Everybody sees tasks. Make one of this?" in member.sees
        await member.presses("escape")
        assert "→ 03-20" in member.sees
        await member.presses("F", "y")
        assert "OPS005 is a task of 李专员 now." in member.sees
        assert "→ OPS005" in member.sees
        await member.presses("F")
        assert "a task already: OPS005" in member.sees


async def test_a_restricted_entry_is_written(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a")
        await member.writes("人员调整")
        await member.presses("tab", "tab", "tab")
        assert "Shown to" not in member.sees
        await member.writes("li")
        assert "as written" not in member.sees
        await member.writes("x")
        assert "as written: lix" in member.sees
        await member.presses("tab", "right", "enter")
        assert "Nobody here is called “lix”." in member.sees
        await member.presses("backspace", "down", "enter")
        assert isinstance(member.app.screen, SyncScreen)
        assert "▣ restricted 人员调整" in member.sees
    desk = open_desk(url)
    (row, *_) = desk.ask(entries, viewer=LI)
    assert (row.topic, row.audience, row.restricted) == ("人员调整", "李专员", True)
    desk.close()


async def test_several_names_are_picked(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a")
        await member.writes("x")
        await member.presses("tab", "tab", "tab", "down")
        assert "→ 王经理" in member.sees
        await member.writes(",")
        await member.presses("up")
        assert "→ 王经理、市场部" in member.sees
        await member.presses("up", "up", "up", "up")
        assert "→ 王经理、市场部" in member.sees


async def test_a_follow_up_asks_by_whom_and_until_when(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a")
        await member.writes("x")
        await member.presses(*["tab"] * 4)
        await member.writes("li")
        await member.presses("tab")
        assert "By whom" not in member.sees
        await member.writes("todo")
        assert "By whom" in member.sees
        await member.presses("enter")
        assert "Say who does the follow-up." in member.sees
        await member.writes("li")
        await member.presses("enter")
        assert "Say until when" in member.sees
        await member.writes("someday")
        await member.presses("enter")
        assert isinstance(member.app.screen, SyncEntryPrompt)
        await member.presses(*["backspace"] * 7)
        await member.writes("03-20")
        await member.presses("enter")
        assert isinstance(member.app.screen, SyncScreen)
    desk = open_desk(url)
    (row, *_) = desk.ask(entries)
    assert (row.asks, row.follow_up, row.follow_up_owner) == (LI, "todo", LI)
    assert row.follow_up_due == date(2026, 3, 20)
    desk.close()


async def test_what_was_typed_stays_when_it_is_refused(url: str):
    async with sitting(url) as member:
        await member.presses("2", "a")
        await member.writes("kept topic")
        await member.presses(*["tab"] * 5)
        await member.writes("todo")
        await member.presses("tab")
        await member.writes("li")
        await member.presses("tab")
        await member.writes("2026-03-01")
        await member.presses("enter")
        assert "has gone by" in member.sees
        for text in ("kept topic", "todo", "李专员"):
            assert text in member.sees


async def test_in_chinese(url: str):
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("2")
        assert "▣ 受限 绝密报价" in member.sees
        assert "尚未答复" in member.sees
        await member.presses("a")
        assert "跟进事项" in member.sees
