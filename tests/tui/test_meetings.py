"""Minutes on the sync screen, the next meeting in its head line, and registering."""

import pytest

from core.commands.meetings import HoldMeeting, PlanMeeting
from core.commands.parts import AddDeliverable
from core.commands.people import AddPerson
from core.commands.sync import AddSyncEntry
from core.domain.ids import PartId
from core.domain.meetings import MeetingKind
from core.domain.status import SyncKind
from core.queries.alerts import alerts
from core.queries.detail import task_view
from core.queries.meetings import meeting, meetings
from core.queries.synclog import entries
from tests.tui.stage import LI, NOW, OPS, PLAIN, WANG, open_desk, set_stage, sitting
from tui.screens.base import DubanScreen
from tui.screens.synclog import SyncScreen
from tui.screens.writing_up import write_up


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


async def test_minutes_are_written_and_read(url: str):
    async with sitting(url, size=(120, 40)) as member:
        await member.presses("2", "M")
        await member.presses("enter")
        assert "A meeting needs a topic." in member.sees
        await member.writes("第12周例会")
        await member.presses("tab", "tab")
        await member.writes("王经理李")
        await member.presses("tab")
        await member.writes("fine")
        await member.presses("tab")
        await member.writes("ship")
        await member.presses("enter")
        await member.writes("talk")
        await member.presses("ctrl+s")
        assert isinstance(member.app.screen, SyncScreen)
        assert "Meetings" in member.sees
        assert "1 meeting" in member.sees
        for text in ("Weekly meeting", "王经理李", "fine", "ship", "talk"):
            assert text in member.sees
        await member.presses("escape")
        assert "6 entries" in member.sees
    desk = open_desk(url)
    (row,) = desk.ask(meetings)
    decided = desk.ask(meeting, row.id).decisions
    assert (row.kind, [one.topic for one in decided]) == (MeetingKind.WEEKLY, ["ship", "talk"])
    desk.close()


async def test_meetings_are_chosen_in_the_filter(url: str):
    desk = open_desk(url)
    for topic in ("first", "second"):
        desk.do(
            HoldMeeting(
                project=OPS, kind=MeetingKind.AD_HOC, topic=topic, minutes=f"text of {topic}"
            )
        )
    desk.close()
    async with sitting(url) as member:
        await member.presses("2", "/", *["right"] * 6, "enter")
        assert "2 meetings" in member.sees
        assert "text of second" in member.sees
        await member.presses("down")
        assert "text of first" in member.sees
        await member.presses("enter", "r", "F")
        assert "nothing to follow up" in member.sees
        await member.presses("escape")
        assert "entries" in member.sees


async def test_no_meeting_yet_says_the_key(url: str):
    async with sitting(url) as member:
        await member.presses("2", "/", *["right"] * 6, "enter")
        assert "No meeting yet. Press M to write minutes." in member.sees


async def test_a_restricted_decision_is_not_told_with_its_meeting(url: str):
    desk = open_desk(url)
    held = desk.do(HoldMeeting(project=OPS, kind=MeetingKind.WEEKLY, topic="t"))
    entry = AddSyncEntry(
        project=OPS,
        topic="secret",
        kind=SyncKind.DECISION,
        restricted=True,
        people=(LI,),
        meeting=PartId(held.id),
    )
    desk.do(entry)
    desk.do(AddPerson(handle="zhao", name="赵助理"))
    desk.close()
    for handle, seen in (("li", True), ("zhao", False)):
        async with sitting(url, handle=handle) as member:
            await member.presses("2", "/", *["right"] * 6, "enter")
            assert ("secret" in member.sees) is seen


async def test_the_next_meeting_stands_in_the_head_line(url: str):
    desk = open_desk(url)
    desk.do(PlanMeeting(project=OPS, kind=MeetingKind.WEEKLY, days="wed", time="16:00"))
    desk.do(PlanMeeting(project=OPS, kind=MeetingKind.STANDUP, days="daily"))
    desk.close()
    async with sitting(url) as member:
        await member.presses("2")
        assert "next: today 16:00" in member.sees
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("2")
        assert "下次：周例会 今天 16:00" in member.sees


async def test_a_deliverable_is_registered_in_the_detail(url: str):
    desk = open_desk(url)
    desk.do(AddDeliverable(task=PLAIN, name="《纪要》", edition="V1.0"))
    desk.close()
    async with sitting(url, size=(120, 40)) as member:
        await member.app.show("detail", task=PLAIN)
        await member.settles()
        assert "not registered" in member.sees
        await member.presses("tab", "tab", "tab", "end", "space", "enter")
        assert "Name the folder or link" in member.sees
        await member.writes("盘/报告")
        await member.presses("enter")
        assert "not registered" not in member.sees
    desk = open_desk(url)
    (one,) = desk.ask(task_view, PLAIN).deliverables
    assert (one.location, one.registered is not None) == ("盘/报告", True)
    (row, *_) = desk.ask(entries)
    assert (row.kind, row.reference) == (SyncKind.DELIVERABLE, "盘/报告")
    desk.close()


async def test_an_alert_about_minutes_is_answered_with_them(url: str):
    desk = open_desk(url)
    planned = desk.do(PlanMeeting(project=OPS, kind=MeetingKind.STANDUP, days="daily"))
    (row,) = [
        one
        for one in desk.ask(alerts, viewer=WANG, scope="all", project=OPS, now=NOW).rows
        if one.rule == "meeting"
    ]
    assert row.object == planned.id
    async with sitting(url) as member:
        screen = member.app.screen
        assert isinstance(screen, DubanScreen)
        screen.run_worker(write_up(screen, row), group="actions")
        await member.settles()
        assert "● Standup" in member.sees
        await member.writes("morning")
        await member.presses("ctrl+s")
    (held,) = desk.ask(meetings)
    assert (held.kind, held.topic) == (MeetingKind.STANDUP, "morning")
    left = desk.ask(alerts, viewer=WANG, scope="all", project=OPS, now=NOW).rows
    assert "meeting" not in {one.rule for one in left}
    desk.close()
