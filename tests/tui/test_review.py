"""What waits for acceptance, on the screen: tick, accept, send back with findings."""

import pytest

from core.commands.people import AddPerson
from core.commands.projects import EditProject
from core.domain.ids import PersonId
from core.domain.status import Role, State, Verdict
from core.queries.detail import TaskView, task_view
from tests.tui.stage import OPS, REVIEWED, open_desk, set_stage, sitting
from tui.prompts.choice import ChoicePrompt
from tui.screens.detail import DetailScreen
from tui.screens.review import ReviewScreen


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


def _stored(url: str) -> TaskView:
    desk = open_desk(url)
    view = desk.ask(task_view, REVIEWED)
    desk.close()
    return view


async def test_queue_and_facts(url: str):
    async with sitting(url) as member:
        await member.presses("3")
        assert "Waiting for acceptance · 1 task · mine" in member.sees
        assert "OPS002 Survey report" in member.sees
        assert "Acceptance criteria 0/2" in member.sees
        assert "《调研报告》" in member.sees
        assert "L accept  H send back" in member.sees


async def test_in_chinese_and_wide(url: str):
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("3")
        assert "待我验收" in member.sees
        assert "L 通过  H 驳回" in member.sees


async def test_tick_everything_and_accept(url: str):
    async with sitting(url) as member:
        await member.presses("3", "L")
        assert "criteria that are not met: space ticks one" in " ".join(member.sees.split())
        await member.presses("space", "down", "space")
        assert "Acceptance criteria 2/2" in member.sees
        await member.presses("L")
        assert "Nothing waits for you." in member.sees
    view = _stored(url)
    assert view.task.state is State.DONE
    assert view.task.accepted_by == PersonId(1)


async def test_a_tick_is_taken_back(url: str):
    async with sitting(url) as member:
        await member.presses("3", "tab", "space", "space")
        assert "Acceptance criteria 0/2" in member.sees
    assert [one.met for one in _stored(url).criteria] == [False, False]


async def test_findings_are_required(url: str):
    async with sitting(url) as member:
        await member.presses("3", "H", "ctrl+s")
        assert "Say what must be changed" in member.sees
        await member.writes("dimension")
        await member.presses("ctrl+s")
        assert isinstance(member.app.screen, ReviewScreen)
        assert "Nothing waits for you." in member.sees
        assert "OPS002 was sent back to 李专员." in member.sees
    view = _stored(url)
    assert view.task.state is State.DOING
    assert view.reviews[0].verdict is Verdict.SENT_BACK
    assert view.reviews[0].findings == "dimension"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "OPS002 was sent back to 李专员. With OPS002, “Doing” holds 4 cards"),
        ("zh_CN", "李专员。加上 OPS002，"),
    ],
)
async def test_a_full_column_is_warned_of_by_the_task(url: str, language: str, said: str):
    desk = open_desk(url)
    desk.do(EditProject(project=OPS, wip={State.DOING: 1}))
    desk.close()
    async with sitting(url, language=language, size=(160, 40)) as member:
        await member.presses("3", "H")
        await member.writes("dimension")
        await member.presses("ctrl+s")
        assert said in " ".join(member.sees.split())


async def test_what_waits_for_others(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("3")
        assert "Nothing waits for you." in member.sees
        await member.presses("m")
        assert "OPS002 Survey report" in member.sees
    assert _stored(url).task.state is State.REVIEW


async def test_a_queue_with_nothing_in_it_offers_no_key_for_a_task(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("3")
        hints = member.sees.splitlines()[-1]
        for label in ("accept", "send back", "tick", "next part", "delegate", "open"):
            assert label not in hints
        assert "m mine" in hints
        await member.presses("m")
        assert "⏎ open" in member.sees.splitlines()[-1]


async def test_acceptance_is_given_only_to_who_may_accept(url: str):
    """Not to li, who owns it, nor to sun, who looks on, nor to a name in a file."""
    desk = open_desk(url)
    desk.do(AddPerson(handle="zhao", name="赵敏"))
    desk.do(AddPerson(handle="sun", name="孙观", role=Role.OBSERVER))
    desk.do(AddPerson(handle="someone", name="*经理", placeholder=True))
    desk.close()
    async with sitting(url) as member:
        await member.presses("3", "D")
        assert "Who accepts OPS002 from now on?" in member.sees
        prompt = member.app.screen
        assert isinstance(prompt, ChoicePrompt)
        assert [one.label for one in prompt.choices] == ["王经理", "赵敏"]


async def test_enter_opens_the_detail_and_esc_comes_back(url: str):
    async with sitting(url) as member:
        await member.presses("3", "enter")
        assert isinstance(member.app.screen, DetailScreen)
        await member.presses("escape")
        assert isinstance(member.app.screen, ReviewScreen)
