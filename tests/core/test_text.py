"""Text from people: refused, stored, shown and compared as the requirements say."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.text import (
    LINE_LIMIT,
    UnsafeText,
    clean_line,
    clean_text,
    fold,
    is_hidden,
    visible,
    visible_lines,
)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad\u180e"
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
"""Lone surrogates included."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("用户画像分析 v1.0", "用户画像分析 v1.0"),
        ("\x1b]52;c;cm0=\x07", "␛]52;c;cm0=␇"),
        ("\x00\x7f", "␀␡"),
        ("a\tb\nc", "a␉b␊c"),
        ("\x9b2J", "<U+009B>2J"),
        ("file\u202etxt.exe", "file<U+202E>txt.exe"),
        ("ad\u200bmin", "ad<U+200B>min"),
        ("one\u2028two", "one<U+2028>two"),
        ("half\ud800", "half<U+D800>"),
        ("\u3164", "<U+3164>"),
        ("\U000e0061", "<U+E0061>"),
        ("⚠\ufe0f 风险", "⚠ 风险"),
        ("全角　空格", "全角　空格"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("🏳\ufe0f\u200d🌈", "🏳\u200d🌈"),
        ("a\u200db", "ab"),
        ("\u200d\u200d", ""),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("", ""),
    ],
)
def test_what_acts_or_hides_is_shown(text, shown):
    assert visible(text) == shown


@given(ANY_TEXT)
@example(CONTROLS + BIDI + ZERO_WIDTH)
@example("👩\ufe0f\u200d\ufe0f\u200d👧")
def test_nothing_drawn_acts_or_hides(text):
    shown = visible(text)

    assert not any(map(is_hidden, shown))
    assert "\ufe0f" not in shown
    assert visible(shown) == shown
    shown.encode()


def test_each_hidden_character_has_a_mark_of_its_own():
    hidden = CONTROLS + BIDI + ZERO_WIDTH

    assert all(map(is_hidden, hidden))
    assert len({visible(character) for character in hidden}) == len(set(hidden))


def test_a_long_text_is_shown_line_by_line():
    assert visible_lines("目标\n\x1b[2J\n") == ("目标", "␛[2J", "")
    assert visible_lines("") == ()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  市场部\r\n\t 调研　报告 ", "市场部 调研 报告"),
        ("cafe\u0301", "café"),
        ("e\ufe0f\u0301", "é"),
        ("one\x0btwo\u2028three", "one two three"),
        ("file\u202etxt", "file\u202etxt"),
        ("ad\u200bmin", "ad\u200bmin"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("[/b]", "[/b]"),
    ],
)
def test_a_line_is_stored_clean(text, stored):
    assert clean_line(text) == stored


@pytest.mark.parametrize(
    ("text", "reason", "facts"),
    [
        ("ab\0", "nul", {"code_point": "U+0000", "position": 2}),
        ("a\x1b[2J", "control", {"code_point": "U+001B", "position": 1}),
        ("\x9b2J", "control", {"code_point": "U+009B", "position": 0}),
        ("a\x7f", "control", {"code_point": "U+007F", "position": 1}),
        ("a\x1cb", "control", {"code_point": "U+001C", "position": 1}),
        ("\udc80", "surrogate", {"code_point": "U+DC80", "position": 0}),
        ("x" * 501, "too-long", {"length": 501, "limit": 500}),
        ("x" + "\u0301\u0323" * 100_000, "too-long", {"length": 200_001, "limit": 500}),
        ("", "empty", {}),
        (" \n\t　", "empty", {}),
        ("\u200b\u202e\ufe0f\u3164\u200d", "empty", {}),
    ],
)
def test_what_no_line_may_hold_is_refused(text, reason, facts):
    with pytest.raises(UnsafeText) as refused:
        clean_line(text)

    assert (refused.value.reason, dict(refused.value.facts)) == (reason, facts)


def test_the_limit_counts_what_is_stored():
    assert len(clean_line(" " * 900 + "e\u0301" * LINE_LIMIT)) == LINE_LIMIT
    assert clean_line("abc", limit=3) == "abc"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("\n\n第一行  \r\n\tsecond\rthird\n\n", "第一行\n    second\nthird"),
        ("a\n\nb", "a\n\nb"),
        ("a\x0cb\u2029c", "a\nb\nc"),
        ("two  spaces", "two  spaces"),
        (" \n ", ""),
        ("", ""),
    ],
)
def test_a_long_text_is_stored_clean(text, stored):
    assert clean_text(text) == stored


@pytest.mark.parametrize("text", ["a\n\0", "\x1b", "\ud800", "x" * 10_001])
def test_what_no_long_text_may_hold_is_refused(text):
    with pytest.raises(UnsafeText):
        clean_text(text)


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@given(text=ANY_TEXT)
def test_what_is_stored_stays_as_it_is(clean, text):
    try:
        stored = clean(text)
    except UnsafeText:
        return
    assert clean(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    stored.encode()


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("ＯＰＳ－１２", "ops-12"),
        ("  New   Product ", "new product"),
        ("Straße", "STRASSE"),
        ("ad\u200bmin", "admin"),
        ("cafe\u0301", "CAFÉ"),
        ("产品　迭代", "产品 迭代"),
        ("⚠\ufe0f", "⚠"),
    ],
)
def test_search_overlooks_what_readers_overlook(written, sought):
    assert fold(written) == fold(sought)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
