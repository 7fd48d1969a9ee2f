"""How long something has lasted is said in the same days everywhere: those of the calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import SetClock
from tests.cli.conftest import Call
from tui.cli.request import Request

FRIDAY = datetime(2026, 3, 20, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""


@pytest.fixture(autouse=True)
def begun(lite: str, duban: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task due on Wednesday at closing, blocked since Wednesday afternoon."""
    monkeypatch.setattr(Request, "clock", SetClock(FRIDAY - timedelta(days=2, hours=-7)))
    duban("add", "画像", "--owner", "wang", "--due", "2026-03-18")
    duban("move", "T001", "doing")
    duban("block", "T001", "资料未到", "--for", "客户")
    duban("add", "访谈", "--owner", "wang")
    duban("move", "T002", "doing")
    duban("block", "T002", "资料未到", "--for", "客户")
    duban("people", "add", "li", "李娜")
    duban("add", "报告")
    duban("assign", "T003", "li")
    duban("move", "T003", "doing", "--as", "li")
    duban("submit", "T003", "--results", "x", "--deliverable", "r|share/r", "--as", "li")
    monkeypatch.setattr(Request, "clock", SetClock(FRIDAY))


@pytest.mark.parametrize(
    ("language", "overdue", "blocked"),
    [("en", "overdue 2 days", "blocked 2 days"), ("zh_CN", "逾期 2 天", "阻塞 2 天")],
)
def test_alerts_triage_and_the_board_count_alike(
    duban: Call, monkeypatch: pytest.MonkeyPatch, language: str, overdue: str, blocked: str
) -> None:
    """Thirty-nine hours are two days: Wednesday, Thursday, Friday."""
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    for command in (("alerts",), ("triage",), ()):
        said = duban(*command).out
        assert overdue in said, command
        assert blocked in said.replace("已", ""), command


def test_reviews_count_as_alerts_do(duban: Call) -> None:
    """Handed over on Wednesday afternoon, looked at on Friday morning."""
    assert "2 days" in next(one for one in duban("reviews").out.splitlines() if "T003" in one)
    assert "submitted 2 days ago" in duban("alerts").out


def test_the_day_begins_in_the_zone_of_the_project(
    duban: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chicago it is still Thursday, and Wednesday's block began at three in the night."""
    assert duban("projects", "edit", "T", "--time-zone", "America/Chicago").code == 0
    line = next(one for one in duban("alerts").out.splitlines() if "T002" in one)
    assert "blocked 1 day " in line
