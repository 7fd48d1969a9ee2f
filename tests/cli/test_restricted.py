"""Restricted entries on the command line: told to those who may see, in no form to others."""

import json

import pytest

from tui.cli.table import HOMES

SECRET = "绝密并购"


@pytest.fixture
def told(duban, store):
    """A team; li has asked zhao something restricted, zhou is nobody's audience."""
    assert duban("add", "客户访谈").code == 0
    for handle in ("li", "zhao", "zhou"):
        assert duban("people", "add", handle, handle).code == 0
    said = duban(
        *("log", "add", SECRET, "--content", f"{SECRET}内容", "--task", "T001", "--as", "li"),
        *("--restricted", "--to", "zhao", "--ask", "zhao", "--reference", f"{SECRET}.docx"),
        *("--follow-up", f"{SECRET}跟进", "--owner", "zhao", "--due", "+2d", "--json"),
    )
    assert said.code == 0
    assert said.json["id"] == f"#{said.json['number']}"
    assert duban("log", "add", "公开").code == 0
    return duban


READING = [
    ["log"],
    ["log", "--task", "T001"],
    ["log", "show", "1"],
    ["events"],
    ["show", "T001"],
    ["ls"],
    ["find", SECRET],
    ["alerts"],
    ["triage"],
    ["meeting"],
    ["meeting", "plan"],
    ["issue"],
    ["standup"],
    ["doctor"],
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_no_command_tells_an_outsider(told, arguments, form):
    if arguments[0] not in HOMES:
        pytest.skip("not there yet")
    if arguments[0] == "find":
        said = told(*arguments, *form, "--as", "zhou")
        assert SECRET not in said.out.replace(f"“{SECRET}”", "")
        return
    said = told(*arguments, *form, "--as", "zhou")
    assert SECRET not in said.out + said.err


def test_the_log_is_told_to_those_who_may_see(told):
    for handle, count in (("zhou", 1), ("zhao", 2), ("li", 2), ("wang", 2)):
        rows = told("log", "--json", "--as", handle).json
        assert len(rows) == count, handle
    (row,) = [one for one in rows if one["restricted"]]
    assert (row["topic"], row["asks"], row["follow_up_owner"]) == (SECRET, "zhao", "zhao")
    said = told("log", "--as", "zhao")
    assert f"{SECRET} [restricted] [open question @zhao] [follow-up]" in said.out
    assert f"{SECRET}内容" in told("log", "show", "1", "--as", "zhao").out


def test_an_answer_and_the_task(told):
    assert told("log", "add", "好的", "--answers", "1", "--as", "zhou").code == 3
    assert told("log", "add", "好的", "--answers", "1", "--as", "zhao").code == 0
    assert "answered @zhao" in told("log", "--as", "li").out
    assert "好的" not in told("log", "--as", "zhou").out
    assert told("log", "task", "1", "--as", "zhou").code == 3
    refused = told("log", "task", "1", "--as", "zhao")
    assert (refused.code, "everybody sees tasks" in refused.err) == (3, True)
    made = told("log", "task", "1", "--openly", "--as", "zhao", "--json")
    assert made.json["id"] == "T002"
    assert told("log", "show", "1", "--json", "--as", "li").json["follow_up_task"] == "T002"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_leave_it_out(told, tmp_path, form):
    from openpyxl import load_workbook

    def written(handle: str) -> str:
        file = tmp_path / f"{handle}.{form}"
        assert told("export", "T1-3", str(file), "--as", handle).code == 0
        if form == "csv":
            return file.read_text("utf-8-sig")
        rows = load_workbook(file).active.iter_rows(values_only=True)
        return json.dumps(list(rows), ensure_ascii=False, default=str)

    assert SECRET not in written("zhou")
    assert SECRET in written("zhao")


def test_the_batch_answers_without_its_topic(told):
    line = {
        "command": "AddSyncEntry",
        "project": "T",
        "topic": SECRET,
        "restricted": True,
        "people": ["zhao"],
    }
    (answer,) = told("batch", given=json.dumps(line)).lines
    assert answer["ok"]
    assert answer["id"] == f"#{answer['number']}"


def test_what_is_wrong_names_the_field(told):
    said = told("log", "add", "x", "--restricted")
    assert (said.code, "For whom must not be empty" in said.err) == (3, True)
    said = told("log", "add", "x", "--restricted", "--audience", "全员")
    assert "name people or departments" in said.err
    assert told("log", "add", "x", "--to", "nobody").code == 3
    said = told("log", "add", "x", "--follow-up", "y", "--owner", "li", "--due", "2024-01-01")
    assert "has gone by" in said.err
