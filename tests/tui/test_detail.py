"""Everything about one task on the screen; each field edited in place."""

from collections.abc import Callable
from datetime import date

import pytest

from core.commands.editing import EditTask, Setting
from core.commands.parts import (
    AddCollaborator,
    AddCriterion,
    AddDeliverable,
    AddMilestone,
    ChangeCollaborator,
    ChangeCriterion,
    ChangeDeliverable,
    ChangeMilestone,
)
from core.commands.tasks import CreateTask
from core.domain.ids import PartId, TaskId
from core.domain.status import Priority
from core.queries.detail import TaskView, task_view
from tests.tui.stage import (
    BLOCKED,
    LI,
    OPS,
    OVERDUE,
    PLAIN,
    REVIEWED,
    Member,
    open_desk,
    set_stage,
    sitting,
)
from tui.screens.detail import DetailScreen
from tui.widgets.lines import LineList


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


def _stored(url: str, task: TaskId = PLAIN) -> TaskView:
    desk = open_desk(url)
    view = desk.ask(task_view, task)
    desk.close()
    return view


async def _opens(member: Member, task: TaskId = PLAIN) -> LineList:
    await member.app.show("detail", task=task)
    await member.settles()
    return member.app.screen.query_one("#lines", LineList)


async def _unfolds(member: Member, lines: LineList) -> None:
    """Show the fields that nobody filled in."""
    assert lines.choose("empty:")
    await member.presses("enter")


async def test_empty_fields_are_one_line_until_they_are_asked_for(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        assert "empty fields" in member.sees
        assert not lines.choose("field:risk_note")
        await _unfolds(member, lines)
        assert "empty fields" not in member.sees
        assert lines.chosen.startswith("field:")
        assert lines.choose("field:risk_note")


async def test_the_overview_says_what_matters(url: str):
    async with sitting(url) as member:
        await _opens(member, OVERDUE)
        for text in ("OPS001 用户画像分析", "! red", "overdue 1 day", "李专员", "Medium"):
            assert text in member.sees
        assert "王经理 · by position" in member.sees


async def test_blocked_with_reason_and_whom(url: str):
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await _opens(member, BLOCKED)
        assert "已阻塞 2 天" in member.sees
        assert "等待技术部 · 等待接口" in member.sees


async def test_parts_by_tab_and_brackets(url: str):
    async with sitting(url) as member:
        await _opens(member, REVIEWED)
        shown = []
        for key in ("tab", "]", "right", "tab"):
            await member.presses(key)
            shown.append(member.sees.splitlines()[1])
        assert [next(w for w in line.split() if "[" in w)[1:] for line in shown] == [
            "Subtasks]",
            "Updates]",
            "Criteria",
            "History]",
        ]
        assert "submitted for review" in member.sees
        await member.presses("[")
        assert "10 份以上访谈" in member.sees


@pytest.mark.parametrize(
    ("field", "keys", "value"),
    [
        ("title", ("x", "enter"), "Minutesx"),
        ("status_note", ("o", "k", "enter"), "ok"),
        ("description", ("a", "enter", "b", "ctrl+s"), "a\nb"),
        ("priority", ("up", "enter"), Priority.HIGH),
        ("urgent", (), True),
        ("acceptor", ("l", "i", "enter"), 2),
    ],
)
async def test_a_field_is_edited_in_place(
    url: str, field: str, keys: tuple[str, ...], value: object
):
    async with sitting(url) as member:
        lines = await _opens(member)
        await _unfolds(member, lines)
        assert lines.choose(f"field:{field}")
        await member.presses("enter", *keys)
        assert isinstance(member.app.screen, DetailScreen)
        assert lines.chosen == f"field:{field}"
    assert getattr(_stored(url).task, field) == value


async def test_start_is_a_day(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        await _unfolds(member, lines)
        lines.choose("field:start")
        await member.presses("enter")
        await member.writes("2026-03-20")
        await member.presses("enter")
        assert "2026-03-20" in member.sees
    assert str(_stored(url).task.start) == "2026-03-20"


async def test_a_conflict_shows_both_values_and_keeps_what_was_typed(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        lines.choose("field:title")
        await member.presses("enter")
        other = open_desk(url, actor="li")
        other.do(EditTask(task=PLAIN, settings=(Setting("title", "Minutes", "Protocol"),)))
        other.close()
        await member.presses("2", "enter")
        for text in ("You saw “Minutes”", "“Protocol” now", "Minutes2"):
            assert text in " ".join(member.sees.replace("│", " ").split())
        await member.presses("enter")
    assert _stored(url).task.title == "Minutes2"


@pytest.mark.parametrize(
    ("add", "other", "key", "keys", "said"),
    [
        (
            AddCriterion(task=PLAIN, text="form", reason="asked for"),
            lambda number: ChangeCriterion(criterion=number, text="scope", reason="asked for"),
            "criterion",
            ("s", "enter", "w", "enter"),
            ("You saw “form”", "“scope” now", "forms"),
        ),
        (
            AddMilestone(task=PLAIN, title="draft", due=date(2026, 3, 20)),
            lambda number: ChangeMilestone(milestone=number, due=date(2026, 3, 23)),
            "milestone",
            (*"2026-03-24", "enter"),
            ("You saw “2026-03-20”", "“2026-03-23” now", "2026-03-24"),
        ),
        (
            AddCollaborator(task=PLAIN, person=LI, scope="data"),
            lambda number: ChangeCollaborator(collaborator=number, scope="design"),
            "collaborator",
            ("2", "enter"),
            ("You saw “data”", "“design” now", "data2"),
        ),
        (
            AddDeliverable(task=PLAIN, name="report", edition="V1"),
            lambda number: ChangeDeliverable(deliverable=number, edition="V2"),
            "deliverable",
            ("1", "enter"),
            ("You saw “V1”", "“V2” now", "V11"),
        ),
    ],
    ids=("criterion", "milestone", "collaborator", "deliverable"),
)
async def test_two_who_change_one_part_are_told_both_values(
    url: str,
    add: object,
    other: Callable[[PartId], object],
    key: str,
    keys: tuple[str, ...],
    said: tuple[str, ...],
):
    second = open_desk(url, actor="li")
    number = PartId(second.do(add).id)
    async with sitting(url) as member:
        lines = await _opens(member)
        while not lines.choose(f"{key}:{number}"):
            await member.presses("tab")
        await member.presses("enter")
        second.do(other(number))
        await member.presses(*keys)
        for text in said:
            assert text in " ".join(member.sees.replace("│", " ").split())
        await member.presses("enter")
        assert isinstance(member.app.screen, DetailScreen)
        assert said[-1] in member.sees
    second.close()


async def test_two_who_change_different_fields_of_a_part_both_do(url: str):
    second = open_desk(url, actor="li")
    made = second.do(AddDeliverable(task=PLAIN, name="report", edition="V1", location="a"))
    number = PartId(made.id)
    async with sitting(url) as member:
        lines = await _opens(member)
        while not lines.choose(f"deliverable:{number}"):
            await member.presses("tab")
        await member.presses("enter")
        second.do(ChangeDeliverable(deliverable=number, location="b"))
        await member.presses("1", "enter")
        assert isinstance(member.app.screen, DetailScreen)
    second.close()
    (one,) = _stored(url).deliverables
    assert (one.edition, one.location) == ("V11", "b")


async def test_criteria_are_added_ticked_and_removed(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        await member.presses("tab", "tab", "tab", "a", "enter")
        await member.writes("form")
        await member.presses("enter")
        assert "The work has begun: say why its criteria change." in member.sees
        await member.writes("asked for")
        await member.presses("enter")
        assert "[ ] form" in member.sees
        await member.presses("space")
        assert "[x] form" in member.sees
        await member.presses("enter")
        await member.writes("s")
        await member.presses("enter")
        await member.writes("a slip")
        await member.presses("enter")
        assert "[ ] forms" in member.sees  # it says something else now
        assert lines.chosen.startswith("criterion:")
        await member.presses("delete")
        assert "Remove “forms”: why?" in member.sees
        await member.writes("not needed")
        await member.presses("enter")
        assert "[ ] forms" not in member.sees
    assert _stored(url).criteria == ()


async def test_milestones_and_subtasks(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        await member.presses("tab", "a", "down", "enter")
        await member.writes("draft")
        await member.presses("enter")
        assert "Write it like 2026-12-01" in member.sees
        await member.presses("tab")
        await member.writes("+3d")
        await member.presses("enter")
        assert "2026-03-21" in member.sees
        await member.presses("space")
        assert "[x] draft" in member.sees
        await member.presses("a", "enter")
        await member.writes("part")
        await member.presses("enter")
        assert "OPS004-01" in member.sees
        child = _stored(url).subtasks[0].id
        assert lines.choose(f"task:{child}")
        await member.presses("enter")
        assert "OPS004-01 part" in member.sees.splitlines()[0]
        await member.presses("escape")
        assert "OPS004 Minutes" in member.sees.splitlines()[0]
    assert _stored(url).milestones[0].done is not None


async def test_dependencies_and_collaborators(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        await member.presses("a", "down", "enter")
        await member.writes("OPS999")
        await member.presses("enter")
        assert "There is no task “OPS999”." in member.sees
        await member.presses(*["backspace"] * 3)
        await member.writes("001")
        await member.presses("enter")
        assert _stored(url).needs[0].id == OVERDUE
        await member.presses("a", "enter")
        await member.writes("li")
        await member.presses("enter")
        await member.writes("data")
        await member.presses("tab")
        await member.writes("48")
        await member.presses("enter")
        (one,) = _stored(url).collaborators
        assert (one.person, one.scope, one.response_hours) == (2, "data", 48)
        assert lines.choose(f"needs:{OVERDUE}")
        await member.presses("delete", "y")
    assert _stored(url).needs == ()


async def test_an_update_with_all_its_fields(url: str):
    async with sitting(url) as member:
        await _opens(member)
        await member.presses("tab", "tab", "a")
        await member.writes("40")
        await member.presses("tab")
        await member.writes("half")
        await member.presses("tab", "tab")
        await member.writes("none")
        await member.presses("enter")
        assert "40%" in member.sees
        assert "half" in member.sees
    (update,) = _stored(url).updates
    assert (update.progress, update.done, update.problems) == (40, "half", "none")


async def test_the_history_goes_back_in_windows(url: str):
    desk = open_desk(url)
    for number in range(70):
        seen = "Minutes" if number == 0 else f"t{number - 1}"
        desk.do(EditTask(task=PLAIN, settings=(Setting("title", seen, f"t{number}"),)))
    desk.close()
    async with sitting(url) as member:
        lines = await _opens(member)
        await member.presses("[")
        assert "Title: t68 → t69" in member.sees
        await member.presses("end")
        await member.settles()
        await member.presses("end")
        assert "created" in member.sees
        assert len([one for one in lines.lines if one.key]) == 71


async def test_a_hostile_title_is_only_text(url: str):
    desk = open_desk(url)
    made = desk.do(CreateTask(project=OPS, title="[@click=app.quit]x[/] 用户"))
    desk.close()
    async with sitting(url) as member:
        await _opens(member, TaskId(made.id))
        assert "[@click=app.quit]x[/] 用户" in member.sees


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40)])
async def test_each_part_at_each_size(url: str, size: tuple[int, int]):
    async with sitting(url, size=size) as member:
        await _opens(member, REVIEWED)
        for _ in range(5):
            await member.presses("tab", "end", "home")
            assert len(member.sees.splitlines()) == size[1]


async def test_a_long_list_says_that_there_is_more(url: str):
    async with sitting(url) as member:
        lines = await _opens(member)
        await _unfolds(member, lines)
        rows = member.sees.splitlines()
        assert rows[lines.region.bottom - 1].rstrip().endswith("▾")
        await member.presses("end")
        rows = member.sees.splitlines()
        assert rows[lines.region.y].rstrip().endswith("▴")
        assert not rows[lines.region.bottom - 1].rstrip().endswith("▾")


async def test_two_columns_are_one_walk_where_there_is_room(url: str):
    async with sitting(url, size=(120, 40)) as member:
        await _opens(member, REVIEWED)
        screen = member.app.screen
        assert isinstance(screen, DetailScreen)
        left, right = screen.main, screen.aside
        assert any("Title" in row and "Acceptance criteria" in row for row in _rows(member))
        walked = [left.chosen]
        while screen.list is left:
            await member.presses("j")
            walked.append(screen.list.chosen)
        assert walked[0] == "field:title"
        assert walked[-1].startswith("criterion:")
        assert (left.active, right.active) == (False, True)
        await member.presses("space")
        assert "[x] 10 份以上访谈" in member.sees
        await member.presses("k")
        assert (screen.list, left.active, right.active) == (left, True, False)
        await member.presses("l")
        assert screen.list is right
        await member.pilot.resize_terminal(80, 24)
        await member.settles()
        assert screen.list is left
        assert not right.display
        await member.presses("l")
        assert "[Subtasks" in member.sees


def _rows(member: Member) -> list[str]:
    return member.sees.splitlines()
