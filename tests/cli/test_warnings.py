"""Warnings, later dues, nudges and blocks at the command line."""

import json
from uuid import uuid4

import pytest


@pytest.fixture
def team(lite, duban):
    """wang leads; lin does T001, due on a Friday far ahead."""
    duban("add", "first", "--due", "2030-03-01")
    duban("people", "add", "lin", "林")
    duban("assign", "T001", "lin")
    duban("move", "T001", "doing")
    duban("config", "set", "language", "en")


def warned(duban, *more, who="lin"):
    asks = ("warn", "T001", "data", "late", "-e", "2030-03-08", "-c", "material")
    return duban(*asks, "--as", who, *more)


def test_a_warning_is_granted(team, duban):
    said = warned(duban)
    assert (said.code, said.out) == (0, "T001: the lead is asked for 2030-03-08.\n")
    shown = duban("show", "T001", "--json").json
    asked = shown["extension"]
    assert (asked["state"], asked["code"], asked["asked_by"]) == ("asked", "material", "lin")
    assert shown["expected"] == "2030-03-08T10:00:00+00:00"
    assert "Later due: 2030-03-08, asked for by 林 · Late material: data late" in (
        duban("show", "T001").out
    )

    said = duban("grant", "T001", "--note", "agreed")
    assert (said.code, said.out) == (0, "T001: granted, due 2030-03-08.\n")
    shown = duban("show", "T001", "--json").json
    assert (shown["due"], shown["slips"], shown["extension"]) == (
        "2030-03-08T10:00:00+00:00",
        1,
        None,
    )
    assert shown["extensions"][0]["answer"] == "agreed"
    (entry,) = duban("log", "--json").json
    assert entry["topic"] == "T001 first · 2030-03-01 → 2030-03-08"


def test_a_warning_is_refused_or_taken_back(team, duban):
    warned(duban)
    assert duban("grant", "T001", "--refuse", "no time").out == ("T001: refused, due 2030-03-01.\n")
    assert duban("grant", "T001").code == 3
    warned(duban)
    assert duban("warn", "T001", "--withdraw", "--as", "lin").code == 0
    assert duban("show", "T001", "--json").json["delay_reason"] == ""
    assert "none to take back" in duban("warn", "T001", "--withdraw").err


def test_where_nothing_is_asked_the_way_out_is_named(team, duban):
    for call in (["grant", "T001"], ["grant", "T001", "--refuse", "no"]):
        said = duban(*call)
        assert (said.code, said.out) == (3, "")
        assert "T001: nobody is asking for a later due" in said.err
        assert "duban extend T001 WHEN REASON" in said.err
    warned(duban)
    duban("grant", "T001")
    for call in (["grant", "T001"], ["warn", "T001", "--withdraw"]):
        said = duban(*call)
        assert said.code == 3
        assert "answered already: granted. Move the due with: duban extend T001" in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["warn", "T001", "why"], 2, "--expected is missing"),
        (["warn", "T001", "why", "-e", "someday", "-c", "other"], 2, "+3d"),
        (["warn", "T001", "why", "-e", "2030-03-08", "-c", "mood"], 2, "requirements"),
        (["warn", "T001", "-e", "2030-03-08", "-c", "other"], 3, "Reason must not be empty"),
        (["warn", "T001", "why", "-e", "2020-03-02", "-c", "other"], 3, "has gone by"),
        (["warn", "T001", "why", "-e", "2030-02-01", "-c", "other"], 3, "is not after the due"),
        (["extend", "T001", "2020-03-02", "why"], 3, "has gone by"),
        (["extend", "T001", "none", "why"], 2, "none"),
        (["edit", "T001", "--due", "2030-03-08"], 3, "--reason TEXT"),
        (["edit", "T001", "--due", "2020-03-02", "--reason", "x"], 3, "has gone by"),
        (["block", "T001", "why", "--on-task", "T001"], 3, "wait for itself"),
        (["block", "T001", "--for", "IT"], 2, "REASON is missing"),
        (["block", "T001", "--resolve-by", "2030-03-01"], 3, "is not blocked"),
        (["nudge", "T001", "--person", "ghost"], 3, "ghost"),
    ],
)
def test_bad_input_is_told(team, duban, arguments, code, told):
    said = duban(*arguments)
    assert (said.code, said.out) == (code, "")
    assert told in said.err


def test_the_lead_moves_a_due(team, duban):
    assert duban("extend", "T001", "2030-03-05", "away").out == "T001: due 2030-03-05.\n"
    refused = duban("extend", "T001", "2030-03-06", "away", "--as", "lin")
    assert (refused.code, "duban warn T001" in refused.err) == (3, True)


def test_a_moved_due_says_why(team, duban):
    assert duban("edit", "T001", "--due", "2030-03-08", "--reason", "asked").code == 0
    assert duban("events", "--json", "--task", "T001").lines[-1]["reason"] == "asked"


def test_a_nudge_is_told_and_counted(team, duban):
    said = duban("nudge", "T001", "today", "please")
    assert (said.code, said.out) == (0, "T001: nudged.\n")
    again = duban("nudge", "T001")
    assert again.code == 3
    assert "林 was nudged at " in again.err
    (one,) = duban("show", "T001", "--json").json["nudges"]
    assert (one["person"], one["by"], one["note"]) == ("lin", "wang", "today please")
    assert "Nudged: 1 time · 林 · " in duban("show", "T001").out


def test_a_critical_block_gets_a_time(team, duban):
    duban("departments", "add", "技术部")
    said = duban(
        *("block", "T001", "no", "interface", "--department", "技术部"),
        *("--kind", "technical", "--critical"),
    )
    assert said.out == "T001 is blocked; it waits for 技术部.\n"
    said = duban("block", "T001", "fixed", "by", "then", "--resolve-by", "2030-03-01 15:00")
    assert said.out == "T001 is to be resolved by 2030-03-01 15:00.\n"
    (spell,) = duban("show", "T001", "--json").json["spells"]
    assert (spell["kind"], spell["critical"]) == ("technical", True)
    assert spell["resolve_by"] == "2030-03-01T07:00:00+00:00"
    assert spell["met"] is not None
    shown = duban("show", "T001").out
    assert "Kind of block: Technical · critical" in shown
    assert "Resolved by: 2030-03-01 15:00" in shown


def test_a_batch_knows_them(team, duban):
    lines = [
        {
            "command": "WarnDelay",
            "task": "T001",
            "code": "material",
            "reason": "late",
            "expected": "2030-03-08",
            "cmd_id": str(uuid4()),
        },
        {"command": "GrantExtension", "extension": 1},
        {"command": "ExtendDue", "task": "T001", "due": "2030-03-12", "reason": "again"},
        {
            "command": "BlockTask",
            "task": "T001",
            "reason": "why",
            "waiting_for": "",
            "waiting_person": "lin",
            "kind": "decision",
            "critical": True,
        },
        {"command": "SetResolution", "task": "T001", "resolve_by": "2030-03-01T15:00:00+08:00"},
        {"command": "NudgeAwaited", "task": "T001", "person": "lin"},
        {"command": "EditTask", "task": "T001", "settings": {"due": "2030-03-15"}},
        {"command": "WarnDelay", "task": "T001", "code": "x", "reason": "r", "expected": "fri"},
    ]
    said = duban("batch", given="\n".join(map(json.dumps, lines)))
    answers = said.lines
    assert [one["ok"] for one in answers] == [True] * 6 + [False] * 2
    assert [one["code"] for one in answers[6:]] == ["reason-needed", "bad-value"]


def test_working_time_is_told(team, duban):
    assert duban("show", "T001", "--json").json["cycle"]["blocked_hours"] == 0
    assert "Working time: 0 min" in duban("show", "T001").out
