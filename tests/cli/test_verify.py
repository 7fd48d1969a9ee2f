"""``duban verify``: what it says of a sound store, and of one that somebody changed."""

import sys
from pathlib import Path

import pexpect
import pytest

from core.store.database import Store
from tests.cli.conftest import START, Call
from tests.ledgers import tamper

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"


def spoil(url: str, *statements: str) -> None:
    """Change a store past duban."""
    store = Store(url)
    store.open()
    tamper(store, *statements)
    store.close()


def test_a_sound_store(duban: Call, store: str):
    duban("add", "核对合同")
    said = duban("verify")
    assert (said.code, said.err) == (0, "")
    assert "Sound: 3 events" in said.out
    found = duban("verify", "--json").json
    assert (found["ok"], found["number"], found["flaws"]) == (True, 3, [])
    assert found["head"] in said.out
    duban("add", "another")
    assert duban("verify", "--head", found["head"]).code == 0


def test_what_was_changed_is_told(duban: Call, store: str):
    duban("add", "核对合同")
    spoil(store, "UPDATE task SET title = '假\x1b[31m'", "DELETE FROM event WHERE number = 2")
    said = duban("verify")
    assert said.code == 1
    assert "Event 2 is missing." in said.out
    assert "task 1: title is “假␛[31m”, and the log tells “核对合同”." in said.out
    assert "Not sound" in said.out
    found = duban("verify", "--json").json
    assert not found["ok"]
    assert {one["kind"] for one in found["flaws"]} >= {"events-missing", "row-changed"}
    row = next(one for one in found["flaws"] if one["kind"] == "row-changed")
    assert row["told"] == "核对合同"


def test_one_thing_is_one_thing(duban: Call, store: str):
    duban("add", "核对合同")
    spoil(store, "UPDATE task SET title = '假'")
    assert "1 thing is wrong." in duban("verify").out


def test_only_an_admin_is_told_what_stands_in_rows(duban: Call, store: str):
    duban("add", "核对合同")
    duban("people", "add", "li", "李娜")
    spoil(store, "UPDATE task SET title = '绝密'")
    for said in (duban("verify", "--as", "li"), duban("verify", "--as", "li", "--json")):
        assert said.code == 1
        assert "绝密" not in said.out
        assert "核对合同" not in said.out


def test_a_cut_tail_shows_by_its_head(duban: Call, store: str):
    duban("add", "核对合同")
    head = duban("verify", "--json").json["head"]
    spoil(store, "DELETE FROM event WHERE number = 3")
    said = duban("verify", "--head", head)
    assert said.code == 1
    assert f"The hash {head} is not in the log" in said.out
    assert "The end of the log is missing" in said.out


def test_a_head_that_is_none(duban: Call, lite: str):
    duban("add", "核对合同")
    said = duban("verify", "--head", "abc")
    assert said.code == 2
    assert "--head" in said.err


def test_an_empty_store_is_sound(duban: Call, store: str):
    spoil(store)
    said = duban("verify")
    assert said.code == 0
    assert "Sound: 0 events" in said.out


@pytest.mark.parametrize(
    "file", ["guide-tables.xlsx", "部门任务总览表.csv", "progress-zh.xlsx", "jira-issues.csv"]
)
def test_what_was_imported_is_told_by_the_log(duban: Call, store: str, file: str):
    assert duban("import", str(SAMPLES / file), "--yes").code == 0
    said = duban("verify")
    assert (said.code, "Sound" in said.out) == (0, True), said.out


def test_the_demo_is_sound(duban: Call, lite: str):
    assert duban("demo").code == 0
    assert duban("verify").code == 0


def test_a_terminal_sees_how_far_it_is(duban: Call, lite: str):
    duban("add", "核对合同")
    child = pexpect.spawn(sys.executable, ["-c", START, "verify"], encoding="utf-8", timeout=30)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    said = str(child.before)
    assert "Reading the log" in said
    assert "Sound" in said
