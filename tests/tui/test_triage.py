"""Triage on the screen: the list, the facts, one decision after another, several at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from textual.widgets import Input

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.dependencies import AddDependency
from core.commands.importing import ImportTask
from core.commands.issues import RaiseIssue
from core.commands.people import AddDepartment, AddPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import AcceptTask
from core.commands.setup import StartTeam
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.commands.warning import WarnDelay
from core.desk import Desk
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.notices import Quiet
from core.domain.parts import Collaborator
from core.domain.status import Priority, State, SyncKind
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.domain.trouble import DelayReason, Extension, Issue, IssueState, Nudge
from core.queries.meetings import meetings
from core.store import rows
from tests.office import hand_in
from tests.tui.stage import NOW, Member, open_desk, sitting
from tui.screens.detail import DetailScreen
from tui.screens.triage import TriageScreen
from tui.widgets.lines import LineList

OPS = ProjectId(1)
DAY = timedelta(days=1)
WANG, LI, ZHAO = PersonId(1), PersonId(2), PersonId(3)


class Stage:
    """A store in which things wait; each kind is put there when a test asks for it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.desk = Desk(url, actor="wang", clock=SetClock(NOW - 6 * DAY)).open()
        self.desk.do(
            StartTeam(handle="wang", name="王经理", project_key="OPS", project_name="运营")
        )
        for handle, name in (("li", "李专员"), ("zhao", "赵敏")):
            self.desk.do(AddPerson(handle=handle, name=name))
        self.desk.do(AddDepartment(name="市场部", lead=WANG))
        self.desk.do(EditProject(project=OPS, department=DepartmentId(1), lead=WANG))

    def by(self, handle: str, *, days: int = 1) -> Desk:
        return self.desk.acting(handle, clock=SetClock(NOW - days * DAY))

    def late(self, title: str, days: int, owner: PersonId | None = LI, **more: Any) -> TaskId:
        return self.task(title, -days, owner, **more)

    def task(self, title: str, due: int | None, owner: PersonId | None = LI, **more: Any) -> TaskId:
        at = None if due is None else NOW + due * DAY
        state = State.DOING if owner else State.TODO
        command = CreateTask(project=OPS, title=title, owner=owner, due=at, state=state, **more)
        return TaskId(self.desk.do(ImportTask(task=command)).id)

    def planned(self, title: str, days: int, owner: PersonId = LI) -> TaskId:
        """Late, and nobody has begun."""
        command = CreateTask(project=OPS, title=title, owner=owner, due=NOW - days * DAY)
        return TaskId(self.desk.do(command).id)

    def warned(self, title: str) -> TaskId:
        task = self.task(title, 2)
        command = WarnDelay(
            task=task, code=DelayReason.MATERIAL, reason="资料未到", expected=NOW + 6 * DAY
        )
        self.by("li").do(command)
        return task

    def blocked(self, title: str, owner: PersonId = LI) -> TaskId:
        task = self.task(title, 9, owner)
        self.by("li", days=3).do(BlockTask(task=task, reason="等接口", waiting_for="技术部"))
        return task

    def done(self, title: str) -> TaskId:
        """A task of li's that was accepted six days ago."""
        task = self.task(title, 9, type="项目型")
        hand_in(self.by("li", days=6), task)
        self.desk.do(AcceptTask(task=task))
        return task

    def all(self, kind: type[Any]) -> list[Any]:
        desk = open_desk(self.url)
        form = rows.shape(kind)
        query = form.table.select(*form.columns).order_by(form.table.id)
        found = [rows.record(kind, row) for row in desk.ask(lambda store: store.rows(query))]
        desk.close()
        return found

    def get(self, task: TaskId) -> Task:
        return next(one for one in self.all(Task) if one.id == task)


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    made = Stage(sqlite_url)
    yield made
    made.desk.close()


def chosen(member: Member) -> str:
    return member.app.screen.query_one("#waiting", LineList).chosen


def seen(member: Member) -> str:
    return " ".join(member.sees.split())


async def test_the_list_says_why_and_the_facts_stand_beside_it(stage):
    root = stage.late("用户画像分析", 3)
    other = stage.task("Survey report", 9, ZHAO)
    stage.desk.do(AddDependency(task=other, needs=root))
    stage.blocked("接口联调")
    for size in ((80, 24), (120, 40)):
        async with sitting(stage.url, size=size) as member:
            await member.presses("t")
            assert "2 items" in member.sees
            assert "my team's" in member.sees
            assert "overdue 3 days" in member.sees
            assert "1 task waits for it" in member.sees
            assert "blocked 3 days" in member.sees
            assert "等接口 · waiting for 技术部" in seen(member)
            assert "2 open · 2 in progress" in seen(member)
            await member.presses("down")
            assert "Kept waiting 赵敏" in seen(member)


async def test_in_chinese(stage):
    stage.late("用户画像分析", 3)
    async with sitting(stage.url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("t")
        assert "督办台" in member.sees
        assert "逾期 3 天" in member.sees


async def test_nothing_waits(stage):
    async with sitting(stage.url) as member:
        await member.presses("t", "o", "space", "enter")
        assert "Nothing waits for a decision." in member.sees


TEN = {
    "o": ("赵", "enter", *"ok", "enter"),
    "-": (),
    "a": (*"when", "enter"),
    "+": (*"check", "tab", "赵", "enter"),
    "n": ("enter",),
    "d": (*"+9d", "tab", *"why", "enter"),
    "E": (*"now", "tab", *"all", "enter"),
    "A": (*"ok", "enter"),
    "Z": (*"fri", "enter", *"ok", "enter"),
    "x": (*"no", "enter"),
}
"""A decision of each kind, with the keys that its question takes."""


async def test_ten_items_without_leaving_the_screen(stage):
    """Each key decides what is under the cursor, which then goes on: no key moves it."""
    for number in range(10):
        stage.late(f"任务{number}", 20 - number)
    decided, pressed = [], 0
    async with sitting(stage.url, size=(120, 40)) as member:
        await member.presses("t")
        assert "10 items" in member.sees
        for key, answers in TEN.items():
            decided.append(chosen(member))
            await member.presses(key, *answers)
            pressed += 1 + len(answers)
            assert isinstance(member.app.screen, TriageScreen), member.sees
            assert key == "x" or chosen(member) not in decided
    assert len(set(decided)) == len(TEN)
    assert pressed == 58
    assert [one.level for one in stage.all(Issue)] == [1]
    assert [one.kind for one in stage.all(Quiet)] == ["ack", "snooze"]
    tasks = stage.all(Task)
    assert {one.state for one in tasks} == {State.DOING, State.CANCELLED}
    assert sum(one.owner == ZHAO for one in tasks) == 1
    assert sum(one.slips for one in tasks) == 1


async def test_decided_lines_are_marked_and_the_cursor_goes_on(stage):
    stage.late("甲", 3)
    stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t")
        first = chosen(member)
        await member.presses("-")
        assert "OPS001: Low" in member.sees or "Priority of OPS001: Low." in member.sees
        assert chosen(member) != first
        assert "priority lowered" in member.sees


async def test_several_get_one_owner_in_one_transaction(stage):
    tasks = [stage.late(title, days) for title, days in (("甲", 3), ("乙", 2), ("丙", 1))]
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space")
        assert "2 selected" in member.sees
        await member.presses("o")
        assert "Hand 2 items over" in member.sees
        await member.writes("zhao")
        await member.presses("enter")
        await member.writes("notes")
        await member.presses("enter")
        assert "赵敏 owns 2 items now." in member.sees
        assert "selected" not in member.sees
        assert chosen(member) == f"task:{tasks[2]}"
    assert [stage.get(task).owner for task in tasks] == [ZHAO, ZHAO, LI]


async def test_a_refusal_names_its_task_and_nothing_is_done(stage):
    alone = stage.late("甲", 3)
    parent = stage.late("乙", 2)
    stage.desk.do(CreateTask(project=OPS, title="子", parent=parent))
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "x")
        await member.writes("gone")
        await member.presses("enter")
        said = seen(member)
        assert "OPS002" in said
        assert "the other 1 either." in said, said
        assert "gone" in said
        await member.presses("escape")
        assert isinstance(member.app.screen, TriageScreen)
        assert "2 selected" in member.sees
    assert {stage.get(task).state for task in (alone, parent)} == {State.DOING}


async def test_several_extensions_are_granted_or_refused_together(stage):
    for title in ("甲", "乙", "丙"):
        stage.warned(title)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "r")
        assert "Extension requests: 2 items" in member.sees
        await member.presses("1")
        assert "Granted: 2 items." in member.sees
        await member.presses("space", "r")
        await member.presses("enter")
    states = [one.state for one in stage.all(Extension)]
    assert sorted(states) == ["granted", "granted", "granted"]


async def test_several_extensions_are_refused_with_one_reason(stage):
    for title in ("甲", "乙"):
        stage.warned(title)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "r", "2", "enter")
        assert "Say why it is refused" in member.sees
        await member.writes("no")
        await member.presses("enter")
        assert "Refused: 2 items." in member.sees
    assert {(one.state, one.answer) for one in stage.all(Extension)} == {("refused", "no")}


async def test_only_extensions_are_answered_together(stage):
    stage.warned("甲")
    stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "r")
        assert "Only extension requests are answered together" in seen(member)


async def test_a_question_goes_to_the_owner_and_into_the_log(stage):
    task = stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "a")
        assert "Ask about OPS001" in member.sees
        await member.presses("enter")
        assert "Write down the question." in member.sees
        await member.writes("when?")
        await member.presses("enter")
        assert "The question stands in the sync log." in member.sees
        assert "wang" not in member.sees
    (entry,) = stage.all(SyncEntry)
    assert (entry.topic, entry.asks, entry.task, entry.kind) == ("when?", LI, task, SyncKind.NOTE)


async def test_each_owner_is_asked(stage):
    stage.late("甲", 3)
    stage.late("乙", 2, ZHAO)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "a")
        await member.writes("when?")
        await member.presses("enter")
    assert sorted(one.asks for one in stage.all(SyncEntry)) == [LI, ZHAO]


async def test_a_task_of_nobody_has_nobody_to_ask(stage):
    stage.late("甲", 3, None)
    stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "a")
        assert "OPS001 has no owner who could be asked." in member.sees


async def test_help_is_assigned_with_what_it_is_for(stage):
    task = stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "+")
        await member.writes("check")
        await member.presses("tab")
        await member.writes("zhao")
        await member.presses("enter")
        assert "赵敏 helps with OPS001." in member.sees
    (one,) = stage.all(Collaborator)
    assert (one.task, one.person, one.scope) == (task, ZHAO, "check")


async def test_escalating_raises_the_issue_that_was_missing(stage):
    stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "E", "enter")
        assert "Say why it goes to the next level." in member.sees
        await member.writes("stuck")
        await member.presses("enter")
        assert "Say what it holds up." in member.sees
        await member.presses("tab")
        await member.writes("release")
        await member.presses("enter")
        assert "OPS001 is escalated." in member.sees
    (issue,) = stage.all(Issue)
    assert (issue.title, issue.impact, issue.level) == ("stuck", "release", 1)


async def test_escalating_takes_its_issue_to_the_next_level(stage):
    task = stage.task("甲", 9)
    stage.by("li").do(RaiseIssue(task=task, title="环境", impact="联调"))
    async with sitting(stage.url) as member:
        await member.presses("t", "E")
        assert "Impact" not in member.sees.partition("Escalate")[2].partition("enter")[0]
        await member.writes("stuck")
        await member.presses("enter")
        assert "is escalated." in member.sees
    assert [one.level for one in stage.all(Issue)] == [1]


async def test_acknowledged_and_snoozed_lines_leave(stage):
    stage.late("甲", 3)
    stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t", "A")
        await member.writes("today")
        await member.presses("enter")
        assert "1 item" in member.sees
        assert "OPS001: quiet for you while it lasts." in member.sees
        await member.presses("Z")
        await member.writes("fri")
        await member.presses("enter")
        await member.writes("away")
        await member.presses("enter")
        assert "Nothing waits for a decision." in member.sees
    assert [(one.kind, one.note) for one in stage.all(Quiet)] == [
        ("ack", "today"),
        ("snooze", "away"),
    ]


async def test_several_are_nudged_at_once(stage):
    stage.late("甲", 3)
    stage.late("乙", 2, ZHAO)
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "n")
        assert "2 items: nudged." in member.sees
    assert sorted(one.person for one in stage.all(Nudge)) == [LI, ZHAO]


async def test_a_lead_moves_a_due_with_a_reason(stage):
    task = stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "d")
        await member.writes("+7d")
        await member.presses("enter")
        await member.writes("customer")
        await member.presses("enter")
        assert "Nothing waits for a decision." in member.sees
    after = stage.get(task)
    assert after.slips == 1
    assert after.due is not None
    assert after.due > NOW


async def test_others_may_look_and_are_told_why_not(stage):
    """Before anything is asked; and the key is not offered."""
    stage.late("甲", 3)
    async with sitting(stage.url, handle="zhao", size=(120, 40)) as member:
        await member.presses("t", "v")
        assert "OPS001" in member.sees
        assert "d due" not in member.sees
        await member.presses("d")
        assert isinstance(member.app.screen, TriageScreen)
        assert "Only a lead may do this to OPS001: grant or set a later due. Ask 王经理." in seen(
            member
        )


async def test_who_leads_nothing_answers_no_requests(stage):
    """Several at once: nobody is asked what they may not decide."""
    for title in ("甲", "乙"):
        stage.warned(title)
    async with sitting(stage.url, handle="zhao") as member:
        await member.presses("t", "v", "space", "space", "r")
        assert isinstance(member.app.screen, TriageScreen)
        assert "Only a lead may do this to OPS001: grant or set a later due. Ask 王经理." in seen(
            member
        )
    assert {one.state for one in stage.all(Extension)} == {"asked"}


async def test_a_moved_due_wants_its_reason_as_on_the_board(stage):
    task = stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "d")
        await member.writes("+7d")
        await member.presses("enter")
        assert "Others plan with this due: say why it moves." in member.sees
        await member.presses("escape", "d")
        await member.writes("2026-03-17")
        await member.presses("tab", "w", "h", "y", "enter")
        assert "has gone by" in seen(member)
        assert member.app.screen.query_one("#reason-input", Input).value == "why"
        await member.presses("escape")
    assert stage.get(task).slips == 0


async def test_its_owner_already(stage):
    stage.planned("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t", "o")
        await member.writes("li")
        await member.presses("enter")
        assert "李专员 owns OPS001 already." in member.sees
        assert "owner changed" not in member.sees
        assert "✓ OPS001" not in member.sees


async def test_of_several_only_the_others_change_hands(stage):
    tasks = [stage.planned("甲", 3), stage.planned("乙", 2, ZHAO)]
    async with sitting(stage.url) as member:
        await member.presses("t", "space", "space", "o")
        await member.writes("zhao")
        await member.presses("enter")
        assert "赵敏 owns 2 items now." in member.sees
    assert [stage.get(task).owner for task in tasks] == [ZHAO, ZHAO]
    assert [stage.get(task).version for task in tasks] == [2, 1]


# What is over, but for the look back


async def test_what_waits_for_its_minutes_is_written_up(stage):
    task = stage.done("访谈提纲")
    async with sitting(stage.url) as member:
        await member.presses("t")
        assert "retrospective" in member.sees
        hints = member.sees.splitlines()[-1]
        assert "r minutes" in hints
        for refused in ("n nudge", "o owner", "d due", "+ helper"):
            assert refused not in hints
        for key in ("n", "-", "o", "d", "+"):
            await member.presses(key)
            assert isinstance(member.app.screen, TriageScreen)
            assert "OPS001 is closed (Done)." in member.sees
        await member.presses("r")
        assert "Retrospective · OPS001 访谈提纲" in member.sees
        await member.presses("ctrl+s")
        assert "Nothing waits for a decision." in member.sees
    desk = open_desk(stage.url)
    (row,) = desk.ask(meetings)
    assert (row.kind, row.topic, row.task) == (MeetingKind.RETRO, "OPS001 访谈提纲", task)
    desk.close()


async def test_a_selection_is_not_judged_by_the_line_under_the_cursor(stage):
    stage.done("访谈提纲")
    task = stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t")
        if chosen(member) != f"task:{task}":
            await member.presses("down")
        await member.presses("space", "up", "-")
        assert "Priority of OPS002: Low." in member.sees
        assert stage.get(task).priority is Priority.LOW


# Reading on in the facts


@pytest.mark.parametrize(("down", "up"), [(".", ","), ("。", "，")])
async def test_the_facts_are_read_to_their_end_while_the_list_has_the_keys(stage, down, up):
    task = stage.late("甲", 3)
    for number in range(9):
        stage.by("li").do(UpdateProgress(task=task, progress=number, done=f"step {number}"))
    async with sitting(stage.url) as member:
        await member.presses("t")
        assert ", . facts" in member.sees
        assert "Cost" not in member.sees
        await member.presses(down)
        await member.app.screen.renew()
        await member.settles()
        await member.presses(down, down)
        assert "Cost" in member.sees
        assert member.app.screen.list.has_focus
        assert chosen(member) == f"task:{task}"
        await member.presses(up, up, up)
        assert "Cost" not in member.sees
        assert "overdue 3 days" in member.sees


async def test_facts_that_fit_need_no_keys(stage):
    stage.late("甲", 3)
    async with sitting(stage.url, size=(120, 60)) as member:
        await member.presses("t")
        assert ", . facts" not in member.sees


# An issue, from its first answer to its end


async def test_an_issue_is_answered_and_resolved_from_the_list(stage):
    task = stage.task("甲", 9)
    stage.by("li").do(RaiseIssue(task=task, title="环境", impact="联调"))
    async with sitting(stage.url) as member:
        await member.presses("t", "r")
        assert "What is done about OPS-I01?" in member.sees
        await member.writes("looking")
        await member.presses("enter")
        assert [one.state for one in stage.all(Issue)] == [IssueState.RESPONDED]
        assert isinstance(member.app.screen, TriageScreen)
        await member.presses("v", "r")
        assert "How was OPS-I01 resolved?" in member.sees
        await member.writes("restarted")
        await member.presses("enter")
    (issue,) = stage.all(Issue)
    assert (issue.state, issue.response, issue.resolution) == (
        IssueState.RESOLVED,
        "looking",
        "restarted",
    )


async def test_an_issue_without_a_task_is_answered_and_escalated(stage):
    stage.by("li").do(RaiseIssue(project=OPS, title="会议室不足", impact="周会"))
    async with sitting(stage.url) as member:
        await member.presses("t", "E")
        await member.writes("urgent")
        await member.presses("enter")
        assert "OPS-I01 is escalated." in member.sees
        await member.presses("r")
        assert "What is done about OPS-I01?" in member.sees
        await member.writes("booked")
        await member.presses("enter")
    (issue,) = stage.all(Issue)
    assert (issue.state, issue.level, issue.task) == (IssueState.RESPONDED, 1, None)


async def test_enter_opens_the_task_and_esc_comes_back_to_it(stage):
    stage.late("甲", 3)
    stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t", "down")
        here = chosen(member)
        await member.presses("enter")
        assert isinstance(member.app.screen, DetailScreen)
        await member.presses("escape")
        assert isinstance(member.app.screen, TriageScreen)
        assert chosen(member) == here


async def test_the_cursor_stays_on_its_item_when_others_change_things(stage):
    stage.late("甲", 3)
    below = stage.late("乙", 2)
    async with sitting(stage.url) as member:
        await member.presses("t", "down")
        assert chosen(member) == f"task:{below}"
        stage.late("丙", 30, priority=Priority.HIGH)
        await member.app.screen.renew()
        await member.settles()
        assert chosen(member) == f"task:{below}"
        assert "3 items" in member.sees


async def test_whose_goes_round_and_esc_clears_the_selection(stage):
    stage.late("甲", 3)
    async with sitting(stage.url) as member:
        await member.presses("t")
        for said in ("everybody's", "mine", "my team's"):
            await member.presses("v")
            assert said in member.sees
        await member.presses("space")
        assert "1 selected" in member.sees
        await member.presses("escape")
        assert "selected" not in member.sees
        await member.presses("escape")
        assert not isinstance(member.app.screen, TriageScreen)


async def test_an_issue_without_a_task(stage):
    stage.by("li").do(RaiseIssue(project=OPS, title="会议室不足", impact="周会"))
    async with sitting(stage.url) as member:
        await member.presses("t")
        assert "会议室不足" in member.sees
        await member.presses("o")
        assert "This is about no task." in member.sees


async def test_a_question_without_a_task_is_answered(stage):
    stage.by("li").do(AddSyncEntry(project=OPS, topic="预算批了吗", kind=SyncKind.NOTE, asks=WANG))
    async with sitting(stage.url) as member:
        await member.presses("t")
        assert "预算批了吗" in member.sees
        await member.presses("r")
        await member.writes("yes")
        await member.presses("ctrl+s")
        assert "Nothing waits for a decision." in member.sees


async def test_a_time_is_set_for_what_is_blocked(stage):
    stage.blocked("甲")
    async with sitting(stage.url) as member:
        await member.presses("t", "r")
        assert "By when is OPS001 resolved?" in member.sees
        await member.presses("enter")
        assert isinstance(member.app.screen, TriageScreen)
        assert "Resolved by" in member.sees
