"""A tick raises what became due: once, whoever looks, with the times at which it did."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask, UnblockTask
from core.commands.editing import EditTask, Setting
from core.commands.issues import EscalateIssue, RaiseIssue, ResolveIssue, RespondIssue
from core.commands.people import AddDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import SendBack
from core.commands.ticking import Tick
from core.desk import Desk, Receipt
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, IssueId, TaskId
from core.domain.notices import Raised
from core.domain.status import Priority
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import Issue, Severity
from core.policies.rules import RULES_BY_ID
from core.policies.telling import PASSED, RUNNING, TOLD
from core.queries.ticking import clock_behind, due_now
from tests.office import MORNING, Office

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def china(text: str) -> datetime:
    """``2026-02-13 16:00`` in Shanghai."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.fixture
def team(office: Office) -> Office:
    """zhao heads the department of the project and reports to wang; li is the project's lead."""
    made = DepartmentId(office.do(AddDepartment(name="技术部", lead=office.zhao)).id)
    office.do(EditPerson(person=office.zhao, manager=office.wang))
    office.do(EditProject(project=office.project, lead=office.li, department=made))
    office.usual = "li"
    return office


def tick(office: Office, *, by: str = "cron", limit: int = 500) -> Receipt:
    return office.do(Tick(limit=limit), by=by)


def alerts(office: Office) -> list[tuple[str, dict[str, str]]]:
    """What was raised, with who was told as what."""
    return [(one.rule, dict(one.told)) for one in office.all(Raised)]


def raised(office: Office, rule: str) -> list[Raised]:
    return [one for one in office.all(Raised) if one.rule == rule]


def issue_of(office: Office, **fields: Any) -> IssueId:
    given = {"title": "接口不稳定", "impact": "影响联调", "project": office.project, **fields}
    if "task" in given:
        del given["project"]
    return IssueId(office.do(RaiseIssue(**given)).id)


def the(office: Office, number: IssueId) -> Issue:
    found: Issue = next(one for one in office.all(Issue) if one.id == number)
    return found


# Once


def test_nothing_due_nothing_done(team: Office) -> None:
    team.doing(due=MORNING + 9 * A_DAY)
    before = team.desk.mark()
    assert tick(team).id == 0
    assert team.desk.mark() == before


def test_an_alert_is_raised_once_by_whoever_comes_first(team: Office) -> None:
    task = team.doing(owner=team.wang, due=MORNING + AN_HOUR)
    team.clock.move(3 * AN_HOUR)
    assert tick(team).id == 1
    assert [tick(team, by=one).id for one in ("cron", "wang", "li")] == [0, 0, 0]
    (alert,) = team.all(Raised)
    assert (alert.rule, alert.target, alert.object) == ("overdue", Target.TASK, task)
    assert alert.window == alert.since == MORNING + AN_HOUR
    assert alert.raised == team.clock.at
    assert alert.told == {"wang": "owner", "li": "lead"}
    said = team.last()
    assert (said.kind, said.actor, said.task, said.subject) == (
        "alert-raised",
        None,
        task,
        "overdue",
    )
    assert said.changes["told"] == [None, "wang, li"]


def test_another_due_is_another_window(team: Office) -> None:
    first = MORNING + AN_HOUR
    task = team.doing(due=first, progress=100)
    team.clock.move(2 * AN_HOUR)
    tick(team)
    later = team.clock.at + AN_HOUR
    team.do(EditTask(task=task, settings=(Setting("due", first, later),), reason="客户改期"))
    assert tick(team).id == 0
    team.clock.move(2 * AN_HOUR)
    tick(team)
    assert [one.window for one in raised(team, "overdue")] == [first, later]


def test_what_ended_before_anybody_looked_is_not_raised(team: Office) -> None:
    task = team.doing()
    team.do(BlockTask(task=task, reason="等接口", waiting_for="技术部"))
    number = issue_of(team)
    team.clock.move(5 * A_DAY)
    team.do(UnblockTask(task=task))
    team.do(ResolveIssue(issue=number, resolution="好了"))
    tick(team)
    assert {one.rule for one in team.all(Raised)} <= {"update-missing"}


def test_batches(team: Office) -> None:
    for _ in range(5):
        team.doing(due=MORNING + AN_HOUR)
    team.clock.move(2 * AN_HOUR)
    assert [tick(team, limit=2).id for _ in range(4)] == [2, 2, 1, 0]
    assert len(team.all(Raised)) == 5


def test_the_same_tick_sent_twice(team: Office) -> None:
    from uuid import uuid4

    team.doing(due=MORNING + AN_HOUR)
    team.clock.move(2 * AN_HOUR)
    number = uuid4()
    desk = team.by("cron")
    first, again = (desk.do(Tick(), command_id=number) for _ in range(2))
    assert (first.id, again.id, again.repeated) == (1, 1, True)
    assert len(team.all(Raised)) == 1


# Every rule that tells somebody


def test_each_rule_of_tasks(team: Office) -> None:
    blocked = team.doing(owner=team.wang)
    team.do(BlockTask(task=blocked, reason="等接口", waiting_for="李娜", waiting_person=team.li))
    review = team.in_review(owner=team.li)
    silent = team.doing(owner=team.zhao, priority=Priority.HIGH)
    team.clock.move(2 * A_DAY)
    behind = team.doing(owner=team.zhao, start=date(2024, 3, 18), due=china("2024-03-28 18:00"))
    tick(team)
    told = {(one.rule, one.object): dict(one.told) for one in team.all(Raised)}
    assert told["blocked-long", blocked] == {"zhao": "head"}
    # Its own lead did the work: the head of the department is asked in their place.
    assert told["acceptance-late", review] == {"zhao": "acceptor", "li": "lead"}
    assert told["update-missing", silent] == {"zhao": "owner"}
    assert told["at-risk", behind] == {"zhao": "owner"}
    windows = {(one.rule, one.object): (one.window, one.since) for one in team.all(Raised)}
    assert windows["blocked-long", blocked] == (MORNING, MORNING)
    assert windows["update-missing", silent] == (MORNING, china("2024-03-26 17:00"))


def test_a_task_is_blocked_long_after_a_working_day(team: Office) -> None:
    """D10, over the Spring Festival: blocked on the make-up Saturday."""
    team.clock.at = china("2026-02-14 16:00")
    task = team.doing(due=None)
    team.do(BlockTask(task=task, reason="等接口", waiting_for="技术部"))
    team.clock.at = china("2026-02-24 15:59")
    tick(team)
    assert raised(team, "blocked-long") == []
    team.clock.at = china("2026-02-24 16:00")
    tick(team)
    assert len(raised(team, "blocked-long")) == 1


@pytest.mark.parametrize("rule", [one for one in PASSED if one != TimerRule.ISSUE_SECOND])
def test_each_limit_that_runs_out(team: Office, rule: TimerRule) -> None:
    """Told is who the table says; each once."""
    from core.commands import timing

    task = team.doing(owner=team.wang)
    number = issue_of(team, task=task) if rule.value.startswith("issue") else None
    due = team.clock.at + AN_HOUR
    with team.store.writing():
        from core.store.work import Work

        work = Work(team.store, now=team.clock.at, actor=None, handle="test")
        target, about = (Target.ISSUE, number) if number else (Target.TASK, task)
        timer = Timer(
            rule=rule,
            project=team.project,
            task=task,
            target=target,
            object=about,
            person=team.zhao,
            started=team.clock.at,
            due=due,
        )
        timing.start(work, timer)
        work.record(EventKind.TASK_EDITED)
        work.write_log("test")
    team.clock.move(AN_HOUR - timedelta(seconds=1))
    tick(team)
    assert raised(team, PASSED[rule]) == []
    team.clock.move(timedelta(seconds=1))
    tick(team)
    tick(team)
    (alert,) = raised(team, PASSED[rule])
    assert (alert.window, alert.since, alert.task) == (due, due, task)
    parts = {one.value for one in RULES_BY_ID[alert.rule].tells} - {"awaited"}
    assert set(alert.told.values()) == parts


def test_a_sudden_block_is_raised_at_once(team: Office) -> None:
    task = team.doing(owner=team.wang)
    block = BlockTask(
        task=task, reason="宕机", waiting_for="赵敏", waiting_person=team.zhao, critical=True
    )
    team.do(block)
    began = team.clock.at
    tick(team)
    (alert,) = raised(team, "swarm")
    assert alert.told == {"wang": "owner", "zhao": "awaited", "li": "lead"}
    assert alert.since == began
    team.clock.move(3 * AN_HOUR)
    tick(team)
    assert len(raised(team, "swarm")) == 1
    assert len(raised(team, "swarm-late")) == 1


def test_a_problem_reported_late(team: Office) -> None:
    number = issue_of(team, occurred=MORNING - 5 * A_DAY)
    tick(team)
    (alert,) = team.all(Raised)
    assert (alert.rule, alert.object, alert.told) == ("reported-late", number, {"li": "lead"})


def test_todays_meeting(team: Office) -> None:
    from core.commands.meetings import PlanMeeting
    from core.domain.meetings import MeetingKind

    plan = PlanMeeting(project=team.project, kind=MeetingKind.STANDUP, days="daily", time="10:00")
    team.do(plan)
    team.clock.at = china("2024-03-26 09:29")
    assert tick(team).id == 0
    team.clock.at = china("2024-03-26 09:30")
    assert tick(team).id == 1
    (alert,) = team.all(Raised)
    assert (alert.rule, alert.window) == ("meeting", china("2024-03-26 10:00"))
    assert alert.told == {"li": "lead"}
    team.clock.at = china("2024-03-30 10:00")
    assert tick(team).id == 0, "a Saturday, and the days before are over"
    team.clock.at = china("2024-04-01 23:59")
    assert tick(team).id == 1


def test_a_request_for_a_later_due_is_told_to_who_decides(team: Office) -> None:
    from core.commands.warning import WarnDelay
    from core.domain.trouble import DelayReason

    task = team.doing(owner=team.wang, due=MORNING + 3 * A_DAY, progress=100)
    team.do(
        WarnDelay(
            task=task, code=DelayReason.MATERIAL, reason="资料没到", expected=MORNING + 5 * A_DAY
        )
    )
    tick(team)
    (alert,) = raised(team, "extension")
    assert (alert.told, alert.since) == ({"li": "lead"}, MORNING)


def test_every_rule_that_tells_somebody_is_raised_by_a_tick() -> None:
    tasks = {"overdue", "blocked-long", "acceptance-late", "at-risk", "update-missing"}
    assert {*PASSED.values(), *RUNNING.values(), *tasks, "meeting", "reported-late"} == TOLD
    assert set(PASSED) == set(TimerRule), "no limit runs out unheard"


# Escalation by the clock


def test_an_unresolved_issue_goes_up_at_its_deadlines(team: Office) -> None:
    """D10 and D11: 24 h each, the same time on the next working day."""
    team.clock.at = china("2026-02-13 16:00")
    number = issue_of(team)
    team.clock.at = china("2026-02-14 15:59")
    tick(team)
    assert the(team, number).level == 0
    team.clock.at = china("2026-02-14 16:03")
    tick(team)
    assert the(team, number).level == 1
    (first,) = raised(team, "issue-escalated")
    assert (first.window, first.since) == (china("2026-02-14 16:00"),) * 2
    assert first.told == {"zhao": "head"}
    said = next(one for one in team.events() if one.kind == "issue-escalated")
    assert (said.actor, said.subject, said.changes["level"]) == (None, "T-I01", [0, 1])
    assert said.changes["told"] == [None, "zhao"]
    team.clock.at = china("2026-02-24 15:59")
    tick(team)
    assert the(team, number).level == 1
    team.clock.at = china("2026-02-24 16:00")
    tick(team)
    assert the(team, number).level == 2
    (second,) = raised(team, "issue-second")
    assert (second.since, second.told) == (china("2026-02-24 16:00"), {"wang": "manager"})


def test_critical_issues_go_up_day_and_night(team: Office) -> None:
    team.clock.at = china("2026-02-14 16:00")
    number = issue_of(team, severity=Severity.CRITICAL)
    team.clock.at = china("2026-02-15 16:00")
    tick(team)
    assert the(team, number).level == 1
    team.clock.at = china("2026-02-16 16:00")
    tick(team)
    assert the(team, number).level == 2


def test_after_a_week_without_anybody_one_tick_has_the_right_times(team: Office) -> None:
    task = team.doing(owner=team.wang, due=MORNING + AN_HOUR)
    blocked = team.doing(owner=team.zhao)
    team.do(BlockTask(task=blocked, reason="等接口", waiting_for="技术部"))
    number = issue_of(team, task=task)
    team.clock.move(7 * A_DAY)
    assert tick(team).id == len(team.all(Raised))
    assert tick(team).id == 0
    since = {one.rule: one.since for one in team.all(Raised)}
    assert since["overdue"] == MORNING + AN_HOUR
    assert since["blocked-long"] == MORNING
    assert since["issue-unanswered"] == MORNING + A_DAY
    assert since["issue-escalated"] == MORNING + A_DAY
    assert since["issue-second"] == MORNING + 2 * A_DAY
    assert the(team, number).level == 2
    assert {one.raised for one in team.all(Raised)} == {team.clock.at}


def test_by_hand_first_then_by_the_clock_from_there(team: Office) -> None:
    number = issue_of(team)
    team.clock.move(2 * AN_HOUR)
    team.do(EscalateIssue(issue=number, reason="客户催"))
    team.clock.move(A_DAY - timedelta(minutes=1))
    tick(team)
    assert the(team, number).level == 1
    team.clock.move(timedelta(minutes=1))
    tick(team)
    assert the(team, number).level == 2
    assert [one.rule for one in team.all(Raised)].count("issue-escalated") == 1
    assert raised(team, "issue-second")[0].since == MORNING + 2 * AN_HOUR + A_DAY


def test_by_hand_after_the_deadline_nobody_noticed(team: Office) -> None:
    number = issue_of(team)
    team.clock.move(A_DAY + AN_HOUR)
    team.do(EscalateIssue(issue=number, reason="客户催"))
    tick(team)
    assert the(team, number).level == 1, "the deadline of level 1 is used up"
    (alert,) = raised(team, "issue-escalated")
    assert alert.window == MORNING + A_DAY


def test_a_promise_puts_the_escalation_off(team: Office) -> None:
    number = issue_of(team)
    promise = RespondIssue(issue=number, response="周四好", resolve_by=MORNING + 3 * A_DAY)
    team.do(promise)
    team.clock.move(2 * A_DAY)
    tick(team)
    assert the(team, number).level == 0
    team.clock.move(A_DAY)
    tick(team)
    assert the(team, number).level == 1


# Clocks that are wrong, and who may


def test_a_clock_that_is_behind_does_nothing_and_says_so(team: Office) -> None:
    team.doing(due=MORNING + AN_HOUR)
    team.clock.move(2 * AN_HOUR)
    team.task()
    slow = SetClock(team.clock.at - timedelta(minutes=6))
    assert team.desk.ask(clock_behind, now=slow.at)
    assert team.desk.ask(due_now, now=slow.at, limit=9) == ()
    receipt = team.desk.acting("cron", clock=slow).do(Tick())
    assert (receipt.id, [one.code for one in receipt.warnings]) == (0, ["clock-behind"])
    slow.move(timedelta(minutes=1))
    assert team.desk.acting("cron", clock=slow).do(Tick()).id == 1


def test_the_tick_of_an_empty_store(store_url: str) -> None:
    with Desk(store_url, actor="cron", clock=SetClock(MORNING)) as desk:
        assert desk.do(Tick()).id == 0


def test_sent_back_and_submitted_again_is_another_window(team: Office) -> None:
    task = team.in_review(owner=team.li)
    team.clock.move(A_DAY)
    tick(team)
    team.do(SendBack(task=task, findings="数据不全"), by="zhao")
    again = team.clock.at + AN_HOUR
    team.clock.at = again
    team.submit(task)
    team.clock.move(A_DAY)
    tick(team)
    assert [one.window for one in raised(team, "acceptance-late")] == [MORNING, again]


def test_news_ends_a_silence_and_begins_another_window(team: Office) -> None:
    task = team.doing(owner=team.wang, priority=Priority.HIGH)
    for _ in range(2):
        team.clock.move(2 * A_DAY)
        tick(team)
        team.do(UpdateProgress(task=TaskId(task), progress=10), by="wang")
        assert tick(team).id == 0
    assert len(raised(team, "update-missing")) == 2


def test_a_project_says_how_often_news_is_owed(team: Office) -> None:
    team.do(EditProject(project=team.project, rules={"cadence": "daily"}))
    team.doing(owner=team.wang)
    team.clock.move(A_DAY + 10 * AN_HOUR)
    tick(team)
    assert len(raised(team, "update-missing")) == 1
