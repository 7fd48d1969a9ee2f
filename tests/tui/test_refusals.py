"""Every code that the core can give has its words, in both languages."""

import ast
from pathlib import Path

import pytest

from core.domain.refusals import BadValue, Conflict, NotFound, Rejected
from core.policies import permissions
from core.store import faults
from tests.architecture.sources import ROOT
from tui import refusals
from tui.closeness import closest
from tui.keymap import resolve
from tui.refusals import Naming, advice, refusal_words, warning_words
from tui.words import Words

REFUSALS = {"Rejected", "Conflict", "Unavailable", "OutcomeUnknown"}
CHECKED_AT_THE_EDGE = {"control", "surrogate", "nul"}
"""Reasons that core.domain.text finds by itself."""


def _calls():
    for file in sorted((ROOT / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield name, node


def _first(node):
    found = node.args[0] if node.args else None
    return {found.value} if isinstance(found, ast.Constant) else set()


def _codes():
    said = {code for name, node in _calls() if name in REFUSALS for code in _first(node)}
    tables = (faults._SQLITE, faults._POSTGRES)
    said |= {code for table in tables for code in table.values() if code}
    source = Path(permissions.__file__).read_text(encoding="utf-8")
    said |= {code for code in ("own-work", "not-the-acceptor") if f'"{code}"' in source}
    return said | {"not-found", "ambiguous", "store-failed"}


def _reasons():
    found = set(CHECKED_AT_THE_EDGE)
    for name, node in _calls():
        if name == "UnsafeText":
            found |= _first(node)
        if name == "BadValue":
            given = {word.arg: word.value for word in node.keywords}
            reason = given.get("reason")
            found |= {reason.value} if isinstance(reason, ast.Constant) else set()
    return found


def test_every_refusal_has_a_sentence_and_no_sentence_is_stale():
    assert _codes() - set(refusals.SENTENCES) == set()
    assert set(refusals.SENTENCES) - _codes() == set()


def test_every_reason_has_a_sentence_and_no_sentence_is_stale():
    assert _reasons() - set(refusals.REASONS) == set()
    assert set(refusals.REASONS) - _reasons() == set()


def test_every_warning_has_a_sentence():
    said = {code for name, node in _calls() if name == "warn" for code in _first(node)}

    assert said == set(refusals.WARNINGS)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", refusals.SENTENCES)
def test_every_sentence_can_be_said_without_facts(language, code):
    assert refusal_words(Words(language), Rejected(code))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", refusals.WARNINGS)
def test_every_warning_can_be_said_without_facts(language, code):
    assert warning_words(Words(language), code, {})


def test_a_missing_thing_offers_what_is_near():
    refusal = NotFound("task", "OSP-1", near=("OPS-1", "OPS-11", "OPS-999"))

    assert refusal_words(Words(), refusal) == "There is no task “OSP-1”. Did you mean OPS-1?"
    assert refusal_words(Words("zh_CN"), refusal) == "找不到任务“OSP-1”。您要找的是 OPS-1 吗？"


def test_what_is_far_away_is_not_meant():
    far = NotFound("task", "CSAT-999", near=("CSAT-001", "CSAT-002"))
    assert refusal_words(Words(), far) == "There is no task “CSAT-999”."
    few = NotFound("project", "XX", near=("CARE", "CSAT"))
    assert refusal_words(Words(), few) == "There is no project “XX”. Known: CARE, CSAT."
    many = NotFound("person", "zzz", near=tuple("abcdefgh"))
    assert refusal_words(Words(), many).endswith("Known: a, b, c, d, e, f, g, …")


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("lui", ("li", "liu")),
        ("LIU", ("liu",)),
        ("chne", ("chen",)),
        ("wu", ("wu",)),
        ("zz", ()),
        ("李娜", ()),
        ("客户部", ("客服部",)),
        ("marketnig", ("marketing",)),
        ("market", ()),
        ("", ()),
    ],
)
def test_close_is_a_slip_or_two(word, close):
    known = ("li", "liu", "chen", "wu", "anna", "李欣", "客服部", "marketing")
    assert closest(word, known) == close


def test_work_types_are_told_in_the_readers_language():
    refusal = BadValue("type", "trip", reason="unknown-type", known=("常规任务", "巡检"))
    english, chinese = (refusal_words(Words(one), refusal) for one in ("en", "zh_CN"))
    assert "Regular task" in english
    assert "常规任务" not in english
    assert "常规任务" in chinese
    assert all("巡检" in said for said in (english, chinese))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", ["not-yours-to-warn", "not-the-acceptor", "not-the-lead"])
def test_who_may_is_a_sentence_that_names_the_task(language, code):
    said = refusal_words(Words(language), Rejected(code, key="T001"))
    assert "T001" in said
    assert said.endswith("." if language == "en" else "。")
    assert "who helps" not in said


def test_a_bad_value_names_field_and_value():
    refusal = BadValue("progress", 101, reason="percent")

    assert refusal_words(Words("zh_CN"), refusal) == "进度为 101，应在 0 至 100 之间。"


@pytest.mark.parametrize(
    ("field", "seen", "now", "words"),
    [
        ("state", "todo", "review", ("To do", "In review")),
        ("owner", "1", "", ("李欣", "nobody")),
        ("due", "2024-10-16T10:00:00+00:00", "2024-10-17T10:00:00+00:00", ("2024-10-16 10:00",)),
        ("title", "{旧}", "[新]", ("{旧}", "[新]")),
    ],
)
def test_a_conflict_says_both_values_as_people_call_them(field, seen, now, words):
    refusal = Conflict("changed-meanwhile", key="OPS-1", field=field, seen=seen, now=now)
    said = refusal_words(Words(), refusal, Naming(people={1: "李欣"}))

    assert all(word in said for word in words)


def test_advice_names_the_members_own_key():
    refusal = Rejected("owner-needed", key="OPS-1")

    assert advice(Words(), refusal, resolve({})) == "Press o to choose the owner."
    assert advice(Words(), refusal, resolve({"owner": ("f4",)})) == "Press f4 to choose the owner."
    assert advice(Words(), refusal, resolve({"owner": ()})) == ""
