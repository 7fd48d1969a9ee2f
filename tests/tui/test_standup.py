"""The standup at the keyboard: five tasks in a few keys, blocks in place, a summary to copy."""

import base64

import pytest
from textual.widgets import Input, TextArea

from core.commands.closing import CancelTask
from core.commands.dependencies import AddDependency
from core.domain.progress import ProgressUpdate
from core.domain.status import State
from core.queries.detail import TaskView, task_view
from core.queries.issues import issues
from tests.tui.stage import Member, open_desk, sitting
from tests.tui.standup_stage import FIFTH, FIRST, FOURTH, SECOND, STUCK, THIRD, TITLES, set_standup
from tui.prompts.standup import StandupPrompt
from tui.prompts.summary import SummaryPrompt
from tui.screens.board import BoardScreen

ALL = (FIRST, SECOND, THIRD, FOURTH, FIFTH)


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_standup(sqlite_url)
    return sqlite_url


def view(url: str, task: int) -> TaskView:
    desk = open_desk(url)
    found = desk.ask(task_view, task)
    desk.close()
    return found


def last(url: str, task: int) -> ProgressUpdate:
    return max(view(url, task).updates, key=lambda one: one.at)


def field(member: Member, name: str) -> str:
    return member.app.screen.query_one(f"#{name}-input", Input).value


async def test_five_tasks_take_seventeen_keys(url: str):
    keys = ["s", *("right", "right", "enter") * 5, "enter"]
    assert len(keys) == 17
    async with sitting(url, handle="li") as member:
        await member.presses(*keys)
        assert isinstance(member.app.screen, BoardScreen)
    for place, task in enumerate(ALL):
        said = last(url, task)
        assert (said.progress, said.done) == (min(20 * place + 10, 100), f"draft {place}")


async def test_the_form_says_what_was_planned(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s")
        assert "1 of 5" in member.sees
        assert f"OPS001 {TITLES[0]}" in member.sees
        assert "urgent · update by 17:00" in member.sees
        assert "part 0 完成" in member.sees
        assert (field(member, "percent"), field(member, "done")) == ("0", "draft 0")
        await member.presses("pagedown")
        assert "2 of 5" in member.sees
        assert "缺少样本数据" in member.sees
        assert field(member, "next") == ""


async def test_arrows_digits_and_letters_in_the_percentage(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "right", "right", "left")
        assert field(member, "percent") == "5"
        await member.presses("4", "x", "5", "up")
        assert field(member, "percent") == "55"
        await member.presses("0")
        assert field(member, "percent") == "0"
        await member.presses("left")
        assert field(member, "percent") == "0"
        await member.presses("9", "9", "9", "enter")
        assert "whole number from 0 to 100" in member.sees


async def test_contradictions_are_hinted_at_and_taken(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s")
        assert "Something is done, and yet it is at 0 %." in member.sees
        await member.presses("1", "0", "0", "tab", "tab")
        await member.writes("more")
        assert "100 %, and yet there is a next step" in member.sees
        await member.presses("enter", "1")
        assert "It was at 20 % before." in member.sees
    assert (last(url, FIRST).progress, last(url, FIRST).next) == (100, "more")


async def test_back_corrects_and_the_same_is_not_sent_twice(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "enter", "pageup")
        assert "1 of 5" in member.sees
        await member.presses("enter")
        assert "2 of 5" in member.sees
        await member.presses("pageup", "right", "enter")
    assert [one.progress for one in view(url, FIRST).updates if one.done == "draft 0"] in (
        [0, 5],
        [5, 0],
    )


async def test_a_problem_becomes_a_block_in_place(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "tab", "tab", "tab")
        await member.writes("no data")
        assert "f4 makes a block" not in member.sees  # 0 % and done comes first
        await member.presses("f4", "1")
        assert "Why can OPS001 not go on?" in member.sees
        await member.presses("enter")
        await member.writes("IT")
        await member.presses("enter")
        assert isinstance(member.app.screen, StandupPrompt)
        assert "OPS001 is blocked now." in member.sees
        assert field(member, "problems") == "no data"
        await member.presses("enter")
        assert "2 of 5" in member.sees
    found = view(url, FIRST)
    assert found.spell is not None
    assert (found.spell.reason, found.spell.waiting_for) == ("no data", "IT")
    assert last(url, FIRST).problems == "no data"


async def test_a_problem_becomes_an_issue_in_place(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "right", "tab", "tab", "tab")
        await member.writes("no data")
        assert "f4 makes a block or an issue of the problem." in member.sees
        await member.presses("ctrl+b", "2", "enter")
        assert "Say what the problem is and whom it hits." in member.sees
        await member.presses("tab")
        await member.writes("报告延期")
        await member.presses("enter")
        assert "An issue is raised; OPS001 goes on." in member.sees
        await member.presses("n", "o", "enter")
        assert "2 of 5" in member.sees
    desk = open_desk(url)
    (issue,) = desk.ask(issues)
    desk.close()
    assert (issue.title, issue.impact, issue.task) == ("no data", "报告延期", FIRST)


async def test_b_is_a_key_where_digits_are_typed(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "b")
        assert "Say first what the problem is." in member.sees
        await member.writes("b")
        assert field(member, "problems") == "b"
        await member.presses("shift+tab", "shift+tab", "shift+tab", "b", "escape")
        assert isinstance(member.app.screen, StandupPrompt)
        assert field(member, "problems") == "b"


async def test_a_refusal_keeps_what_was_typed(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s")
        desk = open_desk(url)
        desk.do(CancelTask(task=FIRST, reason="gone", seen=State.DOING))
        desk.close()
        await member.presses("right", "tab", "tab")
        await member.writes("later")
        await member.presses("enter")
        assert "is closed" in member.sees
        assert (field(member, "percent"), field(member, "next")) == ("5", "later")
        await member.presses("pagedown")
        assert "2 of 5" in member.sees


async def test_what_was_typed_is_offered_back(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", "enter", "right", "tab", "tab")
        await member.writes("明天继续")
        await member.presses("escape")
        assert "1 of 5 said. What was typed is kept; s goes on." in member.sees
        await member.presses("s")
        assert "1 of 4" in member.sees
        assert "This was typed before and not sent." in member.sees
        assert (field(member, "percent"), field(member, "next")) == ("25", "明天继续")
        await member.presses("enter", "pageup", "escape")
    assert last(url, SECOND).next == "明天继续"


async def test_the_summary_can_be_copied(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("s", *("right", "enter") * 5)
        assert isinstance(member.app.screen, SummaryPrompt)
        text = member.app.screen.query_one(TextArea).text
        assert text.startswith("**Standup 2026-03-18 · 李专员**\n\n- OPS001 接口联调 · 0% → 5%\n")
        assert "  - Done: draft 3" in text
        written: list[str] = []
        member.app._driver.write = written.append  # type: ignore[union-attr,method-assign]
        await member.presses("c")
        assert member.app.clipboard == text
        code = base64.b64encode(text.encode()).decode()
        assert f"\x1b]52;c;{code}\a" in written
        await member.presses("escape", "s")
        assert isinstance(member.app.screen, SummaryPrompt)


async def test_who_owes_nothing_is_told_so(url: str):
    async with sitting(url, handle="wang") as member:
        await member.presses("s")
        assert "You owe no update today." in member.sees


async def test_in_chinese(url: str):
    async with sitting(url, handle="li", language="zh_CN") as member:
        await member.presses("s")
        assert "第 1 项，共 5 项" in member.sees
        assert "昨天" in member.sees
        await member.presses(*("right", "enter") * 5)
        assert "**站会 2026-03-18 · 李专员**" in member.sees
    assert view(url, STUCK).spell is not None


async def test_a_block_may_wait_for_a_task_as_on_the_board(url: str):
    desk = open_desk(url)
    desk.do(AddDependency(task=FIRST, needs=SECOND))
    desk.close()
    async with sitting(url, handle="li") as member:
        await member.presses("s", "tab", "tab", "tab")
        await member.writes("no data")
        await member.presses("f4", "1", "enter")
        await member.writes("OPS002")
        assert "OPS002 用户画像分析" in member.sees
        await member.presses("enter")
        assert "OPS001 is blocked now." in member.sees
    found = view(url, FIRST).spell
    assert found is not None
    assert found.waiting_task == SECOND


async def test_looking_at_one_project_does_not_leave_the_others_out(url: str):
    """The count is that of the team's standup of all projects; the form says so."""
    async with sitting(url, handle="li") as member:
        await member.presses("g")
        await member.writes("Network")
        await member.presses("enter", "s")
        assert "1 of 5, all projects" in member.sees
