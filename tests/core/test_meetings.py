"""Meetings with their minutes and decisions, and the plan of the next ones."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.commands.meetings import DropPlan, HoldMeeting, PlanMeeting
from core.commands.projects import AddProject, SetCalendarDay
from core.domain.events import EventKind
from core.domain.ids import PartId, ProjectId
from core.domain.meetings import MeetingKind, MeetingPlan
from core.domain.refusals import NotFound
from core.domain.status import SyncKind
from core.domain.timers import Target, Timer, TimerRule
from core.queries.meetings import meeting, meetings, plans
from core.queries.synclog import SyncFilter, entries
from core.store.work import Work
from tests.office import MORNING, Office


def hold(office: Office, *, by: str = "wang", **fields: Any) -> PartId:
    command = HoldMeeting(
        **{"project": office.project, "kind": MeetingKind.WEEKLY, "topic": "例会", **fields}
    )
    return PartId(office.do(command, by=by).id)


def test_decisions_stand_in_the_sync_log(office: Office):
    number = hold(
        office,
        attendees="王强、李娜",
        minutes="进度正常\n接口晚两天",
        decisions=("周五发布", "  ", "接口归技术组"),
        day=date(2024, 3, 22),
    )
    view = office.desk.ask(meeting, number)
    assert (view.meeting.topic, view.meeting.author_name) == ("例会", "王强")
    assert [one.topic for one in view.decisions] == ["周五发布", "接口归技术组"]
    assert {one.kind for one in view.decisions} == {SyncKind.DECISION}
    assert {one.day for one in view.decisions} == {date(2024, 3, 22)}
    assert office.desk.ask(entries, SyncFilter(meeting=number)) == view.decisions[::-1]
    said = office.events()[-3]
    assert (said.kind, said.subject) == ("meeting-held", "例会")
    assert said.changes["meeting"] == [None, "weekly"]


def test_newest_first_in_windows_and_by_project(office: Office):
    other = ProjectId(office.do(AddProject(key="X", name="别的")).id)
    for day in (20, 22, 21, 22):
        hold(office, day=date(2024, 3, day), topic=f"{day}")
    hold(office, project=other)
    everything = office.desk.ask(meetings)
    assert [row.topic for row in everything] == ["例会", "22", "22", "21", "20"]
    first = office.desk.ask(meetings, limit=2)
    rest = office.desk.ask(meetings, before=first[-1].edge)
    assert first + rest == everything
    assert [row.topic for row in office.desk.ask(meetings, project=other)] == ["例会"]


def test_a_meeting_is_held_before_it_is_written_down(office: Office):
    command = HoldMeeting(
        project=office.project,
        kind=MeetingKind.AD_HOC,
        topic="x",
        day=date(2024, 3, 26),
    )
    facts = office.refused(command).facts
    assert (facts["field"], facts["reason"]) == ("day", "future")
    command = HoldMeeting(project=office.project, kind=MeetingKind.AD_HOC, topic=" ")
    assert office.refused(command).facts["field"] == "topic"
    with pytest.raises(NotFound):
        office.desk.ask(meeting, PartId(99))


def test_a_retrospective_ends_its_limit(office: Office):
    from core.commands import timing

    task = office.task()
    with office.store.writing():
        work = Work(office.store, now=office.clock.at, actor=office.desk.me(), handle="wang")
        timing.start(
            work,
            Timer(
                rule=TimerRule.RETRO,
                project=office.project,
                task=task,
                target=Target.TASK,
                object=task,
                started=work.now,
                due=work.now,
            ),
        )
        work.record(EventKind.TASK_EDITED)
        work.write_log("test")
    hold(office, task=task)
    assert office.all(Timer)[0].ended is None
    hold(office, task=task, kind=MeetingKind.RETRO)
    assert office.all(Timer)[0].ended == MORNING


def test_the_next_meetings(office: Office):
    for kind, days, at in (
        (MeetingKind.WEEKLY, "Fri", "16:00"),
        (MeetingKind.STANDUP, "daily", "9:00"),
        (MeetingKind.REPORT, "last", "17：30"),
    ):
        command = PlanMeeting(project=office.project, kind=kind, days=days, time=at, channel="群")
        office.do(command)
    found = office.desk.ask(plans, now=MORNING)
    assert [(row.plan.kind, row.next) for row in found] == [
        (MeetingKind.STANDUP, datetime(2024, 3, 26, 1, 0, tzinfo=UTC)),
        (MeetingKind.WEEKLY, datetime(2024, 3, 29, 8, 0, tzinfo=UTC)),
        (MeetingKind.REPORT, datetime(2024, 3, 29, 9, 30, tzinfo=UTC)),
    ]
    assert (found[0].plan.time, found[0].project_key) == ("09:00", "T")


def test_the_companys_days_move_the_next_meeting(office: Office):
    office.do(PlanMeeting(project=office.project, kind=MeetingKind.WEEKLY, days="fri"))
    office.do(SetCalendarDay(calendar="china", day=date(2024, 3, 29), works=False))
    (row,) = office.desk.ask(plans, now=MORNING)
    assert row.next == datetime(2024, 3, 28, 1, 30, tzinfo=UTC)


def test_a_plan_of_a_kind_is_replaced_and_dropped(office: Office):
    first = office.do(PlanMeeting(project=office.project, kind=MeetingKind.WEEKLY, days="mon"))
    again = PlanMeeting(project=office.project, kind=MeetingKind.WEEKLY, days="tue，thu")
    second = office.do(again)
    assert second.id == first.id
    assert office.last().changes["days"] == ["mon", "tue,thu"]
    assert office.do(again).last == 0
    office.do(DropPlan(plan=PartId(first.id)))
    assert office.all(MeetingPlan) == []
    assert office.last().kind == "meeting-unplanned"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"days": "someday"}, "days", "meeting-days"),
        ({"days": ""}, "days", "meeting-days"),
        ({"days": "mon", "time": "25:00"}, "time", "meeting-time"),
        ({"days": "mon", "time": "noon"}, "time", "meeting-time"),
    ],
)
def test_days_and_times_that_are_none(
    office: Office, fields: dict[str, str], field: str, reason: str
):
    command = PlanMeeting(project=office.project, kind=MeetingKind.WEEKLY, **fields)
    facts = office.refused(command).facts
    assert (facts["field"], facts["reason"]) == (field, reason)
