"""Lists of lines: nothing that is shown is cut by the sign that there is more."""

from typing import ClassVar

import pytest
from rich.cells import cell_len
from textual.app import App

from tests.tui.board_rows import THEMES
from tui.widgets.line import Line, Span, spans
from tui.widgets.lines import LineList

SIZE = (80, 6)


class Alone(App):
    """Nothing but a list."""

    BINDINGS: ClassVar = [("j", "go(1)", "down"), ("k", "go(-1)", "up")]

    def __init__(self, lines):
        super().__init__()
        self.list = LineList(THEMES["dark"])
        self.told = lines

    def compose(self):
        yield self.list

    def on_mount(self):
        self.list.lines = tuple(self.told)
        self.list.focus()

    def action_go(self, by):
        self.list.move(by)

    @property
    def drawn(self):
        return ["".join(s.text for s in strip) for strip in self.screen._compositor.render_strips()]


def lines(count, owner="李专员"):
    tail = (Span(f"  → {owner}", "duban-muted"),)
    return [Line(key=str(n), text=f"任务 {n}", tail=tail) for n in range(count)]


@pytest.mark.parametrize("owner", ["李专员", "Alexandra"])
async def test_the_sign_of_more_covers_no_name(owner):
    app = Alone(lines(20, owner))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*["j"] * 10)
        await pilot.pause()
        first, *_, last = app.drawn
        assert first.endswith("▴")
        assert last.endswith("▾")
        for line in app.drawn:
            assert f"→ {owner}" in line
            assert cell_len(line) == SIZE[0]


async def test_without_more_the_whole_width_is_used():
    app = Alone(lines(6))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert all(line.endswith("→ 李专员") for line in app.drawn)


async def test_a_text_that_needs_more_rows_than_there_are_keeps_its_end():
    text = "一二三四五六七八九十" * 30
    app = Alone([Line(text=text, most=20)])
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        seen = ""
        for _ in range(3):
            seen += "".join(line[1:].rstrip(" ▾▴") for line in app.drawn)
            app.list.turn(1)
            await pilot.pause()
        assert set("一二三四五六七八九十") <= set(seen)
        assert all(text.find(line[1:].rstrip(" ▾▴")) >= 0 for line in app.drawn)


def test_a_second_row_ends_with_an_ellipsis_where_it_is_cut():
    line = Line(text="x", below=(Span("abc"), Span("defgh"), Span("ijk")))
    drawn = [(span.text, span.cells) for span in spans(line, 1, 6)]
    assert drawn == [("", 0), ("abc", 3), ("defgh", 3)]


async def test_news_of_the_same_text_move_nothing_and_another_text_begins_anew():
    head = Line(text="OPS001")
    app = Alone([head, *(Line(text=f"{n}") for n in range(30))])
    async with app.run_test(size=SIZE) as pilot:
        app.list.turn(1)
        app.list.lines = (head, *(Line(text=f"{n}!") for n in range(30)))
        await pilot.pause()
        assert app.drawn[0].strip(" ▴") == "4!"
        app.list.lines = (Line(text="OPS002"), *app.list.lines[1:])
        await pilot.pause()
        assert app.drawn[0].strip() == "OPS002"
