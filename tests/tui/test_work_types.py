"""Choosing a task's type: one list a language, and what was chosen stays as it was written."""

import pytest

from core.commands.tasks import CreateTask
from core.domain.ids import TaskId
from core.queries.detail import task_view
from tests.tui.stage import OPS, PLAIN, Member, open_desk, set_stage, sitting
from tui.prompts.choice import ChoicePrompt
from tui.screens.detail import DetailScreen
from tui.widgets.lines import LineList


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


async def asked_for_type(member: Member, task: TaskId) -> list[str]:
    """What is offered, once the prompt is open."""
    await member.app.show("detail", task=task)
    await member.settles()
    lines = member.app.screen.query_one("#lines", LineList)
    if lines.choose("empty:"):
        await member.presses("enter")
    assert lines.choose("field:type")
    await member.presses("enter")
    prompt = member.app.screen
    assert isinstance(prompt, ChoicePrompt)
    return [one.key for one in prompt.choices if one.key]


async def test_in_english_the_six_are_english(url: str):
    async with sitting(url) as member:
        offered = await asked_for_type(member, PLAIN)
        assert offered[:2] == ["Project work", "Routine work"]
        assert not [one for one in offered if not one.isascii()]
        await member.presses(*"urgent", "enter")
        assert isinstance(member.app.screen, DetailScreen)
        assert "Urgent task" in member.sees
    desk = open_desk(url)
    assert desk.ask(task_view, PLAIN).task.type == "Urgent task"
    desk.close()


async def test_in_chinese_they_are_chinese_and_what_stands_is_among_them(url: str):
    desk = open_desk(url)
    task = TaskId(desk.do(CreateTask(project=OPS, title="x", type="Joint work")).id)
    desk.close()
    async with sitting(url, language="zh_CN") as member:
        offered = await asked_for_type(member, task)
        assert offered[:2] == ["Joint work", "项目型"]
        assert "Regular task" not in offered
