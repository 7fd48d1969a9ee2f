"""Submitting, on the screen: what it rests on is asked, kept, and handed to the acceptor."""

from datetime import date

import pytest

from core.commands.parts import AddCriterion, AddDeliverable
from core.commands.people import AddPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.registering import RegisterDeliverable
from core.commands.reviewing import SendBack
from core.commands.tasks import CreateTask
from core.domain.ids import PartId, PersonId
from core.domain.status import State, Verdict
from core.queries.detail import TaskView, task_view
from tests.office import hand_in
from tests.tui.stage import OPS, PLAIN, REVIEWED, open_desk, set_stage, sitting
from tui.prompts.submit import SubmitPrompt
from tui.widgets.lines import LineList


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Li has said what is done, and there are two criteria; nobody accepts their own work."""
    set_stage(sqlite_url)
    desk = open_desk(sqlite_url)
    desk.do(EditProject(project=OPS, self_accept=False))
    for text in ("agenda", "decisions"):
        desk.do(AddCriterion(task=PLAIN, text=text, reason="asked for"))
    update = UpdateProgress(task=PLAIN, progress=90, done="minutes of three meetings")
    desk.acting("li", clock=desk.clock).do(update)
    desk.close()
    return sqlite_url


def _stored(url: str, task: int = PLAIN) -> TaskView:
    desk = open_desk(url)
    view = desk.ask(task_view, task)
    desk.close()
    return view


async def _begins(member) -> None:
    """The prompt of PLAIN, from the board."""
    await member.presses("1", "/")
    await member.writes("Minutes")
    await member.presses("enter", "L")
    assert isinstance(member.app.screen, SubmitPrompt)


async def test_what_is_known_is_filled_in_and_sent(url: str):
    async with sitting(url, handle="li") as member:
        await _begins(member)
        for text in (
            "Submit OPS004 Minutes",
            "minutes of three meetings",
            "→ 2026-03-18",
            "Nothing is registered yet.",
            "[x] agenda",
            "[x] decisions",
        ):
            assert text in member.sees
        await member.presses("ctrl+s")
        assert "Name at least one deliverable." in member.sees
        await member.writes("Minutes")
        await member.presses("tab", "tab")
        await member.writes("shared/minutes")
        await member.presses("enter")
        assert "OPS004 waits for 王经理 to accept it." in " ".join(member.sees.split())
    view = _stored(url)
    (review,) = view.reviews
    assert view.task.state is State.REVIEW
    assert review.results == "minutes of three meetings"
    assert review.completed == date(2026, 3, 18)
    assert list(review.handed.values()) == ["Minutes shared/minutes"]
    assert list(review.claims.values()) == ["agenda", "decisions"]


async def test_a_claim_is_left_out_and_the_day_is_read(url: str):
    async with sitting(url, handle="li") as member:
        await _begins(member)
        await member.presses("tab")
        await member.writes("tomorrow")
        assert "Write a day gone by" in member.sees
        await member.presses("ctrl+u")
        await member.writes("yesterday")
        await member.presses("tab")
        await member.writes("Minutes")
        await member.presses("tab", "tab")
        await member.writes("shared")
        await member.presses("tab", "down", "space")
        assert "[ ] decisions" in member.sees
        await member.presses("enter")
    (review,) = _stored(url).reviews
    assert review.completed == date(2026, 3, 17)
    assert list(review.claims.values()) == ["agenda"]


async def test_what_was_typed_is_kept(url: str):
    async with sitting(url, handle="li") as member:
        await _begins(member)
        await member.writes("more ")
        await member.presses("tab", "tab")
        await member.writes("Draft")
        await member.presses("tab", "tab", "tab", "space", "escape")
        assert "What was typed is kept; L goes on." in member.sees
        await member.presses("L")
        assert "more minutes of three meetings" in member.sees
        assert "Draft" in member.sees
        assert "[ ] agenda" in member.sees
    assert _stored(url).task.state is State.DOING


async def test_a_known_deliverable_is_offered_and_a_registered_one_is_enough(url: str):
    desk = open_desk(url)
    made = desk.do(AddDeliverable(task=PLAIN, name="《纪要》", edition="V1.0", location="共享盘"))
    async with sitting(url, handle="li", language="zh_CN") as member:
        await _begins(member)
        assert "《纪要》" in member.sees
        await member.presses("escape")
        desk.do(RegisterDeliverable(deliverable=PartId(made.id)))
        await member.presses("L")
        assert "《纪要》 V1.0" in member.sees
        await member.presses("ctrl+s")
    desk.close()
    assert list(_stored(url).reviews[0].handed.values()) == ["《纪要》 V1.0 共享盘"]


async def test_why_it_came_back_stands_on_card_detail_and_form(url: str):
    desk = open_desk(url)
    hand_in(desk.acting("li", clock=desk.clock), PLAIN)
    desk.do(SendBack(task=PLAIN, findings="names are missing"))
    desk.close()
    async with sitting(url, handle="li", size=(120, 40)) as member:
        await _begins(member)
        assert "Sent back: names are missing" in member.sees
        await member.presses("escape")
        assert "↶ names are missing" in member.sees
        await member.presses("enter")
        assert "names are missing · 王经理" in member.sees


async def test_criteria_are_pointed_at(url: str):
    async with sitting(url) as member:
        await member.presses("3", "tab", "down", "H")
        assert "accuracy 95 %" in member.sees
        await member.writes("only 91 %")
        await member.presses("ctrl+s")
        assert "OPS002 was sent back to 李专员." in member.sees
    view = _stored(url, REVIEWED)
    (review,) = view.reviews
    assert (review.verdict, review.points) == (Verdict.SENT_BACK, {"2": "only 91 %"})
    assert review.findings == "accuracy 95 %: only 91 %"


async def test_the_second_round_tells_what_is_new(url: str):
    desk = open_desk(url)
    desk.do(SendBack(task=REVIEWED, findings="8 of 10"))
    owner = desk.acting("li", clock=desk.clock)
    hand_in(owner, REVIEWED, results="12 interviews", claims=(PartId(1),))
    desk.close()
    async with sitting(url, size=(120, 44)) as member:
        await member.presses("3")
        for text in (
            "Since round 1",
            "- claim: accuracy 95 %",
            "~ Key results",
            "not claimed",
            "8 of 10",
            "round 2",
        ):
            assert text in member.sees
        assert "✓0/2 · round 2" in member.sees
    async with sitting(url, language="zh_CN", size=(120, 44)) as member:
        await member.presses("3")
        assert "- 声明满足：accuracy 95 %" in member.sees


@pytest.mark.parametrize("where", ["the review", "the field of the detail"])
async def test_somebody_else_accepts_from_now_on(url: str, where: str):
    desk = open_desk(url)
    zhao = PersonId(desk.do(AddPerson(handle="zhao", name="赵敏")).id)
    desk.close()
    async with sitting(url) as member:
        await member.presses("3", "D" if where == "the review" else "enter")
        if where != "the review":
            lines = member.app.screen.query_one("#lines", LineList)
            assert lines.choose("field:acceptor")
            await member.presses("enter")
        assert "Who accepts OPS002 from now on?" in member.sees
        await member.writes("赵")
        await member.presses("enter")
        await member.writes("away")
        await member.presses("enter")
        assert "OPS002 waits for 赵敏 to accept it." in member.sees
    assert _stored(url, REVIEWED).task.acceptor == zhao


async def test_whoever_did_the_work_is_told_before_anything_is_asked(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("3", "m", "L")
        said = " ".join(member.sees.split())
        assert "You own, owned or submitted OPS002" in said
        assert "王经理" in said
    assert _stored(url, REVIEWED).task.state is State.REVIEW


async def test_a_parent_ends_before_its_subtasks_only_with_a_reason(url: str):
    desk = open_desk(url)
    desk.do(CreateTask(parent=REVIEWED, title="part"))
    desk.close()
    async with sitting(url) as member:
        await member.presses("3", "space", "down", "space", "L")
        assert "Accept OPS002 although OPS002-01 are open: why?" in member.sees
        await member.presses("enter")
        assert "A reason is needed" in member.sees
        await member.writes("next quarter")
        await member.presses("enter")
        assert "OPS002 is accepted." in member.sees
    assert _stored(url, REVIEWED).task.state is State.DONE
