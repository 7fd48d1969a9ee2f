"""What is written down is answered with its number, and is of a day that has come."""

import pytest

from tests.cli.test_codes import refused

pytestmark = pytest.mark.usefixtures("store")


def test_what_is_added_is_answered_with_its_number(duban):
    """So that the next command can refer to it."""
    duban("add", "first")
    said = [
        duban("log", "add", "hello").out,
        duban("log", "add", "secret", "--restricted", "--to", "me").out,
        duban("log", "add", "which one?", "--ask", "me").out,
        duban("meeting", "add", "weekly", "Week 1").out,
        duban("meeting", "plan", "weekly", "--days", "fri").out,
        duban("criteria", "T001", "--add", "complete").out,
        duban("criteria", "T001", "--add", "in time").out,
        duban("milestones", "T001", "--add", "done", "--due", "2030-02-01").out,
        duban("milestones", "T001", "--add", "draft", "--due", "2030-01-01").out,
        duban("deliverables", "T001", "--add", "Report").out,
        duban("collaborators", "T001", "--add", "me").out,
        duban("issue", "add", "API unstable", "--task", "T001", "--impact", "tests").out,
    ]
    assert said == [
        "Entry #1 noted: hello\n",
        "Entry #2 noted: secret\n",
        "Entry #3 noted: which one?\n",
        "Meeting #1 noted: Week 1\n",
        "Plan #1: Weekly meeting\n",
        "Added as number 1: complete\n",
        "Added as number 2: in time\n",
        "Added as number 1: done\n",
        "Added as number 1: draft\n",
        "Added as number 1: Report\n",
        "Added as number 1: wang\n",
        "T-I01 is raised.\n",
    ]
    assert duban("log", "show", "3").out.startswith("#3 which one?")
    assert duban("log", "add", "that one", "--answers", "3").code == 0
    assert "draft" in duban("milestones", "T001", "--reached", "1").out


def test_an_entry_of_days_to_come_is_refused_and_an_imported_one_is_not(duban, tmp_path):
    duban("add", "first")

    refused(duban("log", "add", "x", "--day", "2099-01-05"), 3, "Day: 2099-01-05 is yet to come")
    assert duban("log", "--json").json == []
    file = tmp_path / "log.csv"
    heads = "同步日期,同步主题,同步内容(进展/问题/决议),同步发起人,同步对象,附件/参考(占位符),备注"
    for who in ("王强", ""):
        line = f"2099-01-05,计划会{who},讨论计划,{who},全员,,"
        file.write_text(f"{heads}\n{line}\n", encoding="utf-8")
        assert duban("import", str(file), "--yes").code == 0
    assert {one["day"] for one in duban("log", "--json").json} == {"2099-01-05"}
    assert len(duban("log", "--json").json) == 2
