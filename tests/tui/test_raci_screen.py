"""The matrix of responsibilities on the screen: both ways, wide characters, letters by keys."""

from typing import Any

from core.commands.projects import AddProject
from core.commands.raci import RemoveRaci, SetRaci
from core.domain.duties import Letter
from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.policies.raci import written
from core.queries.raci import matrix
from tui.actions import of_scope
from tui.cells import measure
from tui.keyboard import Scope
from tui.screens.raci import RaciScreen

R, A, C, I = Letter  # noqa: E741 - the letters' own names


def put(team: Any, task: TaskId, *letters: Letter, **whose: Any) -> None:
    if isinstance(who := whose.get("person"), str):
        whose["person"] = team.people[who]
    team.desk.do(SetRaci(task=task, letters=letters, **whose))


def stored(team: Any, task: TaskId) -> dict[str, str]:
    row = team.desk.ask(matrix, task=task).rows[0]
    cells = {one.name: row.cell(one.holder) for one in row.columns}
    return {name: written(cell.said, cell.note) for name, cell in cells.items() if cell.said}


async def test_a_cell_is_set_by_letter_keys_and_a_note(team: Any, drive: Any) -> None:
    task = team.put("访谈提纲设计", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.presses("5")
        assert member.screen == "RaciScreen"
        assert "王磊" in member.picture
        assert "R* " in member.picture
        assert "R* follows from the task's owner and acceptor" in member.picture
        await member.presses("right")
        assert "李欣 · OPS-1 访谈提纲设计" in member.picture
        await member.presses("left")
        await member.presses("e")
        assert "王磊 · OPS-1 访谈提纲设计" in member.picture
        assert "● R does it" in member.picture
        await member.presses("c", "tab")
        await member.types("撰写")
        await member.presses("enter")
        assert stored(team, task) == {"王磊": "R/C(撰写)"}
        assert "R/C(撰写)" in member.picture
        assert "does it, is asked · 撰写" in member.picture


async def test_findings_have_a_mark_and_a_word(team: Any, drive: Any) -> None:
    task = team.put("现场访谈")
    put(team, task, C, label="客户对接人")
    async with drive(team.url) as member:
        await member.presses("5")
        assert "! no A, no R" in member.picture
        assert "! 1 to check" in member.picture
        assert "! nobody is A; 李欣 accepts by position; nobody is R" in member.picture
        assert "R does it · A answers for it · C is asked · I is told" in member.picture


async def test_somebody_else_and_a_role_are_added(team: Any, drive: Any) -> None:
    task = team.put("现场访谈", State.DOING, owner="wang")
    async with drive(team.url) as member:
        await member.presses("5", "a")
        await member.types("zhao")
        await member.presses("enter")
        await member.presses("enter")
        assert "Press r, a, c or i; one letter at least." in member.picture
        await member.presses("A", "enter")
        assert stored(team, task) == {"赵敏": "A"}
        assert "赵敏 · OPS-1" in member.picture
        await member.presses("a")
        await member.types("客户对接人")
        await member.presses("enter", "i", "enter")
        assert stored(team, task) == {"赵敏": "A", "客户对接人": "I"}
        assert "客户对接人 · OPS-1" in member.picture


async def test_letters_are_taken_away_after_a_question(team: Any, drive: Any) -> None:
    task = team.put("现场访谈", State.DOING, owner="wang")
    put(team, task, C, person="zhao")
    async with drive(team.url) as member:
        await member.presses("5", "delete")
        assert "Take the letters away?" in member.picture
        await member.presses("n")
        assert stored(team, task) == {"赵敏": "C"}
        await member.presses("delete", "y")
        assert stored(team, task) == {}
        await member.presses("home", "delete")
        assert "follows from its owner and acceptor; change those instead" in member.sentence


async def test_clearing_all_letters_takes_them_away(team: Any, drive: Any) -> None:
    task = team.put("现场访谈", State.DOING, owner="wang")
    put(team, task, C, person="zhao")
    async with drive(team.url) as member:
        await member.presses("5", "e", "c", "enter")
        assert stored(team, task) == {}


async def test_what_somebody_else_set_meanwhile_is_shown_before_it_is_replaced(
    team: Any, drive: Any
) -> None:
    task = team.put("现场访谈", State.DOING, owner="wang")
    put(team, task, C, person="zhao")
    async with drive(team.url) as member:
        await member.presses("5", "e", "i")
        put(team, task, R, person="zhao")
        await member.app.screen_stack[-2].renew()  # news come while the member types
        await member.presses("enter")
        assert "You saw “C”" in member.picture
        assert stored(team, task) == {"赵敏": "R"}
        await member.presses("enter")
        assert stored(team, task) == {"赵敏": "C/I"}


async def test_it_scrolls_both_ways_and_stays_aligned(team: Any, drive: Any) -> None:
    tasks = [team.put(f"任务{number}" * 8) for number in range(30)]
    for number in range(12):
        put(team, tasks[0], I, label=f"角色{number}很长的名称")
    put(team, tasks[29], R, A, label="角色11很长的名称", note="审批")
    async with drive(team.url) as member:
        await member.presses("5")
        assert "▸ " in member.picture
        assert "◂" not in member.picture
        for _ in range(12):
            await member.presses("right")
        assert "角色11" in member.picture
        assert "◂ " in member.picture
        await member.presses("end")
        assert "OPS-30" in member.picture
        assert "R/A(审…" in member.picture
        assert len({measure(line) for line in member.picture.splitlines()}) == 1
        await member.presses("home", "left", "left")
        assert "OPS-1 " in member.picture


async def test_the_detail_leads_to_its_own_matrix_and_back(team: Any, drive: Any) -> None:
    task = team.put("父任务", State.DOING, owner="wang")
    team.put("子任务", parent=task, project=None)
    team.put("别的任务")
    async with drive(team.url) as member:
        await member.choose(task)
        await member.presses("enter", "5")
        assert member.screen == "RaciScreen"
        assert "OPS-1 父任务" in member.picture
        assert "子任务" in member.picture
        assert "别的任务" not in member.picture
        await member.presses("down", "enter")
        assert member.screen == "DetailScreen"
        await member.presses("escape", "escape")
        assert member.screen == "DetailScreen"


async def test_who_may_not_assign_is_told_before_anything_is_typed(team: Any, drive: Any) -> None:
    task = team.put("现场访谈", State.DOING, owner="wang")
    async with drive(team.url, handle="zhao") as member:
        await member.presses("5")
        assert " e letters" not in member.picture
        await member.presses("e")
        assert member.screen == "RaciScreen"
        assert "OPS-1" in member.sentence
    assert stored(team, task) == {}


def test_every_action_of_the_screen_is_there() -> None:
    methods = {f"act_{one.id.replace('-', '_')}" for one in of_scope(Scope.RACI)}
    assert {name for name in methods if not hasattr(RaciScreen, name)} == set()


async def test_an_empty_board_says_so(team: Any, drive: Any) -> None:
    async with drive(team.url) as member:
        await member.presses("5")
        assert "No task here." in member.picture
        await member.presses("e", "delete", "down", "right", "escape")
        assert member.screen == "BoardScreen"


async def test_more_tasks_are_read_as_the_cursor_comes_near(team: Any, drive: Any) -> None:
    for number in range(130):
        team.put(f"任务{number}")
    async with drive(team.url) as member:
        await member.presses("5")
        assert "100+ tasks" in member.picture
        await member.presses("end")
        assert "130 tasks" in member.picture
        await member.presses("end")
        assert "OPS-130" in member.picture
        team.desk.do(SetRaci(task=TaskId(130), label="客户", letters=(R,)))
        await member.app.screen.renew()
        await member.settles()
        assert "130 tasks" in member.picture
        assert "OPS-130" in member.picture


async def test_it_shows_the_project_that_is_looked_at(team: Any, drive: Any) -> None:
    team.put("运营任务")
    lead = team.people["lixin"]
    other = ProjectId(team.desk.do(AddProject(key="CSAT", name="满意度", lead=lead)).id)
    team.put("满意度任务", project=other)
    async with drive(team.url) as member:
        await member.presses("5")
        assert "all projects" in member.picture
        assert "运营任务" in member.picture
        member.app.session.look_at(other)
        await member.app.screen.renew()
        await member.settles()
        assert "Responsibilities · 满意度" in member.picture
        assert "运营任务" not in member.picture


async def test_what_was_removed_elsewhere_is_told(team: Any, drive: Any) -> None:
    task = team.put("现场访谈")
    put(team, task, C, person="zhao")
    async with drive(team.url) as member:
        await member.presses("5", "delete")
        team.desk.do(RemoveRaci(task=task, person=team.people["zhao"]))
        await member.presses("y")
        assert "zhao" in member.sentence
