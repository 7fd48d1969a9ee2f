"""What ends on the screen: its result is asked before it goes into the archive."""

import pytest

from core.commands.closing import ArchiveTask, CancelTask, CloseOutTask, RestoreTask
from core.commands.editing import EditTask, Setting
from core.commands.people import AddPerson
from core.commands.projects import EditProject
from core.commands.reviewing import AcceptTask
from core.domain.status import State
from core.queries.archiving import result_of
from tests.office import hand_in
from tui.prompts.confirm import ConfirmPrompt
from tui.prompts.long_text import LongTextPrompt

NEEDED = "Say what came of it; it is kept with the task."


@pytest.fixture
def done(team):
    """Wang said what came of it when they submitted it, and it was accepted."""
    task = team.put("满意度调研", State.DOING, owner="wang")
    settings = (Setting("outcome", seen="", value="200 份问卷"),)
    team.desk.do(EditTask(task=task, settings=settings))
    hand_in(team.by("wang"), task, results="收到 213 份")
    team.desk.do(AcceptTask(task=task))
    return task


def kept(team, task):
    """What is kept as its result; None for nothing."""
    found = team.desk.ask(result_of, task)
    return found.actual if found else None


async def test_the_result_is_asked_and_begins_with_what_was_submitted(team, drive, done):
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        assert isinstance(member.app.screen, LongTextPrompt)
        assert "Archive OPS-1: what came of it?" in member.sentence
        assert "Expected: 200 份问卷" in member.picture
        assert member.app.screen.value() == "收到 213 份"
        await member.presses("ctrl+s")
        assert member.told == "OPS-1 is in the archive."
    assert team.card(done).state is State.ARCHIVED
    assert kept(team, done) == "收到 213 份"


async def test_without_a_review_it_begins_empty_and_is_needed(team, drive):
    task = team.put("旧任务", State.DONE, owner="wang")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does("close")
        assert "Expected" not in member.picture
        await member.presses("ctrl+s")
        assert NEEDED in member.sentence
        await member.types("照常交付")
        await member.presses("ctrl+s")
    assert (team.card(task).state, kept(team, task)) == (State.ARCHIVED, "照常交付")


async def test_what_was_typed_is_kept_until_it_is_stored(team, drive, done):
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        await member.types("另有 ")
        await member.presses("escape")
        assert member.told == "What was typed is kept; x goes on."
        await member.does("close")
        assert member.app.screen.value() == "另有 收到 213 份"
        assert "This was typed before and not sent." in member.sentence
        await member.presses("ctrl+s")
    assert kept(team, done) == "另有 收到 213 份"
    team.desk.do(RestoreTask(task=done))
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        assert isinstance(member.app.screen, ConfirmPrompt)


async def test_a_look_leaves_no_draft(team, drive, done):
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        await member.presses("escape")
        assert member.told == ""
    assert team.card(done).state is State.DONE


async def test_what_came_of_it_is_asked_once(team, drive, done):
    team.desk.do(CloseOutTask(task=done, actual="213 份，94 % 满意"))
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        assert isinstance(member.app.screen, ConfirmPrompt)
        assert "Archive OPS-1?" in member.sentence
        await member.presses("n")
        assert team.card(done).state is State.DONE
        await member.does("close")
        await member.presses("y")
        assert member.told == "OPS-1 is in the archive."
    assert kept(team, done) == "213 份，94 % 满意"


async def test_of_what_was_cancelled_only_whether_is_asked(team, drive):
    task = team.put("不做了")
    team.desk.do(CancelTask(task=task, seen=State.TODO, reason="客户取消"))
    async with drive(team.url) as member:
        await member.app.show("detail", task=task)
        await member.settles()
        await member.does("close")
        assert isinstance(member.app.screen, ConfirmPrompt)
        await member.presses("y")
    assert (team.card(task).state, kept(team, task)) == (State.ARCHIVED, None)


async def test_a_subtask_goes_without_a_result_of_its_own(team, drive):
    whole = team.put("整体", State.DOING, owner="wang")
    part = team.put("部分", State.DONE, owner="wang", parent=whole)
    async with drive(team.url) as member:
        await member.app.show("detail", task=part)
        await member.settles()
        await member.does("close")
        assert isinstance(member.app.screen, ConfirmPrompt)
        await member.presses("y")
    assert (team.card(part).state, kept(team, part)) == (State.ARCHIVED, None)


async def test_somebody_faster_is_told_and_what_was_typed_stays(team, drive, done):
    async with drive(team.url) as member:
        await member.choose(done)
        await member.does("close")
        team.desk.do(ArchiveTask(task=done, seen=State.DONE, actual="213 份"))
        await member.types("另有 ")
        await member.presses("ctrl+s")
        assert isinstance(member.app.screen, LongTextPrompt)
        assert member.app.screen.value() == "另有 收到 213 份"
        assert "OPS-1" in member.sentence
    assert kept(team, done) == "213 份"


async def test_only_a_lead_is_asked(team, drive, done):
    made = team.desk.do(AddPerson(handle="sun", name="孙")).id
    team.desk.do(EditProject(project=team.project, lead=made))
    async with drive(team.url, handle="wang") as member:
        await member.choose(done)
        await member.does("close")
        assert member.screen == "BoardScreen"
        assert "a lead" in member.told
        assert member.told.endswith("Ask 孙.")
    async with drive(team.url, handle="sun", language="zh_CN") as member:
        await member.choose(done)
        await member.does("close")
        assert isinstance(member.app.screen, LongTextPrompt)
