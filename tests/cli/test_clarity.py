"""How clear a task is, what is like it, and beginning what is not clear."""

import pytest

from tests.cli.conftest import Call


def test_check_tells_what_is_missing(duban: Call, store: str):
    duban("add", "处理一下")

    said = duban("check", "T001")
    told = duban("check", "T001", "--json").json

    assert said.code == 0
    assert "clear: 0 of 8 · missing: a concrete title, expected outcome, criterion on" in said.out
    assert (told["clear"], told["of"], told["required"]) == (0, 8, False)
    assert told["missing"][0] == "title"


def test_a_clear_task_lacks_nothing(duban: Call, store: str):
    duban("add", "核对季度报告", "--outcome", "报告无误", "--value", "月末关账", "--due", "+3d")
    duban("assign", "T001", "wang")
    duban("criteria", "T001", "--add", "一份报告，覆盖全部区域，差错不超过1%")

    assert "clear: 8 of 8\n" in duban("check", "T001").out
    assert duban("move", "T001", "doing").err == ""


def test_what_is_unclear_is_begun_with_a_warning_or_by_force(duban: Call, store: str):
    duban("add", "处理一下", "-o", "wang")
    duban("add", "跟进", "-o", "wang")

    assert "T001 has begun, but is not clear; missing: a concrete" in (
        duban("move", "T001", "doing").err
    )
    assert duban("projects", "edit", "T", "--rule", "clarity=required").code == 0
    refused = duban("move", "T002", "doing")
    assert refused.code == 3
    assert "still missing: a concrete title" in refused.err
    assert duban("move", "T002", "doing", "--force").code == 3
    assert "before it is clear" in duban("check", "T002").out
    assert duban("move", "T002", "doing", "--force", "--reason", "客户在等").code == 0
    assert "clarity-forced" in duban("events", "--json").out
    assert duban("add", "看看", "-o", "wang", "--state", "doing").code == 3
    wrong = duban("projects", "edit", "T", "--rule", "clarity=maybe")
    assert "advice" in wrong.err


def test_similar_lists_tasks(duban: Call, store: str):
    duban("add", "汇总合同条款", "-o", "wang")

    said = duban("similar", "核对合同条款")
    (told,) = duban("similar", "核对合同条款", "--json").json

    assert "T001" in said.out
    assert (told["key"], told["state"], told["kind"], told["shared"]) == ("T001", "todo", "task", 3)
    assert "Nothing is like that." in duban("similar", "别的事").err


def test_adding_says_at_a_terminal_what_is_missing_and_similar(
    duban: Call, store: str, monkeypatch: pytest.MonkeyPatch
):
    duban("add", "汇总合同条款")
    assert duban("add", "汇总合同条款").err == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    said = duban("add", "复核合同条款")

    assert said.out.startswith("T003 added")
    assert "clear: 1 of 8 · missing: expected outcome" in said.err
    assert "similar: T002 汇总合同条款" in said.err
