"""Tables under members' roles: what only an import writes is taken with its line in the log."""

import pytest

from core.commands.raci import SetRaci
from core.commands.reviewing import AcceptTask
from core.desk import Desk
from core.domain.assignments import Assignment
from core.domain.duties import Letter
from core.domain.parts import Collaborator, Criterion, Deliverable
from core.domain.refusals import Rejected
from core.domain.reviews import Review
from core.domain.status import State
from core.exchange.apply import apply
from core.store.tables import TaskTable
from tests.exchange.files import plan_of
from tests.ledgers import flaws
from tests.logins import NOW, REFUSED, Team
from tests.store.raw_acts import NEW_TASK
from tests.store.raw_tries import insert

HEADINGS = ("任务ID", "任务名称", "负责人", "状态", "协作人", "验收标准", "交付物")


@pytest.mark.parametrize("handle", ["wu", "wang"])
def test_what_has_ended_is_brought_in_with_its_parts(team: Team, handle: str) -> None:
    known = team.in_review(acceptor=team.zhou)
    key = team.get(known).key
    team.do(AcceptTask(task=known), by="zhou")
    plan = plan_of(
        HEADINGS,
        ("A-1", "乙", "赵敏", "已完成", "钱进", "有目录", "《报告》"),
        ("A-2", "丙", "赵敏", "待验收", "钱进", "有图", "《图册》"),
        ("A-3", "丁", "客户", "进行中", "钱进", "有表", "《台账》"),
        (key, "用户画像分析", "李娜", "已完成", "钱进", "有附录", "《附录》"),
    )
    with team.own(handle) as desk:
        assert apply(desk, plan, project="OPS").created == 3
    assert [len(team.all(one)) for one in (Collaborator, Criterion, Deliverable)] == [4, 4, 5]
    assert {one.submitted_by for one in team.all(Review)} == {team.li, team.zhao}
    assert all(one.acknowledged for one in team.all(Assignment))
    assert team.one("SELECT count(*) FROM duban_claim") == 0
    assert flaws(team.desk) == ()


@pytest.mark.parametrize("handle", ["wu", "wang"])
def test_letters_are_brought_in(team: Team, handle: str) -> None:
    team.task("甲", owner=team.li)
    plan = plan_of(("任务节点", "钱进", "法务"), ("甲", "C", "I"))
    with team.own(handle) as desk:
        apply(desk, plan, project="OPS")
    assert team.one("SELECT string_agg(letter, '' ORDER BY letter) FROM raci") == "CI"


def test_only_an_import_writes_down_what_is_done(team: Team) -> None:
    """Its events say so, of whoever has imported it."""

    def new(who: int, **more: str) -> str:
        return insert(TaskTable, **{**NEW_TASK, **more}).format(project=team.project, me=who)

    told = (
        "INSERT INTO event (kind, task_id, changes) SELECT 'task-created', id,"
        """ '{"imported": [null, true]}' FROM task WHERE key = 'SQL-1'"""
    )
    done = new(team.wu, state="'done'", closed=NOW)
    assert team.tried("wu", done) == REFUSED
    assert team.tried("wu", done, told) == ""
    assert team.tried("li", done, told) == REFUSED
    assert team.tried("wang", new(team.wang)) == REFUSED
    assert team.tried("wang", new(team.wang), told) == ""


def test_by_hand_an_administrator_sets_nothing_of_it(team: Team) -> None:
    task = team.task("甲", owner=team.li)
    with team.own("wang") as desk, pytest.raises(Rejected) as caught:
        _set(desk, task, team.qian)
    assert caught.value.code == "not-allowed"
    raw = (
        "INSERT INTO raci (task_id, label, letter, note) VALUES ({task}, '法务', 'C', '')",
        "INSERT INTO criterion (task_id, text, facet, met) VALUES ({task}, '甲', 'other', false)",
    )
    for statement in raw:
        assert team.tried("wang", statement.format(task=task)) == REFUSED
        told = "INSERT INTO event (kind) VALUES ('import-applied')"
        assert team.tried("wang", statement.format(task=task), told) == ""
    assert team.get(task).state is State.TODO


def _set(desk: Desk, task: int, person: int) -> None:
    desk.do(SetRaci(task=task, person=person, letters=(Letter.CONSULTED,)))  # type: ignore[arg-type]
