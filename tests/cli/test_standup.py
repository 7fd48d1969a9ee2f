"""``duban standup``, and the rules and absences that it goes by."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import SetClock
from core.commands.importing import ImportTask
from core.commands.people import AddDepartment, AddPerson
from core.commands.progress import UpdateProgress
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State
from core.queries.detail import task_view
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal

LONG_AGO = datetime(2024, 3, 25, 1, 30, tzinfo=UTC)


def fill(url: str) -> None:
    """Wang owes two urgent updates, whatever day it is; li one."""
    with Desk(url, actor="wang", clock=SetClock(LONG_AGO)) as desk:
        desk.do(StartTeam(handle="wang", name="王强"))
        desk.do(AddPerson(handle="li", name="李娜"))
        desk.do(AddDepartment(name="数据部"))
        for owner, title in ((1, "Router"), (1, "接口联调"), (2, "Survey")):
            fields = {"urgent": True, "state": State.DOING, "owner": PersonId(owner)}
            task = CreateTask(project=ProjectId(1), title=title, **fields)  # type: ignore[arg-type]
            desk.do(ImportTask(task=task))
        desk.do(UpdateProgress(task=TaskId(1), progress=20, done="plan", next="cable it"))


@pytest.fixture
def team(store: str) -> str:
    fill(store)
    return store


def test_what_i_owe_is_listed_where_nobody_can_be_asked(team, duban):
    said = duban("standup")
    assert said.code == 0
    assert "T001" in said.out
    assert "cable it" in said.out
    assert "T003" not in said.out

    first, second = duban("standup", "--json").json
    assert first == first | {
        "id": "T001",
        "title": "Router",
        "owner": "wang",
        "progress": 20,
        "urgent": True,
        "by": "2024-03-25T03:30:00+00:00",
        "late": True,
    }
    assert first["last"]["next"] == "cable it"
    assert (second["id"], second["last"]) == ("T002", None)


def test_who_is_missing_and_since_when(team, duban):
    rows = duban("standup", "--missing", "--json").json
    assert [(one["id"], one["owner"]) for one in rows] == [
        ("T001", "wang"),
        ("T002", "wang"),
        ("T003", "li"),
    ]
    assert "03-25 11:30" in duban("standup", "--missing").out
    assert duban("standup", "--missing", "--department", "数据部", "--json").json == []
    assert duban("standup", "--missing", "--project", "T").out.count("T00") == 3


def test_the_team_person_by_person(team, duban):
    duban("update", "T001", "30", "--done", "cabled", "--problems", "no rack")
    li, wang = duban("standup", "--team", "--json").json
    assert (li["handle"], li["mark"], li["since"]) == ("li", "missing", "2024-03-25T03:30:00+00:00")
    assert (wang["mark"], wang["tasks"][0]["today"]["done"]) == ("missing", "cabled")
    assert wang["tasks"][0]["before"]["next"] == "cable it"
    said = duban("standup", "--team").out
    assert "李娜 still to say" in said
    assert "Problems: no rack" in said
    assert duban("standup", "--team", "--department", "数据部").out == (
        "Nobody works on anything here.\n"
    )


def test_the_summary_is_markdown(team, duban):
    assert duban("standup", "--summary").err == "You have said nothing today.\n"
    duban("update", "T001", "30", "--done", "cabled\nall", "--next", "\u202etest")
    lines = duban("standup", "--summary").out.splitlines()
    assert lines[0].startswith("**Standup 20")
    assert lines[2:4] == ["- T001 Router · 20% → 30%", "  - Done: cabled all"]
    assert "\u202e" not in lines[4]
    (one,) = duban("standup", "--summary", "--json").json
    assert (one["id"], one["before"], one["update"]["progress"]) == ("T001", 20, 30)


def test_nothing_owed(store, duban):
    duban("add", "later")
    assert duban("standup").out == "You owe no update today.\n"
    assert duban("standup", "--missing").out == "Everybody has said what was owed.\n"


def test_rules_of_a_project(team, duban):
    said = duban("projects", "edit", "T", "--rule", "checkin=eod-15m", "--rule", "swarm=3 wall")
    assert said.code == 0
    shown = duban("projects", "show", "T", "--json").json
    assert shown["rules"] == {"checkin": "eod-15m", "swarm": "3 wall"}
    assert "checkin=eod-15m, swarm=3 wall" in duban("projects").out
    assert duban("projects", "edit", "T", "--rule", "swarm=usual").code == 0
    told = [line.split() for line in duban("projects", "show", "T").out.splitlines()]
    assert ["checkin", "eod-15m", "17:00"] in told
    assert ["swarm", "2", "workhours"] in told


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        ("checkin=5pm", 3, "rules.checkin: “5pm” cannot be read; write it like 17:00, eod-15m."),
        ("retro=soon", 3, "rules.retro: “soon” cannot be read; write it like 3."),
        ("lunch=1", 3, "“lunch” is not a rule of a project; there are: checkin, cadence,"),
        ("checkin", 2, "Write a rule like checkin=eod-15m or checkin=usual."),
    ],
)
def test_a_rule_that_is_none(team, duban, rule, code, words):
    said = duban("projects", "edit", "T", "--rule", rule)
    assert said.code == code
    assert words in said.err
    assert duban("projects", "show", "T", "--json").json["rules"] == {}


def test_somebody_is_away_and_comes_back(team, duban):
    assert duban("people", "edit", "li", "--away", "2090-12-24").code == 0
    assert "2090-12-24" in duban("people").out
    assert duban("people", "--json").json[0]["away_until"] == "2090-12-24"
    assert duban("standup", "--team", "--json").json[0]["mark"] == "away"
    assert duban("people", "edit", "li", "--away", "none").code == 0
    assert duban("people", "--json").json[0]["away_until"] is None


def test_line_by_line_at_a_terminal(tmp_path: Path, sqlite_url: str) -> None:
    fill(sqlite_url)
    settings = environment(tmp_path, handle="wang", DUBAN_STORE=sqlite_url)
    line = (sys.executable, "-m", "tui", "standup")
    with Terminal(line, size=NARROW, environment=settings) as asked:
        for question, answer in (
            ("1 of 2", ""),
            ("Progress % [20]: ", "140"),
            ("from 0 to 100", ""),
            ("Progress % [20]: ", "35%"),
            ("Done [cable it]: ", ""),
            ("Next step: ", "明天测试"),
            ("Problems: ", ""),
            ("Support: ", ""),
            ("T001 is at 35 %.", ""),
            ("2 of 2", ""),
            ("Progress % [0]: ", "5"),
            ("Done: ", "half"),
        ):
            asked.first(question)
            asked.settle()
            if answer or question.endswith(": "):
                asked.press(f"{answer}\n")
        os.kill(asked.process.pid, signal.SIGINT)
        assert asked.wait() == 130
        assert "1 of 2 said; what was typed is kept." in asked.output.decode()
    with Desk(sqlite_url, actor="wang") as desk:
        updates = desk.ask(task_view, TaskId(1)).updates
        assert desk.ask(task_view, TaskId(2)).updates == ()
    said = max(updates, key=lambda one: one.at)
    assert (said.progress, said.done, said.next) == (35, "cable it", "明天测试")
    with Terminal(line, size=NARROW, environment=settings) as asked:
        asked.first("1 of 1")
        asked.first("Progress % [5]: ")
        asked.press("\n")
        asked.first("Done [half]: ")
