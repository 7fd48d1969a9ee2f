"""Days of members under roles of their own: the program works as before, for what they may do."""

from datetime import timedelta
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.assigning import AcknowledgeTask, ClaimTask, ReturnTask
from core.commands.blocking import BlockTask, SetResolution, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask, CloseOutTask, RestoreTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.importing import ImportOwner
from core.commands.issues import (
    CloseIssue,
    EditIssue,
    RaiseIssue,
    ReopenIssue,
    ResolveIssue,
    RespondIssue,
)
from core.commands.meetings import DropPlan, HoldMeeting, PlanMeeting
from core.commands.members import AddMember, RemoveMember
from core.commands.moving import MoveTask, ReorderTask
from core.commands.nudging import NudgeAwaited
from core.commands.parts import AddCollaborator, AddCriterion, AddMilestone, ChangeCriterion
from core.commands.people import AddDepartment, AddPerson, EditPerson, MergePerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, AddWorkType, EditProject, SetCalendarDay
from core.commands.quieting import AckAlert, EndQuiet
from core.commands.raci import RemoveRaci, SetRaci
from core.commands.reviewing import AcceptTask, SendBack
from core.commands.sync import AddSyncEntry, MakeFollowUpTask
from core.commands.tasks import CreateTask
from core.commands.ticking import Tick
from core.commands.warning import GrantExtension, WarnDelay
from core.desk import Desk, Receipt
from core.domain.duties import Letter
from core.domain.events import EventKind
from core.domain.ids import IssueId, PartId, ProjectId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.refusals import Rejected, Unavailable
from core.domain.spells import BlockSpell
from core.domain.status import State
from core.domain.timers import Target
from core.domain.trouble import DelayReason
from core.exchange.apply import apply
from core.queries import alerts, board, checkup
from core.queries.searching import search
from core.store.faults import CLOCK_STATE
from tests.exchange.files import plan_of
from tests.ledgers import flaws
from tests.logins import Team


class Doing:
    """Sends commands under the role of whoever is named."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.desks: dict[str, Desk] = {}

    def __call__(self, handle: str, command: object) -> Receipt:
        if handle not in self.desks:
            desk = Desk(self.team.url_of(handle), actor=handle, clock=self.team.clock)
            self.desks[handle] = desk.open()
        return self.desks[handle].do(command)

    def ask(self, handle: str, question: Any, *values: Any, **named: Any) -> Any:
        self(handle, Tick())
        return self.desks[handle].ask(question, *values, **named)


@pytest.fixture
def does(team: Team) -> Any:
    doing = Doing(team)
    yield doing
    for desk in doing.desks.values():
        desk.close()


def sound(team: Team) -> None:
    """What was written under many roles is what one account would have written."""
    assert flaws(team.desk) == ()
    for check in (checkup.wrong_tallies, checkup.wrong_spells, checkup.wrong_words):
        assert team.desk.ask(check) == ()


def test_the_day_of_a_task(team: Team, does: Any) -> None:
    due = team.clock.now() + timedelta(days=3)
    create = CreateTask(project=team.project, title="用户画像分析", due=due, acceptor=team.zhou)
    task = TaskId(does("li", create).id)
    does("li", ClaimTask(task=task))
    does("li", EditTask(task=task, settings=(Setting("outcome", "", "一份报告"),)))
    does("li", AddCriterion(task=task, text="有目录"))
    does("li", AddMilestone(task=task, title="初稿", due=due.date()))
    does("li", AddCollaborator(task=task, person=team.qian))
    does("li", MoveTask(task=task, to=State.DOING, seen=State.TODO))
    does("li", UpdateProgress(task=task, progress=40, done="问卷", status_note="顺利"))
    does("qian", UpdateProgress(task=task, progress=40, done="看过"))
    does("li", BlockTask(task=task, reason="缺数据", waiting_for="", waiting_person=team.qian))
    does("zhao", NudgeAwaited(task=task, note="请尽快"))
    does("li", UnblockTask(task=task, resolution="到了"))
    does("li", team.submission_of(task))
    does("zhou", SendBack(task=task, findings="不全"))
    does("li", team.submission_of(task))
    (criterion,) = team.view(task).criteria
    does("zhou", ChangeCriterion(criterion=PartId(criterion.id), met=True))
    does("zhou", AcceptTask(task=task, note="好"))
    assert team.get(task).state is State.DONE
    does("wu", CloseOutTask(task=task, actual="两份报告"))
    does("wu", ArchiveTask(task=task, seen=State.DONE))
    does("wu", RestoreTask(task=task))
    assert does.ask("qian", search, "画像", viewer=team.qian)
    sound(team)
    actors = {one.actor for one in team.events() if one.task == task}
    assert actors == {team.li, team.qian, team.zhao, team.zhou, team.wu}


def test_the_day_of_a_lead(team: Team, does: Any) -> None:
    due = team.clock.now() + timedelta(days=3)
    create = CreateTask(project=team.project, title="甲", due=due, owner=team.li)
    task = TaskId(does("wu", create).id)
    does("li", ReturnTask(task=task, reason="没空"))
    does("wu", AssignTask(task=task, owner=team.zhao, seen=None))
    does("zhao", AcknowledgeTask(task=task))
    does("zhao", MoveTask(task=task, to=State.DOING, seen=State.TODO))
    does("wu", AssignTask(task=task, owner=team.li, seen=team.zhao, notes="在共享盘"))
    does("li", ReturnTask(task=task, reason="真的没空"))
    assert team.get(task).owner == team.zhao
    does("zhao", AcknowledgeTask(task=task))
    later = due + timedelta(days=2)
    warned = WarnDelay(task=task, code=DelayReason.OTHER, reason="慢", expected=later)
    does("wu", GrantExtension(extension=PartId(does("zhao", warned).id)))
    does("wu", SetRaci(task=task, person=team.qian, letters=(Letter.CONSULTED,)))
    does("wu", RemoveRaci(task=task, person=team.qian))
    other = TaskId(does("li", CreateTask(project=team.project, title="乙")).id)
    third = TaskId(does("li", CreateTask(project=team.project, title="丙")).id)
    does("qian", ReorderTask(task=other, neighbour=third, below=True))
    does("wu", CancelTask(task=other, seen=State.TODO, reason="不做了"))
    does("li", CancelTask(task=third, seen=State.TODO, reason="不做了"))
    plan = does("wu", PlanMeeting(project=team.project, kind=MeetingKind.STANDUP, days="daily"))
    does("wu", DropPlan(plan=PartId(plan.id)))
    does("wu", EditProject(project=team.project, wip={State.DOING: 3}))
    does("wu", EditProject(project=team.project, restricted=True))
    does("wu", AddMember(project=team.project, person=team.li))
    does("wu", RemoveMember(project=team.project, person=team.li))
    does("wu", HoldMeeting(project=team.project, kind=MeetingKind.RETRO, topic="复盘"))
    sound(team)


def test_the_day_of_an_issue_and_of_the_log(team: Team, does: Any) -> None:
    task = team.doing(team.li)
    raised = does("qian", RaiseIssue(task=task, title="慢", impact="迟"))
    issue = IssueId(raised.id)
    does("li", RespondIssue(issue=issue, response="看看"))
    does("li", ResolveIssue(issue=issue, resolution="好了"))
    does("wu", CloseIssue(issue=issue))
    does("qian", ReopenIssue(issue=issue, reason="又坏了"))
    asked = AddSyncEntry(project=team.project, task=task, topic="何时?", asks=team.zhao)
    question = does("qian", asked).id
    does("zhao", AddSyncEntry(project=team.project, topic="周五", answers=PartId(question)))
    day = team.clock.now().date() + timedelta(days=2)
    agreed = AddSyncEntry(
        project=team.project,
        topic="晨会",
        follow_up="补数据",
        follow_up_owner=team.zhao,
        follow_up_due=day,
    )
    entry = does("zhao", agreed).id
    does("zhao", MakeFollowUpTask(entry=PartId(entry)))
    does("zhao", HoldMeeting(project=team.project, kind=MeetingKind.STANDUP, topic="站会"))
    ack = AckAlert(
        target=Target.TASK, object=task, rule="overdue", since=team.clock.now(), note="知道"
    )
    quiet = does("li", ack).id
    does("li", EndQuiet(quiet=PartId(quiet)))
    sound(team)


def test_the_day_of_an_administrator(team: Team, does: Any) -> None:
    department = does("wang", AddDepartment(name="市场部", lead=team.zhao)).id
    does("wang", EditPerson(person=team.li, department=department))
    does("li", EditPerson(person=team.li, name="李 娜"))
    ghost = does("qian", AddPerson(handle="客户", name="客户对接人", placeholder=True)).id
    task = team.task(owner=ghost)
    does("wu", AddCollaborator(task=task, person=ghost))
    does("wang", MergePerson(placeholder=ghost, person=team.qian))
    assert team.get(task).owner == team.qian
    does("wang", AddWorkType(label="调研"))
    does("wang", SetCalendarDay(calendar="china", day=team.clock.now().date(), works=True))
    own = ProjectId(does("li", AddProject(key="LI", name="李", lead=team.li)).id)
    does("li", CreateTask(project=own, title="自己的事"))
    does("wang", EditProject(project=own, restricted=True, self_accept=True))
    sound(team)


def test_a_tick_of_any_member_raises_what_is_due(team: Team, does: Any) -> None:
    due = team.clock.now() + timedelta(minutes=1)
    does("wu", CreateTask(project=team.project, title="甲", due=due, owner=team.li))
    issue = IssueId(
        does(
            "qian", RaiseIssue(project=team.project, title="坏了", impact="迟", handler=team.li)
        ).id
    )
    # What stands for a deadline that has passed: no clock of a test is the server's.
    for table, column in (("timer", "due"), ("task", "due")):
        team.one(f"UPDATE {table} SET {column} = {column} - 999000000000 RETURNING 1")
    assert does("zhao", Tick()).id > 0
    assert team.one(f"SELECT level FROM issue WHERE id = {issue}") == 2
    assert EventKind.ISSUE_ESCALATED in {one.kind for one in team.events()}
    assert does("qian", Tick()).id == 0


def test_an_observer_reads_and_writes_nothing(team: Team) -> None:
    team.doing(team.li, title="甲")
    with team.own("sun") as desk:
        assert desk.me() is not None
        (head,) = [one for one in desk.ask(board.columns, board.Chosen()) if one.state == "doing"]
        assert head.cards == 1
        with pytest.raises(Rejected) as caught:
            desk.do(CreateTask(project=team.project, title="一"))
        assert caught.value.code == "observer"


def test_a_role_acts_for_its_person_alone(team: Team) -> None:
    with team.own("li", actor="zhao") as desk:
        assert desk.actor == "li"
        with pytest.raises(Rejected) as caught:
            desk.ask(checkup.may_act_as, "zhao")
        assert (caught.value.code, caught.value.facts) == (
            "own-login",
            {"person": "zhao", "own": "li"},
        )
        desk.ask(checkup.may_act_as, "li")
        other = desk.acting("zhao", clock=team.clock)
        with pytest.raises(Unavailable) as caught:
            other.do(CreateTask(project=team.project, title="一"))
        assert caught.value.code == "not-allowed-by-store"
        assert "act as somebody else" in str(caught.value.facts["detail"])


def test_a_clock_that_is_wrong_is_named(team: Team) -> None:
    task = team.doing(team.li)
    late = SetClock(team.clock.now() - timedelta(hours=3))
    with (
        Desk(team.url_of("li"), actor="li", clock=late) as desk,
        pytest.raises(Unavailable) as caught,
    ):
        desk.do(team.submission_of(task))
    assert caught.value.code == "clocks-differ", CLOCK_STATE
    assert team.get(task).state is State.DOING


def test_the_alerts_of_a_member_are_asked_under_their_role(team: Team) -> None:
    team.task(owner=team.li, due=team.clock.now() + timedelta(minutes=1))
    with team.own("li") as desk:
        later = desk.now() + timedelta(hours=2)
        scope: Any = "mine"
        mine = desk.ask(alerts.alert_counts, viewer=team.li, scope=scope, project=None, now=later)
        same = team.desk.ask(
            alerts.alert_counts, viewer=team.li, scope=scope, project=None, now=later
        )
        assert mine == same


def test_what_the_table_says_of_those_who_are_waited_for(team: Team, does: Any) -> None:
    """Whom a block waits for says by when; what nobody handles is anybody's to take up."""
    task = team.doing(team.li)
    block = BlockTask(task=task, reason="缺数据", waiting_for="", waiting_person=team.zhao)
    does("li", block)
    by = team.clock.now() + timedelta(days=1)
    does("zhao", SetResolution(task=task, resolve_by=by))
    (spell,) = team.all(BlockSpell)
    assert spell.resolve_by is not None
    issue = IssueId(team.do(RaiseIssue(project=team.project, title="慢", impact="迟")).id)
    team.one(f"UPDATE issue SET handler_id = NULL WHERE id = {issue} RETURNING 1")
    does("qian", RespondIssue(issue=issue, response="我来"))
    does("qian", ResolveIssue(issue=issue, resolution="好了"))
    does("wu", EditIssue(issue=issue, settings=(Setting("title", "慢", "很慢"),)))
    does("qian", AddProject(key="Q", name="钱"))
    assert team.one("SELECT count(*) FROM project WHERE key = 'Q'") == 1


def test_an_administrator_brings_a_table_in(team: Team) -> None:
    """What wang may not do by hand: the log of the same transaction says that it was an import."""
    known = team.doing(team.li, title="甲", due=team.clock.now() + timedelta(days=9))
    key = team.get(known).key
    plan = plan_of(
        ("任务ID", "任务名称", "负责人", "状态", "任务描述", "交付物"),
        (key, "甲", "赵敏", "待验收", "更清楚", "报告"),
        ("", "乙", "李娜", "已完成", "", ""),
    )
    with team.own("wang") as desk:
        apply(desk, plan, project="OPS")
    now = team.get(known)
    assert (now.owner, now.state, now.description) == (team.zhao, State.REVIEW, "更清楚")
    assert team.one("SELECT state FROM task WHERE title = '乙'") == "done"
    assert team.one("SELECT count(*) FROM duban_claim") == 0
    sound(team)
    with team.own("wang") as desk, pytest.raises(Unavailable) as caught:
        desk.do(ImportOwner(assign=AssignTask(task=known, owner=team.li, seen=team.zhao)))
    assert caught.value.code == "not-allowed-by-store", "no table was brought in"
