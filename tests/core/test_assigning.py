"""Whose a task is: taking on, asking back, returning, claiming, handing over, confirming."""

from datetime import UTC, datetime, timedelta

import pytest

from core.commands.assigning import (
    AcknowledgeTask,
    ClaimTask,
    ConfirmDuty,
    QuestionAssignment,
    ReturnTask,
)
from core.commands.closing import CancelTask, RestoreTask
from core.commands.editing import AssignTask
from core.commands.importing import ImportOwner
from core.commands.moving import MoveTask
from core.commands.people import AddPerson, MergePerson
from core.commands.progress import UpdateProgress
from core.commands.projects import EditProject
from core.commands.quieting import SnoozeAlert
from core.commands.sync import AddSyncEntry
from core.commands.ticking import Tick
from core.domain.assignments import Assignment
from core.domain.ids import PersonId, TaskId
from core.domain.notices import Raised
from core.domain.refusals import BadValue
from core.domain.status import Bucket, Priority, State
from core.domain.synclog import SyncAudience, SyncEntry
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.queries.alerts import alert_counts, alerts
from core.queries.responding import open_question
from core.queries.standup import owed
from tests.office import MORNING, Office, submission

A_DAY = timedelta(days=1)
NOTES = "访谈提纲在共享盘"


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


def held(office: Office) -> list[tuple[int, bool, bool]]:
    """Owner, whether taken on, whether it is the open one; oldest first."""
    return [
        (one.owner, one.acknowledged is not None, one.ended is None)
        for one in office.all(Assignment)
    ]


def clocks(office: Office) -> list[Timer]:
    running = [one for one in office.all(Timer) if one.ended is None]
    return [one for one in running if one.rule is TimerRule.ACKNOWLEDGE]


def given(office: Office, **fields: object) -> TaskId:
    """A task that wang gave to li, who has not taken it on."""
    return office.task(owner=office.li, taken_on=False, **fields)


def begun(office: Office) -> TaskId:
    """The same in progress: its lead started it."""
    task = given(office)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO))
    return task


def hand(office: Office, task: TaskId, owner: PersonId, notes: str = NOTES) -> None:
    now = office.get(task).owner
    office.do(AssignTask(task=task, owner=owner, seen=now, notes=notes))


def test_what_one_was_given_waits_to_be_taken_on(office: Office) -> None:
    task = given(office)
    (one,) = office.all(Assignment)
    assert (one.by, one.at, one.confirmed) == (office.wang, MORNING, None)
    (clock,) = clocks(office)
    assert (clock.person, clock.due) == (office.li, MORNING + A_DAY)
    office.clock.move(timedelta(hours=2))
    office.do(AcknowledgeTask(task=task), by="li")
    (one,) = office.all(Assignment)
    assert one.acknowledged == one.confirmed == MORNING + timedelta(hours=2)
    assert clocks(office) == []
    assert office.last().kind == "task-acknowledged"
    before = office.desk.mark()
    office.do(AcknowledgeTask(task=task), by="li")
    assert office.desk.mark() == before


@pytest.mark.parametrize("state", [State.TODO, State.DOING])
def test_who_gives_it_to_themselves_has_taken_it_on(office: Office, state: State) -> None:
    task = office.task(owner=office.wang, taken_on=False, state=state)
    assert held(office) == [(office.wang, True, True)]
    assert clocks(office) == []
    assert office.get(task).updated == (MORNING if state is State.DOING else None)


def test_nobody_can_ask_a_placeholder(office: Office) -> None:
    role = office.person("role", "客户对接人", placeholder=True)
    office.task(owner=role, taken_on=False)
    assert held(office) == [(role, True, True)]


def test_who_starts_their_task_has_taken_it_on(office: Office) -> None:
    task = given(office)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    assert held(office) == [(office.li, True, True)]
    assert office.get(task).updated == MORNING
    assert clocks(office) == []


@pytest.mark.parametrize("way", ["start", "update", "submit"])
def test_the_log_says_that_work_on_it_took_it_on(office: Office, way: str) -> None:
    task = given(office) if way == "start" else begun(office)
    command = {
        "start": MoveTask(task=task, to=State.DOING, seen=State.TODO),
        "update": UpdateProgress(task=task, progress=10),
        "submit": submission(office.view(task)),
    }[way]
    before = office.desk.mark()
    receipt = office.do(command, by="li")
    told = [one for one in office.events(since=before) if one.kind == "task-acknowledged"]
    assert [(one.actor, one.task, one.subject) for one in told] == [
        (office.li, task, office.get(task).title)
    ]
    assert told[0].changes == {"implied": [None, True]}
    assert receipt.first == before + 1, "of the same transaction as what they did"
    then = {"start": "task-moved", "update": "progress-updated", "submit": "task-submitted"}[way]
    assert office.last().kind == then, "what they did is told after it"
    office.do(UpdateProgress(task=task, progress=20), by="li")
    again = [one.kind for one in office.events(since=receipt.last)]
    assert "task-acknowledged" not in again, "nobody takes it on twice"


def test_what_was_taken_on_in_words_is_not_implied(office: Office) -> None:
    task = given(office)
    office.do(AcknowledgeTask(task=task), by="li")
    assert office.last().changes == {}
    before = office.desk.mark()
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    assert [one.kind for one in office.events(since=before)] == ["task-moved"]


def test_news_is_owed_from_when_it_was_taken_on(office: Office) -> None:
    task = begun(office)
    assert office.get(task).updated is None
    office.clock.move(21 * A_DAY)
    assert office.desk.ask(owed, office.li, now=office.desk.now()) == ()
    office.do(UpdateProgress(task=task, progress=10))  # wang's word is no news of li's
    assert office.get(task).updated is None
    office.do(AcknowledgeTask(task=task), by="li")
    assert office.get(task).updated == office.desk.now()


def test_who_tells_of_their_task_has_taken_it_on(office: Office) -> None:
    task = begun(office)
    office.do(UpdateProgress(task=task, progress=10), by="li")
    assert held(office) == [(office.li, True, True)]
    assert office.get(task).updated == MORNING


def test_a_draft_is_not_agreed_yet(office: Office) -> None:
    task = given(office, state=State.DRAFT)
    assert clocks(office) == []
    office.clock.move(A_DAY)
    office.do(MoveTask(task=task, to=State.TODO, seen=State.DRAFT))
    assert [one.due for one in clocks(office)] == [MORNING + 2 * A_DAY]


def test_asking_back(office: Office) -> None:
    """The question stands in the log with its clock; the answer's day does not count."""
    task = given(office)
    office.do(QuestionAssignment(task=task, question="多少份问卷算够？"), by="li")
    (entry,) = office.all(SyncEntry)
    assert (entry.topic, entry.task, entry.asks) == ("多少份问卷算够？", task, office.wang)
    assert held(office) == [(office.li, False, True)]
    question = office.desk.ask(open_question, task, person=office.wang)
    assert question == entry.id
    assert [one.due for one in clocks(office)] == [MORNING + 2 * A_DAY]
    assert office.last().kind == "assignment-questioned"
    answer = AddSyncEntry(project=office.project, task=task, topic="80 份", answers=entry.id)
    office.do(answer)
    assert office.desk.ask(open_question, task, person=office.wang) is None


def test_a_returned_task_is_nobodys_again(office: Office) -> None:
    task = given(office)
    office.do(ReturnTask(task=task, reason="我不做问卷"), by="li")
    assert office.get(task).owner is None
    (one,) = office.all(Assignment)
    assert (one.ended, one.returned, one.reason) == (MORNING, True, "我不做问卷")
    assert clocks(office) == []
    (entry,) = office.all(SyncEntry)
    assert (entry.content, entry.asks) == ("我不做问卷", None)
    assert [one.person for one in office.all(SyncAudience)] == [office.wang]
    events = {one.kind: one for one in office.events()}
    told = events["assignment-returned"]
    assert (told.changes, told.reason) == ({"owner": [office.li, None]}, "我不做问卷")


def test_what_has_begun_goes_back_to_who_had_it(office: Office) -> None:
    task = office.doing(owner=office.li)
    hand(office, task, office.zhao)
    assert office.get(task).updated is None
    office.do(ReturnTask(task=task, reason="休假"), by="zhao")
    assert office.get(task).owner == office.li
    assert held(office) == [
        (office.li, True, False),
        (office.zhao, False, False),
        (office.li, False, True),
    ]
    assert [one.person for one in clocks(office)] == [office.li]
    office.do(ReturnTask(task=task, reason="我也休假"), by="li")
    assert office.get(task).owner == office.wang  # who leads the project
    refusal = office.refused(ReturnTask(task=task, reason="没空"))
    assert refusal.code == "owner-needed"


def test_what_was_taken_on_is_not_returned(office: Office) -> None:
    task = office.task(owner=office.li)
    for command in (
        ReturnTask(task=task, reason="忙"),
        QuestionAssignment(task=task, question="？"),
    ):
        assert office.refused(command, by="li").code == "taken-on"


def test_returning_needs_a_reason(office: Office) -> None:
    refusal = office.refused(ReturnTask(task=given(office), reason=" "), by="li")
    assert isinstance(refusal, BadValue)
    assert refusal.facts["field"] == "reason"


def test_claiming(office: Office) -> None:
    task = office.task()
    office.do(ClaimTask(task=task), by="li")
    assert office.get(task).owner == office.li
    assert held(office) == [(office.li, True, True)]
    last = office.last()
    assert (last.kind, last.changes) == ("task-claimed", {"owner": [None, office.li]})
    refusal = office.refused(ClaimTask(task=task), by="zhao")
    assert (refusal.code, refusal.facts["person"]) == ("has-owner", "李娜")


def test_claiming_what_one_was_given_takes_it_on(office: Office) -> None:
    office.do(ClaimTask(task=given(office)), by="li")
    assert held(office) == [(office.li, True, True)]


@pytest.mark.parametrize("state", [State.DOING, State.REVIEW])
def test_a_handover_needs_notes(office: Office, state: State) -> None:
    task = office.doing() if state is State.DOING else office.in_review()
    command = AssignTask(task=task, owner=office.zhao, seen=office.li)
    refusal = office.refused(command)
    assert (refusal.code, refusal.facts["field"]) == ("handover-notes", "notes")
    hand(office, task, office.zhao)
    assert office.all(Assignment)[-1].notes == NOTES
    assert office.last().changes["notes"] == [None, NOTES]


def test_what_was_not_begun_needs_none(office: Office) -> None:
    task = office.task(owner=office.li)
    hand(office, task, office.zhao, notes="")
    hand(office, task, office.wang, notes="")
    assert held(office)[1:] == [(office.zhao, False, False), (office.wang, True, True)]
    assert clocks(office) == []


def test_taking_it_back_to_nobody(office: Office) -> None:
    task = given(office)
    office.do(AssignTask(task=task, owner=None, seen=office.li))
    assert [one.ended for one in office.all(Assignment)] == [MORNING]
    assert clocks(office) == []
    assert office.refused(AcknowledgeTask(task=task)).code in {"owner-needed", "not-allowed"}


def test_a_table_tells_no_notes(office: Office) -> None:
    task = office.doing()
    office.do(ImportOwner(assign=AssignTask(task=task, owner=office.zhao, seen=office.li)))
    assert held(office)[-1] == (office.zhao, True, True)
    assert office.get(task).updated == MORNING


def test_confirming(office: Office) -> None:
    task = office.doing()
    office.clock.move(40 * A_DAY)
    office.do(ConfirmDuty(task=task), by="li")
    (one,) = office.all(Assignment)
    assert (one.acknowledged, one.confirmed) == (MORNING, MORNING + 40 * A_DAY)
    waits = given(office)
    assert office.refused(ConfirmDuty(task=waits), by="li").code == "not-taken-on"


def test_a_merged_owner_keeps_the_chain(office: Office) -> None:
    role = PersonId(office.do(AddPerson(handle="role", name="专员", placeholder=True)).id)
    task = office.task(owner=role)
    office.do(MergePerson(placeholder=role, person=office.zhao))
    assert held(office) == [(office.zhao, True, True)]
    assert office.get(task).owner == office.zhao


def test_a_restored_task_still_waits(office: Office) -> None:
    task = begun(office)
    office.do(CancelTask(task=task, seen=State.DOING, reason="不做了"))
    assert clocks(office) == []
    office.clock.move(A_DAY)
    office.do(RestoreTask(task=task))
    assert [one.due for one in clocks(office)] == [MORNING + 2 * A_DAY]
    assert office.get(task).updated is None


def test_the_open_assignment_is_the_owners(office: Office) -> None:
    for state in (State.TODO, State.DOING):
        given(office, state=state)
    office.task()
    one = given(office)
    office.do(ReturnTask(task=one, reason="忙"), by="li")
    now = {each.task: each.owner for each in office.all(Assignment) if each.ended is None}
    assert {each.id: each.owner for each in office.all(Task)} == {
        each.id: now.get(each.id) for each in office.all(Task)
    }


def waiting(office: Office, viewer: PersonId) -> list[tuple[str, str, bool]]:
    """Rule, action and whether it is mine, of the lines in the scope ``mine``."""
    found = office.desk.ask(
        alerts, viewer=viewer, scope="mine", project=None, now=office.desk.now()
    )
    return [(one.rule, one.action, one.mine) for one in found.rows]


def test_not_taken_on_for_a_working_day(office: Office) -> None:
    given(office)
    office.clock.move(A_DAY - timedelta(minutes=1))
    assert waiting(office, office.li) == []
    office.clock.move(timedelta(minutes=1))
    assert waiting(office, office.li) == [("unacknowledged", "take-on", True)]
    assert waiting(office, office.wang) == [("unacknowledged", "nudge", False)]
    assert waiting(office, office.zhao) == []
    for scope in ("mine", "all"):
        counts = office.desk.ask(
            alert_counts, viewer=office.wang, scope=scope, project=None, now=office.desk.now()
        )
        assert counts[Bucket.WAITING] == 1
    office.do(Tick())
    (raised,) = office.all(Raised)
    assert (raised.rule, raised.told) == ("unacknowledged", {"li": "person", "wang": "assigner"})


def test_a_weekend_does_not_count(office: Office) -> None:
    office.clock.at = shanghai("2024-09-13 16:00")  # the Saturday after it is worked
    given(office)
    (clock,) = clocks(office)
    assert clock.due == shanghai("2024-09-14 16:00")


def test_a_project_sets_its_own_limit(office: Office) -> None:
    office.do(EditProject(project=office.project, rules={"acknowledge": "48"}))
    given(office)
    assert [one.due for one in clocks(office)] == [MORNING + 2 * A_DAY]


def test_confirming_is_asked_for_again(office: Office) -> None:
    """Of its owner only, while it is in progress, besides whatever else is amiss."""
    task = office.doing(due=MORNING + A_DAY)
    office.task(owner=office.li)  # not begun
    office.clock.move(30 * A_DAY - timedelta(minutes=1))
    assert [one[0] for one in waiting(office, office.li)] == ["overdue"]
    office.clock.move(timedelta(minutes=1))
    assert waiting(office, office.li)[1:] == [("reconfirm", "take-on", True)]
    assert [one[0] for one in waiting(office, office.wang)] == []
    office.do(ConfirmDuty(task=task), by="li")
    assert [one[0] for one in waiting(office, office.li)] == ["overdue"]


@pytest.mark.parametrize(("days", "asked"), [("0", False), ("10", True), ("20", False)])
def test_a_project_says_how_often(office: Office, days: str, asked: bool) -> None:
    office.do(EditProject(project=office.project, rules={"reconfirm": days}))
    task = office.doing()
    office.clock.move(10 * A_DAY)
    office.do(UpdateProgress(task=task, progress=10), by="li")
    assert [one[0] for one in waiting(office, office.li)] == ["reconfirm"] * asked


def test_what_is_to_be_confirmed_can_be_made_quiet(office: Office) -> None:
    task = office.doing(priority=Priority.LOW)
    office.clock.move(30 * A_DAY)
    office.do(UpdateProgress(task=task, progress=10), by="li")
    quiet = SnoozeAlert(
        target=Target.DUTY, object=task, until=office.desk.now() + A_DAY, reason="下周再说"
    )
    office.do(quiet, by="li")
    assert waiting(office, office.li) == []
