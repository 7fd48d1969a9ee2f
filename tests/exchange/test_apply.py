"""Plans applied: the samples, twice, into what is there already, by other people and later."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.people import AddPerson, MergePerson
from core.commands.projects import AddProject
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.events import EventKind
from core.domain.refusals import Conflict, NotFound, Rejected
from core.domain.status import Role, State, SyncKind
from core.exchange.apply import apply, look, preview
from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan
from core.queries import directory
from core.queries.detail import TaskView, task_view
from core.queries.exporting import sync_entries
from tests.exchange.boards import lines, team
from tests.exchange.files import SAMPLES, TODAY, plan_of

HEADINGS = ("任务ID", "任务名称", "负责人", "状态", "备注", "截止日期")


@pytest.fixture
def desk(store_url: str) -> Any:
    with team(store_url, project_key="X") as found:
        yield found


@pytest.fixture
def quick(sqlite_url: str) -> Any:
    with team(sqlite_url) as found:
        yield found


def view(desk: Desk, name: str) -> TaskView:
    return desk.ask(task_view, desk.ask(directory.find_task, name))


def codes(plan: ImportPlan, doubts: Any) -> list[str]:
    """The doubts that the store adds to those of the file."""
    return [doubt.code for doubt in doubts if doubt not in plan.doubts]


def row(
    identity: str, title: str = "任务", owner: str = "赵", status: str = "", **more: str
) -> Any:
    return (identity, title, owner, status, more.get("note", ""), more.get("due", ""))


def test_the_guides_tables_come_in_whole_and_once(desk: Desk) -> None:
    plan = read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY)
    shown = preview(desk, plan)
    kinds = {"task": 13, "update": 2, "sync-entry": 2, "letters": 7}
    assert Counter(one.kind for one in shown.creates) == kinds
    assert [one.key for one in shown.projects_new] == "T 产品迭代 日常协作 紧急任务 CSAT".split()
    assert "客户对接人" not in shown.people_new
    assert len(shown.people_new) == 14
    assert codes(plan, shown.doubts) == ["project-assumed"] * 4

    done = apply(desk, plan)
    assert (done.created, done.changed, done.people, done.projects) == (24, 0, 14, 5)
    assert (done.skipped, len(done.doubts)) == (3, 16)

    again = preview(desk, plan)
    assert again.empty
    assert (again.people_new, again.projects_new, again.work_types_new) == ((), (), ())
    mark = desk.mark()
    assert apply(desk, plan).first == 0
    assert desk.mark() == mark


def test_what_the_guides_tell_stands_on_the_board(desk: Desk) -> None:
    apply(desk, read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY))
    survey = view(desk, "产品迭代2024-001")
    assert (survey.task.key, survey.task.external_id) == ("产品迭代2024-001", "产品迭代2024-001")
    assert (survey.task.state, survey.task.accepted_by) == (State.DONE, None)
    assert survey.name(survey.task.owner) == "*明"
    assert survey.people[survey.task.owner or 0].placeholder
    assert [survey.name(one.person) for one in survey.collaborators] == ["*华"]
    assert survey.task.value == "提升客户复购率"
    assert survey.task.due is not None
    assert survey.task.due.isoformat() == "2024-10-30T10:00:00+00:00"
    [part] = survey.subtasks
    assert (part.key, part.progress, part.state) == ("产品迭代2024-001-01", 100, State.DOING)

    invited = view(desk, "CSAT-002")
    assert [one.label for one in invited.collaborators] == ["客户对接人"]
    assert invited.task.start == date(2024, 7, 11)
    assert (invited.project.name, invited.project.pattern) == (
        "客户满意度提升项目",
        "{key}-{seq:03}",
    )
    assert [one.name for one in invited.deliverables] == ["《客户邀约确认表》"]
    entries = desk.ask(sync_entries)
    assert [(one.day, one.kind) for one in entries] == [
        (date(2024, 10, 16), SyncKind.PROGRESS),
        (date(2024, 10, 20), SyncKind.PROBLEM),
    ]


@pytest.mark.parametrize("name", ["部门任务总览表.csv", "任务分配与跟踪表.csv", "progress-zh.xlsx"])
def test_the_other_samples_once_and_twice(desk: Desk, name: str) -> None:
    plan = read_plan(SAMPLES / name, today=TODAY)
    done = apply(desk, plan)
    assert done.created == len(plan.tasks)
    assert preview(desk, plan).empty
    assert apply(desk, plan).last == 0


def test_the_same_days_without_a_year_change_nothing(quick: Desk) -> None:
    apply(quick, read_plan(SAMPLES / "guide-tables.xlsx", today=TODAY))
    plan = read_plan(SAMPLES / "任务分配与跟踪表.csv", today=TODAY)  # reads 2026, stored is 2024
    assert preview(quick, plan).empty


def test_one_command_id_is_applied_once(desk: Desk) -> None:
    number = UUID(int=7)
    plan = plan_of(HEADINGS, row("A-001", "一"))
    first = apply(desk, plan, command_id=number)
    desk.do(EditTask(task=1, settings=(Setting("title", "一", "改"),)))
    second = apply(desk, plan, command_id=number)
    assert (first.repeated, second.repeated) == (False, True)
    assert (second.created, second.changed) == (1, 0)
    assert view(desk, "A-001").task.title == "改"
    with pytest.raises(Conflict):
        apply(desk, plan_of(HEADINGS, row("A-002"), name="other.csv"), command_id=number)
    desk.do(AddPerson(handle="li", name="李"), command_id=UUID(int=8))
    with pytest.raises(Conflict):
        apply(desk, plan_of(HEADINGS, row("A-002")), command_id=UUID(int=8))
    with pytest.raises(NotFound):
        desk.ask(directory.find_task, "A-002")


def test_the_log_tells_of_an_import_once(quick: Desk) -> None:
    from core.store.logs import EventTable

    apply(quick, plan_of(HEADINGS, row("A-001", "一"), row("A-002", "二")))
    apply(quick, plan_of(HEADINGS, row("A-001", "一")))
    query = EventTable.select(EventTable.subject, EventTable.changes)
    found = quick.store.rows(query.where(EventTable.kind == EventKind.IMPORT_APPLIED))
    assert [subject for subject, _ in found] == ["tasks.csv"]
    assert '"created": [null, 2]' in found[0][1]


def test_only_what_the_file_states_is_changed(desk: Desk) -> None:
    apply(desk, plan_of(HEADINGS, row("A-001", "一", note="旧", due="2026-12-01")))
    task = view(desk, "A-001").task
    desk.do(EditTask(task=task.id, settings=(Setting("description", "", "说明"),)))
    plan = plan_of(("任务ID", "任务名称", "备注"), ("A-001", "新的一", ""))
    [change] = preview(desk, plan).changes
    assert [(one.field, one.old, one.new) for one in change.differences] == [
        ("title", "一", "新的一")
    ]
    assert apply(desk, plan).changed == 1
    found = view(desk, "A-001").task
    assert (found.title, found.note, found.description) == ("新的一", "旧", "说明")
    assert (found.due, found.slips) == (task.due, 0)


def test_every_difference_is_shown_and_made(desk: Desk) -> None:
    desk.do(AddPerson(handle="li", name="李雷"))
    table = (
        "任务ID",
        "任务名称",
        "发起人",
        "负责人",
        "协作人",
        "目标",
        "任务类型",
        "优先级",
        "截止日期",
    )
    table = (*table, "当前状态", "备注", "风险说明", "交付物", "当前进度")
    before = ("A-001", "一", "赵", "赵", "甲", "目标一", "专项任务", "低", "2026-12-01")
    before = (*before, "进行中", "注", "险", "《一》", "10%")
    after = ("A-001", "二", "李雷", "@li", "乙", "目标二", "巡检", "高", "2026-12-09")
    after = (*after, "阻塞:等待法务", "注二", "险二", "《一》、《二》", "20%")
    apply(desk, plan_of(table, before))
    plan = plan_of(table, after)
    shown = preview(desk, plan)
    assert {one.field: (one.old, one.new) for one in shown.changes[0].differences} == {
        "title": ("一", "二"),
        "initiator": ("赵", "李雷"),
        "owner": ("赵", "li"),
        "collaborators": ("甲", "乙"),
        "value": ("目标一", "目标二"),
        "type": ("专项任务", "巡检"),
        "priority": ("low", "high"),
        "due": ("2026-12-01", "2026-12-09"),
        "blocked": ("", "等待法务"),
        "note": ("注", "注二"),
        "risk_note": ("险", "险二"),
        "deliverables": ("", "《二》"),
        "progress": ("10", "20"),
    }
    assert (shown.work_types_new, shown.people_new) == (("巡检",), ("乙",))
    apply(desk, plan)
    found = view(desk, "A-001")
    assert (found.task.title, found.task.type, found.task.slips) == ("二", "巡检", 1)
    assert found.spell is not None
    assert (found.spell.reason, found.spell.waiting_for) == ("等待法务", "法务")
    assert [found.name(one.person) for one in found.collaborators] == ["乙"]
    assert preview(desk, plan).empty


def test_known_people_are_met_by_handle_or_name_and_others_stand_in(desk: Desk) -> None:
    desk.do(AddPerson(handle="li", name="李雷"))
    rows = (row("A-001", owner="LI"), row("A-002", owner="李雷"), row("A-003", owner="*雷"))
    plan = plan_of(HEADINGS, *rows, row("A-004", owner="*雷"))
    shown = preview(desk, plan)
    assert shown.people_new == ("*雷",)
    assert [(one.label, one.handle) for one in shown.people_matched] == [
        ("LI", "li"),
        ("李雷", "li"),
    ]
    assert apply(desk, plan).people == 1
    found = [view(desk, f"A-00{number}").task.owner for number in (1, 2, 3, 4)]
    assert found[0] == found[1] != found[2] == found[3]


def test_a_merged_placeholder_is_found_again(desk: Desk) -> None:
    plan = plan_of(HEADINGS, row("A-001", owner="*雷"))
    apply(desk, plan)
    stand_in = view(desk, "A-001").task.owner
    real = desk.do(AddPerson(handle="li", name="李雷")).id
    desk.do(MergePerson(placeholder=stand_in or 0, person=real))
    assert preview(desk, plan).empty
    later = plan_of(HEADINGS, row("A-001", owner="*雷"), row("A-002", owner="*雷"))
    assert preview(desk, later).people_new == ()
    apply(desk, later)
    assert view(desk, "A-002").task.owner == real


def test_a_name_that_two_share_is_neither(quick: Desk) -> None:
    for handle in ("li", "li2"):
        quick.do(AddPerson(handle=handle, name="李"))
    plan = plan_of(HEADINGS, row("A-001", owner="李"))
    shown = preview(quick, plan)
    assert "name-shared" in codes(plan, shown.doubts)
    assert shown.people_new == ("李",)
    apply(quick, plan)
    assert preview(quick, plan).empty
    quick.do(AssignTask(task=1, owner=2, seen=view(quick, "A-001").task.owner))
    assert preview(quick, plan).empty


def test_begun_work_without_an_owner_goes_to_who_started_it(quick: Desk) -> None:
    table = ("任务ID", "任务名称", "发起人", "负责人", "状态")
    plan = plan_of(table, ("A-001", "一", "*强", "", "进行中"), ("A-002", "二", "", "", "待验收"))
    assert codes(plan, apply(quick, plan).doubts) == ["owner-assumed", "owner-assumed"]
    first, second = view(quick, "A-001"), view(quick, "A-002")
    assert first.name(first.task.owner) == "*强"
    assert second.name(second.task.owner) == "赵"
    assert preview(quick, plan).empty


def test_all_into_one_project(desk: Desk) -> None:
    desk.do(CreateTask(project=1, title="自己的", key="T001"))
    desk.do(AddProject(key="NEW", name="新项目"))
    plan = plan_of(HEADINGS, row("T001", "别人的"), row("NEW-007", "合适"), row("", "无号"))
    apply(desk, plan, project="新项目")
    assert view(desk, "T001").task.title == "自己的"
    found = {line[1]: line[0] for line in lines(desk, "T0-1")}
    assert found == {"自己的": "T001", "别人的": "NEW-008", "合适": "NEW-007", "无号": "NEW-009"}
    assert view(desk, "NEW-008").task.external_id == "T001"
    assert preview(desk, plan, project="NEW").empty
    with pytest.raises(NotFound):
        preview(desk, plan, project="none")


def test_a_task_made_here_is_not_overwritten_by_another_of_that_id(store_url: str) -> None:
    with team(store_url) as desk:
        desk.do(CreateTask(project=1, title="自己的"))
        plan = plan_of(HEADINGS, row("T001", "别人的", note="注"), row("T001-01", "步骤"))
        shown = preview(desk, plan)
        assert [(one.code, one.value) for one in shown.doubts if one not in plan.doubts] == [
            ("id-taken-here", "T001")
        ]
        assert (len(shown.creates), shown.changes) == (2, ())
        apply(desk, plan)
        own, other = view(desk, "T001").task, view(desk, "T002").task
        assert (own.title, other.title) == ("自己的", "别人的")
        assert (own.key, own.external_id, own.note, own.version) == ("T001", "", "", 1)
        assert (other.key, other.external_id, other.note) == ("T002", "T001", "注")
        [step] = view(desk, "T002").subtasks
        assert (step.title, view(desk, "T001").subtasks) == ("步骤", ())

        assert (preview(desk, plan).empty, preview(desk, plan).doubts) == (True, plan.doubts)
        assert apply(desk, plan).last == 0
        later = plan_of(HEADINGS, row("T001", "改名", note="注"))
        assert [one.key for one in preview(desk, later).changes] == ["T002"]


def test_progress_of_another_task_is_not_told_of_ours(quick: Desk) -> None:
    quick.do(CreateTask(project=1, title="自己的"))
    plan = plan_of(UPDATES, ("T001", "", "别人的", "赵", "60", "做了", "", "", "2026-11-10"))
    apply(quick, plan)
    assert (view(quick, "T001").task.progress, view(quick, "T001").updates) == (0, ())
    assert view(quick, "T002").task.progress == 60
    ours = plan_of(UPDATES, ("T001", "", "自己的", "赵", "30", "做了", "", "", "2026-11-10"))
    apply(quick, ours)
    assert view(quick, "T001").task.progress == 30


def test_a_task_made_here_takes_the_id_of_a_row_with_its_title(store_url: str) -> None:
    with team(store_url) as desk:
        desk.do(CreateTask(project=1, title="Weekly Ｒeport"))
        same = plan_of(("任务ID", "任务名称"), ("T001", "weekly report"))
        [change] = preview(desk, same).changes
        assert [one.field for one in change.differences] == ["title", "external_id"]
        assert (apply(desk, same).changed, preview(desk, same).empty) == (1, True)
        renamed = plan_of(("任务ID", "任务名称"), ("T001", "Month"))
        apply(desk, renamed)
        task = view(desk, "T001").task
        assert (task.title, task.external_id) == ("Month", "T001")


def test_rows_without_an_id_are_known_by_their_title(desk: Desk) -> None:
    plan = plan_of(
        ("任务名称", "负责人"), ("周报", "甲"), ("周报", "乙"), ("月报", "甲"), name="组.csv"
    )
    assert apply(desk, plan).created == 3
    assert preview(desk, plan).empty
    assert codes(plan, preview(desk, plan).doubts) == ["project-assumed"] * 3


def test_an_import_accepts_and_reopens_nothing(desk: Desk) -> None:
    apply(desk, plan_of(HEADINGS, row("A-001", status="进行中"), row("A-002", status="已完成")))
    plan = plan_of(HEADINGS, row("A-001", status="已完成"), row("A-002", status="进行中"))
    shown = preview(desk, plan)
    assert codes(plan, shown.doubts) == ["deliverable-needed", "state-kept"]
    assert shown.empty
    told = ("交付物", *HEADINGS)
    plan = plan_of(
        told, ("报告", *row("A-001", status="已完成")), ("", *row("A-002", status="进行中"))
    )
    shown = preview(desk, plan)
    assert codes(plan, shown.doubts) == ["done-needs-acceptance", "state-kept"]
    done = apply(desk, plan)
    assert done.changed == 1
    assert view(desk, "A-001").task.state is State.REVIEW
    assert view(desk, "A-002").task.state is State.DONE
    assert preview(desk, plan).empty


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("未开始", "待验收", State.REVIEW),
        ("进行中", "未开始", State.TODO),
        ("待验收", "进行中", State.DOING),
        ("草稿", "进行中", State.DOING),
        ("未开始", "已取消:不做了", State.CANCELLED),
        ("已完成", "已归档", State.ARCHIVED),
        ("已取消", "已取消", State.CANCELLED),
    ],
)
def test_the_file_moves_tasks_along_the_workflow(
    quick: Desk, before: str, after: str, state: State
) -> None:
    told = (*HEADINGS, "交付物")
    apply(quick, plan_of(told, (*row("A-001", status=before), "报告")))
    plan = plan_of(told, (*row("A-001", status=after), "报告"))
    assert apply(quick, plan).doubts == ()
    assert view(quick, "A-001").task.state is state
    assert preview(quick, plan).empty


def test_ones_own_work_that_comes_in_done_is_a_doubt(quick: Desk) -> None:
    """Somebody accepted it elsewhere, as the table says; here nobody did."""
    me = quick.me()
    assert me is not None
    told = ("已完成", "已归档", "进行中")
    rows = [row(f"A-00{number}", owner=me.name, status=said) for number, said in enumerate(told, 1)]
    plan = plan_of(HEADINGS, *rows, row("A-004", owner="*明", status="已完成"))
    assert codes(plan, preview(quick, plan).doubts) == ["own-done", "own-done"]
    apply(quick, plan)
    assert view(quick, "A-001").task.accepted_by is None


def test_what_hands_nothing_over_stays_in_progress(quick: Desk) -> None:
    apply(quick, plan_of(HEADINGS, row("A-001", status="未开始")))
    for said in ("待验收", "已完成"):
        plan = plan_of(HEADINGS, row("A-001", status=said))
        assert codes(plan, apply(quick, plan).doubts) == ["deliverable-needed"]
        assert view(quick, "A-001").task.state is State.DOING
        assert preview(quick, plan).empty


def test_another_persons_submission_is_not_withdrawn(quick: Desk) -> None:
    apply(quick, plan_of(HEADINGS, row("A-001", owner="*明", status="待验收")))
    plan = plan_of(HEADINGS, row("A-001", owner="*明", status="进行中"))
    assert codes(plan, apply(quick, plan).doubts) == ["state-kept"]
    assert view(quick, "A-001").task.state is State.REVIEW


def test_a_file_does_not_begin_what_must_be_clear_first(quick: Desk) -> None:
    quick.do(AddProject(key="A", name="A", rules={"clarity": "required"}))
    apply(quick, plan_of(HEADINGS, row("A-001", status="未开始")))
    plan = plan_of(HEADINGS, row("A-001", status="进行中"))
    assert codes(plan, apply(quick, plan).doubts) == ["state-kept"]
    assert view(quick, "A-001").task.state is State.TODO


def test_a_hard_limit_holds_for_moves(quick: Desk) -> None:
    quick.do(AddProject(key="A", name="A", wip={State.DOING: 1}, wip_hard=True))
    rows = [row(f"A-00{number}", str(number), status="未开始") for number in (1, 2)]
    apply(quick, plan_of(HEADINGS, *rows))
    rows = [row(f"A-00{number}", str(number), status="进行中") for number in (1, 2)]
    plan = plan_of(HEADINGS, *rows)
    assert codes(plan, apply(quick, plan).doubts) == ["state-kept"]
    assert [view(quick, f"A-00{number}").task.state for number in (1, 2)] == [
        State.DOING,
        State.TODO,
    ]


def test_a_full_column_lets_new_work_wait(desk: Desk) -> None:
    desk.do(AddProject(key="A", name="A", wip={State.DOING: 1}, wip_hard=True))
    rows = [row(f"A-00{number}", str(number), status="进行中") for number in (1, 2)]
    plan = plan_of(HEADINGS, *rows)
    done = apply(desk, plan)
    assert (done.created, codes(plan, done.doubts)) == (2, ["state-kept"])
    assert view(desk, "A-002").task.state is State.TODO
    again = apply(desk, plan)
    assert (again.changed, again.last) == (0, 0)


def test_blocked_and_delayed_come_and_go(desk: Desk) -> None:
    first = plan_of(
        HEADINGS, row("A-001", status="延迟:需求变更,预计12月1日完成"), row("A-002", status="阻塞")
    )
    apply(desk, first)
    late, stuck = view(desk, "A-001"), view(desk, "A-002")
    assert late.task.delay_reason == "需求变更,预计12月1日完成"
    assert late.task.expected is not None
    assert late.task.expected.date() == date(2026, 12, 1)
    assert stuck.spell is not None
    assert preview(desk, first).empty
    second = plan_of(HEADINGS, row("A-001", status="进行中"), row("A-002", status="进行中"))
    apply(desk, second)
    late, stuck = view(desk, "A-001"), view(desk, "A-002")
    assert (late.task.delay_reason, late.task.expected) == ("", None)
    assert (stuck.spell, stuck.task.blocked_since) == (None, None)


UPDATES = (
    "子任务ID",
    "所属主任务ID",
    "子任务名称",
    "负责人",
    "今日进度(%)",
    "已完成工作",
    "下一步计划",
)
UPDATES = (*UPDATES, "遇到的问题及所需支持", "更新日期")


def told(day: str, progress: str, *, person: str = "*明", done: str = "做了") -> tuple[str, ...]:
    return ("B-001-01", "B-001", "问卷", person, progress, done, "", "", day)


def test_updates_of_older_days_are_history(desk: Desk) -> None:
    plan = plan_of(UPDATES, told("2026-11-10", "80"), told("2026-11-03", "30", person="*华"))
    done = apply(desk, plan)
    assert done.created == 4  # the parent, the subtask and two updates
    found = view(desk, "B-001-01")
    assert found.task.progress == 80
    assert [(one.day.day, one.progress, found.name(one.person)) for one in found.updates] == [
        (10, 80, "*明"),
        (3, 30, "*华"),
    ]
    assert (found.parent and found.parent.title, found.name(found.task.owner)) == ("B-001", "*明")
    assert preview(desk, plan).empty

    later = plan_of(UPDATES, told("2026-11-10", "80"), told("2026-11-05", "50", person="*华"))
    assert apply(desk, later).created == 1
    found = view(desk, "B-001-01")
    assert (found.task.progress, found.name(found.task.owner)) == (80, "*明")

    named = plan_of(HEADINGS, row("B-001", "调研报告", owner="*强"))
    assert apply(desk, named).changed == 1
    assert view(desk, "B-001").task.title == "调研报告"


def test_an_update_of_a_day_to_come_is_skipped(quick: Desk) -> None:
    plan = plan_of(UPDATES, told("2026-11-21", "80"))
    assert [one.code for one in preview(quick, plan).skipped] == ["day-in-future"]
    assert apply(quick, plan).skipped == 1


def test_sync_entries_are_added_once(desk: Desk) -> None:
    table = ("同步日期", "同步主题", "同步内容", "同步发起人", "同步对象", "附件/参考", "备注")
    entry = ("2026-11-10", "接口", "问题:超时", "*明", "技术组、客户部", "/", "")
    plan = plan_of(table, entry, entry)
    assert apply(desk, plan).created == 2
    assert preview(desk, plan).empty
    other = plan_of(table, ("2026-11-10", "接口", "问题:超时", "*华", "", "", ""))
    assert apply(desk, other).created == 1


def test_nothing_is_kept_of_an_import_that_is_refused(desk: Desk) -> None:
    desk.do(AddPerson(handle="guest", name="客", role=Role.OBSERVER))
    mark = desk.mark()
    plan = plan_of(HEADINGS, row("A-001", owner="*新"))
    guest = desk.acting("guest", clock=desk.clock)
    with pytest.raises(Rejected):
        apply(guest, plan)
    stranger = desk.acting("nobody", clock=desk.clock)
    assert preview(stranger, plan).people_new == ("*新",)
    with pytest.raises(Rejected):
        apply(stranger, plan)
    assert desk.mark() == mark
    assert preview(desk, plan).people_new == ("*新",)


def test_overlong_and_odd_values_are_cut_and_never_fatal(desk: Desk) -> None:
    rows = [
        row("L" * 400 + "-1", "题" * 900, owner="名" * 300, status="进行中:" + "注" * 900),
        row("A-1", "\u200b看得见", owner="\u200b", status="阻塞:\u200b", note="n" * 12_000),
        row("中文 空格", "标题", owner="Dev/Ops", status="未知状态"),
        row("2024", "号", owner="a b", status="已完成:已提交验收"),
    ]
    table = (*HEADINGS, "任务类型", "风险说明", "关联项目/目标", "验收标准", "交付物")
    more = ("型" * 90, "险\n" * 400, "目\n" * 400, "准;" * 3 + "x" * 900, "《y》")
    plan = plan_of(table, *((*one, *more) for one in rows))
    apply(desk, plan)
    assert preview(desk, plan).changes == ()
    assert preview(desk, plan).creates == ()
    cuts = [one.read_as for one in preview(desk, plan).doubts if one.cell.startswith("2:")]
    assert cuts == ["external_id", "owner", "type", "risk_note", "status_note"]


def test_a_subtask_stays_with_its_parent(quick: Desk) -> None:
    table = ("任务ID", "任务名称", "父任务")
    apply(quick, plan_of(table, ("A-1", "一", ""), ("A-2", "二", "A-1"), ("A-3", "三", "Z-9")))
    assert [line[0] for line in lines(quick, "T0-1")] == ["A-1", "A-2", "Z-9", "A-3"]
    plan = plan_of(table, ("A-1", "一", ""), ("A-2", "二", "A-3"))
    shown = preview(quick, plan)
    assert (codes(plan, shown.doubts), shown.empty) == (["parent-kept"], True)


def test_a_look_is_good_until_the_store_moves_on(quick: Desk) -> None:
    plan = plan_of(HEADINGS, row("K-1"), row("K-2", owner="钱"))
    looked = look(quick, plan)
    assert looked.preview == preview(quick, plan)
    apply(quick, plan)  # somebody else was faster
    done = apply(quick, plan, looked=looked)
    assert (done.created, done.changed, done.unchanged) == (0, 0, 2)


def test_a_look_spares_the_second_weighing_and_is_good_once(
    quick: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(HEADINGS, row("K-1"), row("K-2", owner="钱"))
    asked: list[str] = []
    ask = Desk.ask

    def counted(desk: Desk, question: Any, *values: Any, **named: Any) -> Any:
        asked.append(question.__name__)
        return ask(desk, question, *values, **named)

    monkeypatch.setattr(Desk, "ask", counted)
    looked = look(quick, plan)
    done = apply(quick, plan, looked=looked)
    assert done.created == 2
    assert asked.count("tasks_called") == 1
    again = apply(quick, plan, looked=looked)
    assert (again.created, again.unchanged) == (0, 2)
    assert asked.count("tasks_called") == 2
