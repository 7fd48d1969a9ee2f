"""Early warnings and the later dues that they ask for (R78, R79, R89, D6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.commands.closing import CancelTask
from core.commands.editing import EditTask, Setting
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, EditDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.warning import (
    ExtendDue,
    GrantExtension,
    RefuseExtension,
    WarnDelay,
    WithdrawWarning,
)
from core.domain.ids import DepartmentId, PartId, TaskId
from core.domain.refusals import Conflict
from core.domain.status import Role, State, SyncKind
from core.domain.synclog import SyncAudience, SyncEntry
from core.domain.timers import Timer, TimerRule
from core.domain.trouble import DelayReason, Extension, RequestState
from tests.office import MORNING, Office

DUE = datetime(2024, 3, 29, 10, 0, tzinfo=UTC)
"""Friday at closing."""
LATER = datetime(2024, 4, 2, 10, 0, tzinfo=UTC)


def warn(task: TaskId, **fields: Any) -> WarnDelay:
    given = {"code": DelayReason.MATERIAL, "reason": "资料未到", "expected": LATER}
    return WarnDelay(task=task, **{**given, **fields})


def asked(office: Office, **fields: Any) -> tuple[TaskId, PartId]:
    """li's task in progress, with an open request."""
    task = office.doing(due=DUE, **fields)
    return task, PartId(office.do(warn(task), by="li").id)


def extension(office: Office, number: PartId) -> Extension:
    found: Extension = next(one for one in office.all(Extension) if one.id == number)
    return found


def open_timers(office: Office) -> list[Timer]:
    return [one for one in office.all(Timer) if one.ended is None]


def counted(office: Office, task: TaskId) -> int:
    """What the task itself says of its timers."""
    sql = f"SELECT timers FROM task WHERE id = {task}"
    number: int = office.desk.ask(lambda store: store.sql(sql).fetchone())[0]
    return number


def test_a_warning_is_kept_and_asks_for_a_later_due(office: Office) -> None:
    task, number = asked(office)
    kept = extension(office, number)
    assert (kept.state, kept.old_due, kept.new_due) == (RequestState.ASKED, DUE, LATER)
    assert (kept.asked, kept.asked_by, kept.reason) == (MORNING, office.li, "资料未到")
    now = office.get(task)
    assert (now.due, now.delay_reason, now.expected, now.slips) == (DUE, "资料未到", LATER, 0)
    said = office.last()
    assert (said.kind, said.reason) == ("delay-warned", "资料未到")
    assert said.changes == {
        "code": [None, "material"],
        "expected": [DUE.isoformat(), LATER.isoformat()],
    }


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-09-13 16:00", "2024-09-14 16:00"),
        ("2024-09-30 17:30", "2024-10-08 17:30"),
        ("2026-02-14 16:00", "2026-02-24 16:00"),
    ],
)
def test_the_lead_has_a_working_day_to_answer(office: Office, start: str, due: str) -> None:
    shanghai = timedelta(hours=8)
    office.clock.at = datetime.fromisoformat(start).replace(tzinfo=UTC) - shanghai
    task = office.doing()
    office.do(warn(task, expected=office.clock.at + timedelta(days=30)), by="li")
    (timer,) = open_timers(office)
    assert (timer.rule, timer.person) == (TimerRule.EXTENSION, None)
    assert timer.due == datetime.fromisoformat(due).replace(tzinfo=UTC) - shanghai
    assert counted(office, task) == 1


def test_urgent_work_counts_day_and_night(office: Office) -> None:
    office.clock.at = datetime(2024, 3, 29, 8, 0, tzinfo=UTC)
    office.do(warn(office.doing(urgent=True)), by="li")
    (timer,) = open_timers(office)
    assert (timer.due - timer.started, timer.urgent) == (timedelta(days=1), True)


def test_a_grant_moves_the_due_and_keeps_the_baseline(office: Office) -> None:
    task, number = asked(office)
    office.clock.at += timedelta(hours=3)
    office.do(GrantExtension(extension=number, note="已与客户协调"))
    now = office.get(task)
    assert (now.due, now.baseline_due, now.slips) == (LATER, DUE, 1)
    assert (now.delay_reason, now.expected) == ("", None)
    kept = extension(office, number)
    assert (kept.state, kept.decided_by, kept.answer) == (
        RequestState.GRANTED,
        office.wang,
        "已与客户协调",
    )
    assert kept.decided == office.clock.at
    assert open_timers(office) == []
    assert counted(office, task) == 0


def test_all_concerned_are_told_of_a_grant(office: Office) -> None:
    task = office.doing(due=DUE, acceptor=office.zhao, initiator=office.sun)
    office.do(AddCollaborator(task=task, person=office.zhao))
    number = PartId(office.do(warn(task), by="li").id)
    office.do(GrantExtension(extension=number))
    (entry,) = office.all(SyncEntry)
    assert (entry.kind, entry.task) == (SyncKind.DECISION, task)
    assert entry.topic == "T001 用户画像分析 · 2024-03-29 → 2024-04-02"
    assert entry.content == "资料未到"
    audience = [one.person for one in office.all(SyncAudience)]
    assert audience == [office.li, office.zhao, office.sun]
    kinds = [one.kind for one in office.events()[-2:]]
    assert sorted(kinds) == ["extension-granted", "sync-entry-added"]


def test_an_hour_is_named_where_it_is_not_closing(office: Office) -> None:
    task = office.doing(due=DUE - timedelta(hours=2))
    command = ExtendDue(task=task, due=LATER, reason="协调", seen=DUE - timedelta(hours=2))
    office.do(command)
    (entry,) = office.all(SyncEntry)
    assert entry.topic.endswith("· 2024-03-29 16:00 → 2024-04-02")


def test_a_long_title_leaves_room_for_the_dates(office: Office) -> None:
    task = office.doing(due=DUE, title="长" * 490)
    office.do(ExtendDue(task=task, due=LATER, reason="协调", seen=DUE))
    (entry,) = office.all(SyncEntry)
    assert len(entry.topic) <= 500
    assert entry.topic.endswith("· 2024-03-29 → 2024-04-02")


def test_a_refusal_keeps_the_due_and_the_mark(office: Office) -> None:
    task, number = asked(office)
    office.do(RefuseExtension(extension=number, reason="客户不同意"))
    now = office.get(task)
    assert (now.due, now.slips, now.delay_reason) == (DUE, 0, "资料未到")
    assert extension(office, number).answer == "客户不同意"
    assert office.last().reason == "客户不同意"
    assert open_timers(office) == []
    assert office.all(SyncEntry) == []
    # The owner may ask anew.
    office.do(warn(task), by="li")


def test_taking_a_warning_back(office: Office) -> None:
    task, number = asked(office)
    office.do(WithdrawWarning(extension=number), by="li")
    now = office.get(task)
    assert (now.due, now.delay_reason, now.expected) == (DUE, "", None)
    assert extension(office, number).state is RequestState.WITHDRAWN
    assert open_timers(office) == []


def test_a_request_is_answered_once(office: Office) -> None:
    _, number = asked(office)
    office.do(GrantExtension(extension=number))
    for command in (
        GrantExtension(extension=number),
        RefuseExtension(extension=number, reason="x"),
        WithdrawWarning(extension=number),
    ):
        refusal = office.refused(command)
        assert (refusal.code, refusal.facts["answer"]) == ("extension-decided", "granted")


def test_only_one_request_is_open(office: Office) -> None:
    task, _ = asked(office)
    assert office.refused(warn(task), by="li").code == "already-warned"


@pytest.mark.parametrize(
    ("fields", "named", "reason"),
    [
        ({"reason": "  "}, "reason", "empty"),
        ({"expected": DUE}, "expected", "not-later"),
        ({"expected": MORNING - timedelta(days=1)}, "expected", "gone-by"),
        ({"expected": datetime(2024, 4, 2, 10, 0)}, "expected", "no-zone"),  # noqa: DTZ001
        ({"code": "laziness"}, "code", "unknown"),
    ],
)
def test_bad_values_name_their_field(
    office: Office, fields: dict[str, Any], named: str, reason: str
) -> None:
    task = office.doing(due=DUE)
    refusal = office.refused(warn(task, **fields), by="li")
    assert (refusal.facts["field"], refusal.facts["reason"]) == (named, reason)


def test_who_may_warn(office: Office) -> None:
    task = office.doing(due=DUE)
    office.do(AddCollaborator(task=task, person=office.zhao))
    assert office.refused(warn(task), by="zhao").code == "not-allowed"
    office.do(UpdateProgress(task=task, progress=0, problems="要晚三天"), by="zhao")
    office.do(warn(task), by="li")


def test_a_supporting_department_may_say_so_but_not_ask(office: Office) -> None:
    design = DepartmentId(office.do(AddDepartment(name="设计部")).id)
    office.do(EditPerson(person=office.zhao, department=design))
    task = office.doing(due=DUE)
    office.do(AddCollaborator(task=task, department=design))
    assert office.refused(warn(task), by="zhao").code == "not-allowed"
    office.do(UpdateProgress(task=task, progress=0, problems="要晚三天"), by="zhao")


def test_only_leads_decide(office: Office) -> None:
    task, number = asked(office)
    commands = (
        GrantExtension(extension=number),
        RefuseExtension(extension=number, reason="x"),
        ExtendDue(task=task, due=LATER, reason="x", seen=DUE),
    )
    for command in commands:
        assert office.refused(command, by="li").code == "not-allowed"
    office.do(EditPerson(person=office.zhao, role=Role.LEAD))
    office.do(commands[0], by="zhao")


def test_the_departments_lead_decides_too(office: Office) -> None:
    design = DepartmentId(office.do(AddDepartment(name="设计部")).id)
    office.do(EditDepartment(department=design, lead=office.zhao))
    office.do(EditProject(project=office.project, department=design))
    _, number = asked(office)
    office.do(GrantExtension(extension=number), by="zhao")


def test_a_due_that_moved_meanwhile_is_decided_anew(office: Office) -> None:
    task, number = asked(office)
    other = DUE + timedelta(days=20)
    office.do(EditTask(task=task, settings=(Setting("due", DUE, other),), reason="协调"))
    assert isinstance(office.refused(GrantExtension(extension=number)), Conflict)
    office.do(RefuseExtension(extension=number, reason="已另行安排"))


def test_a_day_that_is_over_is_not_granted(office: Office) -> None:
    _, number = asked(office)
    office.clock.at = LATER + timedelta(days=1)
    refusal = office.refused(GrantExtension(extension=number))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("expected", "gone-by")


def test_the_lead_moves_a_due(office: Office) -> None:
    task, number = asked(office)
    due = LATER + timedelta(days=1)
    office.do(ExtendDue(task=task, due=due, reason="客户改期", seen=DUE))
    now = office.get(task)
    assert (now.due, now.baseline_due, now.slips, now.delay_reason) == (due, DUE, 1, "")
    assert extension(office, number).state is RequestState.GRANTED
    assert (open_timers(office), counted(office, task)) == ([], 0)
    kinds = {one.kind for one in office.events()[-3:]}
    assert {"due-extended", "sync-entry-added"} <= kinds


def test_what_extending_refuses(office: Office) -> None:
    task = office.doing(due=DUE)

    def extend(**fields: Any) -> ExtendDue:
        return ExtendDue(**{"task": task, "due": LATER, "reason": "x", "seen": DUE, **fields})

    assert office.refused(extend(reason="")).facts["field"] == "reason"
    assert office.refused(extend(due=MORNING - timedelta(days=1))).facts["reason"] == "gone-by"
    assert office.refused(extend(due=DUE)).facts["reason"] == "same"
    assert isinstance(office.refused(extend(seen=None)), Conflict)


def test_today_is_not_gone_by(office: Office) -> None:
    """A day ends at midnight where the project is, not at the office's closing."""
    office.clock.at = datetime(2024, 3, 25, 15, 0, tzinfo=UTC)  # 23 o'clock in Shanghai
    today = datetime(2024, 3, 25, 10, 0, tzinfo=UTC)
    task = office.doing(due=DUE)
    office.do(ExtendDue(task=task, due=today, reason="提前", seen=DUE))
    assert office.get(task).due == today


def test_closing_a_task_withdraws_the_request(office: Office) -> None:
    task, number = asked(office)
    office.do(CancelTask(task=task, seen=State.DOING, reason="取消"))
    assert extension(office, number).state is RequestState.WITHDRAWN
    assert [one.kind for one in office.events()[-2:]] == ["task-cancelled", "warning-withdrawn"]
    assert (open_timers(office), counted(office, task)) == ([], 0)
    assert office.refused(warn(task), by="li").code == "task-closed"


# Moving an agreed due without a warning


def edit(task: TaskId, seen: datetime | None, value: datetime | None, reason: str = "") -> EditTask:
    return EditTask(task=task, settings=(Setting("due", seen, value),), reason=reason)


def test_moving_an_agreed_due_needs_a_reason(office: Office) -> None:
    task = office.doing(due=DUE)
    for value in (LATER, DUE - timedelta(days=1), None):
        refusal = office.refused(edit(task, DUE, value, reason=" "))
        assert (refusal.code, refusal.facts["field"]) == ("reason-needed", "due")
    office.do(edit(task, DUE, LATER, reason="客户改期"))
    assert office.last().reason == "客户改期"


def test_what_is_not_agreed_moves_freely(office: Office) -> None:
    task = office.task()
    office.do(edit(task, None, DUE))
    assert office.get(task).baseline_due == DUE
    draft = office.task(state=State.DRAFT, due=DUE)
    office.do(edit(draft, DUE, LATER))


def test_the_same_due_needs_no_reason(office: Office) -> None:
    task = office.doing(due=DUE)
    office.do(edit(task, DUE, DUE))
    settings = (Setting("due", DUE, DUE), Setting("title", "用户画像分析", "访谈"))
    office.do(EditTask(task=task, settings=settings))
    now = office.get(task)
    assert (now.due, now.slips, now.title) == (DUE, 0, "访谈")


def test_a_due_before_today_is_refused(office: Office) -> None:
    task = office.doing(due=DUE)
    refusal = office.refused(edit(task, DUE, MORNING - timedelta(days=1), reason="x"))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("due", "gone-by")
    assert refusal.facts["today"] == "2024-03-25"
