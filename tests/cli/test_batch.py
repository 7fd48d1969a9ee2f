"""``duban batch``: JSON lines in, JSON lines out, both engines."""

import json
from uuid import uuid4

import pytest

from core.commands.handlers import FAMILIES
from tui.cli.building import command_type


@pytest.fixture
def batch(duban, store):
    """Send lines; the answers, and the exit code."""

    def send(*lines):
        told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        said = duban("batch", given="\n".join(told) + "\n")
        return said.lines, said.code

    return send


def test_a_team_can_begin_in_a_batch(batch):
    answers, code = batch(
        {"command": "StartTeam", "handle": "wang", "name": "王"},
        {"command": "CreateTask", "title": "report", "project": "T", "owner": "wang"},
        {"command": "AddPerson", "handle": "lin", "name": "林", "role": "lead"},
        {"command": "AssignTask", "task": "T001", "owner": "lin"},
    )

    assert ([one["id"] for one in answers], code) == (["T", "T001", "lin", "T001"], 0)


def test_commands_are_applied_in_order(batch, duban):
    duban("add", "first")

    answers, code = batch(
        {"command": "CreateTask", "title": "报告", "project": "T", "owner": "wang"},
        {"command": "MoveTask", "task": "T002", "to": "doing"},
        {"command": "UpdateProgress", "task": "T002", "progress": 40, "next": "draft"},
        {"command": "EditTask", "task": "T002", "settings": {"due": "2030-01-02", "title": "R"}},
        {"command": "BlockTask", "task": "T002", "reason": "no data", "waiting_for": "IT"},
        {"command": "AddCriterion", "task": "T002", "text": "complete", "reason": "asked for"},
        {"command": "EditProject", "project": "T", "wip": {"doing": 3}},
    )

    assert ([one["ok"] for one in answers], code) == ([True] * 7, 0)
    assert [one["first"] for one in answers] == sorted(one["first"] for one in answers)
    (one,) = duban("ls", "--blocked", "--json").json
    assert (one["id"], one["title"], one["due"]) == ("T002", "R", "2030-01-02T18:00:00+08:00")


def test_a_review_of_two_rounds(batch, duban):
    duban("add", "report")
    duban("add", "another")
    duban("criteria", "T001", "--add", "12 interviews")
    duban("assign", "T001", "me")
    handed = {"name": "report", "edition": "V1.0", "location": "share/r"}
    point = {"criterion": 1, "lacks": "only 8"}
    submit = {"command": "SubmitTask", "task": "T001", "results": "8 interviews", "claims": [1]}

    answers, code = batch(
        {"command": "MoveTask", "task": "T001", "to": "doing"},
        {**submit, "deliverables": [handed], "completed": "2024-03-25"},
        {"command": "SendBack", "task": "T001", "findings": "too few", "points": [point]},
        {**submit, "results": "12 interviews"},
        {"command": "AcceptTask", "task": "T001", "met": [1]},
        {"command": "AddPerson", "handle": "li", "name": "李娜"},
        {"command": "DelegateAcceptance", "task": "T002", "to": "li", "reason": "away"},
    )

    assert ([one["ok"] for one in answers], code) == ([True] * 7, 0)
    first = duban("show", "T001", "--json").json["reviews"][1]
    assert (first["points"], first["completed"]) == ({"1": "only 8"}, "2024-03-25")


def test_a_bad_line_does_not_stop_the_others(batch, duban):
    duban("add", "first")

    answers, code = batch(
        "not json",
        "[]",
        {"command": "Nonsense"},
        {"command": "CreateTask", "project": "T"},
        {"command": "CreateTask", "project": "T", "title": "x", "colour": "red"},
        {"command": "CreateTask", "project": "T", "title": 7},
        {"command": "CreateTask", "project": "T", "title": "a\x1b[2Jb"},
        {"command": "MoveTask", "task": "T404", "to": "doing"},
        {"command": "MoveTask", "task": "T001", "to": "elsewhere"},
        {
            "command": "EditTask",
            "task": "T001",
            "settings": [
                {"field": "title", "value": "new", "seen": "old"},
            ],
        },
        {"command": "CreateTask", "project": "T", "title": "good"},
    )

    assert [one.get("code") for one in answers] == [
        "not-json",
        "not-an-object",
        "unknown-command",
        "missing-field",
        "unknown-field",
        "bad-field",
        "bad-value",
        "not-found",
        "bad-value",
        "changed-meanwhile",
        None,
    ]
    assert [one.get("exit") for one in answers] == [2, 2, 2, 2, 2, 2, 3, 3, 3, 4, None]
    assert (answers[-1]["id"], code) == ("T002", 4)


def test_the_same_id_is_applied_once_and_answers_alike(batch, duban):
    duban("add", "first")
    line = {"command": "CreateTask", "cmd_id": str(uuid4()), "title": "once", "project": "T"}

    (first, second), _ = batch(line, line)
    (third,), _ = batch(line)

    assert [one["repeated"] for one in (first, second, third)] == [False, True, True]
    assert first["id"] == second["id"] == third["id"]
    assert first["cmd_id"] == line["cmd_id"]
    assert len(duban("ls", "once", "--json").json) == 1


def test_a_number_that_is_no_id_is_refused(batch):
    (answer,), code = batch({"command": "CreateTask", "cmd_id": "7", "title": "x"})

    assert (answer["code"], code) == ("not-a-uuid", 2)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_command_of_the_core_can_be_named(name):
    assert command_type(name).__name__ == name
