"""A card says what matters, in lines of an exact width."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from core.domain.status import Priority, State
from core.domain.text import is_hidden
from tests.tui.board_rows import NOW, look, row
from tests.tui.test_cells import ADVERSARIAL
from tui.widgets.cards import LINES, Pen, strips

DAY = timedelta(days=1)
TEXTS = st.one_of(st.sampled_from(ADVERSARIAL), st.text(max_size=40))
FIELDS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "key": TEXTS,
        "owner_name": TEXTS,
        "state": st.sampled_from([State.TODO, State.DOING, State.REVIEW, State.DONE]),
        "due": st.sampled_from([None, NOW - 400 * DAY, NOW, NOW + DAY, NOW + 400 * DAY]),
        "blocked_since": st.sampled_from([None, NOW, NOW - 9 * DAY]),
        "priority": st.sampled_from(Priority),
        "urgent": st.booleans(),
        "progress": st.integers(0, 100),
        "slips": st.integers(0, 12),
        "subtasks": st.integers(0, 30),
        "findings": TEXTS,
        "not_ready": st.booleans(),
    }
)
LOOKS = [
    look(theme=theme, language=language, compact=compact)
    for theme in ("dark", "light", "mono")
    for language in ("en", "zh_CN")
    for compact in (False, True)
]


def lines(card, width=40, *, chosen=False, focused=True, **how):
    return [line.text for line in strips(card, Pen(look(**how), chosen, focused), width)]


@given(FIELDS, st.integers(1, 60), st.sampled_from(LOOKS), st.booleans())
def test_every_line_takes_exactly_the_width(fields, width, how, chosen):
    drawn = strips(row(1, **fields), Pen(how, chosen, True), width)

    assert len(drawn) == (1 if how.compact else LINES)
    for line in drawn:
        assert line.cell_length == cell_len(line.text) == width
        assert not any(map(is_hidden, line.text))


def test_all_there_is_to_say():
    card = row(
        12,
        title="Prepare the quarterly report for the customer",
        owner_name="Wang Qiang",
        due=NOW - 9 * DAY,
        blocked_since=NOW - 2 * DAY,
        priority=Priority.HIGH,
        urgent=True,
        progress=60,
        slips=3,
        subtasks=3,
        subtasks_done=1,
    )

    assert lines(card, 60) == [
        "!T012 ⊘ blocked 2 days urgent ▴ ↻3 [1/3]           ▰▰▰▱▱ 60%",
        " Prepare the quarterly report for the customer              ",
        " " * 60,
        " Wang Qiang                                   overdue 9 days",
    ]
    assert lines(card, 19) == [
        "!T012 ⊘2d !! ▴  60%",
        " Prepare the       ",
        " quarterly report… ",
        " Wang Qiang late 9d",
    ]
    assert lines(card, 19, compact=True) == ["!T012 ⊘2d Prep… -9d"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"due": NOW - 9 * DAY}, "逾期 9 天"),
        ({"blocked_since": NOW - 2 * DAY}, "⊘"),
        ({"urgent": True}, "紧急"),
        ({"owner_name": "王强"}, "王强"),
    ],
)
def test_chinese(fields, word):
    assert word in "".join(lines(row(1, title="写周报", **fields), 22, language="zh_CN"))


def test_what_is_done_presses_no_more():
    drawn = "".join(lines(row(1, state=State.DONE, due=NOW - DAY, progress=100)))

    assert "overdue" not in drawn
    assert "%" not in drawn


def test_a_long_key_keeps_its_end():
    assert lines(row(1, key="产品迭代2024-001-01"), 17)[0].rstrip().endswith("2024-001-01")


@pytest.mark.parametrize("compact", [False, True])
def test_no_mark_has_an_ambiguous_width(compact):
    card = row(1, title="t", blocked_since=NOW, urgent=True, progress=50, slips=1, subtasks=1)
    drawn = "".join(lines(card, 60, compact=compact) + lines(card, 12, compact=compact))
    marks = {c for c in drawn if not c.isascii()} | set("▴▾⊘↻▰▱")

    assert {wcwidth(c) for c in marks - {"…"}} == {1}
    assert {unicodedata.east_asian_width(c) for c in marks - {"…"}} == {"N"}


def test_without_colors_the_chosen_card_is_seen():
    plain, chosen = (
        strips(row(1), Pen(look(theme="mono"), chosen, True), 20) for chosen in (False, True)
    )

    assert chosen[0].text.startswith(">")
    assert all(s.style.reverse for line in chosen for s in line)
    assert not any(s.style.reverse for line in plain for s in line)
    assert all(s.style.color is None and s.style.bgcolor is None for line in chosen for s in line)


def test_the_chosen_card_shows_whether_keys_go_to_the_board():
    one, other = (strips(row(1), Pen(look(), True, focused), 20) for focused in (True, False))

    assert one != other
    assert [line.text for line in one] == [line.text for line in other]
