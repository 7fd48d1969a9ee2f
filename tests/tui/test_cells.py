"""Fitting and wrapping keep exact widths, whatever the text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from core.domain.text import is_hidden
from tui.cells import ELLIPSIS, fit, measure, wrap

ADVERSARIAL = [
    "用户画像分析与推广方案定稿",
    "mixed 中文 and Latin，标点。",
    "👩\u200d👩\u200d👧\u200d👦 family 👩\u200d👩\u200d👧\u200d👦",
    "\u200d\u200dstart and end\u200d",
    "👩\u200d",
    "🇨🇳🇩🇪🇫🇷 flags",
    "e" + "\u0301" * 200 + "nd",
    "\u0301\u0301 leading marks",
    "𠮷野家 𪚥 astral",
    "⚠\ufe0f❤\ufe0f1\ufe0f\u20e3 selectors",
    "\x1b]52;c;cm0=\x07 \x9b2J",
    "tab\there",
    "عربى \u202eRTL",
    "ﷺ ﷽",
    "",
    "a",
    "中",
]
TEXTS = st.one_of(
    st.sampled_from(ADVERSARIAL),
    st.text(max_size=60),
    st.text(st.sampled_from("a 中，（👩\u200d\u0301\ufe0f🇨\u200b\n"), max_size=60),
)
WIDTHS = st.integers(-1, 45)


@given(TEXTS, WIDTHS, st.sampled_from(["left", "right", "center"]))
@example("👩\u200d", 5, "left")
def test_fit_takes_exactly_the_width(text, width, align):
    fitted = fit(text, width, align=align)

    assert cell_len(fitted) == max(width, 0)
    assert cell_len("│" + fitted + "│") == max(width, 0) + 2
    assert not any(map(is_hidden, fitted))


@given(TEXTS, WIDTHS, st.integers(0, 5))
def test_wrap_takes_exactly_the_width(text, width, lines):
    wrapped = wrap(text, width, lines)

    assert len(wrapped) <= max(lines, 0)
    assert all(cell_len(line) == width for line in wrapped)


@pytest.mark.parametrize(
    ("text", "width", "align", "fitted"),
    [
        ("完成", 6, "left", "完成  "),
        ("完成", 6, "right", "  完成"),
        ("完成", 7, "center", " 完成  "),
        ("推广方案定稿", 7, "left", "推广方…"),
        ("推广方案定稿", 8, "left", "推广方… "),
        ("two words", 5, "left", "two… "),
        ("中", 1, "left", "…"),
        ("exact", 5, "left", "exact"),
    ],
)
def test_fit_cuts_and_pads(text, width, align, fitted):
    assert fit(text, width, align=align) == fitted


@pytest.mark.parametrize(
    ("text", "width", "lines", "wrapped"),
    [
        ("write the sync log", 9, 3, ("write the", "sync log ")),
        ("完成用户画像分析", 8, 3, ("完成用户", "画像分析")),
        ("完成画像，分析", 8, 3, ("完成画  ", "像，分析")),
        ("引用《方案》一份", 6, 3, ("引用  ", "《方  ", "案》… ")),
        ("导出xlsx表格", 8, 2, ("导出xlsx", "表格    ")),
        ("unbreakable", 4, 3, ("unbr", "eaka", "ble ")),
        ("one two three four", 7, 2, ("one two", "three…")),
        ("one\n\ntwo", 5, 3, ("one  ", "     ", "two  ")),
        ("one\ntwo", 5, 1, ("one… ",)),
        (" \n ", 5, 2, ()),
        ("中文", 1, 2, ("…", "…")),
    ],
)
def test_wrap_breaks_where_readers_expect(text, width, lines, wrapped):
    assert [line.rstrip() for line in wrap(text, width, lines)] == [
        line.rstrip() for line in wrapped
    ]


def test_what_was_cut_is_always_marked():
    assert wrap("字" * 10_000, 10, 2)[-1].rstrip().endswith(ELLIPSIS)
    assert wrap("e\u0301" * 300, 10, 2)[-1].rstrip().endswith(ELLIPSIS)


def test_measuring_counts_what_is_drawn():
    assert measure("中文 ok") == 7
    assert measure("\x1b") == 1
    assert measure("\u202e") == len("<U+202E>")
