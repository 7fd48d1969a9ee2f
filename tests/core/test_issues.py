"""The issue register: its states, its clocks with the golden dates of D7 and D9-D11, its log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.commands.closing import CancelTask
from core.commands.editing import Setting
from core.commands.issues import (
    CloseIssue,
    EditIssue,
    EscalateIssue,
    RaiseIssue,
    ReopenIssue,
    ResolveIssue,
    RespondIssue,
)
from core.commands.people import AddDepartment, EditDepartment, EditPerson
from core.commands.projects import AddProject, EditProject
from core.domain.ids import DepartmentId, IssueId, ProjectId, TaskId
from core.domain.notices import Raised
from core.domain.refusals import BadValue, Conflict, Rejected
from core.domain.status import Role, State, SyncKind
from core.domain.synclog import SyncEntry
from core.domain.timers import Target, Timer
from core.domain.trouble import Issue, IssueState, Severity
from core.store.tables import TaskTable
from tests.office import MORNING, Office


def china(text: str) -> datetime:
    """``2026-02-13 16:00`` in Shanghai."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def raised(office: Office, *, by: str = "", **fields: Any) -> IssueId:
    """An issue of the project, or of the task that is given."""
    given = {"title": "接口不稳定", "impact": "影响全部联调", **fields}
    if "task" not in given:
        given.setdefault("project", office.project)
    return IssueId(office.do(RaiseIssue(**given), by=by).id)


def the(office: Office, number: IssueId) -> Issue:
    found: Issue = next(one for one in office.all(Issue) if one.id == number)
    return found


def clocks(office: Office, number: IssueId) -> dict[str, datetime]:
    """The dues of its running clocks."""
    mine = (one for one in office.all(Timer) if one.object == number and one.ended is None)
    return {one.rule.value: one.due for one in mine if one.target is Target.ISSUE}


def respond(office: Office, number: IssueId, **more: Any) -> None:
    office.do(RespondIssue(issue=number, response="今天查", **more), by="li")


def resolve(office: Office, number: IssueId) -> None:
    office.do(ResolveIssue(issue=number, resolution="已扩容"), by="li")


def department(office: Office) -> None:
    """zhao heads the department of the project and reports to wang; li is its lead."""
    made = DepartmentId(office.do(AddDepartment(name="技术部", lead=office.zhao)).id)
    office.do(EditPerson(person=office.zhao, manager=office.wang))
    office.do(EditProject(project=office.project, lead=office.li, department=made))
    office.usual = "li"


def test_an_issue_goes_its_way(office: Office) -> None:
    task = office.doing()
    number = raised(office, task=task, detail="每十分钟断一次", proposal="加重试", parties="技术部")
    issue = the(office, number)
    assert (issue.key, issue.state, issue.level, issue.late) == ("T-I01", IssueState.OPEN, 0, False)
    assert (issue.reporter, issue.occurred, issue.reported) == (office.wang, MORNING, MORNING)
    assert clocks(office, number) == {
        "issue-respond": issue.respond_by,
        "issue-resolve": issue.resolve_by,
    }
    office.clock.move(timedelta(hours=1))
    respond(office, number, handler=office.zhao)
    issue = the(office, number)
    assert (issue.state, issue.response) == (IssueState.RESPONDED, "今天查")
    assert (issue.responded, issue.handler) == (office.clock.at, office.zhao)
    assert set(clocks(office, number)) == {"issue-resolve"}
    office.clock.move(timedelta(hours=1))
    resolve(office, number)
    issue = the(office, number)
    assert (issue.state, issue.resolved) == (IssueState.RESOLVED, office.clock.at)
    assert issue.resolution == "已扩容"
    assert clocks(office, number) == {}
    office.do(CloseIssue(issue=number, note="客户确认"))
    issue = the(office, number)
    assert (issue.state, issue.closed) == (IssueState.CLOSED, office.clock.at)
    told = [one for one in office.events() if one.kind.startswith("issue-")]
    assert [one.kind for one in told] == [
        "issue-raised",
        "issue-responded",
        "issue-resolved",
        "issue-closed",
    ]
    assert {one.subject for one in told} == {"T-I01"}
    assert {one.task for one in told} == {task}
    assert [one.reason for one in told] == ["", "今天查", "已扩容", "客户确认"]


def test_raising_and_resolving_stand_in_the_sync_log(office: Office) -> None:
    number = raised(office, task=office.doing(), proposal="加重试")
    respond(office, number)
    resolve(office, number)
    problem, decision = office.all(SyncEntry)
    assert (problem.kind, problem.topic) == (SyncKind.PROBLEM, "T-I01 接口不稳定")
    assert problem.content == "影响全部联调\n加重试"
    assert (decision.kind, decision.content) == (SyncKind.DECISION, "已扩容")
    assert (problem.author, decision.author) == (office.wang, office.li)
    assert problem.task == decision.task == 1


def test_keys_count_up_in_each_project_and_pass_over_what_is_taken(office: Office) -> None:
    assert [the(office, raised(office)).key for _ in range(2)] == ["T-I01", "T-I02"]
    office.task(key="T-I03")
    assert the(office, raised(office)).key == "T-I04"


def test_the_project_follows_from_the_task(office: Office) -> None:
    task = office.doing()
    assert the(office, raised(office, task=task)).project == office.project
    refusal = office.refused(RaiseIssue(title="x", impact="y"))
    assert isinstance(refusal, BadValue)
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("project", "empty")


@pytest.mark.parametrize("field", ["title", "impact"])
def test_an_issue_without_title_or_impact_is_refused_by_name(office: Office, field: str) -> None:
    given = {"title": "x", "impact": "y", field: "  "}
    refusal = office.refused(RaiseIssue(project=office.project, **given))
    assert isinstance(refusal, BadValue)
    assert (refusal.facts["field"], refusal.facts["reason"]) == (field, "empty")


def test_what_has_not_happened_yet_is_no_issue(office: Office) -> None:
    later = MORNING + timedelta(minutes=1)
    refusal = office.refused(RaiseIssue(project=1, title="x", impact="y", occurred=later))
    assert (refusal.facts["field"], refusal.facts["reason"]) == ("occurred", "future")


def test_nothing_is_raised_on_a_task_that_was_given_up(office: Office) -> None:
    task = office.task()
    office.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
    refusal = office.refused(RaiseIssue(task=task, title="x", impact="y"))
    assert isinstance(refusal, Rejected)
    assert refusal.code == "task-closed"


def test_steps_that_do_not_fit(office: Office) -> None:
    number = raised(office)

    def code(command: object) -> str:
        answers = isinstance(command, RespondIssue | ResolveIssue)
        return office.refused(command, by="li" if answers else "wang").code

    assert code(CloseIssue(issue=number)) == "issue-unresolved"
    assert code(ReopenIssue(issue=number, reason="又坏了")) == "issue-open"
    respond(office, number)
    assert code(RespondIssue(issue=number, response="在查")) == "issue-responded"
    resolve(office, number)
    assert code(RespondIssue(issue=number, response="在查")) == "issue-resolved"
    assert code(ResolveIssue(issue=number, resolution="好")) == "issue-resolved"
    assert code(EscalateIssue(issue=number, reason="急")) == "issue-resolved"
    office.do(CloseIssue(issue=number))
    assert code(CloseIssue(issue=number)) == "issue-closed"
    assert code(ResolveIssue(issue=number, resolution="好")) == "issue-closed"


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (lambda one: RespondIssue(issue=one, response=" "), "response"),
        (lambda one: ResolveIssue(issue=one, resolution=""), "resolution"),
        (lambda one: EscalateIssue(issue=one, reason=""), "reason"),
        (lambda one: ReopenIssue(issue=one, reason=""), "reason"),
    ],
)
def test_an_empty_answer_is_refused_by_name(office: Office, command: Any, field: str) -> None:
    refusal = office.refused(command(raised(office)))
    assert (refusal.facts["field"], refusal.facts["reason"]) == (field, "empty")


def test_resolved_without_a_response_counts_as_both(office: Office) -> None:
    number = raised(office)
    resolve(office, number)
    issue = the(office, number)
    assert issue.responded == issue.resolved == MORNING


def test_a_promise_moves_the_clock_of_level_1(office: Office) -> None:
    number = raised(office)
    promised = MORNING + timedelta(days=3)
    respond(office, number, resolve_by=promised)
    assert the(office, number).resolve_by == promised
    assert clocks(office, number) == {"issue-resolve": promised}
    other = raised(office)
    refusal = office.refused(RespondIssue(issue=other, response="x", resolve_by=MORNING))
    assert refusal.facts["field"] == "resolve_by"


def test_reopening_starts_fresh_clocks(office: Office) -> None:
    department(office)
    number = raised(office)
    office.do(EscalateIssue(issue=number, reason="客户催"))
    resolve(office, number)
    office.clock.move(timedelta(days=7))
    office.do(ReopenIssue(issue=number, reason="又断了"))
    issue = the(office, number)
    assert (issue.state, issue.level) == (IssueState.REOPENED, 0)
    assert (issue.responded, issue.response, issue.resolved, issue.resolution) == (
        None,
        "",
        None,
        "",
    )
    in_a_day = MORNING + timedelta(days=8)
    assert (issue.respond_by, issue.resolve_by) == (in_a_day, in_a_day)
    assert clocks(office, number) == {"issue-respond": in_a_day, "issue-resolve": in_a_day}


# The clocks of section 5


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-09-13 16:00", "2024-09-14 16:00"),
        ("2024-09-14 16:00", "2024-09-18 16:00"),
        ("2024-09-30 17:30", "2024-10-08 17:30"),
        ("2025-01-26 15:00", "2025-01-27 15:00"),
        ("2026-01-03 10:00", "2026-01-05 09:00"),
        ("2026-02-13 16:00", "2026-02-14 16:00"),
        ("2026-02-14 16:00", "2026-02-24 16:00"),
    ],
)
def test_response_and_resolution_are_due_the_next_working_day(
    office: Office, start: str, due: str
) -> None:
    """D9 and D10; what comes up on a day off counts from the next opening."""
    office.clock.at = china(start)
    issue = the(office, raised(office))
    assert (issue.respond_by, issue.resolve_by) == (china(due), china(due))


@pytest.mark.parametrize("kind", ["critical", "urgent"])
def test_critical_and_urgent_ones_count_day_and_night(office: Office, kind: str) -> None:
    office.clock.at = china("2024-09-14 16:00")
    if kind == "critical":
        number = raised(office, severity=Severity.CRITICAL)
    else:
        number = raised(office, task=office.doing(urgent=True))
    assert set(clocks(office, number).values()) == {china("2024-09-15 16:00")}


@pytest.mark.parametrize(
    ("occurred", "in_time"),
    [
        ("2026-04-30 17:30", "2026-05-06 10:30"),
        ("2026-05-09 11:30", "2026-05-09 14:30"),
        ("2026-03-18 10:00", "2026-03-18 12:00"),
    ],
)
def test_a_problem_is_reported_within_two_working_hours(
    office: Office, occurred: str, in_time: str
) -> None:
    """D7: two office hours."""
    office.clock.at = china(in_time)
    assert not the(office, raised(office, occurred=china(occurred))).late
    office.clock.move(timedelta(minutes=1))
    assert the(office, raised(office, occurred=china(occurred))).late


def test_urgent_problems_are_reported_within_two_hours_of_any_day(office: Office) -> None:
    office.clock.at = china("2026-05-01 09:00")
    seen = china("2026-05-01 06:59")
    assert the(office, raised(office, occurred=seen, severity=Severity.CRITICAL)).late
    assert not the(office, raised(office, occurred=seen)).late


def test_a_project_has_limits_of_its_own(office: Office) -> None:
    rules = {"issue-respond": "4 wall", "issue-resolve": "48"}
    office.do(EditProject(project=office.project, rules=rules))
    issue = the(office, raised(office))
    assert issue.respond_by == MORNING + timedelta(hours=4)
    assert issue.resolve_by == MORNING + timedelta(hours=48)


# Escalation by hand


def test_escalation_by_hand_goes_to_the_head_and_then_to_their_manager(office: Office) -> None:
    department(office)
    number = raised(office)
    office.clock.move(timedelta(hours=2))
    office.do(EscalateIssue(issue=number, reason="客户催"), by="li")
    assert the(office, number).level == 1
    said = office.last()
    assert (said.kind, said.reason) == ("issue-escalated", "客户催")
    assert said.changes["level"] == [0, 1]
    assert said.changes["told"] == [None, "zhao"]
    at = office.clock.at
    assert clocks(office, number)["issue-second"] == at + timedelta(days=1)
    assert clocks(office, number)["issue-resolve"] == at, "its time is over"
    office.clock.move(timedelta(hours=1))
    office.do(EscalateIssue(issue=number, reason="还没人管"), by="li")
    assert the(office, number).level == 2
    assert office.last().changes["told"] == [None, "wang"]
    assert office.refused(EscalateIssue(issue=number, reason="再升")).code == "issue-at-top"
    alerts = [(one.rule, dict(one.told)) for one in office.all(Raised)]
    assert alerts == [
        ("issue-escalated", {"zhao": "head"}),
        ("issue-second", {"wang": "manager"}),
    ]


def test_a_head_who_is_away_is_passed_over(office: Office) -> None:
    department(office)
    away = EditPerson(person=office.zhao, away_until=MORNING.date() + timedelta(days=3))
    office.do(away, by="wang")
    number = raised(office)
    office.do(EscalateIssue(issue=number, reason="客户催"))
    assert office.last().changes["told"] == [None, "wang"]


def test_without_a_department_the_lead_of_the_project_is_level_1(office: Office) -> None:
    number = raised(office)
    office.do(EscalateIssue(issue=number, reason="客户催"))
    assert office.last().changes["told"] == [None, "wang"]


def test_nobody_above_is_no_reason_to_fail(office: Office) -> None:
    made = DepartmentId(office.do(AddDepartment(name="技术部")).id)
    nobodys = ProjectId(office.do(AddProject(key="X", name="无主", department=made)).id)
    office.person("zhou", role=Role.LEAD)
    number = raised(office, project=nobodys, by="li")
    office.do(EscalateIssue(issue=number, reason="客户催"), by="zhou")
    assert office.last().changes["told"] == [None, ""]
    office.do(EditDepartment(department=made, lead=office.zhao))
    office.do(EscalateIssue(issue=number, reason="客户催"), by="zhou")
    assert office.last().changes["told"] == [None, "zhao"]


# Edits, and the task


def test_edits_of_different_fields_never_clash(office: Office) -> None:
    number = raised(office)
    office.do(EditIssue(issue=number, settings=(Setting("title", "接口不稳定", "网关不稳定"),)))
    office.do(EditIssue(issue=number, settings=(Setting("parties", "", "运维"),)))
    issue = the(office, number)
    assert (issue.title, issue.parties, issue.version) == ("网关不稳定", "运维", 3)
    refusal = office.refused(
        EditIssue(issue=number, settings=(Setting("title", "接口不稳定", "x"),))
    )
    assert isinstance(refusal, Conflict)
    assert refusal.facts == {
        "key": "T-I01",
        "field": "title",
        "seen": "接口不稳定",
        "now": "网关不稳定",
    }
    wrong = EditIssue(issue=number, settings=(Setting("state", "open", "closed"),))
    assert office.refused(wrong).facts["reason"] == "not-editable"


def test_what_turns_critical_runs_day_and_night_from_now_on(office: Office) -> None:
    office.clock.at = china("2024-09-14 16:00")
    number = raised(office)
    office.clock.move(timedelta(hours=3))
    change = Setting("severity", Severity.MEDIUM, Severity.CRITICAL)
    office.do(EditIssue(issue=number, settings=(change,)))
    by = china("2024-09-15 19:00")
    issue = the(office, number)
    assert (issue.respond_by, issue.resolve_by) == (by, by)
    assert set(clocks(office, number).values()) == {by}


def test_a_new_handler_has_the_clocks_too(office: Office) -> None:
    number = raised(office, task=office.doing())
    office.do(EditIssue(issue=number, settings=(Setting("handler", None, office.zhao),)))
    assert {one.person for one in office.all(Timer)} == {office.zhao}


def test_closing_a_task_ends_the_clocks_but_not_the_issue(office: Office) -> None:
    task = office.doing()
    number = raised(office, task=task)
    office.do(CancelTask(task=task, seen=State.DOING, reason="不做了"))
    assert clocks(office, number) == {}
    assert the(office, number).state is IssueState.OPEN
    office.do(EscalateIssue(issue=number, reason="仍要解决"))
    assert the(office, number).level == 1
    assert clocks(office, number) == {}
    resolve(office, number)


def test_an_issue_of_a_finished_task_has_clocks_of_its_own(office: Office) -> None:
    task = office.task(state=State.DONE, owner=office.li)
    number = raised(office, task=task)
    assert len(clocks(office, number)) == 2
    assert {one.task for one in office.all(Timer)} == {None}
    assert _counted(office, task) == 0


def test_a_task_counts_its_running_clocks(office: Office) -> None:
    task = office.doing()
    number = raised(office, task=task)
    assert _counted(office, task) == 2
    office.do(EscalateIssue(issue=number, reason="急"))
    assert _counted(office, task) == 3
    resolve(office, number)
    assert _counted(office, task) == 0


def _counted(office: Office, task: TaskId) -> int:
    query = TaskTable.select(TaskTable.timers).where(TaskTable.id == task)
    return int(office.desk.ask(lambda store: store.value(query)))
