"""Acknowledge and snooze: both expire, both are logged and seen by the lead."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask, UnblockTask
from core.commands.editing import EditTask, Setting
from core.commands.importing import ImportTask
from core.commands.issues import EscalateIssue, RaiseIssue
from core.commands.meetings import HoldMeeting, PlanMeeting
from core.commands.people import AddPerson, EditPerson
from core.commands.quieting import AckAlert, EndQuiet, SnoozeAlert
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import IssueId, PartId, PersonId, ProjectId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.refusals import BadValue, Refusal, Rejected
from core.domain.status import Bucket, Role, State
from core.domain.timers import Target
from core.queries.alerts import Alerts, alert_counts, alerts
from core.queries.history import events
from core.queries.quiet import quiets

NOW = datetime.fromisoformat("2026-03-18T10:30:00+08:00")
OPS = ProjectId(1)
WANG, LI = PersonId(1), PersonId(2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    """Wang leads, li works."""
    with Desk(store_url, actor="wang", clock=SetClock(NOW)) as opened:
        opened.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        opened.do(AddPerson(handle="li", name="李专员", manager=WANG))
        yield opened


def at(desk: Desk, moment: datetime, *, actor: str = "li") -> Desk:
    return desk.acting(actor, clock=SetClock(moment))


def seen(desk: Desk, moment: datetime, *, viewer: PersonId = LI, scope: str = "all") -> Alerts:
    question = {"viewer": viewer, "scope": scope, "project": None, "now": moment}
    found = desk.ask(alerts, **question)
    assert desk.ask(alert_counts, **question) == found.counts
    assert sum(found.counts.values()) == len(found.rows)
    return found


def late_task(desk: Desk, **more: object) -> TaskId:
    values = {"title": "访谈", "owner": LI, "state": State.DOING, "due": NOW - HOUR, **more}
    return TaskId(desk.do(ImportTask(task=CreateTask(project=OPS, **values))).id)


def ack(desk: Desk, moment: datetime, *, until: datetime | None = None) -> PartId:
    (row, *_) = seen(desk, moment).rows
    command = AckAlert(
        target=row.target,
        object=row.object,
        rule=row.rule,
        since=row.since,
        note="等供应商",
        until=until,
    )
    return PartId(at(desk, moment).do(command).id)


def snooze(desk: Desk, task: TaskId, moment: datetime, until: datetime) -> PartId:
    command = SnoozeAlert(target=Target.TASK, object=task, until=until, reason="十点开会")
    return PartId(at(desk, moment).do(command).id)


def test_an_acknowledgement_lasts_as_long_as_its_cause(desk: Desk):
    task = late_task(desk, due=None)
    desk.do(BlockTask(task=task, reason="等接口", waiting_for="技术部"))
    ack(desk, NOW)
    assert seen(desk, NOW).rows == ()
    (quiet,) = seen(desk, NOW).quiet
    assert (quiet.rule, quiet.quiet and quiet.quiet.note) == ("blocked", "等供应商")
    # It has become worse: another cause.
    assert [row.rule for row in seen(desk, NOW + DAY).rows] == ["blocked-long"]
    later = at(desk, NOW + HOUR, actor="wang")
    later.do(UnblockTask(task=task))
    assert seen(desk, NOW + HOUR).quiet == ()
    at(desk, NOW + 2 * HOUR, actor="wang").do(
        BlockTask(task=task, reason="又等", waiting_for="技术部")
    )
    # The same rule, another spell: it was not acknowledged.
    assert [row.rule for row in seen(desk, NOW + 2 * HOUR).rows] == ["blocked"]


def test_an_acknowledgement_can_run_out(desk: Desk):
    late_task(desk)
    ack(desk, NOW, until=NOW + 2 * HOUR)
    assert seen(desk, NOW + HOUR).rows == ()
    assert seen(desk, NOW + HOUR).counts[Bucket.OVERDUE] == 0
    assert len(seen(desk, NOW + 2 * HOUR).rows) == 1


def test_it_is_quiet_for_one_and_seen_by_the_lead(desk: Desk):
    late_task(desk)
    ack(desk, NOW)
    desk.do(AddPerson(handle="zhao", name="赵"))
    (row,) = seen(desk, NOW, viewer=WANG).rows
    assert [(one.name, one.note) for one in row.acks] == [("李专员", "等供应商")]
    (row,) = seen(desk, NOW, viewer=PersonId(3)).rows
    assert row.acks == ()
    (listed,) = desk.ask(quiets, viewer=WANG, now=NOW)
    assert (listed.key, listed.rule, listed.mark.name) == ("OPS001", "overdue", "李专员")
    assert desk.ask(quiets, viewer=PersonId(3), now=NOW) == []
    kinds = [event.kind for event in desk.ask(events, task=TaskId(1))]
    assert "alert-acknowledged" in kinds


def test_a_snooze_survives_its_cause_and_ends_at_its_time(desk: Desk):
    task = late_task(desk)
    snooze(desk, task, NOW, NOW + DAY)
    assert seen(desk, NOW).rows == ()
    moved = Setting("due", seen=NOW - HOUR, value=NOW + 3 * HOUR)
    desk.do(EditTask(task=task, settings=(moved,), reason="改期"))
    assert seen(desk, NOW).rows == ()
    assert seen(desk, NOW + 4 * HOUR).rows == ()
    assert [row.rule for row in seen(desk, NOW + DAY).rows] == ["overdue"]


def test_it_can_be_taken_back(desk: Desk):
    quiet = snooze(desk, late_task(desk), NOW, NOW + DAY)
    with pytest.raises(Rejected, match="not-yours"):
        desk.do(EndQuiet(quiet=quiet))
    at(desk, NOW).do(EndQuiet(quiet=quiet))
    assert len(seen(desk, NOW).rows) == 1
    with pytest.raises(Rejected, match="quiet-ended"):
        at(desk, NOW).do(EndQuiet(quiet=quiet))


def test_the_later_word_counts(desk: Desk):
    task = late_task(desk)
    ack(desk, NOW)
    snooze(desk, task, NOW, NOW + HOUR)
    assert seen(desk, NOW).rows == ()
    assert len(seen(desk, NOW + HOUR).rows) == 1


def test_urgent_work_is_never_snoozed(desk: Desk):
    task = late_task(desk, urgent=True)
    with pytest.raises(Rejected, match="never-quiet"):
        snooze(desk, task, NOW, NOW + DAY)
    assert len(seen(desk, NOW).rows) == 1


def test_a_snooze_ends_as_the_task_becomes_urgent(desk: Desk):
    task = late_task(desk)
    snooze(desk, task, NOW, NOW + DAY)
    desk.do(EditTask(task=task, settings=(Setting("urgent", seen=False, value=True),)))
    assert len(seen(desk, NOW).rows) == 1


def test_the_second_level_breaks_a_snooze(desk: Desk):
    task = late_task(desk, due=None)
    raised = desk.do(RaiseIssue(task=task, title="接口错", impact="全部"))
    snooze(desk, task, NOW, NOW + DAY)
    assert seen(desk, NOW).rows == ()
    for _ in range(2):
        desk.do(EscalateIssue(issue=IssueId(raised.id), reason="没人管"))
    (row,) = seen(desk, NOW).rows
    assert (row.rule, row.level) == ("issue-second", 2)
    with pytest.raises(Rejected, match="never-quiet"):
        snooze(desk, task, NOW, NOW + DAY)


def test_the_first_level_is_the_heads_and_can_be_snoozed(desk: Desk):
    raised = desk.do(RaiseIssue(project=OPS, title="接口错", impact="全部", handler=LI))
    (row,) = seen(desk, NOW).rows
    assert (row.rule, row.key, row.actor, row.mine) == (
        "issue-respond",
        "OPS-I01",
        "李专员",
        True,
    )
    assert row.action == "respond"
    desk.do(EscalateIssue(issue=IssueId(raised.id), reason="没人管"))
    (row,) = seen(desk, NOW, viewer=WANG, scope="mine").rows
    assert (row.rule, row.level, row.mine) == ("issue-escalated", 1, True)
    command = SnoozeAlert(
        target=Target.ISSUE, object=raised.id, until=NOW + HOUR, reason="会后再看"
    )
    desk.do(command)
    assert seen(desk, NOW, viewer=WANG).rows == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": "  "}, "reason"), ({"until": NOW}, "until"), ({"target": Target.SPELL}, "target")],
)
def test_a_snooze_needs_words_and_a_time(desk: Desk, change: dict[str, object], field: str):
    task = late_task(desk)
    values = {"target": Target.TASK, "object": task, "until": NOW + HOUR, "reason": "会", **change}
    with pytest.raises(BadValue) as refused:
        desk.do(SnoozeAlert(**values))
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize(
    ("change", "field"),
    [({"note": ""}, "note"), ({"rule": "hunger"}, "rule"), ({"until": NOW - DAY}, "until")],
)
def test_an_acknowledgement_needs_words(desk: Desk, change: dict[str, object], field: str):
    values = {"target": Target.TASK, "object": late_task(desk), "rule": "overdue", "note": "嗯"}
    with pytest.raises(BadValue) as refused:
        desk.do(AckAlert(**{**values, "since": NOW, **change}))
    assert refused.value.facts["field"] == field
    with pytest.raises(Refusal, match="not-found"):
        desk.do(AckAlert(**{**values, "object": 99, "since": NOW}))


def test_missing_news_of_a_project_is_one_line_for_its_lead(desk: Desk):
    """D17; each owner's own lines stay apart."""
    for title in ("一", "二"):
        late_task(desk, title=title, due=None)
    week = NOW + timedelta(days=14)
    (row,) = seen(desk, week, viewer=WANG, scope="team").rows
    assert (row.rule, row.count, row.people) == ("update-missing", 2, ("李专员",))
    assert (row.target, row.key, row.action) == (Target.PROJECT, "OPS", "teamup")
    assert len(seen(desk, week, scope="mine").rows) == 2
    desk.acting("wang", clock=SetClock(week)).do(
        AckAlert(
            target=row.target, object=row.object, rule=row.rule, since=row.since, note="已在会上问"
        )
    )
    assert seen(desk, week, viewer=WANG, scope="team").rows == ()


def test_a_meeting_of_today_is_told_until_it_is_held(desk: Desk):
    """D15, D16, D24: half an hour before, and then the rest of the day."""
    desk.do(EditPerson(person=LI, role=Role.ADMIN))
    desk.do(EditPerson(person=WANG, role=Role.LEAD))
    plan = desk.do(PlanMeeting(project=OPS, kind=MeetingKind.WEEKLY, days="wed", time="14:00"))
    two = datetime.fromisoformat("2026-03-18T14:00:00+08:00")
    assert seen(desk, two - 31 * timedelta(minutes=1)).rows == ()
    (row,) = seen(desk, two - timedelta(minutes=30)).rows
    assert (row.rule, row.object, row.title, row.since) == ("meeting", plan.id, "weekly", two)
    assert len(seen(desk, two + 9 * HOUR).rows) == 1
    assert seen(desk, two + 11 * HOUR).rows == ()
    at(desk, two, actor="wang").do(
        HoldMeeting(project=OPS, kind=MeetingKind.WEEKLY, topic="周例会")
    )
    assert seen(desk, two + HOUR).rows == ()
