"""``duban who-can``: the table as it is published, and what it comes to for one task."""

from pathlib import Path

import pytest

from core.policies.rights import TABLE, Act, Standing
from tests.cli.conftest import Call
from tests.cli.test_codes import refused

PUBLISHED = Path(__file__).parents[2] / "docs" / "permissions.md"


@pytest.fixture
def team(duban: Call, store: str) -> Call:
    """wang leads and began the team; T001 is li's, zhou watches."""
    for call in (
        ("add", "访谈提纲"),
        ("people", "add", "li", "李娜"),
        ("people", "add", "zhao", "赵敏"),
        ("people", "add", "zhou", "周围", "--role", "observer"),
        ("people", "edit", "wang", "--name", "王强"),
        ("assign", "T001", "li"),
    ):
        assert duban(*call).code == 0
    return duban


def test_the_table_is_the_published_one(team: Call) -> None:
    _, table, _ = PUBLISHED.read_text(encoding="utf-8").split("```", 2)
    said = team("who-can")
    assert said.code == 0
    assert [line.rstrip() for line in said.out.splitlines()] == table.splitlines()[1:]


def test_the_table_as_json(team: Call) -> None:
    said = team("who-can", "--json").json
    assert list(said) == [act.value for act in Act]
    assert {tuple(row) for row in said.values()} == {tuple(one.value for one in Standing)}
    assert said["grant-later"]["lead"] == TABLE[Act.GRANT_LATER][Standing.LEAD] == "A"
    assert set(said["rewrite"].values()) == {"–"}


def rows(duban: Call, *more: str) -> dict[str, list[str]]:
    """What each of them may, by act as it is written; the names first."""
    lines = duban("who-can", "T001", *more).out.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("        "))
    names = lines[first].split()
    told = {"": names}
    for line in lines[first + 1 :]:
        (*words,) = line.split()
        told[" ".join(words[: -len(names)])] = words[-len(names) :]
    return told


def test_one_task_by_name(team: Call) -> None:
    said = team("who-can", "t001").out.splitlines()
    assert said[:3] == [
        "T001  访谈提纲",
        "  李娜: member, owner; their own work: never accepts it",
        "  王强: member, acceptor, lead, admin",
    ]
    told = rows(team)
    assert told[""] == ["李娜", "王强"]
    assert told["Submit for review, withdraw"] == ["A", "–"]
    assert told["Grant or set a later due"] == ["–", "A"]
    assert told["Change or delete history"] == ["–", "–"]
    assert len(told) == 1 + len(Act)


def test_one_task_in_chinese(team: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs are Chinese ones; who leads here leads the project, not a department."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    said = team("who-can", "t001").out.splitlines()
    assert said[1:3] == [
        "  李娜：成员、责任人；自己的工作，不能验收",
        "  王强：成员、验收人、项目负责人、管理员",
    ]
    assert "项目负责人" in team("who-can").out.splitlines()[0]
    assert "部门负责人" not in team("who-can").out


@pytest.mark.parametrize(
    ("handle", "name", "notes"), [("zhao", "赵敏", "A"), ("zhou", "周围", "–")]
)
def test_whoever_asks_is_told_of_themselves(team: Call, handle: str, name: str, notes: str) -> None:
    told = rows(team, "--as", handle)
    assert told[""] == ["李娜", "王强", name]
    assert told["See board, history and exports"][-1] == "A"
    assert told["Raise an issue"][-1] == notes
    assert told["Start, progress, block, unblock, deliverables"][-1] == "–"


def people(duban: Call) -> dict[str, dict[str, object]]:
    said = duban("who-can", "T001", "--json").json
    assert said["key"] == "T001"
    return {one["person"]: one for one in said["people"]}


def test_nobody_accepts_their_own_work(team: Call) -> None:
    """wang owned it and handed it over: he leads, and still may not accept it."""
    found = people(team)
    assert found["li"]["standings"] == ["member", "owner"]
    assert ("judge" in found["wang"]["may"], found["wang"]["own"]) == (True, False)
    assert ("submit" in found["li"]["may"], "judge" in found["li"]["may"]) == (True, False)

    team("projects", "edit", "T", "--no-self-accept")
    assert team("assign", "T001", "wang").code == 0
    assert team("move", "T001", "doing").code == 0
    assert team("assign", "T001", "li", "--notes", "在共享盘").code == 0
    found = people(team)
    assert ("judge" in found["wang"]["may"], found["wang"]["own"]) == (False, True)
    assert "王强: member, lead, admin; their own work: never accepts it" in (
        team("who-can", "T001").out
    )


def test_the_table_says_what_the_gate_does(team: Call) -> None:
    """li may work on it and may not move its due; wang may not submit in li's place."""
    assert team("move", "T001", "doing", "--as", "li").code == 0
    refused(team("extend", "T001", "2030-03-05", "why", "--as", "li"), 3, "Only a lead", "T001")
    submitted = team("submit", "T001", "--results", "x", "--deliverable", "x|V1|share")
    refused(submitted, 3, "Only its owner may do this to T001: submit for review")


def test_what_is_not_there(team: Call) -> None:
    refused(team("who-can", "T009"), 3, "There is no task “T009”")
