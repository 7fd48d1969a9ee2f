"""Create, edit and assign: what is stored, what is refused, what stands in the log."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pendulum
import pytest

from core.clock import SetClock
from core.commands.closing import ArchiveTask, CancelTask, RestoreTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.handlers import FAMILIES
from core.commands.importing import ImportTask
from core.commands.moving import MoveTask
from core.commands.parts import AddDeliverable
from core.commands.people import AddPerson
from core.commands.projects import AddProject, EditProject
from core.commands.tasks import CreateTask
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Project
from core.domain.refusals import BadValue, Conflict, NotFound, Rejected
from core.domain.reviews import Review
from core.domain.status import Priority, State
from core.policies.calendar import calendar_named
from core.policies.clocks import due_instant
from core.store.tables import TaskTable
from tests.office import MORNING, Office

DUE = datetime(2024, 3, 29, 10, tzinfo=UTC)


def test_what_is_archived_or_cancelled_is_not_edited(office: Office) -> None:
    done, cancelled = office.task(state=State.DONE), office.task()
    office.do(edit(done, note=("", "erledigt")))
    assert office.last().kind == "task-edited"
    office.do(ArchiveTask(task=done, seen=State.DONE, actual="达成"))
    office.do(CancelTask(task=cancelled, seen=State.TODO, reason="r"))
    for task in (done, cancelled):
        assert office.refused(edit(task, title=("用户画像分析", "x"))).code == "task-closed"
        assert office.refused(AddDeliverable(task=task, name="d")).code == "task-closed"
    office.do(RestoreTask(task=cancelled))
    office.do(edit(cancelled, title=("用户画像分析", "x")))


def test_only_an_import_writes_down_what_is_done(office: Office) -> None:
    command = CreateTask(project=office.project, title="t", state=State.DONE)
    assert office.refused(command).code == "verdict-needed"
    office.do(ImportTask(task=command))
    assert office.last().changes["imported"] == [None, True]
    assert "ImportTask" not in FAMILIES


def test_a_day_beyond_the_calendar_is_a_refusal() -> None:
    with pytest.raises(BadValue) as caught:
        due_instant(date(9999, 12, 31), calendar_named("china"))
    assert caught.value.facts["reason"] == "year"


def edit(task: TaskId, *, reason: str = "", **fields: tuple[object, object]) -> EditTask:
    """An edit from (seen, value) by field name."""
    settings = tuple(Setting(name, seen, value) for name, (seen, value) in fields.items())
    return EditTask(task=task, settings=settings, reason=reason)


def test_a_task_is_stored_with_all_its_fields(office: Office) -> None:
    made = office.do(
        CreateTask(
            project=office.project,
            title="  用户画像  分析 ",
            external_id="CSAT-7",
            description="第一行\r\n第二行",
            background="b",
            outcome="o",
            value="v",
            type="专项任务",
            urgent=True,
            priority=Priority.HIGH,
            owner=office.li,
            acceptor=office.zhao,
            start=date(2024, 3, 25),
            due=DUE,
            progress=20,
            status_note="s",
            risk_note="r",
            note="n",
        )
    )
    task = office.get(TaskId(made.id))
    assert (made.name, task.key, task.title) == ("T001", "T001", "用户画像 分析")
    assert task.description == "第一行\n第二行"
    assert (task.owner, task.acceptor, task.initiator) == (office.li, office.zhao, office.wang)
    assert (task.start, task.due, task.baseline_due) == (date(2024, 3, 25), DUE, DUE)
    assert (task.type, task.urgent, task.priority) == ("专项任务", True, Priority.HIGH)
    assert (task.progress, task.version, task.created) == (20, 1, MORNING)
    assert task.updated is None
    said = office.last()
    assert (said.kind, said.actor, said.task) == ("task-created", office.wang, task.id)
    assert said.changes["state"] == [None, "todo"]


def test_a_task_that_begins_in_review_has_its_round(office: Office) -> None:
    task = office.task(state=State.REVIEW, owner=office.li)
    assert office.get(task).round == 1
    assert [(one.task, one.round) for one in office.all(Review)] == [(task, 1)]


BAD_VALUES = (
    ({"title": " "}, "title", "empty"),
    ({"title": "a\x1b[2J"}, "title", "control"),
    ({"title": "a\x00"}, "title", "nul"),
    ({"title": "a\udcff"}, "title", "surrogate"),
    ({"title": "x" * 501}, "title", "too-long"),
    ({"type": "旅行"}, "type", "unknown-type"),
    ({"due": datetime(2024, 3, 25)}, "due", "no-zone"),  # noqa: DTZ001
    ({"due": datetime(1999, 3, 25, tzinfo=UTC)}, "due", "year"),
    ({"start": date(2101, 1, 1)}, "start", "year"),
    ({"progress": 101}, "progress", "percent"),
    ({"priority": "now"}, "priority", "unknown"),
    ({"state": State.ARCHIVED}, "state", "unknown"),
    ({"key": "x" * 101}, "key", "too-long"),
    ({"project": None}, "project", "empty"),
)


def test_bad_values_are_named(office: Office) -> None:
    for fields, field, reason in BAD_VALUES:
        command = replace(CreateTask(project=office.project, title="t"), **fields)
        refusal = office.refused(command)
        assert isinstance(refusal, BadValue)
        assert (refusal.facts["field"], refusal.facts["reason"]) == (field, reason)


def test_what_is_not_there_is_not_found(office: Office) -> None:
    for command in (
        CreateTask(project=ProjectId(99), title="t"),
        CreateTask(parent=TaskId(99), title="t"),
        CreateTask(project=office.project, title="t", owner=PersonId(99)),
        edit(TaskId(99), title=("", "x")),
    ):
        assert isinstance(office.refused(command), NotFound)


def test_work_that_has_begun_has_an_owner(office: Office) -> None:
    refusal = office.refused(CreateTask(project=office.project, title="t", state=State.DOING))
    assert (refusal.code, refusal.facts["key"]) == ("owner-needed", "t")


def test_keys_follow_the_pattern(office: Office) -> None:
    assert [office.get(office.task()).key for _ in range(2)] == ["T001", "T002"]
    parent = office.task()
    assert office.get(office.task(parent=parent)).key == "T003-01"
    assert office.get(office.task(parent=parent)).key == "T003-02"
    pattern = "{key}{year}-{seq:03}"
    yearly = office.do(AddProject(key="产品迭代", name="产品", pattern=pattern)).id
    assert office.get(office.task(project=yearly)).key == "产品迭代2024-001"
    # New Year comes eight hours earlier to Shanghai than to UTC.
    office.clock.at = datetime(2024, 12, 31, 17, tzinfo=UTC)
    child = office.task(parent=office.task(project=yearly))
    assert office.get(child).key == "产品迭代2025-001-01"


def test_a_foreign_key_reserves_its_number(office: Office) -> None:
    office.task(key="T007")
    assert office.get(office.task()).key == "T008"
    office.task(key="T003")
    assert office.get(office.task()).key == "T009"
    office.task(key="T99999999999999999999")
    assert office.get(office.task()).key == "T010"
    assert office.refused(CreateTask(project=office.project, title="t", key="T007")).facts == {
        "field": "key",
        "value": "T007",
        "reason": "taken",
    }


def test_a_foreign_key_of_a_later_year_reserves_in_that_year(office: Office) -> None:
    pattern = "{key}{year}-{seq:03}"
    yearly = office.do(AddProject(key="P", name="P", pattern=pattern)).id
    office.task(project=yearly, key="P2025-004")
    assert office.get(office.task(project=yearly)).key == "P2024-001"
    office.clock.move(timedelta(days=365))
    assert office.get(office.task(project=yearly)).key == "P2025-005"


def test_a_generated_key_steps_over_a_taken_one(office: Office) -> None:
    parent = office.task()
    office.task(key="T001-01")
    assert office.get(office.task(parent=parent)).key == "T001-02"


def test_a_pattern_that_was_stored_by_hand_is_refused(office: Office) -> None:
    office.task()
    pattern = office.all(Project)[0].pattern
    for stored in ("{key}", pattern):
        with office.store.writing():
            office.store.sql(f"UPDATE project SET pattern = '{stored}'")
        if stored != pattern:
            refusal = office.refused(CreateTask(project=office.project, title="又一个"))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("pattern", "pattern")


def test_a_pattern_that_cannot_count_is_refused(office: Office) -> None:
    for pattern in ("T", "{seq}{seq}", "{key:03}-{seq}", "{seq:3}", "{x}{seq}", "{"):
        refusal = office.refused(AddProject(key="Q", name="Q", pattern=pattern))
        assert refusal.facts["reason"] == "pattern"


def test_many_subtasks_warn_once(office: Office) -> None:
    parent = office.task()
    warned = [
        [one.code for one in office.do(CreateTask(parent=parent, title="t")).warnings]
        for _ in range(5)
    ]
    assert warned == [[], [], [], ["many-subtasks"], []]


def test_two_members_edit_different_fields(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(edit(task, title=("用户画像分析", "客户访谈")), by="li")
    office.do(edit(task, priority=(Priority.MEDIUM, Priority.HIGH)))
    now = office.get(task)
    assert (now.title, now.priority, now.version) == ("客户访谈", Priority.HIGH, 3)
    assert office.last().changes == {"priority": ["medium", "high"]}


def test_two_members_edit_the_same_field(office: Office) -> None:
    task = office.task(owner=office.li)
    office.do(edit(task, title=("用户画像分析", "客户访谈")), by="li")
    refusal = office.refused(edit(task, title=("用户画像分析", "问卷")))
    assert isinstance(refusal, Conflict)
    assert refusal.facts == {
        "key": "T001",
        "field": "title",
        "seen": "用户画像分析",
        "now": "客户访谈",
    }
    assert office.get(task).title == "客户访谈"
    # Both wanting the same is no clash, and nothing new either.
    assert office.do(edit(task, title=("用户画像分析", "客户访谈"))).last == 0


def test_an_edit_is_kept_whole_or_not_at_all(office: Office) -> None:
    task = office.task()
    refusal = office.refused(edit(task, title=("用户画像分析", "x"), priority=("medium", "now")))
    assert refusal.facts["field"] == "priority"
    assert office.get(task).title == "用户画像分析"
    assert office.refused(edit(task, state=("todo", "done"))).facts["reason"] == "not-editable"


def test_a_moved_due_is_a_slip(office: Office) -> None:
    task = office.task()
    office.do(edit(task, due=(None, DUE)))
    later = DUE + timedelta(days=3)
    seen = DUE.astimezone(ZoneInfo("Asia/Shanghai"))
    office.do(edit(task, due=(seen, later), reason="资料未到"))
    now = office.get(task)
    assert (now.due, now.baseline_due, now.slips) == (later, DUE, 1)
    assert office.last().changes["due"] == [DUE.isoformat(), later.isoformat()]


def test_assigning(office: Office) -> None:
    task = office.task()
    office.do(AssignTask(task=task, owner=office.li, seen=None, reason="熟悉"))
    said = office.last()
    assert (said.kind, said.changes, said.reason) == (
        "task-assigned",
        {"owner": [None, office.li]},
        "熟悉",
    )
    refusal = office.refused(AssignTask(task=task, owner=office.zhao, seen=None))
    assert isinstance(refusal, Conflict)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO))
    assert office.refused(AssignTask(task=task, owner=None, seen=office.li)).code == "owner-needed"
    assert office.get(task).owner == office.li


def test_nobody_assigns_what_has_ended(office: Office) -> None:
    task = office.task(state=State.DONE)
    refusal = office.refused(AssignTask(task=task, owner=office.li, seen=None))
    assert (refusal.code, refusal.facts["state"]) == ("task-closed", "done")


def test_a_command_id_is_applied_once(office: Office) -> None:
    number = UUID("12345678-1234-5678-1234-567812345678")
    command = CreateTask(project=office.project, title="一次")
    first = office.desk.do(command, command_id=number)
    again = office.desk.do(command, command_id=number)
    assert not first.repeated
    assert again == first._replace(repeated=True)
    assert office.column(State.TODO) == ["一次"]
    with pytest.raises(Conflict) as caught:
        office.desk.do(replace(command, title="另一个"), command_id=number)
    assert caught.value.code == "command-id-used"


def test_a_command_id_is_applied_once_within_a_transaction(office: Office) -> None:
    number = str(uuid4())
    command = CreateTask(project=office.project, title="一次")
    with office.desk.together() as send:
        first = send(command, number=number)
        again = send(command, number=number)
    assert (again.id, again.repeated) == (first.id, True)


def test_a_repeated_command_tells_its_warnings_again(office: Office) -> None:
    office.do(EditProject(project=office.project, wip={State.TODO: 1}))
    office.task()
    number = uuid4()
    command = CreateTask(project=office.project, title="t")
    first = office.desk.do(command, command_id=number)
    assert office.desk.do(command, command_id=number).warnings == first.warnings
    assert first.warnings[0].facts == {"state": "todo", "cards": 2, "limit": 1}


def test_several_commands_together_are_one_transaction(office: Office) -> None:
    before = office.desk.mark()

    def send_both() -> None:
        with office.desk.together() as send:
            send(CreateTask(project=office.project, title="一"))
            send(CreateTask(project=office.project, title=""))

    with pytest.raises(BadValue):
        send_both()
    assert office.desk.mark() == before
    assert office.column(State.TODO) == []


def test_a_refusal_that_is_swallowed_keeps_nothing_either(office: Office) -> None:
    def go_on_regardless() -> None:
        with office.desk.together() as send:
            send(CreateTask(project=office.project, title="一"))
            try:
                send(CreateTask(project=office.project, title=""))
            except BadValue:
                send(CreateTask(project=office.project, title="二"))

    with pytest.raises(BadValue):
        go_on_regardless()
    assert office.column(State.TODO) == []
    assert office.get(office.task()).key == "T001"


def test_what_is_asked_within_a_transaction_sees_it(office: Office) -> None:
    with office.desk.together() as send:
        first = send(CreateTask(project=office.project, title="一"))
        assert office.desk.mark() == first.last
        assert office.column(State.TODO) == ["一"]
        office.do(CreateTask(project=office.project, title="二"))
        second = send(CreateTask(project=office.project, title="三"))
    assert office.desk.mark() == second.last == first.last + 2
    assert office.column(State.TODO) == ["一", "二", "三"]


def test_observers_look_on(office: Office) -> None:
    refusal = office.refused(CreateTask(project=office.project, title="t"), by="sun")
    assert (refusal.code, refusal.facts) == ("observer", {"person": "sun"})


def test_a_stranger_changes_nothing(office: Office) -> None:
    task = office.task()
    for command in (
        CreateTask(project=office.project, title="t"),
        edit(task, title=("用户画像分析", "x")),
        EditProject(project=office.project, name="x"),
        AddPerson(handle="somebody", name="x"),
    ):
        refusal = office.refused(command, by="stranger")
        assert isinstance(refusal, Rejected)
        assert (refusal.code, refusal.facts) == ("unknown-actor", {"person": "stranger"})


SIX_ZONES = (
    UTC,
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Pacific/Chatham"),
    timezone(timedelta(hours=-3, minutes=-30)),
)


def test_the_same_instant_from_six_zones_is_one_stored_value(office: Office) -> None:
    for zone in SIX_ZONES:
        office.task(due=DUE.astimezone(zone))
    office.task(due=pendulum.datetime(2024, 3, 29, 18, tz="Asia/Shanghai"))
    query = TaskTable.select(TaskTable.due).distinct()
    assert office.store.rows(query) == [(1711706400000000,)]


def test_pendulum_values_are_taken(office: Office) -> None:
    day = pendulum.date(2024, 3, 25)
    office.by("wang").clock = SetClock(pendulum.datetime(2024, 3, 25, tz="Asia/Shanghai"))
    task = office.task(start=day, due=pendulum.datetime(2024, 3, 29, 18, tz="Asia/Shanghai"))
    now = office.get(task)
    assert (now.start, now.due) == (date(2024, 3, 25), DUE)
    assert type(now.start) is date
