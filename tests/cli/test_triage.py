"""``duban triage``: what waits for a decision, why, and what to type next."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import SetClock
from tui.cli.request import Request

NOW = datetime(2026, 3, 18, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def standing(store: str, monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The calls are made at one moment, after a start six days before."""
    monkeypatch.setattr(Request, "clock", SetClock(NOW - timedelta(days=6)))
    return SetClock(NOW)


def _now(monkeypatch: pytest.MonkeyPatch, days: float = 0) -> None:
    monkeypatch.setattr(Request, "clock", SetClock(NOW - timedelta(days=days)))


def _late(duban) -> None:
    duban("add", "画像", "--owner", "wang", "--due", "2026-03-13", "-p", "high")
    duban("move", "T001", "doing")


def test_nothing_waits(duban):
    duban("add", "fine", "--due", "2030-01-01")
    said = duban("triage")
    assert (said.code, said.out) == (0, "Nothing waits for a decision.\n")
    assert duban("triage", "--json").json == {"total": 0, "items": []}


def test_the_reasons_and_what_to_type_next(duban, monkeypatch):
    _late(duban)
    duban("people", "add", "li")
    duban("add", "report", "--owner", "li", "--due", "2026-03-25")
    duban("move", "T002", "doing")
    duban("depends", "T002", "--on", "T001")
    _now(monkeypatch, days=1)
    duban("block", "T002", "no data", "--for", "customer")
    _now(monkeypatch)

    said = duban("triage")

    lines = said.out.splitlines()
    assert "1 task waits for it" in lines[1]
    assert "duban" in lines[1]
    assert lines[-1] == "2 items wait"


def test_json_says_what_the_cost_is_made_of(duban, monkeypatch):
    _late(duban)
    _now(monkeypatch)

    answer = duban("triage", "--json", "--mine").json

    assert answer["total"] == 1
    (item,) = answer["items"]
    assert item == item | {
        "id": "T001",
        "target": "task",
        "rule": "overdue",
        "bucket": "overdue",
        "light": "red",
        "why": item["why"],
        "weight": 1.5,
        "priority": "high",
        "needed_by": 0,
        "actor_handle": "wang",
        "next": "duban warn T001 REASON --expected WHEN --code CODE",
    }
    assert item["cost"] == pytest.approx(sum(item["parts"].values()) * item["weight"])


def test_a_request_is_granted_next(duban, monkeypatch):
    duban("add", "画像", "--owner", "wang", "--due", "2026-03-25")
    duban("move", "T001", "doing")
    duban("warn", "T001", "figures come late", "--expected", "2026-03-30", "--code", "material")
    _now(monkeypatch)

    (item,) = duban("triage", "--json").json["items"]

    assert (item["rule"], item["next"]) == ("extension-late", "duban grant T001")


def test_narrowed_to_a_project_and_a_count(duban, monkeypatch):
    _late(duban)
    duban("add", "b", "--due", "2026-03-13")
    _now(monkeypatch)

    assert duban("triage", "--json", "-n", "1").json["total"] == 2
    assert len(duban("triage", "--json", "-n", "1").json["items"]) == 1
    assert duban("triage", "--project", "nope").code == 3
    assert duban("triage", "--project", "T").out.splitlines()[-1] == "2 items wait"
