"""``duban members``: the list of a restricted project, and what it keeps from others."""

import pytest

from tests.cli.conftest import Call
from tests.cli.test_codes import refused

EVERYBODY = "Everybody sees T. To restrict it: duban projects edit T --restricted\n"


@pytest.fixture
def team(duban: Call, store: str) -> Call:
    """wang leads T and began the team; li owns T001, zhao has nothing in it."""
    for call in (
        ("add", "访谈提纲"),
        ("people", "add", "li", "李娜"),
        ("people", "add", "zhao", "赵敏"),
        ("people", "add", "qian", "钱进", "--role", "admin"),
        ("assign", "T001", "li"),
    ):
        assert duban(*call).code == 0
    return duban


def seen(duban: Call, handle: str) -> bool:
    """Whether they see T001, which every command that reads must say alike."""
    said = [
        duban(*call, "--as", handle)
        for call in (("show", "T001"), ("history", "T001"), ("who-can", "T001"))
    ]
    listed = bool(duban("ls", "--json", "--as", handle).json)
    (answer,) = {listed, *(one.code == 0 for one in said)}
    return answer


def test_a_list_is_kept_before_it_matters(team: Call) -> None:
    assert team("members", "T").out == EVERYBODY
    assert team("members", "add", "T", "赵敏").out == "Changed: T\n"
    assert team("members", "T").out == f"Handle  Name\nzhao    赵敏\n{EVERYBODY}"
    assert seen(team, "qian")


def test_only_its_own_see_a_restricted_project(team: Call) -> None:
    assert team("projects", "edit", "T", "--restricted").code == 0

    assert team("members", "T").out == (
        "Only they, its leads, and whoever owns or accepts a task in it see T.\n"
    )
    assert (seen(team, "wang"), seen(team, "li"), seen(team, "zhao")) == (True, True, False)
    refused(team("members", "T", "--as", "zhao"), 3, "There is no project “T”")

    assert team("members", "add", "T", "zhao").code == 0
    assert seen(team, "zhao")
    assert team("members", "T", "--as", "zhao").out.splitlines()[1] == "zhao    赵敏"

    assert team("members", "remove", "T", "zhao").code == 0
    assert not seen(team, "zhao")
    assert team("projects", "edit", "T", "--open").code == 0
    assert seen(team, "zhao")


def test_the_list_as_json(team: Call) -> None:
    team("members", "add", "T", "zhao")
    assert team("members", "T", "--json").json == {
        "project": "T",
        "restricted": False,
        "members": [{"handle": "zhao", "name": "赵敏"}],
    }
    team("projects", "edit", "T", "--restricted")
    assert team("members", "T", "--json").json["restricted"] is True


def test_leads_and_administrators_keep_it(team: Call) -> None:
    for call in (("add", "T", "zhao"), ("remove", "T", "zhao")):
        refused(team("members", *call, "--as", "li"), 3, "Only a lead or an administrator", "to T")
    assert team("members", "T", "--json").json["members"] == []
    assert team("members", "add", "T", "zhao", "--as", "qian").code == 0
    assert team("members", "add", "T", "zhao").code == 0, "twice is once"
    assert len(team("members", "T", "--json").json["members"]) == 1


def test_what_cannot_be(team: Call) -> None:
    refused(team("members", "remove", "T", "zhao"), 3, "zhao is not on the list of T.")
    refused(team("members", "add", "T", "nobody"), 3, "nobody")
    refused(team("members", "add", "X", "zhao"), 3, "There is no project “X”")


def test_it_is_told_in_the_history(team: Call) -> None:
    team("members", "add", "T", "zhao")
    team("members", "remove", "T", "zhao")
    said = team("history", "--person", "wang", "--json").json[-2:]
    assert [one["kind"] for one in said] == ["member-added", "member-removed"]
    assert [one["said"] for one in said] == [
        "wang put 赵敏 on the list of T",
        "wang took 赵敏 off the list of T",
    ]
