"""Who may bring a table in: whoever leads the project, or begins it by that."""

from collections.abc import Iterator

import pytest

from core.clock import SetClock
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import AddProject
from core.desk import Desk
from core.domain.ids import DepartmentId, PersonId
from core.domain.refusals import Rejected
from core.domain.status import Role, State
from core.exchange.apply import apply, preview
from core.exchange.plan import read_plan
from core.queries import directory
from core.queries.detail import TaskView, task_view
from tests.exchange.boards import NOW, team
from tests.exchange.files import SAMPLES, TODAY, plan_of

HEADINGS = (
    *("任务ID", "任务名称", "任务类型", "负责人", "协助人", "状态", "完成度"),
    *("截止日期", "备注", "验收标准"),
)
FIRST = ("B-1", "调研", "外勤任务", "钱七", "孙八", "进行中", "30%", "2026-12-01", "", "十份以上")
LATER = ("B-1", "调研", "外勤任务", "周九", "吴十", "已完成", "100%", "2026-12-09", "晚", "有目录")


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    """zhao administers and leads X, li leads P, han heads the department of M, ma leads none."""
    with team(store_url, project_key="X") as found:
        for handle, name in (("li", "李雷"), ("han", "韩梅梅"), ("ma", "马六")):
            found.do(AddPerson(handle=handle, name=name))
        found.do(AddPerson(handle="sun", name="孙丽", role=Role.OBSERVER))
        found.do(AddDepartment(name="市场部", lead=PersonId(3)))
        found.do(AddProject(key="P", name="产品", lead=PersonId(2)))
        found.do(AddProject(key="M", name="市场", department=DepartmentId(1)))
        yield found


def by(desk: Desk, handle: str) -> Desk:
    return desk.acting(handle, clock=SetClock(NOW))


def view(desk: Desk) -> TaskView:
    return desk.ask(task_view, desk.ask(directory.find_task, "B-1"))


@pytest.mark.parametrize(("handle", "project"), [("zhao", "P"), ("li", "P"), ("han", "M")])
def test_who_leads_brings_in_a_table_and_changes_it(desk: Desk, handle: str, project: str) -> None:
    mine = by(desk, handle)
    apply(mine, plan_of(HEADINGS, FIRST), project=project)
    assert view(desk).task.state is State.DOING
    apply(mine, plan_of(HEADINGS, LATER), project=project)
    told = view(desk)
    assert (told.name(told.task.owner), told.task.progress) == ("周九", 100)
    assert preview(mine, plan_of(HEADINGS, LATER), project=project).unchanged == 1


@pytest.mark.parametrize(("handle", "project"), [("ma", "P"), ("li", "X"), ("han", "P")])
def test_nobody_else_does_and_nothing_is_kept(desk: Desk, handle: str, project: str) -> None:
    apply(desk, plan_of(HEADINGS, FIRST), project=project)
    mark = desk.mark()
    for told in (LATER, ("B-2", *FIRST[1:])):
        with pytest.raises(Rejected) as refused:
            apply(by(desk, handle), plan_of(HEADINGS, told), project=project)
        assert refused.value.code == "not-allowed"
        assert desk.mark() == mark
    with pytest.raises(Rejected) as refused:
        apply(by(desk, "sun"), plan_of(HEADINGS, LATER), project=project)
    assert refused.value.code == "observer"


def test_whoever_begins_projects_with_a_table_leads_them(desk: Desk) -> None:
    plan = read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY)
    mine = by(desk, "ma")
    assert apply(mine, plan).projects == 5
    assert preview(mine, plan).empty
