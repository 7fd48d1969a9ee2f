"""The four samples, whole: what comes in, and each flaw reported."""

from collections import Counter
from datetime import date

import pytest

from core.domain.status import Priority, State, SyncKind
from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan
from tests.exchange.files import SAMPLES, TODAY, found


@pytest.fixture(scope="module")
def guides() -> ImportPlan:
    return read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY)


def test_every_table_is_recognised_or_skipped_with_a_reason(guides: ImportPlan) -> None:
    assert [(table.code, table.rows) for table in guides.tables] == [
        ("T0-1", 3),
        ("T1-1", 3),
        ("T1-2", 2),
        ("T1-3", 2),
        ("T3-R", 2),
        ("T3-2", 3),
    ]
    assert all(table.unknown == () for table in guides.tables)
    assert [(skip.sheet, skip.row, skip.code, skip.fact) for skip in guides.skipped] == [
        ("标准化办公流程表", None, "not-imported-yet", "T3-1"),
        ("进度汇报周报表", None, "not-imported-yet", "T3-3"),
        ("复盘总结表", None, "not-imported-yet", "T3-4"),
    ]


def test_each_flaw_is_reported_with_its_cell(guides: ImportPlan) -> None:
    assert [(doubt.sheet, doubt.cell, doubt.code, doubt.read_as) for doubt in guides.doubts] == [
        ("日常任务清单表", "D2", "empty-default", "medium"),
        ("日常任务清单表", "D3", "empty-default", "medium"),
        ("日常任务清单表", "D4", "empty-default", "medium"),
        ("日常任务清单表", "F4", "date-cut", ""),
        ("日常任务清单表", "H4", "empty-default", "todo"),
        ("任务执行进度跟踪表", "E2", "contradiction-100-with-next-plan", "100"),
        ("信息同步共享记录表", "C2", "kind-guessed", "progress"),
        ("信息同步共享记录表", "C3", "kind-guessed", "problem"),
        ("RACI责任矩阵", "A3", "raci-without-a", ""),
        ("任务分配与跟踪表", "G2", "year-assumed", "2024-07-08/2024-07-10"),
        ("任务分配与跟踪表", "G3", "year-assumed", "2024-07-11/2024-07-15"),
        ("任务分配与跟踪表", "G4", "year-assumed", "2024-07-18/2024-07-22"),
    ]


def test_the_tasks_of_all_tables(guides: ImportPlan) -> None:
    told = [
        (task.external_id, task.owner, task.priority.value, task.state.value, task.due_on)
        for task in guides.tasks
    ]
    assert told == [
        ("T001", "*经理", "medium", "doing", date(2023, 10, 15)),
        ("T002", "*专员", "medium", "done", date(2023, 10, 8)),
        ("T003", "*主管", "medium", "todo", None),
        ("产品迭代2024-001", "*明", "high", "done", date(2024, 10, 30)),
        ("日常协作2024-015", "*磊", "medium", "review", date(2024, 10, 25)),
        ("紧急任务2024-003", "*刚", "high", "done", date(2024, 10, 20)),
        ("产品迭代2024-001-01", "*明", "medium", "doing", None),
        ("日常协作2024-015-01", "*磊", "medium", "doing", None),
        ("CSAT-001", "*专员", "high", "done", date(2024, 7, 10)),
        ("CSAT-002", "*专员", "high", "doing", date(2024, 7, 15)),
        ("CSAT-003", "*分析师", "medium", "todo", date(2024, 7, 22)),
    ]


def test_a_row_of_the_overview_in_full(guides: ImportPlan) -> None:
    task = next(task for task in guides.tasks if task.external_id == "紧急任务2024-003")

    assert (task.sheet, task.row) == ("部门任务总览表", 4)
    assert task.title == "客户系统故障应急处理"
    assert (task.initiator, task.collaborators) == ("*伟", ("*峰",))
    assert task.goal == "保障客户系统稳定运行"
    assert (task.type, task.urgent) == ("紧急任务", True)
    assert task.note == "故障2小时内恢复,提交根因分析报告"
    assert task.project_key == "紧急任务"
    assert dict(task.raw)["预期完成时间"] == "2024-10-20"


def test_lists_roles_and_deliverables(guides: ImportPlan) -> None:
    tasks = {task.external_id: task for task in guides.tasks}

    assert tasks["日常协作2024-015"].collaborators == ("芳", "阳")
    assert tasks["CSAT-002"].collaborators == ("客户对接人",)
    assert tasks["CSAT-001"].deliverables == ("《访谈问题清单V1.0》",)
    assert tasks["CSAT-001"].start_on == date(2024, 7, 8)
    assert tasks["CSAT-001"].year_assumed
    assert tasks["CSAT-003"].risk_note == "需提前确认分析维度"


def test_updates_bring_their_subtasks(guides: ImportPlan) -> None:
    update = guides.updates[0]
    subtask = next(task for task in guides.tasks if task.external_id == "产品迭代2024-001-01")

    assert (update.task_external_id, update.person, update.progress) == (
        "产品迭代2024-001-01",
        "*明",
        100,
    )
    assert update.on == date(2024, 10, 15)
    assert update.next == "跟进未反馈客户,明日完成发放"
    assert update.problems.startswith("客户反馈部分问题选项不清晰")
    assert subtask.implied
    assert subtask.parent_external_id == "产品迭代2024-001"
    assert subtask.title == "调研问卷设计与发放"
    assert "state" not in subtask.given


def test_sync_entries(guides: ImportPlan) -> None:
    first, second = guides.sync_entries

    assert (first.on, first.author, first.audience) == (
        date(2024, 10, 16),
        "*明",
        ("项目组全体",),
    )
    assert (first.kind, first.reference, first.remarks) == (SyncKind.PROGRESS, "", "无需额外支持")
    assert second.audience == ("技术组", "客户部")
    assert second.reference == "《故障处理根因分析报告》"
    assert second.kind is SyncKind.PROBLEM


def test_people_and_projects(guides: ImportPlan) -> None:
    assert [person.label for person in guides.people] == (
        "*经理 *专员 *主管 *强 *明 *华 *丽 *磊 芳 阳 *伟 *刚 *峰 *分析师 客户对接人".split()
    )
    assert [person.masked for person in guides.people if person.label in {"芳", "*明"}] == [
        True,
        False,
    ]
    assert [(one.key, one.name, one.pattern, one.tasks) for one in guides.projects] == [
        ("T", "T", "T{seq:03}", 3),
        ("产品迭代", "产品迭代", "{key}{year}-{seq:03}", 2),
        ("日常协作", "日常协作", "{key}{year}-{seq:03}", 2),
        ("紧急任务", "紧急任务", "{key}{year}-{seq:03}", 1),
        ("CSAT", "客户满意度提升项目", "{key}-{seq:03}", 3),
    ]


def test_the_overview_as_csv_is_clean() -> None:
    plan = read_plan(SAMPLES / "部门任务总览表.csv", today=TODAY)

    assert plan.source == "部门任务总览表.csv"
    assert [task.state for task in plan.tasks] == [State.DONE, State.REVIEW, State.DONE]
    assert [task.priority for task in plan.tasks] == [
        Priority.HIGH,
        Priority.MEDIUM,
        Priority.HIGH,
    ]
    assert plan.doubts == ()
    assert plan.skipped == ()


def test_the_allocation_as_csv_takes_the_year_of_today() -> None:
    plan = read_plan(SAMPLES / "任务分配与跟踪表.csv", today=TODAY)

    assert found(plan) == [
        ("G2", "year-assumed", "2026-07-08/2026-07-10"),
        ("G3", "year-assumed", "2026-07-11/2026-07-15"),
        ("G4", "year-assumed", "2026-07-18/2026-07-22"),
    ]
    assert Counter(task.process for task in plan.tasks) == {"客户满意度提升项目": 3}


def test_a_foreign_progress_sheet_is_skipped_and_not_fatal() -> None:
    plan = read_plan(SAMPLES / "progress-zh.xlsx", today=TODAY)

    assert plan.tasks == ()
    assert [(skip.sheet, skip.code) for skip in plan.skipped] == [("Sheet1", "no-table")]


def test_reading_twice_gives_the_same_plan(guides: ImportPlan) -> None:
    assert read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY) == guides
