"""Tables of responsibilities (T3-R): read to the letter, applied once, written so as to be read."""

from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.commands.closing import CancelTask
from core.commands.people import AddPerson, MergePerson
from core.commands.projects import AddProject
from core.commands.raci import SetRaci
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.duties import Letter
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State
from core.exchange.apply import apply, look, preview
from core.exchange.export import export
from core.exchange.plan import read_plan
from core.exchange.reading.letters import read_letters
from core.exchange.writing.listing import laid_out
from core.policies.raci import Finding, ordered, written
from core.queries.directory import find_project, people
from core.queries.raci import whole
from core.queries.raci_rows import MatrixRow
from tests.exchange.boards import exported, fill, plan_from, table, team
from tests.exchange.files import SAMPLES, TODAY, book_of, csv_bytes, found, plan_of

R, A, C, I = Letter  # noqa: E741 - the letters' own names
GUIDE = (
    ("任务节点", "项目负责人*经理", "执行人*专员", "数据支持*分析师", "客户对接人"),
    ("访谈提纲设计", "A(审批)", "R(撰写)", "C(提供数据维度)", "I(确认需求)"),
    ("现场访谈", "I(监督进度)", "R(执行)", "-", "C(配合参与)"),
)
PEOPLE = (1, 2, 3, 4, 5, 6)


@pytest.fixture
def desk(store_url: str) -> Any:
    with team(store_url, project_key="X") as made:
        yield made


@pytest.fixture
def quick(sqlite_url: str) -> Any:
    with team(sqlite_url, project_key="X") as made:
        yield made


def matrix(desk: Desk) -> dict[str, MatrixRow]:
    return {row.title: row for row in desk.ask(whole).rows}


def said(row: MatrixRow) -> dict[str, str]:
    """What was set, by name and role."""
    return {
        f"{one.role}{one.name}": written(row.cell(one.holder).said, row.cell(one.holder).note)
        for one in row.columns
        if row.cell(one.holder).said
    }


def all_lines(desk: Desk, project: str = "") -> list[tuple[str, ...]]:
    """The table with its headings."""
    number = desk.ask(find_project, project).id if project else None
    made, lines = laid_out(desk, table("T3-R"), project=number)
    return [made.headings, *lines]


# Reading


@pytest.mark.parametrize(
    ("cell", "letters", "note"),
    [
        ("A(审批)", "A", "审批"),
        ("R/A", "R/A", ""),
        ("RA", "R/A", ""),
        ("a、r（审批）", "R/A", "审批"),
        ("Ｒ／Ａ", "R/A", ""),
        ("C：提供数据", "C", "提供数据"),
        ("A审批", "A", "审批"),
        ("R(撰写)/A(审批)", "R/A", "撰写; 审批"),
        ("R(写(初稿))", "R", "写(初稿)"),
        ("执行者", "R", ""),
        ("Informed", "I", ""),
        ("-", "", ""),
        ("无", "", ""),
        ("", "", ""),
    ],
)
def test_letters_are_read_as_people_write_them(cell: str, letters: str, note: str) -> None:
    read = read_letters(cell)
    assert read is not None
    assert ("/".join(read.letters), read.note) == (letters, note)


@pytest.mark.parametrize("cell", ["x", "RAIN", "Review", "100%", "S", "(A)"])
def test_what_is_no_letter_is_none(cell: str) -> None:
    assert read_letters(cell) is None


NOTES = st.text(st.sampled_from("审批()（）/、RACI ;x"), max_size=12)


@given(st.sets(st.sampled_from(list(Letter)), min_size=1), NOTES)
def test_a_written_cell_is_read_to_the_same_cell(letters: set[Letter], note: str) -> None:
    """Reading what is written, and writing that, comes to an end at once."""
    read = read_letters(written(ordered(letters), " ".join(note.split())))
    assert read is not None
    assert set(read.letters) >= letters
    again = read_letters(written(*read))
    assert again is not None
    assert again.letters == read.letters


@given(st.text(max_size=60))
def test_no_text_is_fatal(text: str) -> None:
    read_letters(text)


def test_the_guides_table_is_read_to_the_letter() -> None:
    plan = plan_of(*GUIDE)
    assert [(one.code, one.rows, one.unknown) for one in plan.tables] == [("T3-R", 2, ())]
    first, second = plan.nodes
    assert (first.title, first.external_id) == ("访谈提纲设计", "")
    assert [(one.heading, written(one.letters, one.note)) for one in first.duties] == list(
        zip(GUIDE[0][1:], GUIDE[1][1:], strict=True)
    )
    assert second.duties[2].letters == ()
    assert found(plan) == [("A3", "raci-without-a", "")]
    assert [one.label for one in plan.people] == ["*经理", "*专员", "*分析师"]
    assert plan.skipped == ()


def test_other_columns_are_told_apart_from_people() -> None:
    plan = plan_of(
        ("序号", "任务节点", "PM", "Dev", "备注", "工期"),
        ("1", "设计", "A", "R", "先做", "3"),
        ("2", "开发", "A/R", "", "", "5"),
    )
    assert [(one.unknown, one.rows) for one in plan.tables] == [(("序号", "备注", "工期"), 2)]
    assert [[one.heading for one in node.duties] for node in plan.nodes] == [["PM", "Dev"], ["PM"]]


def test_cells_that_are_no_letters_are_doubts_and_rows_without_words_are_left_out() -> None:
    plan = plan_of(
        ("任务节点", "PM", "Dev"),
        ("启动阶段", "", ""),
        ("设计", "A", "maybe"),
        ("", "A", "R"),
        ("开发", "A", "R"),
        ("测试", "A", "A"),
    )
    assert found(plan) == [
        ("A3", "raci-without-r", ""),
        ("C3", "raci-unread", ""),
        ("A6", "raci-several-a", ""),
        ("A6", "raci-without-r", ""),
    ]
    assert [(one.row, one.code) for one in plan.skipped] == [
        (2, "row-without-content"),
        (4, "row-without-title"),
    ]


def test_a_table_without_the_heading_is_known_by_its_letters() -> None:
    plan = plan_of(("Activity", "PM", "Dev"), ("Design", "A", "R"), ("Build", "I", "R"))
    assert [(one.code, one.rows) for one in plan.tables] == [("T3-R", 2)]
    marks = plan_of(("Student", "Maths", "Physics"), ("Tom", "A", "C"), ("Ann", "A", "A"))
    assert marks.tables == ()


def test_several_tables_of_a_sheet_are_all_read() -> None:
    tasks = (("任务ID", "任务名称", "负责人", "当前状态"), ("T1", "甲", "王", "进行中"))
    for rows in ((*GUIDE, *tasks), (*tasks, *GUIDE)):
        plan = plan_of(*rows)
        assert {one.code for one in plan.tables} == {"T3-R", "T1-1"}
        assert ([one.title for one in plan.tasks], len(plan.nodes)) == (["甲"], 2)


def test_a_workbook_with_a_title_above_and_full_width_letters() -> None:
    raw = book_of({"矩阵": [("项目责任矩阵",), (), ("任务节点", "甲", "乙"), ("x", "Ａ", "Ｒ")]})
    plan = read_plan(raw, name="a.xlsx", today=TODAY)
    assert [written(one.letters) for one in plan.nodes[0].duties] == ["A", "R"]


# Applying


def test_the_guides_table_comes_in_and_twice_is_once(desk: Desk) -> None:
    plan = plan_of(*GUIDE)
    looked = look(desk, plan)
    shown = looked.preview
    assert [(one.kind, one.title) for one in shown.creates] == [
        ("task", "访谈提纲设计"),
        ("task", "现场访谈"),
        *(
            ("letters", f"{node} · {heading} {cell}")
            for node, *cells in GUIDE[1:]
            for heading, cell in zip(GUIDE[0][1:], cells, strict=True)
            if cell != "-"
        ),
    ]
    assert shown.people_new == ("*经理", "*专员", "*分析师")
    assert [one.code for one in shown.doubts] == [
        "raci-without-a",
        "project-assumed",
        "project-assumed",
    ]
    done = apply(desk, plan, looked=looked)
    assert (done.created, done.changed, done.people) == (9, 0, 3)
    rows = matrix(desk)
    assert said(rows["访谈提纲设计"]) == {
        "项目负责人*经理": "A(审批)",
        "执行人*专员": "R(撰写)",
        "数据支持*分析师": "C(提供数据维度)",
        "客户对接人": "I(确认需求)",
    }
    assert rows["访谈提纲设计"].findings == ()
    assert rows["现场访谈"].findings == (Finding.WITHOUT_A,)

    mark = desk.mark()
    again = preview(desk, plan)
    assert (again.empty, again.unchanged, again.people_new) == (True, 2, ())
    assert apply(desk, plan).last == 0
    assert desk.mark() == mark


@pytest.mark.parametrize("as_format", ["csv", "xlsx"])
def test_the_guides_table_goes_out_as_it_came(quick: Desk, as_format: str) -> None:
    apply(quick, plan_of(*GUIDE))
    assert all_lines(quick) == list(GUIDE)
    raw = exported(quick, "T3-R", as_format)
    assert preview(quick, plan_from(raw, name=f"a.{as_format}")).empty


def test_in_the_guides_workbook_its_nodes_go_to_the_project_they_speak_of(quick: Desk) -> None:
    apply(quick, read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY))
    rows = matrix(quick)
    assert rows["现场访谈"].project_key == rows["访谈提纲设计"].project_key == "CSAT"
    assert GUIDE[1] in {tuple(line[:1]) + line[1:] for line in _narrowed(quick, GUIDE[0])}


def _narrowed(desk: Desk, headings: tuple[str, ...]) -> list[tuple[str, ...]]:
    head, *lines = all_lines(desk, "CSAT")
    places = [head.index(one) for one in headings]
    return [tuple(line[place] for place in places) for line in lines]


def test_who_a_mask_is_keeps_the_letters_and_their_role(quick: Desk) -> None:
    apply(quick, plan_of(*GUIDE))
    zhang = PersonId(quick.do(AddPerson(handle="zhang", name="张三")).id)
    mask = next(one for one in quick.ask(people) if one.name == "*专员")
    quick.do(MergePerson(placeholder=mask.id, person=zhang))
    head, *_ = all_lines(quick)
    assert head[2] == "执行人(张三)"
    assert preview(quick, plan_of(*GUIDE)).empty
    assert preview(quick, plan_from(exported(quick, "T3-R"))).empty


def test_a_node_is_the_task_with_that_title_or_id(desk: Desk) -> None:
    by_title = desk.do(CreateTask(project=ProjectId(1), title="现场访谈"))
    by_key = desk.do(CreateTask(project=ProjectId(1), title="数据分析"))
    plan = plan_of(
        ("任务节点", "客户"),
        ("现场访谈", "R"),
        (by_key.name, "A"),
        (f"数据分析 [{by_key.name}]", "A"),
        ("新节点", "C"),
    )
    shown = preview(desk, plan)
    kinds = [(one.kind, one.id, one.project) for one in shown.creates]
    assert kinds == [
        ("task", "", "X"),
        ("letters", by_title.name, "X"),
        ("letters", by_key.name, "X"),
        ("letters", "", "X"),
    ]
    assert [one.code for one in shown.doubts if one.code == "same-task"] == ["same-task"]
    apply(desk, plan)
    assert said(matrix(desk)["数据分析"]) == {"客户": "A"}
    assert preview(desk, plan).empty


def test_rows_of_the_same_file_are_its_tasks(quick: Desk) -> None:
    raw = book_of(
        {
            "任务": [("任务ID", "任务名称", "责任人", "当前状态"), ("CS-1", "甲", "赵", "未开始")],
            "RACI": [("任务节点", "赵", "客户"), ("甲", "R(执行)", "I"), ("乙", "R", "A")],
        }
    )
    plan = read_plan(raw, name="a.xlsx", today=TODAY)
    apply(quick, plan)
    rows = matrix(quick)
    assert (rows["甲"].key, rows["乙"].project_key) == ("CS-1", "CS")
    assert said(rows["甲"]) == {"赵": "R(执行)", "客户": "I"}
    assert preview(quick, plan).empty


def test_what_the_file_says_otherwise_is_changed_and_listed(desk: Desk) -> None:
    task = TaskId(desk.do(CreateTask(project=ProjectId(1), title="甲")).id)
    for label, letter in (("客户", I), ("法务", C), ("财务", R)):
        desk.do(SetRaci(task=task, label=label, letters=(letter,), note="旧"))
    plan = plan_of(("任务节点", "客户", "法务", "财务", "运维"), ("甲", "A(新)", "-", "", "R"))
    shown = preview(desk, plan)
    (change,) = shown.changes
    assert [(one.field, one.old, one.new) for one in change.differences] == [
        ("letters", "客户 I(旧)", "客户 A(新)"),
        ("letters", "法务 C(旧)", ""),
    ]
    assert [one.title for one in shown.creates] == ["甲 · 运维 R"]
    done = apply(desk, plan)
    assert (done.created, done.changed) == (1, 1)
    assert said(matrix(desk)["甲"]) == {"客户": "A(新)", "财务": "R(旧)", "运维": "R"}
    assert preview(desk, plan).empty


def test_what_follows_from_owner_and_acceptor_is_known(quick: Desk) -> None:
    li = PersonId(quick.do(AddPerson(handle="li", name="李雷")).id)
    quick.do(CreateTask(project=ProjectId(1), title="甲", owner=li, state=State.DOING))
    plan = plan_of(("任务节点", "李雷", "赵"), ("甲", "R", "A"))
    assert preview(quick, plan).empty
    other = plan_of(("任务节点", "李雷", "赵"), ("甲", "A", "-"))
    apply(quick, other)
    assert said(matrix(quick)["甲"]) == {"李雷": "A"}
    assert preview(quick, other).empty
    assert preview(quick, plan_from(exported(quick, "T3-R"))).empty


def test_columns_of_one_person_are_one(quick: Desk) -> None:
    plan = plan_of(
        ("任务节点", "审批人*经理", "负责人*经理", "客户", "客户"),
        ("甲", "A(审批)", "R(执行)", "C", "I"),
    )
    apply(quick, plan)
    assert said(matrix(quick)["甲"]) == {"审批人*经理": "R/A(审批; 执行)", "客户": "C/I"}
    assert preview(quick, plan).empty
    assert preview(quick, plan_from(exported(quick, "T3-R"))).empty


def test_names_that_several_share_become_one_placeholder(quick: Desk) -> None:
    for handle in ("han", "han2"):
        quick.do(AddPerson(handle=handle, name="韩梅梅"))
    plan = plan_of(("任务节点", "韩梅梅"), ("甲", "R/A"))
    shown = preview(quick, plan)
    assert shown.people_new == ("韩梅梅",)
    assert "name-shared" in {one.code for one in shown.doubts}
    apply(quick, plan)
    assert preview(quick, plan).empty


def test_what_was_given_up_stays_as_it_is(quick: Desk) -> None:
    task = TaskId(quick.do(CreateTask(project=ProjectId(1), title="甲")).id)
    quick.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
    shown = preview(quick, plan := plan_of(("任务节点", "客户"), ("甲", "R/A")))
    assert shown.empty
    assert [one.code for one in shown.doubts] == ["closed-kept"]
    assert apply(quick, plan).last == 0


def test_everything_can_go_to_one_project(quick: Desk) -> None:
    quick.do(AddProject(key="CSAT", name="满意度", lead=PersonId(1)))
    plan = plan_of(*GUIDE)
    apply(quick, plan, project="CSAT")
    assert {row.project_key for row in quick.ask(whole).rows} == {"CSAT"}
    assert preview(quick, plan, project="CSAT").empty
    assert preview(quick, plan).empty


# Writing


def test_titles_that_several_tasks_bear_have_their_key(quick: Desk) -> None:
    keys = [quick.do(CreateTask(project=ProjectId(1), title="复盘")).name for _ in range(2)]
    quick.do(SetRaci(task=TaskId(2), label="客户", letters=(I,)))
    lines = all_lines(quick)
    assert [line[0] for line in lines[1:]] == [f"复盘 [{key}]" for key in keys]
    assert preview(quick, plan_from(exported(quick, "T3-R"))).empty


def test_no_heading_is_a_formula(quick: Desk) -> None:
    task = TaskId(quick.do(CreateTask(project=ProjectId(1), title="=1+1")).id)
    for label in ('=HYPERLINK("http://x")', "+1", "@SUM(A1)", '"', "同上"):
        quick.do(SetRaci(task=task, label=label, letters=(C,), note="=2"))
    csv_raw, xlsx_raw = (exported(quick, "T3-R", one) for one in ("csv", "xlsx"))
    sheet = load_workbook(BytesIO(xlsx_raw)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    starts = {cell.lstrip('"')[:1] for cell in csv_raw.decode("utf-8-sig").split(",")}
    assert not starts & {"=", "+", "@"}
    for raw, name in ((csv_raw, "a.csv"), (xlsx_raw, "a.xlsx")):
        assert preview(quick, plan_from(raw, name=name)).empty


def _letters(desk: Desk, random: Random) -> None:
    """Random letters of people and roles for tasks that are on the board."""
    known = [row.task for row in desk.ask(whole).rows]
    roles = ("客户对接人", "A部门", "执行人*专员", "Dev(外包)", "同上", "=cmd", "李雷")
    with desk.together() as send:
        for task in random.sample(known, len(known) // 2):
            for _ in range(random.randint(1, 4)):
                person = random.choice((None, None, *PEOPLE))
                send(
                    SetRaci(
                        task=task,
                        person=PersonId(person) if person else None,
                        label=random.choice(roles if person is None else ("", "", "顾问", "(x)")),
                        letters=tuple(random.sample(list(Letter), random.randint(1, 3))),
                        note=random.choice(("", "审批", "R(写)", "=1", "a)b", "(", "/", "A")),
                    )
                )


@pytest.mark.parametrize("as_format", ["csv", "xlsx"])
@pytest.mark.parametrize("seed", range(6))
def test_an_export_changes_nothing_where_it_came_from(
    sqlite_url: str, seed: int, as_format: str
) -> None:
    with team(sqlite_url) as desk:
        fill(desk, Random(seed))
        _letters(desk, Random(seed))
        plan = plan_from(exported(desk, "T3-R", as_format), name=f"board.{as_format}")
        shown = preview(desk, plan)
        assert (shown.creates, shown.changes, shown.people_new) == ((), (), ())
        assert shown.unchanged == len(desk.ask(whole).rows)


@pytest.mark.parametrize("seed", range(4))
def test_an_export_makes_the_same_table_elsewhere(tmp_path: Path, seed: int) -> None:
    with team(f"sqlite:///{tmp_path / 'one.db'}") as desk:
        fill(desk, Random(seed))
        _letters(desk, Random(seed))
        raw, lines = exported(desk, "T3-R"), all_lines(desk)
    with team(f"sqlite:///{tmp_path / 'other.db'}", project_key="X") as other:
        apply(other, plan_from(raw))
        assert all_lines(other)[0] == lines[0]
        assert sorted(all_lines(other)) == sorted(lines)


def test_a_role_that_is_called_like_somebody_stays_a_role(quick: Desk) -> None:
    li = PersonId(quick.do(AddPerson(handle="li", name="李雷")).id)
    task = TaskId(quick.do(CreateTask(project=ProjectId(1), title="甲")).id)
    quick.do(SetRaci(task=task, label="李雷", letters=(R, A)))
    quick.do(SetRaci(task=task, person=li, label="顾问", letters=(C,)))
    assert all_lines(quick)[0] == ("任务节点", "李雷", "顾问(李雷)")
    assert preview(quick, plan_from(exported(quick, "T3-R"))).empty


def test_a_table_of_one_project_has_only_its_people(quick: Desk) -> None:
    other = ProjectId(quick.do(AddProject(key="CSAT", name="满意度", lead=PersonId(1))).id)
    for project, label in ((1, "甲方"), (other, "乙方")):
        task = quick.do(CreateTask(project=ProjectId(project), title=label))
        quick.do(SetRaci(task=TaskId(task.id), label=label, letters=(R, A)))
    assert all_lines(quick, "CSAT") == [("任务节点", "乙方"), ("乙方", "R/A")]
    done = export(quick, "T3-R", buffer := BytesIO(), project="CSAT", as_format="csv")
    assert (done.table.code, done.rows) == ("T3-R", 1)
    assert buffer.getvalue() == csv_bytes(*all_lines(quick, "CSAT"), encoding="utf-8-sig")
