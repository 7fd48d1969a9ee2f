"""From rows to a plan: headings in any order, ditto marks, duplicates, several sheets."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.domain.status import Priority, State
from core.exchange.plan import read_plan
from core.exchange.tables import OVERVIEW, TABLES, find_table
from tests.exchange.files import TODAY, book_bytes, book_of, found, plan_of

ROW = (
    "产品迭代2024-001",
    "调研报告",
    "*强",
    "*明",
    "*华",
    "提升复购率",
    "专项任务",
    "高",
    "2024-10-30",
    "进行中",
    "备注一",
)


def test_the_tables_have_their_headings_to_the_letter() -> None:
    assert " | ".join(OVERVIEW.headings) == (
        "任务ID | 任务名称 | 发起人 | 负责人 | 协作人 | 关联项目/目标 | 任务类型 | 优先级 | "
        "预期完成时间 | 当前状态 | 备注(验收标准/问题记录)"
    )
    assert find_table("t1-1") is find_table("《部门任务总览表》") is OVERVIEW
    assert find_table("T9-9") is None
    assert len({table.code for table in TABLES}) == len(TABLES) == 6


@given(st.permutations(range(len(ROW))))
def test_the_order_of_columns_does_not_matter(order: list[int]) -> None:
    straight = plan_of(OVERVIEW.headings, ROW)
    shuffled = plan_of([OVERVIEW.headings[i] for i in order], [ROW[i] for i in order])
    assert [replace(task, raw=()) for task in shuffled.tasks] == [
        replace(task, raw=()) for task in straight.tasks
    ]
    assert shuffled.doubts == ()


@pytest.mark.parametrize(
    "headings",
    [
        ("编号", "任务", "责任人", "截止时间", "状态"),
        ("任务 ID*", "任务\n名称", "任务负责人", "期望完成时间\uff08必填\uff09", "当前状态\uff1a"),
        ("ID", "Title", "Owner", "Due date", "Status"),
        ("id", "title", "assignee", "due", "state"),
    ],
)
def test_headings_by_other_names(headings: tuple[str, ...]) -> None:
    (task,) = plan_of(headings, ("T001", "报表", "*明", "2024-10-30", "待验收")).tasks
    assert (task.external_id, task.title, task.owner) == ("T001", "报表", "*明")
    assert (task.due_on, task.state) == (date(2024, 10, 30), State.REVIEW)


def test_a_title_block_stands_above_the_headings() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["某部门任务总览表"],
        ["负责人:", "*经理", "日期", "2024-10-01"],
        [],
        OVERVIEW.headings,
        ROW,
    ):
        sheet.append(row)
    sheet.merge_cells("A1:K1")
    plan = read_plan(book_bytes(book), name="x.xlsx", today=TODAY)

    assert [(table.code, table.header_row, table.rows) for table in plan.tables] == [("T1-1", 4, 1)]
    assert plan.tasks[0].row == 5
    assert plan.doubts == ()


def test_two_tables_on_one_sheet() -> None:
    plan = plan_of(
        OVERVIEW.headings,
        ROW,
        [],
        ["下面是同步记录"],
        ("同步日期", "同步主题", "同步内容", "同步发起人"),
        ("2024-10-16", "周会", "决议:采用方案一", "*明"),
    )
    assert [table.code for table in plan.tables] == ["T1-1", "T1-3"]
    assert plan.sync_entries[0].content == "采用方案一"
    assert [(skip.row, skip.code) for skip in plan.skipped] == [(4, "row-without-title")]


def test_headings_that_repeat_on_each_page_are_no_tasks() -> None:
    second = ("产品迭代2024-002", *ROW[1:])
    plan = plan_of(OVERVIEW.headings, ROW, OVERVIEW.headings, second)
    assert [task.external_id for task in plan.tasks] == ["产品迭代2024-001", "产品迭代2024-002"]
    assert [(skip.row, skip.code) for skip in plan.skipped] == [(3, "repeated-heading")]


@pytest.mark.parametrize("mark", ["″", "〃", "同上", '"'])
def test_ditto_marks_are_filled_down(mark: str) -> None:
    plan = plan_of(
        ("任务ID", "任务名称", "负责人"),
        ("A-001", "甲", mark),
        ("A-002", "乙", "*明"),
        ("A-003", "丙", mark),
        ("A-004", "丁", mark),
    )
    assert [task.owner for task in plan.tasks] == ["", "*明", "*明", "*明"]
    assert found(plan) == [("C2", "ditto-without-above", ""), ("C2", "owner-missing", "")]


def test_empty_cells_are_not_filled_down_unless_merged() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["任务ID", "任务名称", "负责人"],
        ["A-1", "甲", "*明"],
        ["A-2", "乙"],
        ["A-3", "丙"],
    ):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    plan = read_plan(book_bytes(book), name="x.xlsx", today=TODAY)
    assert [task.owner for task in plan.tasks] == ["*明", "*明", ""]


def test_an_id_twice_in_a_sheet_counts_once() -> None:
    plan = plan_of(OVERVIEW.headings, ROW, (ROW[0], "另一个", *ROW[2:]))
    assert [task.title for task in plan.tasks] == ["调研报告"]
    assert found(plan) == [("A3", "duplicate-id", "2")]
    assert [(skip.row, skip.code, skip.fact) for skip in plan.skipped] == [
        (3, "duplicate-id", "产品迭代2024-001")
    ]


def test_a_second_sheet_fills_gaps_and_differences_are_doubts() -> None:
    raw = book_of(
        {
            "a": [("任务ID", "任务名称", "优先级", "负责人"), ("CSAT-001", "提纲", "", "*专员")],
            "b": [
                ("任务ID", "任务名称", "优先级", "责任人", "起止时间"),
                ("CSAT-001", "访谈提纲", "高", "*专员", "2024.7.8-2024.7.10"),
            ],
        }
    )
    plan = read_plan(raw, name="x.xlsx", today=TODAY)
    (task,) = plan.tasks

    assert (task.title, task.priority, task.due_on) == ("提纲", Priority.HIGH, date(2024, 7, 10))
    assert found(plan) == [
        ("C2", "empty-default", "medium"),
        ("B2", "differs-between-sheets", "提纲"),
    ]


def test_the_newest_update_tells_the_progress_of_a_subtask() -> None:
    head = (
        "子任务ID",
        "所属主任务ID",
        "子任务名称",
        "负责人",
        "今日进度(%)",
        "已完成工作",
        "下一步计划",
        "更新日期",
    )
    first = ("A-001-01", "A-001", "问卷", "*明", "40", "初稿", "发放", "2024-10-15")
    second = ("A-001-01", "A-001", "问卷", "*明", "80", "发放", "回收", "2024-10-17")
    for rows in ((first, second), (second, first)):
        plan = plan_of(head, *rows)
        assert len(plan.updates) == 2
        assert [(task.progress, task.implied) for task in plan.tasks] == [(80, True)]
        assert plan.doubts == ()


def test_a_listed_task_wins_over_what_its_updates_imply() -> None:
    raw = book_of(
        {
            "进度": [
                (
                    "子任务ID",
                    "子任务名称",
                    "负责人",
                    "今日进度",
                    "已完成工作",
                    "下一步计划",
                    "更新日期",
                ),
                ("A-001-01", "问卷", "*明", 80, "发放", "回收", "2024-10-17"),
            ],
            "总表": [
                ("任务ID", "任务名称", "状态"),
                ("A-001-01", "问卷设计", "待验收"),
                ("A-001", "调研", ""),
            ],
        }
    )
    tasks = read_plan(raw, name="x.xlsx", today=TODAY).tasks

    assert [task.external_id for task in tasks] == ["A-001", "A-001-01"]
    child = tasks[1]
    assert (child.title, child.state, child.progress) == ("问卷设计", State.REVIEW, 80)
    assert not child.implied
    assert child.parent_external_id == "A-001"


def test_parents_in_a_circle_are_cut() -> None:
    plan = plan_of(
        ("任务ID", "任务名称", "父任务"),
        ("A-1", "甲", "A-2"),
        ("A-2", "乙", "A-1"),
        ("A-3", "丙", "A-3"),
    )
    assert sorted(task.external_id for task in plan.tasks) == ["A-1", "A-2", "A-3"]
    assert sum(1 for task in plan.tasks if task.parent_external_id) == 1


def test_blocked_delayed_and_contradicting_rows() -> None:
    plan = plan_of(
        ("任务ID", "任务名称", "进度", "状态"),
        ("A-001", "甲", "50%", "阻塞:等待技术部接口支持"),
        ("A-002", "乙", "", "受阻"),
        ("A-003", "丙", "60%", "已完成"),
        ("A-004", "丁", "", "延迟:供应商未交货,预计2024年10月20日"),
        ("A-005", "戊", "初稿完成", "进行中"),
    )
    first, second, _, late, words = plan.tasks

    assert (first.state, first.blocked_reason) == (State.DOING, "等待技术部接口支持")
    assert first.waiting_for == "技术部接口支持"
    assert second.blocked_reason == ""
    assert (late.delayed, late.expected_on) == (True, date(2024, 10, 20))
    assert late.delay_reason.startswith("供应商未交货")
    assert words.status_note == "初稿完成"
    assert found(plan) == [
        ("D3", "blocked-without-reason", ""),
        ("C4", "contradiction-done-below-100", "60"),
        ("C6", "progress-text", ""),
    ]


def test_what_the_file_does_not_state_is_not_given() -> None:
    plan = plan_of(
        ("任务ID", "任务名称", "优先级", "状态", "进度"),
        ("A-001", "甲", "", "", "0"),
        ("A-002", "乙", "高", "x", ""),
    )
    assert plan.tasks[0].given == {"external_id", "title", "progress"}
    assert plan.tasks[1].given == {"external_id", "title", "priority", "status_note"}


def test_several_owners_and_labelled_criteria() -> None:
    plan = plan_of(
        ("任务ID", "任务名称", "负责人", "协作人", "备注(验收标准/问题记录)"),
        ("A-001", "甲", "张三、李四", "王五、张三", "验收标准:准确率≥95%;图表3张 问题记录:无"),
    )
    (task,) = plan.tasks
    assert (task.owner, task.collaborators) == ("张三", ("李四", "王五"))
    assert task.criteria == ("准确率≥95%", "图表3张")
    assert task.note.endswith("问题记录:无")
    assert found(plan) == [("C2", "several-owners", "张三")]


def test_the_year_comes_from_what_is_nearest() -> None:
    head = ("任务ID", "任务名称", "截止日期")
    by_id = plan_of(head, ("项目2022-001", "甲", "7.8"), ("B-1", "乙", "2023-01-01"))
    by_sheet = plan_of(head, ("A-1", "甲", "7.8"), ("B-1", "乙", "2023-01-01"))
    by_name = plan_of(head, ("A-1", "甲", "7.8"), name="2021年任务.csv")
    by_today = plan_of(head, ("A-1", "甲", "7.8"))
    years = [plan.tasks[0].due_on for plan in (by_id, by_sheet, by_name, by_today)]
    assert years == [date(year, 7, 8) for year in (2022, 2023, 2021, 2026)]
    assert all(plan.tasks[0].year_assumed for plan in (by_id, by_sheet, by_name, by_today))


def test_controls_in_cells_are_dropped_and_reported() -> None:
    plan = plan_of(("任务ID", "任务名称"), ("A-001", "a\x1b]0;x\x07b\ufe0f"), ("A-002", "x" * 600))
    assert [task.title for task in plan.tasks] == ["a]0;xb", "x" * 500]
    assert [(cell, code) for cell, code, _ in found(plan)] == [
        ("B2", "raw-control-character"),
        ("B3", "text-cut"),
    ]
    assert "\x1b" not in repr(plan.tasks)


def test_hidden_and_empty_sheets_and_formulas() -> None:
    book = Workbook()
    book.active.title = "空"
    sheet = book.create_sheet("藏")
    sheet.sheet_state = "hidden"
    sheet.append(["任务ID", "任务名称", "备注"])
    sheet.append(["A-001", "甲", "=SUM(1)"])
    plan = read_plan(book_bytes(book), name="x.xlsx", today=TODAY)

    assert [(skip.sheet, skip.code) for skip in plan.skipped] == [("空", "empty-sheet")]
    assert [(doubt.cell, doubt.code) for doubt in plan.doubts] == [
        ("", "hidden-sheet"),
        ("C2", "formula-without-value"),
    ]
    assert plan.tasks[0].note == ""


def test_a_formula_without_a_result_is_nobody_and_no_day() -> None:
    rows = (
        ("任务ID", "任务名称", "负责人", "截止日期", "当前进度", "优先级", "状态"),
        ("A-001", "甲", "=1+1", "=TODAY()", "=1/2", "=B1", "=C1"),
        ("A-002", "=1+1", None, None, None, None, None),
    )
    plan = read_plan(book_of({"表": rows}), name="x.xlsx", today=TODAY)
    (task,) = plan.tasks
    assert (task.owner, task.due_on, task.progress, task.state) == ("", None, None, State.TODO)
    assert plan.people == ()
    codes = [(cell, code) for cell, code, _ in found(plan) if code == "formula-without-value"]
    assert codes == [
        (cell, "formula-without-value") for cell in ("C2", "D2", "E2", "F2", "G2", "B3")
    ]


def test_tasks_without_ids_and_columns_nobody_knows() -> None:
    plan = plan_of(("标题", "负责人", "心情"), ("甲", "*明", "好"), ("", "*华", ""))
    (task,) = plan.tasks
    assert (task.external_id, task.project_key) == ("", "")
    assert plan.tables[0].unknown == ("心情",)
    assert ("心情", "好") in task.raw
    assert [skip.code for skip in plan.skipped] == ["row-without-title"]


def test_projects_take_the_padding_that_a_zero_shows() -> None:
    plan = plan_of(("任务ID", "任务名称"), ("OPS-0012", "甲"), ("OPS-1234", "乙"), ("TES-9", "丙"))
    assert [(project.key, project.pattern) for project in plan.projects] == [
        ("OPS", "{key}-{seq:04}"),
        ("TES", "{key}-{seq}"),
    ]


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["″", "2024-", "7.8-7.10", "阻塞", "A-001", "任务ID", "任务名称", "100", "同上"]
    ),
)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=6))
def test_no_rows_are_fatal(rows: list[list[str]]) -> None:
    for table in TABLES:
        cells = [[cell.replace("\0", "").replace("\ud800", "") for cell in row] for row in rows]
        plan = plan_of(
            table.headings, *([c.encode(errors="ignore").decode() for c in row] for row in cells)
        )
        assert plan.tables
