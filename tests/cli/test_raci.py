"""Responsibilities on the command line: the matrix, its check, setting and removing letters."""

import pytest

from tests.cli.conftest import Call

HEADS = "任务节点,项目负责人*经理,执行人*专员,数据支持*分析师,客户对接人\n"
ROWS = (
    "访谈提纲设计,A(审批),R(撰写),C(提供数据维度),I(确认需求)\n"
    "现场访谈,I(监督进度),R(执行),-,C(配合参与)\n"
)


@pytest.fixture
def task(duban: Call, store: str) -> str:
    key: str = duban("add", "First task", "--json").json["id"]
    assert duban("people", "add", "li", "李娜").code == 0
    return key


def test_letters_are_set_shown_checked_and_removed(duban: Call, task: str) -> None:
    said = duban("raci", "set", task, "li", "r/c", "--note", "drafts", "--role", "writer")
    assert (said.code, said.out) == (0, f"{task}: li does it, is asked.\n")
    assert "nobody is A" in said.err
    assert duban("raci", "set", task, "客户", "A").err == ""
    head, row = duban("raci").out.splitlines()
    assert head.split() == ["Id", "Task", "李娜", "·", "writer", "客户"]
    assert row.split() == [task, "First", "task", "R/C(drafts)", "A"]
    told = duban("raci", task, "--json").json
    assert told["columns"][0] == {"person": "li", "name": "李娜", "role": "writer"}
    assert told["tasks"][0]["letters"][0] == {
        "person": "li",
        "name": "李娜",
        "letters": ["R", "C"],
        "derived": [],
        "note": "drafts",
    }
    assert (told["tasks"][0]["findings"], told["complete"]) == ([], True)
    said = duban("raci", "remove", task, "客户")
    assert said.out == f"{task}: 客户 has no letter any more.\n"


def test_the_check_names_each_task_and_ends_with_1(duban: Call, task: str) -> None:
    assert duban("raci", "check").code == 1
    assert duban("raci", "check", "T", "--json").json == [
        {"id": task, "title": "First task", "project": "T", "findings": ["without-r"]}
    ]
    duban("raci", "set", task, "li", "A")
    duban("raci", "set", task, "客户", "A")
    said = duban("raci", "check", task)
    assert said.out == f"{task} First task: more than one is A: 李娜, 客户; nobody is R\n"
    duban("raci", "set", task, "客户", "R")
    said = duban("raci", "check")
    assert (said.code, said.out) == (0, "1 task, exactly one A and at least one R each.\n")


def test_what_nobody_set_has_a_star(duban: Call, task: str) -> None:
    duban("assign", task, "li")
    row = duban("raci", "T").out.splitlines()[1]
    assert row.split()[-2:] == ["R*", "A*"]
    said = duban("raci", "remove", task, "li")
    assert said.code != 0
    assert "follows from its owner and acceptor" in said.err


def test_bad_input_names_what_is_wrong(duban: Call, task: str) -> None:
    assert "“X” is not one of: R, A, C, I" in duban("raci", "set", task, "li", "X").err
    assert duban("raci", "set", task, "li", "/").code != 0
    assert "Did you mean li?" in duban("raci", "set", task, "lii", "R").err
    assert "nobody" in duban("raci", "remove", task, "nobody").err
    assert duban("raci", "nowhere").code == 3
    assert duban("raci", "T", "more").code == 2
    assert duban("raci", "set", "T999", "li", "R").code == 3


def test_options_may_stand_before_and_behind(duban: Call, task: str) -> None:
    for call in (("T", "--json"), ("--json", "T"), ("--json",), ("--limit", "1", "T", "--json")):
        assert duban("raci", *call).json["tasks"][0]["id"] == task


def test_more_tasks_than_asked_for_are_told(duban: Call, task: str) -> None:
    duban("add", "Second task")
    said = duban("raci", "--limit", "1")
    assert len(said.out.splitlines()) == 2
    assert "--limit COUNT" in said.err
    assert duban("raci", "--limit", "1", "--json").json["complete"] is False


def test_the_guides_table_goes_in_and_out(duban: Call, store: str, tmp_path) -> None:
    file = tmp_path / "raci.csv"
    file.write_text(HEADS + ROWS, encoding="utf-8")
    said = duban("import", str(file), "--yes")
    assert "responsibility" in said.out
    assert "nobody accepts (no A)" in said.out
    assert duban("raci", "check").out.count("\n") == 1
    out = tmp_path / "out.csv"
    assert duban("export", "T3-R", str(out)).code == 0
    assert out.read_text(encoding="utf-8-sig").replace("\r\n", "\n") == HEADS + ROWS
    again = duban("import", str(out), "--dry-run", "--json").json["preview"]
    assert (again["creates"], again["changes"]) == ([], [])


def test_a_batch_sets_letters_too(duban: Call, task: str) -> None:
    line = (
        f'{{"command": "SetRaci", "task": "{task}", "person": "li", "letters": ["R"],'
        ' "seen": {"letters": [], "note": ""}}\n'
    )
    assert duban("batch", given=line).code == 0
    assert duban("raci", task, "--json").json["tasks"][0]["letters"][0]["letters"] == ["R"]
    bad = f'{{"command": "SetRaci", "task": "{task}", "person": "li", "letters": ["Q"]}}\n'
    assert duban("batch", given=bad).code != 0
