"""``duban meeting`` and the registering of deliverables."""

import json


def test_minutes_are_written_and_read(duban, store):
    assert duban("add", "访谈").code == 0
    said = duban(
        *("meeting", "add", "周例会", "第12周", "例会", "--attendees", "王强、李娜"),
        *("--minutes", "进度正常", "--decisions", "周五发布；接口归技术组", "--task", "T001"),
    )
    assert (said.code, said.out) == (0, "Meeting #1 noted: 第12周 例会\n")
    (row,) = duban("meeting", "--json").json
    assert (row["kind"], row["task"], row["author"]) == ("weekly", "T001", "wang")
    found = duban("meeting", "show", "1", "--json").json
    assert [one["topic"] for one in found["decisions"]] == ["周五发布", "接口归技术组"]
    text = duban("meeting", "show", "1").out
    assert "王强、李娜" in text
    assert "Decision  #2 接口归技术组" in text
    assert "第12周 例会" in duban("meeting", "ls").out
    assert len(duban("log", "--kind", "decision", "--json").json) == 2


def test_meetings_are_planned(duban, store):
    assert duban("add", "访谈").code == 0
    assert "No meeting is planned" in duban("meeting", "plan").err
    said = duban("meeting", "plan", "weekly", "--days", "fri", "--time", "16:00")
    assert said.out == "Plan #1: Weekly meeting\n"
    (row,) = duban("meeting", "plan", "--json").json
    assert (row["days"], row["time"], row["project"]) == ("fri", "16:00", "T")
    assert row["next"]
    assert "16:00" in duban("meeting", "plan").out
    assert duban("meeting", "drop", str(row["id"])).code == 0
    assert duban("meeting", "plan", "--json").json == []


def test_what_is_wrong_with_a_meeting(duban, store):
    assert duban("add", "访谈").code == 0
    assert duban("meeting", "add", "party", "x").code == 2
    assert duban("meeting", "plan", "weekly").code == 2
    assert "mon,wed,fri" in duban("meeting", "plan", "weekly", "--days", "x").err
    assert duban("meeting", "show", "9").code == 3
    assert "is yet to come" in duban("meeting", "add", "retro", "x", "--day", "+3d").err


def test_the_batch_holds_and_plans_meetings(duban, store):
    assert duban("add", "访谈").code == 0
    lines = [
        {
            "command": "HoldMeeting",
            "project": "T",
            "kind": "weekly",
            "topic": "例会",
            "decisions": ["一", "二"],
        },
        {"command": "PlanMeeting", "project": "T", "kind": "weekly", "days": "fri"},
        {"command": "DropPlan", "plan": 1},
        {
            "command": "AddSyncEntry",
            "project": "T",
            "topic": "x",
            "follow_up": "y",
            "follow_up_owner": "wang",
            "follow_up_due": "2099-01-04",
        },
        {"command": "MakeFollowUpTask", "entry": 3},
    ]
    answers = duban("batch", given="\n".join(map(json.dumps, lines))).lines
    assert [one.get("message", "") for one in answers if not one["ok"]] == []
    assert answers[-1]["id"] == "T002"


def test_deliverables_are_registered(duban, store):
    assert duban("add", "访谈").code == 0
    assert duban("deliverables", "T001", "--add", "清单", "--edition", "V1.0").code == 0
    said = duban("deliverables", "T001")
    assert said.out == "1. - 清单 V1.0\n"
    assert "--register NUMBER" in said.err
    assert "Location must not be empty" in duban("deliverables", "T001", "--register", "1").err
    said = duban("deliverables", "T001", "--register", "1", "--location", "盘/清单")
    assert said.out == "Registered: 清单\n"
    assert duban("deliverables", "T001").out == "1. x 清单 V1.0 盘/清单\n"
    (row,) = duban("log", "--json").json
    assert (row["kind"], row["reference"]) == ("deliverable", "盘/清单")
