"""What cannot be done is not offered, or is grey and says why; what did not happen has no ✓."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from core.commands.parts import ChangeCriterion
from core.commands.people import EditPerson
from core.commands.warning import ExtendDue, WarnDelay
from core.domain.ids import PartId, TaskId
from core.domain.status import Role, State
from core.domain.trouble import DelayReason
from core.queries.detail import task_view
from tests.tui.board_rows import look, row
from tests.tui.conftest import NOW
from tests.tui.stage import PLAIN, REVIEWED, open_desk, set_stage, sitting
from tui.cells import measure
from tui.prompts.base import Prompt
from tui.prompts.choice import MenuPrompt
from tui.widgets.cards import Pen, strips
from tui.widgets.hints import Hints
from tui.widgets.line import texts
from tui.widgets.lines import LineList
from tui.words import Words

PROMPTS = Path(__file__).parents[2] / "tui" / "prompts"
LABEL_CELLS = 12
"""As in tui/prompts/inputs.py."""


def hints(member):
    return member.picture.splitlines()[-1]


def severity(member):
    message = member.app.screen.query_one(Hints).message
    return message[1] if message else ""


async def adds(member, task):
    await member.app.show("detail", task=task)
    await member.settles()
    await member.presses("a")


async def test_what_somebody_may_not_add_is_grey_and_says_why(team, drive):
    task = team.put("对账", State.DOING, owner="wang", due=3)
    async with drive(team.url, handle="zhao", size=(80, 24)) as member:
        await adds(member, task)
        menu = member.app.screen
        assert isinstance(menu, MenuPrompt)
        assert menu.refused.keys() == {*(one.key for one in menu.choices)} - {"subtask"}
        grey = [str(span.style) for span in menu.line(menu.choices[0]).spans]
        bright = [str(span.style) for span in menu.line(menu.choices[2]).spans]
        assert "$duban-muted" in grey
        assert "$duban-muted" not in bright
        await member.presses("1")
        assert member.app.screen is menu
        assert "Only its owner or a lead may do this to OPS-1: change" in member.sentence
        assert "Ask 王磊, 李欣." in member.sentence
        await member.presses("down", "enter")
        assert member.app.screen is menu
        await member.presses("3")
        assert "New subtask of OPS-1" in member.picture


async def test_who_may_is_asked_for_it_at_once(team, drive):
    task = team.put("对账", State.DOING, owner="wang", due=3)
    async with drive(team.url, handle="wang") as member:
        await adds(member, task)
        assert member.app.screen.refused == {}
        await member.presses("5")
        assert "New criterion of OPS-1" in member.picture


async def test_what_the_state_does_not_allow_is_grey_too(team, drive):
    task = team.put("对账", State.DONE, owner="wang")
    async with drive(team.url, handle="lixin") as member:
        await adds(member, task)
        refused = member.app.screen.refused
        assert refused.keys() == {"collaborator", "milestone", "criterion", "update"}
        await member.presses("5")
        assert "OPS-1 is closed (Done)." in member.sentence


async def test_where_one_reason_holds_for_all_it_is_told_instead_of_the_list(team, drive):
    task = team.put("对账", State.DONE, owner="wang")
    async with drive(team.url) as member:
        await member.app.show("detail", task=task)
        await member.settles()
        await member.app.screen.add_part(("milestone", "criterion"))
        assert member.told == "OPS-1 is closed (Done)."
        assert severity(member) == "warning"


async def test_a_refusal_speaks_of_what_was_tried(team, drive):
    task = team.put("对账", State.DOING, owner="wang", due=3)
    async with drive(team.url, handle="zhao", size=(120, 30)) as member:
        await member.choose(task)
        await member.presses("p")
        assert "report its progress" in member.told
        assert "leaves the progress as it is" not in member.told


@pytest.mark.parametrize("leaves", ["enter", "down"])
async def test_a_filter_leads_to_what_it_found(team, drive, leaves):
    team.put("对账", State.TODO, owner="lixin")
    found = team.put("访谈", State.DOING, owner="lixin", due=9)
    async with drive(team.url, size=(120, 30)) as member:
        await member.choose(TaskId(1))
        await member.does("filter")
        await member.types("访谈")
        await member.presses(leaves)
        assert member.app.screen.board.chosen == found
        assert "e edit" in hints(member)


async def test_a_filter_that_is_cleared_leads_back(team, drive):
    first = team.put("对账", State.TODO, owner="lixin")
    team.put("访谈", State.DOING, owner="lixin", due=9)
    async with drive(team.url, size=(120, 30)) as member:
        await member.choose(first)
        await member.does("filter")
        await member.types("访谈")
        await member.presses("escape")
        assert member.app.screen.board.chosen == first


async def test_on_an_empty_column_no_key_of_a_card_is_offered(team, drive):
    team.put("对账", State.DOING, owner="lixin", due=9)
    async with drive(team.url, size=(120, 30)) as member:
        await member.choose(TaskId(1))
        assert "e edit" in hints(member)
        await member.presses("right")
        for key in ("e edit", "move", "block", "due", "owner", "progress"):
            assert key not in hints(member)
        assert "a add" in hints(member)
        await member.presses("x")
        assert member.told == "No task is chosen; a adds one."
        assert severity(member) == "warning"
        await member.presses("left")
        assert "e edit" in hints(member)


async def test_space_is_offered_where_there_is_something_to_tick(sqlite_url):
    set_stage(sqlite_url)
    async with sitting(sqlite_url, size=(120, 40)) as member:
        await member.app.show("detail", task=REVIEWED)
        await member.settles()
        screen = member.app.screen
        assert "space tick" not in member.sees.splitlines()[-1]
        await member.presses("space")
        assert severity(member) == "warning"
        await member.presses("down")
        assert screen.choose_line("criterion:1")
        await member.settles()
        assert "space tick" in member.sees.splitlines()[-1]
        await member.presses("home")
        assert "space tick" not in member.sees.splitlines()[-1]


async def test_only_who_may_grant_a_later_due_is_offered_to_answer(team, drive):
    task = team.put("对账", State.DOING, owner="wang", due=3)
    owner = team.desk.acting("wang", clock=team.clock)
    later = NOW.replace(day=28)
    owner.do(WarnDelay(task=task, code=DelayReason.OTHER, reason="晚", expected=later))
    for handle, offered in (("lixin", True), ("wang", False)):
        async with drive(team.url, handle=handle, size=(120, 30)) as member:
            await member.app.show("detail", task=task)
            await member.settles()
            assert ("r respond" in hints(member)) is offered
            if not offered:
                await member.presses("r")
                assert "its lead has to answer" in member.told
                assert "Ask 李欣." in member.told
                assert severity(member) == "warning"


@pytest.mark.parametrize(
    ("state", "action"), [(State.TODO, "move-previous"), (State.DONE, "move-next")]
)
async def test_a_move_that_leads_nowhere_has_no_tick(team, drive, state, action):
    task = team.put("对账", state, owner="lixin")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.does(action)
        assert severity(member) == "warning"


async def test_the_matrix_says_whom_to_ask(team, drive):
    team.put("现场访谈", State.DOING, owner="wang")
    async with drive(team.url, handle="zhao", size=(120, 30)) as member:
        await member.presses("5", "e")
        assert not isinstance(member.app.screen, Prompt)
        assert member.told.endswith("Ask 李欣.")


async def test_the_help_greys_what_an_observer_may_not_do(team, drive):
    team.desk.do(EditPerson(person=team.people["zhao"], role=Role.OBSERVER))
    for handle, grey in (("zhao", True), ("wang", False)):
        async with drive(team.url, handle=handle) as member:
            await member.does("help")
            assert ("You are an observer here" in member.sentence) is grey
            assert member.app.screen.may("edit") is not grey
            assert member.app.screen.may("open")


async def test_the_help_tells_a_filter_that_is_a_form_apart(team, drive):
    async with drive(team.url, size=(120, 120)) as member:
        await member.does("help")
        assert "history: Show one person's deeds, one kind, or a span" in member.sentence
        assert "sync log: Show one kind, author or span" in member.sentence


def _labels():
    """Labels of fields in all prompts, and where they stand."""
    for path in sorted(PROMPTS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "id", "")
            if not name.endswith("Field"):
                continue
            given = [*call.args[:1], *(one.value for one in call.keywords if one.arg == "label")]
            for said in given:
                if isinstance(said, ast.Call) and isinstance(said.args[0], ast.Constant):
                    yield path.name, said.args[0].value


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_label_of_a_prompt_is_cut(language):
    words, found = Words(language), [*_labels()]
    assert ("give_back.py", "Message") in found
    assert [one for one in found if measure(words(one[1])) > LABEL_CELLS] == []


def test_findings_stand_on_a_card_with_a_long_title():
    card = row(1, title="满意度问卷设计与发放和回收以及分析报告的撰写", findings="缺少样本说明")
    drawn = [line.text for line in strips(card, Pen(look(compact=False), False, True), 20)]
    assert "↶ 缺少样本" in drawn[2]
    assert drawn[1].rstrip().endswith("…")


async def test_ages_in_the_queue_are_short_where_there_is_little_room(sqlite_url):
    set_stage(sqlite_url)
    for width, said in ((80, " 2d"), (120, " 2 days")):
        async with sitting(sqlite_url, size=(width, 24)) as member:
            await member.presses("3")
            assert f"Survey report{said}│" in member.sees.replace("  ", "")


async def test_a_due_that_was_moved_is_told_whole(sqlite_url):
    set_stage(sqlite_url)
    with open_desk(sqlite_url) as desk:
        seen = desk.ask(task_view, PLAIN).task.due
        desk.do(ExtendDue(task=PLAIN, due=seen + timedelta(days=40), reason="x", seen=seen))
    async with sitting(sqlite_url) as member:
        await member.app.show("detail", task=PLAIN)
        await member.settles()
        assert "first 2026-03-27" in " ".join(member.sees.split())


async def test_space_is_not_offered_where_a_task_in_review_has_no_criteria(team, drive):
    team.put("对账", State.REVIEW, owner="wang", acceptor=team.people["lixin"])
    async with drive(team.url, size=(120, 30)) as member:
        await member.presses("3")
        assert "L accept" in hints(member)
        assert "space tick" not in hints(member)


async def test_what_was_changed_about_a_criterion_is_told_to_its_end(sqlite_url):
    set_stage(sqlite_url)
    with open_desk(sqlite_url) as desk:
        text = "每位受访者都须签署同意书，录音和逐字稿按编号归档，" * 4
        desk.do(ChangeCriterion(criterion=PartId(1), text=text, reason="客户要求"))
    async with sitting(sqlite_url) as member:
        await member.presses("3")
        facts = member.app.screen.query_one("#facts", LineList)
        told = [one for one in facts.lines if one.head and one.head[0].text == "~ "]
        assert len(told) == 1
        rows = texts(told[0], facts.size.width - 3)
        assert "王经理" in "".join(rows).replace(" ", "")
        assert "…" not in "".join(rows)
