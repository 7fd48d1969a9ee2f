"""The alert pane beside the board: worst first, with marks and words, and a way to the task."""

from datetime import timedelta

import pytest

from core.commands.issues import RaiseIssue
from core.commands.tasks import CreateTask
from core.domain.ids import IssueId
from core.domain.status import Bucket, State
from core.domain.trouble import Issue, IssueState
from core.queries.issues import issue_view
from tests.tui.stage import (
    BLOCKED,
    LI,
    NOW,
    OPS,
    OVERDUE,
    PLAIN,
    REVIEWED,
    WANG,
    Member,
    open_desk,
    set_stage,
    sitting,
)
from tui.panes.alerts import AlertPane
from tui.screens.board import BoardScreen


@pytest.fixture
def url(sqlite_url: str) -> str:
    set_stage(sqlite_url)
    return sqlite_url


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


async def test_worst_first_with_light_word_and_who_must_act(url: str):
    async with sitting(url) as member:
        await member.presses("!")
        seen = member.sees
        overdue, escalated, waiting = (
            seen.index(word) for word in ("Overdue 1", "Escalated 1", "Waiting for you 1")
        )
        assert overdue < escalated < waiting
        assert "Overdue 1 · red" in seen
        said = [" ".join(line.split()) for line in seen.splitlines()]
        assert any("! 1d late OPS001 用户画像分析 → 李专员" in line for line in said)
        assert any("blocked 2d OPS003 接口联调 → you" in line for line in said)
        assert any("review 2d OPS002 Survey report → you" in line for line in said)


async def test_in_chinese_on_a_wide_screen_it_stands_at_the_side(url: str):
    async with sitting(url, language="zh_CN", size=(120, 40)) as member:
        await member.presses("！")
        pane = member.app.screen.query_one(AlertPane)
        assert pane.region.right == 120
        assert pane.region.width < 60
        assert (pane.region.y, pane.region.bottom) == (1, 39)
        assert "q 退出" in member.sees
        assert "红灯" in member.sees
        said = " ".join(member.sees.split())
        assert "! 逾期 1" in said
        assert "→ 李专员" in said


async def test_on_a_narrow_screen_it_stands_below(url: str):
    async with sitting(url) as member:
        await member.presses("!")
        pane = member.app.screen.query_one(AlertPane)
        assert pane.region.width == 80
        assert pane.region.bottom == 23
        await member.pilot.resize_terminal(120, 40)
        await member.settles()
        assert pane.region.width < 60


async def test_enter_jumps_to_the_task_on_the_board(url: str):
    async with sitting(url) as member:
        screen = member.app.screen
        assert isinstance(screen, BoardScreen)
        await member.presses("!", "down", "down")
        pane = screen.query_one(AlertPane)
        assert pane.chosen == str(REVIEWED)
        await member.presses("enter")
        assert screen.board.chosen == REVIEWED
        assert screen.board.has_focus


async def test_the_choice_stays_on_its_task(url: str):
    async with sitting(url) as member:
        await member.presses("!", "down")
        pane = member.app.screen.query_one(AlertPane)
        assert pane.chosen == str(BLOCKED)
        pane.rows = tuple(row for row in pane.rows if row.task != OVERDUE)
        pane.counts = {**pane.counts, Bucket.OVERDUE: 0}
        await member.settles()
        assert pane.chosen == str(BLOCKED)


async def test_more_than_is_shown_is_said(url: str):
    async with sitting(url) as member:
        await member.presses("!")
        pane = member.app.screen.query_one(AlertPane)
        pane.counts = {**pane.counts, Bucket.OVERDUE: 5000}
        await member.settles()
        assert "Overdue 5000" in member.sees
        assert "and 4999 more" in member.sees


async def test_nothing_to_do_is_said_too(url: str):
    async with sitting(url) as member:
        await member.presses("!")
        pane = member.app.screen.query_one(AlertPane)
        pane.rows, pane.counts = (), {}
        await member.settles()
        assert "Nothing needs attention." in member.sees


async def test_acknowledged_is_quiet_and_can_be_shown_and_taken_back(url: str):
    async with sitting(url) as member:
        await member.presses("!", "A")
        assert "Acknowledge OPS001" in member.sees
        await member.presses("enter")
        assert "Say why; the lead sees it." in member.sees
        await member.writes("vendor")
        await member.presses("enter")
        assert "Overdue 1" not in member.sees
        assert "1 quiet" in member.sees
        pane = member.app.screen.query_one(AlertPane)
        await member.presses("end", "enter")
        await member.presses("end")
        assert pane.row is not None
        assert pane.row.key == "OPS001"
        await member.presses("A")
        assert "OPS001 is told again." in member.sees
        assert "Overdue 1" in member.sees


async def test_snoozed_until_a_time_with_a_reason(url: str):
    async with sitting(url) as member:
        await member.presses("!", "Z")
        await member.writes("2h")
        assert "→ today 12:30" in member.sees
        await member.presses("enter")
        await member.writes("meeting")
        await member.presses("enter")
        assert "OPS001: quiet until today 12:30." in member.sees
        assert "! 1" not in member.sees.splitlines()[0]


async def test_whose_goes_from_all_to_mine_to_the_teams(url: str):
    async with sitting(url, handle="li") as member:
        await member.presses("!")
        pane = member.app.screen.query_one(AlertPane)
        assert {row.rule for row in pane.rows} == {"overdue", "blocked-long"}
        await member.presses("v")
        assert pane.scope == "mine"
        assert "mine" in member.sees
        await member.presses("v")
        assert "my team's" in member.sees
        await member.presses("v")
        assert pane.scope == "all"


async def test_a_nudge_goes_to_whoever_must_act(url: str):
    async with sitting(url) as member:
        await member.presses("!", "n")
        assert "Nudge 李专员 about OPS001" in member.sees
        await member.presses("enter")
        assert "李专员 was nudged." in member.sees
        pane = member.app.screen.query_one(AlertPane)
        assert pane.row is not None
        assert pane.row.nudges == 1


@pytest.mark.parametrize("key", ["2", "3", "4", "?", "S", "t"])
async def test_the_header_of_every_screen_counts(url: str, key: str):
    async with sitting(url) as member:
        await member.presses(key)
        head = member.sees.splitlines()[0]
        assert "! 1" in head
        assert "^ 1" in head


@pytest.fixture
def troubled(url: str) -> str:
    """Li's plain task has an issue that nobody has answered."""
    desk = open_desk(url, actor="li")
    desk.do(RaiseIssue(task=PLAIN, title="no room", impact="a day lost", handler=WANG))
    desk.close()
    return url


def issue(url: str) -> Issue:
    desk = open_desk(url)
    found = desk.ask(issue_view, IssueId(1)).issue
    desk.close()
    return found


async def to_the_issue(member: Member) -> None:
    """Go to the line about the issue."""
    await member.presses("home")
    pane = member.app.screen.query_one(AlertPane)
    for _ in pane.rows:
        if pane.row is not None and pane.row.issue is not None:
            break
        await member.presses("down")
    assert pane.row is not None
    assert pane.row.rule.startswith("issue")


async def test_an_issue_is_answered_and_resolved_in_the_pane(troubled: str):
    async with sitting(troubled) as member:
        await member.presses("!")
        await to_the_issue(member)
        await member.presses("r")
        assert "What is done about OPS-I01?" in member.sees
        await member.presses("enter")
        assert "Say what is done about it." in member.sees
        await member.writes("asked for one")
        await member.presses("enter")
        assert "OPS-I01 is responded to; next it is resolved." in member.sees
        assert isinstance(member.app.screen, BoardScreen)
        await to_the_issue(member)
        await member.presses("r")
        assert "How was OPS-I01 resolved?" in member.sees
        await member.writes("found one")
        await member.presses("enter")
        assert "OPS-I01 is resolved." in member.sees
    found = issue(troubled)
    assert (found.state, found.response, found.resolution) == (
        IssueState.RESOLVED,
        "asked for one",
        "found one",
    )


async def test_an_issue_is_escalated_in_the_pane(troubled: str):
    async with sitting(troubled) as member:
        await member.presses("!")
        await to_the_issue(member)
        await member.presses("E", "enter")
        assert "Say why it cannot wait." in member.sees
        await member.writes("customer")
        await member.presses("enter")
        assert "OPS-I01 is at level 1 now; told: 王经理." in member.sees
        assert "Escalated" in member.sees
    assert issue(troubled).level == 1


async def test_where_there_is_no_issue_it_says_which_key_raises_one(url: str):
    async with sitting(url) as member:
        await member.presses("!", "E")
        assert "There is no issue to escalate; i raises one." in member.sees


async def test_no_sign_covers_the_end_of_a_name(url: str):
    """The last line of the pane that can be seen is not the last one that there is."""
    desk = open_desk(url)
    for number in range(9):
        desk.do(
            CreateTask(
                project=OPS,
                title=f"late {number}",
                owner=LI,
                due=NOW - timedelta(hours=1),
                state=State.DOING,
            )
        )
    desk.close()
    async with sitting(url) as member:
        await member.presses("!")
        (last,) = [line for line in member.sees.splitlines() if line.endswith("▾")]
        assert "→ 李专员" in last
