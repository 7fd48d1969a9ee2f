"""``duban acknowledge``, ``return``, ``claim``, ``confirm``, ``sign`` and ``assign --notes``."""

import json
from uuid import uuid4

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def team(store: str, duban: Call) -> Call:
    """Wang leads; li is a member; T001 is li's, T002 is nobody's."""
    duban("add", "访谈提纲")
    duban("people", "add", "li", "李娜")
    duban("add", "投放")
    duban("assign", "T001", "li")
    return duban


def test_taking_on(team: Call) -> None:
    assert "not taken on" in team("show", "T001").out
    assert team("acknowledge", "T001", "--as", "li").out == "You have taken T001 on.\n"
    assert "not taken on" not in team("show", "T001").out
    shown = json.loads(team("show", "T001", "--json").out)
    assert shown["taken_on"] is True
    assert [one["owner"] for one in shown["assignments"]] == ["li"]


def test_asking_and_returning(team: Call) -> None:
    asked = team("acknowledge", "T001", "--ask", "多少份？", "--as", "li")
    assert asked.out == "Your question about T001 stands in the sync log.\n"
    assert "多少份？" in team("log").out
    missing = team("return", "T001", "--as", "li")
    assert missing.code == 2
    assert team("return", "T001", "--reason", "休假", "--as", "li").out == "T001 was returned.\n"
    again = team("return", "T001", "--reason", "休假")
    assert "no owner" in again.err or again.code


def test_the_pool(team: Call) -> None:
    assert "T002" in team("ls", "--unassigned").out
    assert "T001" not in team("ls", "--unassigned").out
    number = str(uuid4())
    first = json.loads(team("claim", "T002", "--as", "li", "--cmd-id", number, "--json").out)
    again = json.loads(team("claim", "T002", "--as", "li", "--cmd-id", number, "--json").out)
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert team("ls", "--unassigned").out == ""
    refused = team("claim", "T002")
    assert refused.code != 0


def test_handing_over(team: Call) -> None:
    team("move", "T001", "doing", "--as", "li")
    refused = team("assign", "T001", "wang")
    assert "what its next owner must know" in refused.err
    assert team("assign", "T001", "wang", "--notes", "在共享盘").code == 0
    assert "在共享盘" in team("show", "T001").out
    assert team("confirm", "T001").out == "Confirmed: T001 is still yours.\n"


def test_signing(team: Call) -> None:
    team("departments", "add", "市场部", "--lead", "li")
    team("people", "edit", "li", "--department", "市场部")
    team("add", "接口", "--parent", "T001", "--owner", "li")
    assert team("sign", "T001", "--list").out == "- 市场部  not signed\n"
    assert team("sign", "T001", "--as", "li").out == "T001: signed for 市场部.\n"
    (row,) = json.loads(team("sign", "T001", "--list", "--json").out)
    assert (row["department"], row["stands"]) == ("市场部", True)
    assert "Say for which department" in team("sign", "T001").err


def test_signing_for_ones_own_department_needs_its_lead(team: Call) -> None:
    team("departments", "add", "市场部", "--lead", "wang")
    team("people", "edit", "li", "--department", "市场部")
    team("add", "接口", "--parent", "T001", "--owner", "li")
    said = team("sign", "T001", "--as", "li")
    assert (said.code, said.err) == (3, "duban: T001: only the lead of 市场部 signs for it.\n")


def test_what_is_handed_over_says_how(team: Call) -> None:
    team("move", "T001", "doing", "--as", "li")
    assert team("assign", "T001", "wang").err.endswith(" Add: --notes TEXT\n")


def test_who_supports_is_told_with_hours(team: Call) -> None:
    team("departments", "add", "技术部")
    hours = ("--scope", "导出数据", "--hours", "4")
    assert team("collaborators", "T001", "--add", "技术部", *hours).code == 0
    assert team("collaborators", "T001").out == "1. 技术部 · 导出数据 · answers within 4 h\n"
    assert "  1. 技术部 · 导出数据 · answers within 4 h\n" in team("show", "T001").out


@pytest.mark.parametrize(
    ("part", "field"),
    [("criteria", "Text"), ("deliverables", "Name"), ("collaborators", "Person")],
)
def test_an_empty_part_is_refused(team: Call, part: str, field: str) -> None:
    said = team(part, "T001", "--add", "")
    assert (said.code, said.err) == (3, f"duban: {field} must not be empty.\n")
