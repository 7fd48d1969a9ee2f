"""What a member does all day, on both engines."""

from uuid import uuid4

import pytest

from tests.cli.test_codes import refused

pytestmark = pytest.mark.usefixtures("store")


def test_the_first_task_begins_a_team(duban):
    said = duban("add", "Call the customer")

    assert (said.code, said.out) == (0, "T001 added: Call the customer\n")
    assert "you are @wang" in said.err
    assert duban("add", "again").err == ""
    assert [one["handle"] for one in duban("people", "--json").json] == ["wang"]


def test_a_list_has_what_was_added(duban):
    duban("add", "季度报告", "-p", "high", "--due", "2030-05-06", "--owner", "me", "--urgent")
    duban("add", "Q2", "--external-id", "产品迭代2024-001")

    newest, report = duban("ls", "--json").json

    assert report == report | {
        "id": "T001",
        "external_id": "",
        "title": "季度报告",
        "state": "todo",
        "owner": "wang",
        "due": "2030-05-06T18:00:00+08:00",
        "priority": "high",
        "progress": 0,
        "blocked": False,
        "urgent": True,
        "overdue": False,
    }
    assert (newest["external_id"], newest["owner"], newest["due"]) == (
        "产品迭代2024-001",
        None,
        None,
    )


def test_work_goes_from_column_to_column(duban):
    duban("add", "report", "--owner", "wang")

    assert duban("move", "T001", "进行中").out == "T001: Doing\n"
    assert duban("update", "t001", "60%", "--done", "outline").out == "T001 is at 60 %.\n"
    submitted = duban("move", "T001", "in review", "--deliverable", "report|V1|share/r")
    assert submitted.out.startswith("T001 waits for ")
    assert duban("move", "T001", "done").out == "T001 is accepted.\n"
    refused(duban("archive", "T001"), 3, "what came of it", "--result")
    assert duban("archive", "T001", "--result", "所有部门都收到").code == 0
    assert duban("ls", "--json").json == []
    assert duban("restore", "T001").code == 0
    shown = duban("show", "T001", "--json").json
    assert (shown["state"], shown["progress"]) == ("done", 100)
    assert (shown["updates"][0]["progress"], shown["updates"][0]["done"]) == (60, "outline")


def test_blocked_says_why_and_for_whom(duban):
    duban("add", "report")

    assert duban("block", "T001", "no", "data", "--for", "客户 A").code == 0

    (one,) = duban("ls", "--blocked", "--json").json
    assert (one["blocked"], one["blocked_reason"], one["waiting_for"]) == (
        True,
        "no data",
        "客户 A",
    )
    assert duban("unblock", "T001", "data", "came").code == 0
    assert duban("ls", "--blocked", "--json").json == []


def test_sent_back_needs_findings(duban):
    duban("add", "report", "--owner", "wang", "--state", "doing")
    duban("submit", "T001", "--results", "figures", "--deliverable", "report|share/r")

    assert duban("send-back", "T001").code == 2
    assert duban("move", "T001", "doing", "--findings", "figures are missing").code == 0
    (review,) = duban("show", "T001", "--json").json["reviews"]
    assert (review["verdict"], review["findings"]) == ("sent-back", "figures are missing")


def test_edits_set_what_is_named(duban):
    duban("add", "report")

    said = duban("edit", "T001", "--due", "2030-01-02T09:30", "--title", "Report", "--urgent")

    assert said.code == 0
    (one,) = duban("ls", "--json").json
    assert (one["due"], one["title"], one["urgent"]) == (
        "2030-01-02T09:30:00+08:00",
        "Report",
        True,
    )
    assert duban("edit", "T001", "--title", "Report").out == "T001 was so already.\n"
    assert duban("edit", "T001", "--due", "none", "--reason", "postponed").code == 0
    assert duban("ls", "--json").json[0]["due"] is None


def test_the_same_command_id_is_applied_once(duban):
    number = str(uuid4())

    first = duban("add", "once", "--cmd-id", number, "--json").json
    second = duban("add", "once", "--cmd-id", number, "--json").json

    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["id"] == second["id"] == "T001"
    assert len(duban("ls", "--json").json) == 1
    assert duban("add", "other", "--cmd-id", number).code == 4


def test_subtasks_and_their_filters(duban):
    duban("add", "report")
    duban("add", "figures", "--parent", "T001")

    assert [one["id"] for one in duban("ls", "--json").json] == ["T001-01", "T001"]
    assert [one["id"] for one in duban("ls", "--top", "--json").json] == ["T001"]
    (part,) = duban("ls", "--parent", "T001", "--json").json
    assert part["parent"] == "T001"


def test_lists_are_narrowed(duban):
    duban("people", "add", "lin", "林晓")
    for title, owner in (("Alpha report", "wang"), ("beta", "lin"), ("报告 alpha", "lin")):
        duban("add", title, "--owner", owner)
    duban("move", "T002", "doing")
    duban("add", "late", "--due", "2020-01-02")

    def keys(*options):
        return [one["id"] for one in duban("ls", "--json", *options).json]

    assert keys("ALPHA") == ["T003", "T001"]
    assert keys("ＡＬＰＨＡ", "报告") == ["T003"]
    assert keys("--mine") == ["T001"]
    assert keys("--owner", "林晓") == ["T003", "T002"]
    assert keys("--state", "doing") == ["T002"]
    assert keys("--overdue") == ["T004"]
    assert keys("--limit", "2") == ["T004", "T003"]
    assert keys("--order", "board") == ["T002", "T001", "T003", "T004"]
    assert keys("--order", "due")[0] == "T004"


def test_parts_are_listed_added_and_removed_by_number(duban):
    duban("add", "report")
    for text in ("complete", "correct"):
        assert duban("criteria", "T001", "--add", text).code == 0
    assert duban("criteria", "T001", "--met", "2").out == "x correct\n"
    assert duban("criteria", "T001").out == "1.   complete\n2. x correct\n"
    assert duban("criteria", "T001", "--remove", "1").code == 0
    assert duban("criteria", "T001").out == "1. x correct\n"
    assert duban("criteria", "T001", "--remove", "7").code == 2

    assert duban("milestones", "T001", "--add", "draft").code == 2
    assert duban("milestones", "T001", "--add", "draft", "--due", "2030-02-03").code == 0
    assert duban("milestones", "T001", "--reached", "1").code == 0
    assert duban("milestones", "T001").out == "1. x 2030-02-03 draft\n"
    assert duban("deliverables", "T001", "--add", "清单", "--edition", "V1.0").code == 0
    assert duban("collaborators", "T001", "--add", "法务", "--hours", "4").code == 0
    duban("add", "data")
    assert duban("depends", "T001", "--on", "T002").code == 0
    assert duban("depends", "T002", "--on", "T001").code == 3
    assert duban("depends", "T001").out == "T002 data\n"
    shown = duban("show", "T001").out
    for told in ("draft", "清单 V1.0", "法务", "T002 data", "correct"):
        assert told in shown


def test_the_sync_log_is_written_and_read(duban):
    duban("add", "report")

    assert duban("log", "add", "Release", "moved", "-k", "决策", "--task", "T001").code == 0

    (one,) = duban("log", "--kind", "decision", "--json").json
    assert (one["topic"], one["task"], one["author"]) == ("Release moved", "T001", "wang")
    assert duban("log", "--kind", "problem", "--json").json == []


def test_events_are_told_in_order(duban):
    duban("add", "report")
    duban("move", "T001", "doing", "--as", "wang")
    duban("assign", "T001", "wang")

    lines = duban("events", "--json").lines

    assert [one["number"] for one in lines] == list(range(1, len(lines) + 1))
    assert [one["kind"] for one in lines if one["task"]] == ["task-created", "task-claimed"]
    assert duban("events", "--json", "--after", str(len(lines))).out == ""
    assert len(duban("events", "--json", "-n", "2").lines) == 2


def test_projects_have_rules(duban):
    assert duban("projects", "add", "CSAT", "客户满意度", "--wip", "doing=1,review=2").code == 0
    assert duban("projects", "edit", "CSAT", "--wip", "review=none", "--wip-hard").code == 0

    found = {one["key"]: one for one in duban("projects", "--json").json}

    assert found["CSAT"]["wip"] == {"doing": 1}
    for title in ("a", "b"):
        duban("add", title, "--project", "CSAT", "--owner", "me")
    assert duban("move", "CSAT-001", "doing").code == 0
    assert duban("move", "CSAT-002", "doing").code == 3


def test_projects_tell_what_is_on(duban):
    assert duban("projects", "add", "CSAT", "客户满意度", "--restricted").code == 0
    assert duban("projects", "add", "OPS", "运营", "--rule", "checkin=eod-15m").code == 0
    lines = {line.split()[0]: line for line in duban("projects").out.splitlines()}
    assert lines["CSAT"].endswith("restricted")
    assert lines["OPS"].endswith("checkin=eod-15m")
    assert "restricted" not in lines["OPS"]
    assert duban("projects", "edit", "CSAT", "--self-accept").code == 0
    assert "restricted, self-acceptance" in duban("projects").out
    shown = duban("projects", "show", "CSAT").out
    assert "Restricted  yes" in shown
    assert "Self-acceptance  yes" in shown


def test_alerts_are_told_with_a_mark_and_a_word(duban):
    duban("add", "late", "--due", "2020-01-02", "--owner", "me")

    said = duban("alerts")

    assert said.out.splitlines()[1].startswith("!  T001  overdue")
    assert duban("alerts", "--json").json["counts"]["overdue"] == 1
