"""The demo team: whoever looks around sees each part of duban at work, whatever the hour."""

from datetime import UTC, datetime

import pytest

from core import demo
from core.clock import SetClock
from core.desk import Desk
from core.domain.timers import TimerRule
from core.domain.trouble import IssueState
from core.queries.issues import Wanted, issue_view, issues

HOURS = (
    datetime(2026, 3, 11, 2, 30, tzinfo=UTC),
    datetime(2026, 3, 10, 22, 0, tzinfo=UTC),  # six in the morning in Shanghai
    datetime(2026, 3, 14, 15, 0, tzinfo=UTC),  # late on a Saturday
)


@pytest.mark.parametrize("at", HOURS)
@pytest.mark.parametrize(("language", "title"), [("en", "Member look-ups"), ("zh_CN", "会员查询")])
def test_an_open_issue_has_a_handler_and_clocks_that_run(
    sqlite_url: str, at: datetime, language: str, title: str
) -> None:
    with Desk(sqlite_url, actor="wang", clock=SetClock(at)) as desk:
        demo.fill(desk, language=language, handle="wang", name="王强")
        (row,) = desk.ask(issues, Wanted())
        view = desk.ask(issue_view, row.id)
    assert row.title.startswith(title)
    assert (row.state, row.handler_name) == (IssueState.OPEN, "Anna Berg")
    assert {one.rule for one in view.clocks} == {TimerRule.ISSUE_RESPOND, TimerRule.ISSUE_RESOLVE}
    assert all(one.due > at for one in view.clocks)
