"""Who may not do something is told so before anything is typed, and is not offered its key."""

from datetime import timedelta

import pytest

from core.commands.closing import CancelTask
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.issues import CloseIssue, RaiseIssue, ResolveIssue
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, AddPerson, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.reviewing import DelegateAcceptance, SendBack
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.commands.warning import ExtendDue, WarnDelay
from core.domain.ids import DepartmentId, IssueId, PersonId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import Role, State
from core.domain.trouble import DelayReason
from core.policies.acts import could_accept, why_not
from core.policies.rights import Act
from core.queries.directory import people
from core.queries.permitted import about
from core.queries.reviews import verdict_facts
from tests.tui.conftest import NOW, until
from tui.actions import ACTIONS, BY_ID
from tui.needs import NEEDS
from tui.prompts.base import Prompt
from tui.widgets.hints import Hints

LOOKING = frozenset(
    "cursor-up cursor-down cursor-left cursor-right page-up page-down cursor-first cursor-last "
    "facts-up facts-down open whose filter mine subtasks compact alerts part-next part-previous "
    "board sync review issues teamup triage find project settings theme help leave quit "
    "unassigned raci history".split()
)
OBSERVER = "You are an observer here: you can look, but not change anything. Ask 李欣."


@pytest.fixture
def shared(team):
    """Wang owns a task that sun helps with; zhao leads the department, qian only looks."""
    for handle, role in (("sun", Role.MEMBER), ("zhou", Role.LEAD), ("qian", Role.OBSERVER)):
        command = AddPerson(handle=handle, name=handle, role=role)
        team.people[handle] = PersonId(team.desk.do(command).id)
    led = DepartmentId(team.desk.do(AddDepartment(name="市场部", lead=team.people["zhao"])).id)
    team.desk.do(EditProject(project=team.project, department=led, lead=team.people["lixin"]))
    return team


@pytest.fixture
def doing(shared):
    """A task of wang's; sun helps with it."""
    task = shared.put("对账", State.DOING, owner="wang", due=3)
    command = AddCollaborator(task=task, person=shared.people["sun"], scope="数据")
    shared.desk.do(command)
    return task


def hints(member):
    return member.picture.splitlines()[-1]


def is_asking(member):
    return isinstance(member.app.screen, Prompt)


def test_each_action_only_looks_or_says_what_it_comes_to():
    assert set(BY_ID) - LOOKING == set(NEEDS)
    assert len(ACTIONS) == len(BY_ID)


class Undone(Exception):
    """Nothing that was tried is kept."""


def tried(desk, command):
    """The code of the refusal; None if the command would be taken."""

    def undo():
        raise Undone

    try:
        with desk.together() as send:
            send(command)
            undo()
    except Undone:
        return None
    except Refusal as refusal:
        return refusal.code


def command_for(act, task, card, team):
    later = NOW + timedelta(days=9)
    return {
        Act.LOG: AddSyncEntry(project=team.project, task=task, topic="x"),
        Act.EDIT: EditTask(task=task, settings=(Setting("note", seen="", value="x"),)),
        Act.WORK: UpdateProgress(task=task, progress=50),
        Act.ASK_LATER: WarnDelay(task=task, code=DelayReason.OTHER, reason="x", expected=later),
        Act.GRANT_LATER: ExtendDue(task=task, due=later, reason="x", seen=card.due),
        Act.JUDGE: SendBack(task=task, findings="x"),
    }[act]


@pytest.mark.parametrize("state", [State.DOING, State.DONE, State.CANCELLED])
def test_the_answer_is_what_the_command_would_meet(shared, doing, state):
    """Everybody, every kind of act, an open task, a done one and one that was given up."""
    task = doing
    if state is State.DONE:
        task = shared.put("旧", State.DONE, owner="wang", due=3)
    elif state is State.CANCELLED:
        shared.desk.do(CancelTask(task=task, seen=State.DOING, reason="x"))
    card, told = shared.card(task), shared.desk.ask(about, task)
    acts = [Act.LOG, Act.EDIT, Act.WORK, Act.ASK_LATER, Act.GRANT_LATER]
    for handle in (*shared.people, "nobody"):
        desk = shared.by(handle)
        found = {act: why_not(act, desk.me(), told) for act in acts}
        assert found == {act: tried(desk, command_for(act, task, card, shared)) for act in acts}


def test_a_verdict_is_answered_alike(shared):
    task = shared.put("报告", State.REVIEW, owner="wang")
    card, told = shared.card(task), shared.desk.ask(about, task)
    for handle in shared.people:
        desk = shared.by(handle)
        command = command_for(Act.JUDGE, task, card, shared)
        assert why_not(Act.JUDGE, desk.me(), told) == tried(desk, command)


def test_acceptance_is_offered_to_whom_the_command_takes(shared):
    """Not to wang, who owned it before sun, nor to sun, nor to who only looks or is a name."""
    task = shared.put("报告", State.DOING, owner="wang")
    shared.desk.do(
        AssignTask(task=task, owner=shared.people["sun"], seen=shared.people["wang"], notes="盘")
    )
    command = AddPerson(handle="someone", name="*经理", placeholder=True)
    shared.people["someone"] = PersonId(shared.desk.do(command).id)
    desk = shared.desk
    own = desk.ask(verdict_facts, task, now=NOW).own
    told = desk.ask(about, task)._replace(own=own)
    offered = {one.id for one in could_accept(told, desk.ask(people))}
    assert offered == {
        number
        for number in shared.people.values()
        if tried(desk, DelegateAcceptance(task=task, to=number, reason="x", seen=PersonId(1)))
        is None
    }
    assert offered == {shared.people[one] for one in ("lixin", "zhao", "zhou")}


@pytest.mark.parametrize("key", ["a", "e", "o", "d", "p", "b", "W", "i", "n", "r", "x", "L", "s"])
async def test_an_observer_is_told_so_at_once(shared, doing, drive, key):
    async with drive(shared.url, handle="qian") as member:
        await member.choose(doing)
        await member.presses(key)
        assert not is_asking(member)
        assert member.told == OBSERVER


@pytest.mark.parametrize(
    "keys",
    [("enter", "enter"), ("enter", "a"), ("2", "a"), ("2", "M"), ("4", "a"), ("t", "v", "o")],
)
async def test_an_observer_is_told_so_on_every_screen(shared, doing, drive, keys):
    late = shared.put("late", State.DOING, owner="wang", due=-3)
    async with drive(shared.url, handle="qian") as member:
        await member.choose(late)
        await member.presses(*keys)
        assert not is_asking(member)
        assert member.told == OBSERVER
        assert member.screen != "BoardScreen"


async def test_an_observer_is_offered_only_what_they_may(shared, doing, drive):
    async with drive(shared.url, handle="qian", size=(120, 30)) as member:
        for offered in ("t triage", "f find", "/ filter", "g project", "⏎ open", "? help"):
            assert offered in hints(member)
        for refused in ("a add", "e edit", "move", "s standup", "b block", "p progress"):
            assert refused not in hints(member)
        await member.choose(doing)
        await member.presses("enter")
        assert "edit" not in hints(member)
        assert "warn" not in hints(member)


async def test_in_chinese(shared, doing, drive):
    async with drive(shared.url, handle="qian", language="zh_CN") as member:
        await member.choose(doing)
        await member.presses("e")
        assert not is_asking(member)
        assert "李欣" in member.told


@pytest.mark.parametrize("screen", ["board", "detail"])
async def test_who_may_not_warn_is_told_who_may(shared, doing, drive, screen):
    shared.desk.do(EditPerson(person=shared.people["zhao"], name="赵敏"))
    other = shared.desk.do(AddPerson(handle="wu", name="吴"))
    assert other.id
    async with drive(shared.url, handle="wu") as member:
        await member.choose(doing)
        if screen == "detail":
            await member.presses("enter")
            assert "W warn" not in hints(member)
        await member.presses("W")
        assert not is_asking(member)
        assert "OPS-1" in member.told
        assert member.told.endswith("Ask 王磊, 李欣, 赵敏.")


@pytest.mark.parametrize("handle", ["wang", "zhao", "zhou", "lixin"])
async def test_owner_and_leads_are_asked(shared, doing, drive, handle):
    async with drive(shared.url, handle=handle) as member:
        await member.choose(doing)
        await member.presses("W")
        assert is_asking(member)


async def test_who_helps_tells_but_does_not_warn(shared, doing, drive):
    async with drive(shared.url, handle="sun") as member:
        await member.choose(doing)
        await member.presses("W")
        assert not is_asking(member)
        assert member.told == (
            "Only its owner or a lead may do this to OPS-1: warn, and ask for a later due. "
            "Ask 王磊, 李欣, 赵敏."
        )
        await member.presses("p")
        assert is_asking(member)


@pytest.mark.parametrize("key", ["e", "x", "p", "b", "o", "H", "L", "W", "d"])
async def test_others_are_asked_nothing_about_a_task_of_somebody_else(shared, doing, drive, key):
    """A card does not tell who helps, and who asked for it: the task is read before it is asked."""
    shared.desk.do(AddPerson(handle="wu", name="吴"))
    async with drive(shared.url, handle="wu") as member:
        await member.choose(doing)
        await member.presses(key)
        assert not is_asking(member)
        assert member.told.startswith("Only ")
        assert "OPS-1" in member.told
        assert "Ask " in member.told
    assert shared.card(doing).state is State.DOING


@pytest.mark.parametrize(("handle", "asked"), [("wang", True), ("sun", False)])
async def test_whoever_asked_for_a_task_edits_it_before_it_begins(shared, drive, handle, asked):
    made = CreateTask(project=shared.project, title="客户访谈")
    task = TaskId(shared.by("wang").do(made).id)
    async with drive(shared.url, handle=handle) as member:
        for key in ("e", "x"):
            await member.choose(task)
            await member.presses(key)
            assert is_asking(member) is asked
            if not asked:
                assert member.told.endswith("Ask 李欣, 赵敏.")
            await member.presses("escape")


async def test_who_may_not_is_not_sent_to_others_about_what_is_closed(shared, drive):
    shared.desk.do(AddPerson(handle="wu", name="吴"))
    done = shared.put("旧", State.DONE, owner="wang")
    async with drive(shared.url, handle="wu") as member:
        await member.choose(done)
        await member.presses("b")
        assert member.told.startswith("Only its owner or a lead may do this to OPS-1")
        assert "Ask " not in member.told


@pytest.mark.parametrize(("handle", "asked"), [("wu", False), ("wang", True), ("sun", True)])
async def test_an_issue_is_resolved_by_its_handler_or_the_owner(
    shared, doing, drive, handle, asked
):
    """Told before anything is typed, and not offered."""
    shared.desk.do(AddPerson(handle="wu", name="吴"))
    raised = RaiseIssue(task=doing, title="环境", impact="联调", handler=shared.people["sun"])
    shared.desk.do(raised)
    async with drive(shared.url, handle=handle, size=(120, 30)) as member:
        await member.presses("4")
        assert ("r respond" in hints(member)) is asked
        await member.presses("r")
        assert is_asking(member) is asked
        if not asked:
            assert "answer and resolve an issue" in member.told
            assert member.told.endswith("Ask sun, 王磊.")


async def test_an_issue_is_closed_by_a_lead_and_opened_again_by_who_reported_it(
    shared, doing, drive
):
    raised = RaiseIssue(task=doing, title="环境", impact="联调", handler=shared.people["wang"])
    issue = IssueId(shared.by("sun").do(raised).id)
    shared.by("wang").do(ResolveIssue(issue=issue, resolution="重启"))
    async with drive(shared.url, handle="sun", size=(120, 30)) as member:
        await member.presses("4")
        assert "close it" not in hints(member)
        await member.presses("r")
        assert not is_asking(member)
        assert member.told.endswith("Ask 李欣, 赵敏.")
        shared.desk.do(CloseIssue(issue=issue))
        await member.app.screen.renew()
        await member.settles()
        assert "r reopen" in hints(member)
        await member.presses("r")
        assert is_asking(member)


async def test_an_issue_without_a_task_goes_up_only_by_a_lead(shared, drive):
    shared.desk.do(RaiseIssue(project=shared.project, title="会议室不足", impact="周会"))
    async with drive(shared.url, handle="sun") as member:
        await member.presses("4", "E")
        assert not is_asking(member)
        assert member.told.endswith("Ask 李欣, 赵敏.")
        await member.presses("r")
        assert is_asking(member)


async def test_findings_are_not_asked_of_who_may_not_judge(shared, drive):
    task = shared.put("报告", State.REVIEW, owner="wang")
    async with drive(shared.url, handle="sun") as member:
        await member.choose(task)
        await member.presses("H")
        assert not is_asking(member)
        assert member.told.endswith("Ask 李欣, 赵敏.")
        await member.presses("3", "m")
        assert "报告" in member.picture
        assert "accept" not in hints(member)
        assert "send back" not in hints(member)
        await member.presses("H")
        assert not is_asking(member)
    async with drive(shared.url) as member:
        await member.presses("3")
        assert "accept" in hints(member)


async def test_what_is_closed_is_not_worked_on(shared, drive):
    done = shared.put("旧", State.DONE, owner="wang")
    async with drive(shared.url) as member:
        await member.choose(done)
        assert "block" not in hints(member)
        for key in ("o", "p", "b", "W", "n"):
            await member.presses(key)
            assert not is_asking(member)
            assert member.told == "OPS-1 is closed (Done)."
        await member.presses("e")
        assert is_asking(member)


async def test_the_keys_follow_the_chosen_card(shared, doing, drive):
    shared.put("旧", State.DONE, owner="wang")
    async with drive(shared.url) as member:
        await member.choose(doing)
        assert "b block" in hints(member)
        await member.presses("right", "right")
        await until(lambda: "b block" not in hints(member))
        await member.presses("left", "left")
        await until(lambda: "b block" in hints(member))


async def test_the_keys_follow_in_the_frame_that_shows_the_cursor(shared, doing, drive):
    shared.put("等待", State.TODO, owner="lixin")
    async with drive(shared.url, handle="wang", size=(120, 40)) as member:
        await member.choose(doing)
        screen = member.app.screen
        for act in (screen.act_cursor_left, screen.act_cursor_right):
            before = screen.query_one(Hints).hints
            await act()
            assert screen.query_one(Hints).hints == screen.hints() != before
