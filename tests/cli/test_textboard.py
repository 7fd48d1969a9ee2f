"""The board as plain text fits the width, whatever signs its words are made of."""

import pytest

from tui.cells import measure
from tui.cli.columns import cells, cut, fitted

WIDE = "会员中心首页视觉稿、隐私协议文案更新与满意度问卷设计与发放"


@pytest.mark.usefixtures("lite")
@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_line_is_wider_than_the_terminal(duban, monkeypatch, width, language):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    duban("demo")
    duban("add", WIDE * 3, "--due", "2024-05-06", "--owner", "me")
    duban("add", "A long title " * 12, "--due", "2024-05-06", "--owner", "me", "--urgent")
    duban("block", "CSAT-003", "waits " * 30, "--for", "somebody far away", "--critical")

    lines = duban().out.splitlines()
    told = [line for line in lines if line.startswith("  ")]
    assert max(map(measure, told)) <= width
    assert width == 200 or any("…" in line for line in told)
    assert any(line.startswith("  ! ") for line in told)
    if width == 80:
        assert not any(len(line.split("  ")) < 4 for line in told if line.startswith("  !  "))


@pytest.mark.usefixtures("lite")
def test_marks_without_room_stand_below_their_card(duban, monkeypatch):
    duban("add", "A title of some length, so that it needs its room", "--owner", "me", "--urgent")

    for width, below in ((200, False), (60, True)):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = duban().out.splitlines()
        place = next(place for place, line in enumerate(lines) if "T001" in line)
        assert (lines[place + 1] == "      urgent") is below
        assert lines[place].endswith("urgent") is not below


@pytest.mark.parametrize("room", range(12, 60))
def test_the_widest_columns_give_way(room):
    rows = [("T001", WIDE, "王强"), ("T002", "short", "A name that is long")]

    lines = fitted(rows, room, loose=(1, 2))
    assert max(map(cells, lines)) <= room
    assert all(line.startswith(key) for line, key in zip(lines, ("T001", "T002"), strict=True))


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [("word", 4, "word"), ("words", 4, "wor…"), ("一二三", 5, "一二…"), ("一二三", 4, "一…")],
)
def test_a_cut_is_shown(text, room, shown):
    assert cut(text, room) == shown
