"""``alerts``, ``ack`` and ``snooze`` on the command line, on both engines."""

import pytest

from core.clock import SetClock
from core.policies.rules import RULES_BY_ID
from tests.office import MORNING
from tui.cli.request import Request
from tui.rule_words import RULES

pytestmark = pytest.mark.usefixtures("store")


def test_every_rule_has_a_name():
    assert set(RULES) == set(RULES_BY_ID)


def late(duban, *more: str) -> None:
    duban("add", "Call the customer", "--owner", "me", "--due", "2024-05-06", *more)


def test_an_alert_says_what_who_and_which_key(duban):
    late(duban)
    found = duban("alerts", "--json").json
    (row,) = found["alerts"]
    assert row == row | {
        "id": "T001",
        "kind": "task",
        "rule": "overdue",
        "level": 0,
        "mine": True,
        "action": "warn",
        "nudges": 0,
        "count": 1,
        "quiet": None,
        "acks": [],
    }
    assert found["quiet"] == []


def test_what_is_acknowledged_is_quiet_and_listed(duban):
    late(duban)
    said = duban("ack", "t001", "the", "vendor", "is", "late")
    assert (said.code, said.out) == (0, "T001: quiet for you while it lasts.\n")
    assert duban("alerts").out == "Nothing needs attention.\n1 quiet (duban alerts --quiet)\n"
    found = duban("alerts", "--json").json
    assert (found["counts"]["overdue"], len(found["quiet"])) == (0, 1)
    (listed,) = duban("alerts", "--quiet", "--json").json["quiet"]
    assert listed == listed | {"id": "T001", "rule": "overdue", "note": "the vendor is late"}
    assert "T001" in duban("alerts", "--quiet").out


def test_a_snooze_takes_a_time_and_a_reason(duban):
    late(duban)
    said = duban("snooze", "T001", "2h", "meeting")
    assert said.code == 0
    assert said.out.startswith("T001: quiet until 20")
    for call in (["snooze", "T001", "someday", "x"], ["ack", "T001", "x", "--until", "someday"]):
        said = duban(*call)
        assert (said.code, said.out) == (2, "")
        assert "“someday” is not a time. Try 2h, tomorrow" in said.err
    assert duban("snooze", "T001", "2h", " ").code != 0


def test_urgent_work_is_not_snoozed(duban):
    late(duban, "--urgent")
    said = duban("snooze", "T001", "2h", "meeting")
    assert said.code != 0
    assert "T001 is not snoozed" in said.err
    assert duban("alerts", "--json").json["counts"]["overdue"] == 1


def test_what_needs_no_attention_cannot_be_acknowledged(duban):
    duban("add", "fine", "--owner", "me")
    said = duban("ack", "T001", "known")
    assert "T001 needs no attention just now." in said.err
    assert duban("ack", "T009", "known").code == duban("show", "T009").code


def test_what_was_raised_is_told(duban):
    late(duban)
    assert duban("alerts", "--raised").out == "Nothing was raised yet.\n"
    duban("tick")
    (row,) = duban("alerts", "--raised", "--json").json["raised"]
    assert (row["id"], row["rule"], "wang" in row["told"]) == ("T001", "overdue", True)
    assert "overdue" in duban("alerts", "--raised").out


def test_the_clock_tells_words_and_for_machines_codes(duban, monkeypatch):
    monkeypatch.setattr(Request, "clock", SetClock(MORNING))
    duban("add", "Call", "--owner", "me", "--due", "2024-03-26", "--state", "doing")
    said = duban("tick").out
    assert "behind, and due soon" in said
    assert "at-risk" not in said
    duban("add", "Write", "--owner", "me", "--due", "2024-03-26", "--state", "doing")
    (row,) = duban("tick", "--json").json["alerts"]
    assert row["rule"] == "at-risk"
