"""Taking tasks on, claiming, asking back, returning, handing over: the keys of it."""

from collections.abc import Iterator

import pytest

from core.commands.assigning import AcknowledgeTask
from core.commands.editing import AssignTask
from core.commands.people import AddDepartment, EditPerson
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.assignments import Assignment
from core.domain.duties import SignOff
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.status import State
from core.domain.synclog import SyncEntry
from core.queries import board
from core.queries.board import Chosen
from core.store import rows
from tests.tui.stage import LI, OPS, PLAIN, WANG, open_desk, set_stage, sitting


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    with open_desk(url) as made:
        yield made


def given(desk: Desk, title: str = "访谈", owner: PersonId | None = LI, **more: object) -> TaskId:
    command = CreateTask(project=OPS, title=title, owner=owner, **more)  # type: ignore[arg-type]
    return TaskId(desk.do(command).id)


def stored(desk: Desk, kind: type) -> list:
    form = rows.shape(kind)
    found = desk.ask(lambda store: store.rows(form.table.select(*form.columns)))
    return [rows.record(kind, row) for row in found]


def held(desk: Desk, task: TaskId) -> tuple[int, bool] | None:
    """Whose it is, and whether they took it on."""
    kept = [one for one in stored(desk, Assignment) if one.task == task and one.ended is None]
    return (kept[0].owner, kept[0].acknowledged is not None) if kept else None


async def test_the_card_says_that_it_waits(url: str, desk: Desk) -> None:
    task = given(desk)
    async with sitting(url, handle="li", size=(120, 30)) as member:
        assert "? not taken on" in member.sees
        await member.app.screen.choose(task)
        await member.presses("y")
        assert "You have taken OPS005 on." in member.sees
        assert "? not taken on" not in member.sees
    assert held(desk, task) == (LI, True)


async def test_in_chinese(url: str, desk: Desk) -> None:
    given(desk)
    async with sitting(url, handle="li", language="zh_CN", size=(120, 30)) as member:
        assert "? 未签收" in member.sees


async def test_what_nobody_has_is_claimed_from_the_pool(url: str, desk: Desk) -> None:
    task = given(desk, "投放", owner=None)
    async with sitting(url, handle="li", size=(120, 30)) as member:
        await member.presses("U")
        assert "only unassigned" in member.sees
        assert "OPS005" in member.sees
        assert "OPS001" not in member.sees
        await member.presses("y")
        assert "OPS005 is yours now." in member.sees
        await member.presses("escape")
        assert "OPS001" in member.sees
    assert held(desk, task) == (LI, True)


async def test_the_pool_and_mine_exclude_each_other(url: str, desk: Desk) -> None:
    given(desk, "投放", owner=None)
    async with sitting(url, handle="li", size=(120, 30)) as member:
        await member.presses("U", "m")
        assert "only mine" in member.sees
        assert "only unassigned" not in member.sees
        await member.presses("U")
        assert "only mine" not in member.sees


async def test_it_is_asked_about_and_returned(url: str, desk: Desk) -> None:
    task = given(desk)
    async with sitting(url, handle="li", size=(120, 30)) as member:
        await member.app.screen.choose(task)
        await member.presses("Y", "tab")
        await member.writes("how many?")
        await member.presses("enter")
        assert "Your question about OPS005 stands in the sync log." in member.sees
        await member.presses("Y", "right", "enter")
        assert "Say why, so that somebody else can take it." in member.sees
        await member.writes("on leave")
        await member.presses("enter")
        assert "OPS005 was returned." in member.sees
    assert held(desk, task) is None
    said = [(one.topic, one.content, one.asks) for one in stored(desk, SyncEntry)[-2:]]
    assert said == [("how many?", "", WANG), ("OPS005 访谈", "on leave", None)]


async def test_what_is_mine_is_confirmed_and_others_is_not(url: str) -> None:
    async with sitting(url, handle="li", size=(120, 30)) as member:
        await member.app.screen.choose(PLAIN)
        await member.presses("y")
        assert "Confirmed: OPS004 is still yours." in member.sees
        await member.presses("Y")
        assert "OPS004 does not wait for you to take it on." in member.sees
    async with sitting(url, size=(120, 30)) as member:
        await member.app.screen.choose(PLAIN)
        await member.presses("y")
        assert "Confirmed" not in member.sees


async def test_work_in_progress_is_handed_over_with_notes(url: str, desk: Desk) -> None:
    async with sitting(url, size=(120, 30)) as member:
        await member.app.screen.choose(PLAIN)
        await member.presses("o")
        assert "Hand OPS004 over" in member.sees
        await member.writes("wang")
        await member.presses("enter", "enter")
        assert "Write down what its next owner must know" in member.sees
        await member.writes("draft is shared")
        await member.presses("enter")
        await member.presses("enter")
        assert "Owners 2" in member.sees
        assert "draft is shared" in member.sees
    assert held(desk, PLAIN) == (WANG, True)


async def test_choosing_oneself_claims(url: str, desk: Desk) -> None:
    task = given(desk, "投放", owner=None)
    async with sitting(url, size=(120, 30)) as member:
        await member.app.screen.choose(task)
        await member.presses("o")
        await member.writes("wang")
        await member.presses("enter")
    (last,) = [one.owner for one in stored(desk, Assignment) if one.task == task]
    assert last == WANG
    kinds = desk.ask(lambda store: store.sql("SELECT kind FROM event ORDER BY number DESC"))
    assert kinds.fetchone()[0] == "task-claimed"


async def test_the_form_asks_for_notes_too(url: str, desk: Desk) -> None:
    async with sitting(url, size=(120, 30)) as member:
        await member.app.screen.choose(PLAIN)
        await member.presses("e", "tab", "ctrl+u")
        await member.writes("wang")
        await member.presses("enter")
        assert "Write down what its next owner must know" in member.sees
        await member.writes("draft is shared")
        await member.presses("enter")
    assert held(desk, PLAIN) == (WANG, True)


async def test_the_detail_tells_who_signed(url: str, desk: Desk) -> None:
    market = DepartmentId(1)
    tech = DepartmentId(desk.do(AddDepartment(name="技术部", lead=LI)).id)
    desk.do(EditPerson(person=WANG, department=market))
    desk.do(EditPerson(person=LI, department=tech))
    task = given(desk, "推广", owner=WANG)
    part = given(desk, "接口", parent=task)
    desk.acting("li", clock=desk.clock).do(AcknowledgeTask(task=part))
    async with sitting(url, size=(120, 40)) as member:
        await member.app.screen.choose(task)
        await member.presses("enter")
        assert "Allocation signed 0/2" in member.sees
        member.app.screen.choose_line(f"signature:{market}")
        await member.presses("enter")
        assert "Sign the allocation of OPS005 for 市场部" in member.sees
        await member.presses("enter")
        assert "Allocation signed 1/2" in member.sees
    (signed,) = stored(desk, SignOff)
    assert (signed.department, signed.person) == (market, WANG)


def test_the_pool_is_what_nobody_has(desk: Desk) -> None:
    free = given(desk, "投放", owner=None)
    given(desk)
    shown = Chosen(unassigned=True)
    assert [one.id for one in desk.ask(board.cards, shown, State.TODO)] == [free]
    assert [head.cards for head in desk.ask(board.columns, shown)] == [1, 0, 0, 0]
    desk.do(AssignTask(task=free, owner=LI, seen=None))
    (row,) = [one for one in desk.ask(board.cards, Chosen(), State.TODO) if one.id == free]
    assert row.untaken
