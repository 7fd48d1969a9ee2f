"""The issue register and the clock on the command line."""

from datetime import timedelta
from typing import Any

import pytest

from core.clock import SetClock, SystemClock
from tests.cli.conftest import Call
from tui.cli.request import Request


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock of every call; it begins now."""
    clock = SetClock(SystemClock().now())
    monkeypatch.setattr(Request, "clock", clock)
    return clock


def add(duban: Call, *more: str) -> str:
    said = duban("issue", "add", "API down", "--impact", "all tests", *more, "--json")
    assert said.code == 0, said.err
    key: str = said.json["id"]
    return key


def test_an_issue_from_first_to_last(duban: Call, store: str, clock: SetClock) -> None:
    assert duban("add", "First task").code == 0
    key = add(duban, "--task", "T001", "--severity", "critical", "--parties", "技术部")
    assert key == "T-I01"
    (row,) = duban("issue", "--json").json
    assert (row["id"], row["task"], row["severity"], row["state"]) == (
        key,
        "T001",
        "critical",
        "open",
    )
    assert duban("issue", "respond", "T001", "looking", "into", "it").code == 0
    assert duban("issue", "resolve", key.lower(), "more memory").code == 0
    assert duban("issue", "close", key).code == 0
    assert duban("issue", "ls", "--json").json == []
    told = duban("issue", "show", key, "--json").json
    assert (told["state"], told["resolution"]) == ("closed", "more memory")
    assert [one["kind"] for one in told["history"]] == [
        "issue-raised",
        "issue-responded",
        "issue-resolved",
        "issue-closed",
    ]
    assert duban("issue", "reopen", key, "it broke again").code == 0
    assert duban("issue").out.splitlines()[1].split()[:2] == [key, "reopened"]


def test_bad_input_names_the_field(duban: Call, lite: str) -> None:
    duban("add", "First task")
    said = duban("issue", "add", "API down", "--impact", " ", "--task", "T001")
    assert said.code != 0
    assert "Scope of impact must not be empty." in said.err
    said = duban("issue", "add", "API", "--impact", "x", "--occurred", "2090-01-01 10:00")
    assert "Occurred" in said.err
    assert duban("issue", "add", "API", "--impact", "x", "--occurred", "soon").code == 2
    assert duban("issue", "add", "API", "--impact", "x", "--handler", "nobody").code != 0
    assert duban("issue", "--json").json == []


def test_escalating_by_the_tasks_key(duban: Call, lite: str) -> None:
    duban("add", "First task")
    assert duban("escalate", "T001", "why").code != 0
    add(duban, "--task", "T001")
    assert "T-I01 is at level 1 now; told: wang." in duban("escalate", "T001", "why").out
    add(duban, "--task", "T001")
    said = duban("escalate", "T001", "why")
    assert "T-I01" in said.err
    assert "T-I02" in said.err


def test_a_tick_tells_what_it_raised(duban: Call, store: str, clock: SetClock) -> None:
    duban("add", "First task")
    key = add(duban)
    assert duban("tick").out == "Nothing is due.\n"
    clock.move(timedelta(days=6))
    told: dict[str, Any] = duban("tick", "--json", "--as", "stranger").json
    assert (told["ok"], told["raised"], told["behind"]) == (True, 3, False)
    assert {one["rule"] for one in told["alerts"]} == {
        "issue-unanswered",
        "issue-escalated",
        "issue-second",
    }
    assert {one["id"] for one in told["alerts"]} == {key}
    assert duban("tick", "--json").json["raised"] == 0
    assert duban("issue", "--json").json[0]["level"] == 2
    clock.move(timedelta(days=-1))
    said = duban("tick", "--json")
    assert said.json["behind"] is True
    assert "behind" in said.err


def test_batch_knows_issues_and_ticks(duban: Call, lite: str) -> None:
    duban("add", "First task")
    lines = """{"command": "RaiseIssue", "task": "T001", "title": "x", "impact": "y"}
{"command": "EditIssue", "issue": "T-I01", "settings": {"severity": "critical", "handler": "wang"}}
{"command": "EscalateIssue", "issue": "t-i01", "reason": "z"}
{"command": "EditIssue", "issue": "T-I01", "settings": {"state": "closed"}}
{"command": "Tick"}"""
    said = duban("batch", given=lines)
    assert [one["ok"] for one in said.lines] == [True, True, True, False, True]
    (row,) = duban("issue", "--json").json
    assert (row["severity"], row["handler"], row["level"]) == ("critical", "wang", 1)
