"""Questions, audiences and follow-ups of the sync log."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.commands.closing import CancelTask
from core.commands.importing import ImportEntry
from core.commands.people import AddDepartment
from core.commands.sync import AddSyncEntry, MakeFollowUpTask, write_entry
from core.domain.ids import DepartmentId, PartId
from core.domain.refusals import Ambiguous
from core.domain.status import State, SyncKind
from core.domain.synclog import SyncAudience, SyncEntry
from core.domain.timers import Target, Timer, TimerRule
from core.queries.synclog import entries, entry
from tests.office import Office

MONDAY = date(2024, 3, 25)


def say(office: Office, *, by: str = "li", **fields: Any) -> PartId:
    command = AddSyncEntry(**{"project": office.project, "topic": "接口", **fields})
    return PartId(office.do(command, by=by).id)


def timers(office: Office) -> list[Timer]:
    return [one for one in office.all(Timer) if one.ended is None]


def test_a_question_runs_until_it_is_answered(office: Office):
    task = office.task()
    asked = say(office, task=task, asks=office.zhao)
    (timer,) = timers(office)
    assert (timer.rule, timer.target, timer.object) == (TimerRule.QUESTION, Target.ENTRY, asked)
    assert (timer.person, timer.task) == (office.zhao, task)
    assert timer.due == datetime(2024, 3, 26, 1, 30, tzinfo=UTC)
    assert [one.kind for one in office.events()][-2:] == ["sync-entry-added", "question-asked"]
    assert not office.desk.ask(entry, asked, viewer=None).answered
    answer = say(office, by="zhao", answers=asked, topic="答复")
    assert timers(office) == []
    assert office.last().kind == "question-answered"
    assert office.desk.ask(entry, asked, viewer=None).answered
    assert office.desk.ask(entry, answer, viewer=None).answers == asked


def test_a_question_about_an_urgent_task_counts_day_and_night(office: Office):
    task = office.task(urgent=True)
    say(office, task=task, asks=office.zhao)
    assert timers(office)[0].urgent


def test_a_question_about_a_closed_task_is_its_projects(office: Office):
    task = office.task()
    office.do(CancelTask(task=task, seen=State.TODO, reason="不做了"))
    say(office, task=task, asks=office.zhao)
    assert timers(office)[0].task is None


def test_only_questions_are_answered(office: Office):
    plain = say(office)
    command = AddSyncEntry(project=office.project, topic="x", answers=plain)
    facts = office.refused(command).facts
    assert (facts["field"], facts["reason"]) == ("answers", "no-question")


def test_a_follow_up_becomes_a_task(office: Office):
    number = say(
        office,
        follow_up="约供应商",
        follow_up_owner=office.zhao,
        follow_up_due=date(2024, 3, 29),
    )
    closing = datetime(2024, 3, 29, 10, tzinfo=UTC)
    (timer,) = timers(office)
    assert (timer.rule, timer.person, timer.due) == (TimerRule.FOLLOW_UP, office.zhao, closing)
    made = office.do(MakeFollowUpTask(entry=number))
    task = office.get(made.id)
    assert (task.title, task.owner, task.due) == ("约供应商", office.zhao, closing)
    assert task.note == f"#{number} 接口"
    assert [one.rule for one in timers(office)] == [TimerRule.ACKNOWLEDGE]
    row = office.desk.ask(entry, number, viewer=None)
    assert (row.follow_up_task, row.follow_up_task_key) == (made.id, made.name)
    assert office.last().changes["task"] == [None, made.name]
    refusal = office.refused(MakeFollowUpTask(entry=number))
    assert (refusal.code, refusal.facts["key"]) == ("follow-up-made", made.name)


def test_what_agrees_on_nothing_becomes_no_task(office: Office):
    assert office.refused(MakeFollowUpTask(entry=say(office))).code == "no-follow-up"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"follow_up_owner": 2, "follow_up_due": MONDAY}, "follow_up", "empty"),
        ({"follow_up": "x", "follow_up_due": MONDAY}, "follow_up_owner", "empty"),
        ({"follow_up": "x", "follow_up_owner": 2}, "follow_up_due", "empty"),
        (
            {"follow_up": "x", "follow_up_owner": 2, "follow_up_due": date(2024, 3, 24)},
            "follow_up_due",
            "gone-by",
        ),
    ],
)
def test_a_follow_up_is_whole(office: Office, fields: dict[str, Any], field: str, reason: str):
    facts = office.refused(AddSyncEntry(project=office.project, topic="x", **fields)).facts
    assert (facts["field"], facts["reason"]) == (field, reason)


def test_an_entry_is_of_today_or_before(office: Office):
    """One of tomorrow is taken, for elsewhere it may be tomorrow already."""
    assert say(office, day=MONDAY - timedelta(days=400))
    assert say(office, day=MONDAY + timedelta(days=1))
    planned = MONDAY + timedelta(days=2)
    command = AddSyncEntry(project=office.project, topic="x", day=planned, author=office.li)
    facts = office.refused(command).facts
    assert (facts["field"], facts["reason"], facts["today"]) == ("day", "future", "2024-03-25")

    office.do(ImportEntry(entry=command))
    assert office.all(SyncEntry)[-1].day == planned


def test_names_in_the_audience_are_found(office: Office):
    department = DepartmentId(office.do(AddDepartment(name="技术组")).id)
    number = say(office, audience="赵敏、技术组，客户")
    told = [(one.person, one.department) for one in office.all(SyncAudience)]
    assert told == [(office.zhao, None), (None, department)]
    assert office.desk.ask(entry, number, viewer=None).audience == "赵敏、技术组，客户"


def test_a_picked_audience_is_written_down(office: Office):
    number = say(office, people=(office.zhao, office.wang))
    assert office.desk.ask(entry, number, viewer=None).audience == "赵敏、王强"


def test_two_of_a_name_are_told_apart_where_it_matters(office: Office):
    office.person("zhao2", "赵敏")
    assert office.all(SyncAudience) == []
    say(office, audience="赵敏")
    assert office.all(SyncAudience) == []
    command = AddSyncEntry(project=office.project, topic="x", audience="赵敏", restricted=True)
    assert isinstance(office.refused(command), Ambiguous)


def test_other_commands_write_entries_too(office: Office):
    from core.store.work import Work

    work = Work(office.store, now=office.clock.at, actor=office.desk.me(), handle="wang")
    with office.store.writing():
        made = write_entry(
            work,
            work.project(office.project),
            topic="长" * 600,
            kind=SyncKind.DECISION,
            people=(office.li, office.li),
        )
        work.write_log("00000000-0000-0000-0000-000000000001")
    assert (made.author, made.day, len(made.topic)) == (office.wang, MONDAY, 500)
    (stored,) = office.all(SyncEntry)
    assert stored == made
    assert len(office.all(SyncAudience)) == 1


def test_entries_know_what_they_are_linked_with(office: Office):
    asked = say(
        office, asks=office.zhao, follow_up="a", follow_up_owner=office.li, follow_up_due=MONDAY
    )
    (row,) = office.desk.ask(entries)
    assert (row.id, row.asks_name, row.follow_up_owner_name) == (asked, "赵敏", "李娜")
    assert (row.follow_up_due, row.follow_up_task_key, row.restricted) == (MONDAY, "", False)
