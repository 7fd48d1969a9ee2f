"""What answers say, and in which words."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT, START
from tests.cli.test_codes import refused
from tests.cli.test_files import SAMPLE

pytestmark = pytest.mark.usefixtures("lite")


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Write a settings file; call with its text."""
    file = tmp_path / "own.toml"
    monkeypatch.setenv("DUBAN_SETTINGS", str(file))
    return file.write_text


def test_an_import_that_is_wanted_is_done_though_nobody_reads_its_answer(duban):
    with subprocess.Popen(
        [sys.executable, "-c", START, "import", SAMPLE, "--yes", "--verbose"],
        cwd=ROOT,
        env=os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as importing:
        importing.stdout.close()

    assert importing.returncode == 0
    assert len(duban("ls", "--json", "--limit", "0").json) > 10


def test_a_done_import_is_told_as_done(duban):
    assert "Would be created (" in duban("import", SAMPLE, "--dry-run").out
    said = duban("import", SAMPLE, "--yes").out
    assert "Created (" in said
    assert "Would be" not in said
    assert "to create" not in said


def test_a_project_of_the_settings_is_only_a_hint(duban, settings):
    settings('project = "CSAT"\n')

    assert duban("add", "x").out == "T001 added: x\n"
    assert duban("log", "add", "topic").code == 0
    line = {"command": "CreateTask", "title": "y", "project": "T", "due": "2030-01-02"}
    assert duban("batch", given=json.dumps(line)).lines[0]["ok"]
    refused(duban("add", "x", "--project", "CSAT"), 3, "CSAT")

    duban("projects", "add", "CSAT", "Survey")
    assert duban("add", "z").out == "CSAT-001 added to CSAT: z\n"
    assert duban("add", "z", "--parent", "T001").out == "T001-01 added to T: z\n"


def test_alerts_under_the_board_are_those_of_its_project(duban, settings):
    duban("add", "late here", "--due", "2020-01-02", "--owner", "me")
    duban("projects", "add", "OTHER", "Other")
    assert "late here" in duban().out

    settings('project = "OTHER"\n')
    assert "late here" not in duban().out
    assert "Alerts: Nothing needs attention." in duban().out


@pytest.mark.usefixtures("chinese")
def test_chinese_answers_are_chinese(duban):
    duban("add", "x", "--description", "y")
    duban("projects", "edit", "T", "--wip", "doing=4,review=3")
    projects = duban("projects").out

    assert "== 提醒：" in duban().out
    assert "终端：" in duban("doctor").out
    assert "姓名" not in projects
    assert "名称" in projects
    assert "进行中 4" in projects
    assert "=" not in projects
    assert "状态：未开始" in duban("show", "T001").out
    assert ": " not in duban("show", "T001").out


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("add",), "缺少 TITLE。"),
        (("add", "--owner"), "--owner 缺少值。"),
        (("ls", "--limit", "x"), "--limit 须为"),
        (("show", "T001", "more"), "多余的参数：more。"),
        (("lss",), "没有命令“lss”。您是不是想用：ls？"),
        (("completion",), "bash, zsh, fish"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(duban, call, told):
    refused(duban(*call), 2, told)


@pytest.mark.usefixtures("chinese")
def test_help_has_chinese_headings(duban):
    said = duban("--help").out
    assert "用法：duban [选项] [命令] [参数]..." in said
    assert "\n选项：\n" in said
    assert "\n命令：\n" in said
    assert "OPTIONS" not in duban("add", "--help").out


def test_who_is_not_on_the_team_may_look_but_is_told(duban):
    duban("add", "x")

    said = duban("ls", "--as", "nobody")

    assert (said.code, said.err) == (0, "nobody is not on this team; known: wang\n")
    assert "x" in said.out
    assert duban("ls", "--as", "wang").err == ""
    assert duban("add", "y", "--as", "nobody").err.count("\n") == 1


def test_an_unknown_command_names_few_others(duban):
    refused(duban("qqqqq"), 2, "“qqqqq” is no command. Known: add, ls, show")
    assert duban("qqqqq").err.count(", ") == 8
    refused(duban("exprot"), 2, "Did you mean: export")
    refused(duban("completion"), 2, "bash, zsh, fish")


def test_a_refused_move_names_what_is_possible(duban):
    duban("add", "x")

    refused(duban("move", "T001", "done"), 3, "Possible now: ", "Doing")


def test_a_bad_line_is_told_in_a_sentence(duban):
    lines = [{}, {"command": "CreateTaks"}, {"command": "Qqqq"}, {"command": "CreateTask"}, 7]
    lines += [{"command": "MoveTask", "task": "T404", "to": "doing"}]

    said = duban("batch", given="\n".join(map(json.dumps, lines))).lines

    assert [one["code"] for one in said[:3]] == [
        "missing-command",
        "unknown-command",
        "unknown-command",
    ]
    assert "CreateTask" in said[1]["message"]
    assert len(said[1]["facts"]["near"]) <= 3
    assert said[2]["facts"]["near"] == []
    assert all(one["message"] and "{" not in one["message"] for one in said)
    assert '{"command": "CreateTask"' in duban("batch", "--help").out


@pytest.mark.usefixtures("chinese")
def test_an_import_speaks_the_members_language(duban, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("任务名称,当前状态,优先级\n甲,奇怪,奇怪\n", encoding="utf-8")
    said = duban("import", str(file), "--dry-run").out
    assert "→ 未开始" in said
    assert "→ 中" in said

    said = duban("import", SAMPLE, "--dry-run", "--verbose").out
    assert "职责 CSAT 现场访谈 · 执行人*专员 R(执行)" in said
    assert "进度更新" in said
    assert "→ 问题" in said


@pytest.mark.usefixtures("chinese")
def test_a_change_names_states_but_leaves_titles_alone(duban, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("id,title,status,owner\nX1,done,todo,me\n", encoding="utf-8")
    duban("import", str(file), "--yes")
    file.write_text("id,title,status,owner\nX1,high,doing,me\n", encoding="utf-8")

    said = duban("import", str(file), "--dry-run").out

    assert "未开始 → 进行中" in said
    assert "done → high" in said


def test_a_table_that_is_none_is_told_by_what_was_looked_for(duban, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "headings such as 任务名称" in duban("import", str(file), "--dry-run").out


@pytest.mark.parametrize("text", ['[\n{"description": "x"}\n]\n', '"x"\n'])
def test_json_of_another_program_is_refused(duban, tmp_path, text):
    file = tmp_path / "tasks.json"
    file.write_text(text)
    refused(duban("import", str(file), "--yes"), 3, "JSON", "neither Trello nor Taskwarrior")


def test_accounts_in_a_list_of_members_are_several_people(duban, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("Title,Owner,Members\na,me,testuser1 testuser2\nb,me,John Smith\n")
    people = duban("import", str(file), "--dry-run", "--json").json["preview"]["people_new"]
    assert set(people) >= {"testuser1", "testuser2", "John Smith"}


def test_a_list_tells_the_worst_only(duban):
    duban("add", "late", "--due", "2020-01-02", "--urgent")
    duban("block", "T001", "why", "--for", "lin")
    line = duban("ls").out.splitlines()[1]
    assert line.endswith("! overdue")


def test_events_are_told_in_the_time_of_their_project(duban):
    duban("add", "x")
    duban("projects", "edit", "T", "--time-zone", "Pacific/Kiritimati")
    stored = duban("events", "--json").lines[-1]["at"]
    told = duban("events").out.splitlines()[-1].split()
    assert told[2] != stored[11:16]
    assert not told[2].endswith("Z")
    assert (int(told[2][:2]) - int(stored[11:13])) % 24 == 14
