"""``duban history``: sentences, old and new values, and what it is narrowed to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import SetClock
from tests.cli.conftest import Call
from tests.cli.test_codes import refused
from tui.cli.request import Request

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2030, 3, 4, 9, 0, tzinfo=SHANGHAI)


def hand_in(duban: Call, results: str, *more: str) -> None:
    assert duban("submit", "T001", "--results", results, *more, "--as", "li").code == 0


@pytest.fixture
def told(duban: Call, store: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Monday: wang gives li T001; Tuesday: sent back once; Wednesday: accepted and archived."""
    clock = SetClock(MONDAY)
    monkeypatch.setattr(Request, "clock", clock)
    for call in (
        ("add", "访谈提纲"),
        ("people", "add", "li", "李娜"),
        ("people", "edit", "wang", "--name", "王强"),
        ("assign", "T001", "li"),
        ("move", "T001", "doing", "--as", "li"),
    ):
        assert duban(*call).code == 0
    clock.move(timedelta(days=1))
    assert duban("edit", "T001", "--priority", "high", "--as", "li").code == 0
    hand_in(duban, "12 场访谈", "--deliverable", "提纲|V1.0|share/a")
    assert duban("send-back", "T001", "--findings", "缺目录").code == 0
    clock.move(timedelta(days=1))
    hand_in(duban, "目录已补", "--deliverable", "录音|V1|share/b")
    assert duban("accept", "T001").code == 0
    assert duban("archive", "T001", "--result", "30 位客户受访").code == 0
    return duban


def test_a_task_is_told_in_sentences(told: Call) -> None:
    said = told("history", "t001").out.splitlines()

    assert [line for line in said if line.startswith("2030")] == [
        "2030-03-04 09:00  王强 created T001",
        "2030-03-04 09:00  王强 assigned T001",
        "2030-03-04 09:00  李娜 took T001 on",
        "2030-03-04 09:00  李娜 moved T001 from “To do” to “Doing”",
        "2030-03-05 09:00  李娜 edited T001",
        "2030-03-05 09:00  李娜 listed the deliverable “提纲” of T001",
        "2030-03-05 09:00  李娜 registered the deliverable “提纲” of T001",
        "2030-03-05 09:00  李娜 wrote “提纲 V1.0” in the sync log (T001)",
        "2030-03-05 09:00  李娜 moved T001 from “Doing” to “In review”, round 1, 1 deliverable",
        "2030-03-05 09:00  王强 sent T001 back",
        "2030-03-06 09:00  李娜 listed the deliverable “录音” of T001",
        "2030-03-06 09:00  李娜 registered the deliverable “录音” of T001",
        "2030-03-06 09:00  李娜 wrote “录音 V1” in the sync log (T001)",
        "2030-03-06 09:00  李娜 moved T001 from “Doing” to “In review”, round 2, 2 deliverables",
        "2030-03-06 09:00  王强 accepted T001",
        "2030-03-06 09:00  王强 closed T001 out",
        "2030-03-06 09:00  王强 archived T001",
    ]


@pytest.mark.parametrize(
    ("sentence", "details"),
    [
        ("李娜 moved T001 from “To do” to “Doing”", []),
        ("王强 assigned T001", ["Owner: 李娜"]),
        ("李娜 took T001 on", ["by working on it"]),
        ("李娜 edited T001", ["Priority: Medium → High"]),
        ("王强 sent T001 back", ["State: In review → Doing", "why: 缺目录"]),
        (
            "李娜 moved T001 from “Doing” to “In review”, round 2, 2 deliverables",
            [
                "Key results: 目录已补",
                "Completed: 2030-03-06",
                "Deliverables: 提纲 V1.0 share/a; 录音 V1 share/b",
            ],
        ),
        ("王强 closed T001 out", ["Result: 30 位客户受访"]),
    ],
)
def test_old_and_new_stand_below(told: Call, sentence: str, details: list[str]) -> None:
    said = told("history", "T001").out.splitlines()
    after = said[1 + [line[18:] for line in said].index(sentence) :]
    below = [line[18:] for line in after[: len(details) + 1]]
    assert below[:-1] == details
    assert after[len(details)].startswith("2030"), "nothing else is told of it"


def kinds(duban: Call, *narrowed: str) -> list[str]:
    return [one["kind"] for one in duban("history", *narrowed, "--json").json]


def test_by_person(told: Call) -> None:
    assert {one["actor"] for one in told("history", "--person", "李娜", "--json").json} == {"李娜"}
    assert kinds(told, "T001", "--person", "wang") == [
        "task-created",
        "task-assigned",
        "task-sent-back",
        "task-accepted",
        "task-closed-out",
        "task-archived",
    ]
    refused(told("history", "--person", "zhao"), 3, "zhao")


def test_by_kind_in_the_words_of_the_log_or_of_the_history(told: Call) -> None:
    assert kinds(told, "--kind", "task-submitted") == ["task-submitted"] * 2
    assert kinds(told, "--kind", "Submitted for review") == ["task-submitted"] * 2
    refused(told("history", "--kind", "soon"), 2, "soon", "task-moved")


def test_by_days_both_counted_in(told: Call) -> None:
    def days(*narrowed: str) -> set[str]:
        return {one["at"][:10] for one in told("history", *narrowed, "--json").json}

    assert days("--since", "2030-03-05") == {"2030-03-05", "2030-03-06"}
    assert days("--until", "2030-03-05") == {"2030-03-04", "2030-03-05"}
    assert days("--since", "2030-03-05", "--until", "2030-03-05") == {"2030-03-05"}
    nothing = told("history", "--since", "2030-03-07")
    assert (nothing.code, nothing.out) == (0, "Nothing was done yet that fits.\n")


def test_the_newest_are_kept_and_told_in_their_order(told: Call) -> None:
    assert kinds(told, "T001", "-n", "2") == ["task-closed-out", "task-archived"]


def test_as_json(told: Call) -> None:
    (edited,) = told("history", "T001", "--kind", "task-edited", "--json").json
    assert edited | {"number": 0} == {
        "number": 0,
        "at": "2030-03-05T09:00:00+08:00",
        "kind": "task-edited",
        "actor": "李娜",
        "task": "T001",
        "said": "李娜 edited T001",
        "changes": {"priority": ["medium", "high"]},
        "reason": "",
    }


def test_in_chinese(told: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    said = told("history", "T001", "--kind", "task-submitted").out.splitlines()[0]
    assert "T001" in said
    assert "第 2 轮" in told("history", "T001").out
    assert "round" not in said


def test_of_a_restricted_project_it_is_told_to_its_own(told: Call) -> None:
    assert told("people", "add", "zhao", "赵敏").code == 0
    assert told("projects", "edit", "T", "--restricted").code == 0
    refused(told("history", "T001", "--as", "zhao"), 3, "There is no task “T001”")
    assert not any(one["task"] for one in told("history", "--json", "--as", "zhao").json)
    assert kinds(told, "T001", "--as", "li") == kinds(told, "T001")


def test_people_are_called_by_name_and_switches_by_their_words(told: Call) -> None:
    assert told("add", "调研").code == 0
    hours = ("--scope", "导出", "--hours", "4")
    assert told("collaborators", "T002", "--add", "li", *hours).code == 0
    assert told("projects", "edit", "T", "--restricted").code == 0
    said = [line[18:] for line in told("history").out.splitlines()]
    at = said.index("王强 named 李娜 as a supporter of T002")
    assert said[at + 1 : at + 3] == ["Scope: 导出", "Response hours: 4"]
    assert "王强 edited the project T" in said
    assert {"Restricted: no → yes", "Self-acceptance: yes → no"} <= set(said)
