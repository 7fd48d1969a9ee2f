"""The board draws what it is given, repaints only what changed, and keeps the choice."""

from datetime import timedelta
from typing import ClassVar

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

from core.desk import Desk
from core.domain.status import State
from core.queries import board as queries
from tests.tui.board_rows import NOW, Shelf, look, row
from tui.widgets.board import Board
from tui.widgets.columns import Hidden
from tui.widgets.pane import Pane
from tui.widgets.picture import more_words
from tui.words import Words

SIZE = (80, 22)
KEYS = {
    "j": "cursor_down",
    "k": "cursor_up",
    "h": "cursor_left",
    "l": "cursor_right",
    "g": "home",
    "G": "end",
}


class Alone(App):
    """Nothing but a board."""

    BINDINGS: ClassVar = [(key, f"go('{act}')", act) for key, act in KEYS.items()]

    def __init__(self, shelf, **how):
        super().__init__()
        self.shelf = shelf
        self.told = []
        self.board = Board(look(**how), shelf.fetch)

    def compose(self):
        yield self.board

    async def on_mount(self):
        await self.refill()
        self.board.focus()

    async def refill(self):
        chosen = self.shelf.rows.get(self.board.chosen)
        answers = await self.shelf.answers(self.board)
        await self.board.show(self.shelf.heads(doing=3), answers, chosen=chosen)

    async def action_go(self, act):
        await getattr(self.board, act)()

    def on_board_chosen(self, event):
        self.told.append(event.task)

    def on_board_opened(self, event):
        self.told.append(("open", event.task))

    @property
    def lines(self):
        return ["".join(s.text for s in strip) for strip in self.screen._compositor.render_strips()]


def shelf(count=100, state=State.TODO):
    return Shelf(row(n, state=state) for n in range(1, count + 1))


async def test_twenty_keys_in_one_burst_land_right():
    app = Alone(shelf(1000))
    async with app.run_test(size=SIZE) as pilot:
        for key in [*["j"] * 12, "k", *["j"] * 7]:
            app.post_message(_key(key))
        await pilot.pause()

        assert app.board.chosen == 19


async def test_a_burst_over_the_end_of_what_is_held_waits_for_its_cards():
    app = Alone(shelf(1000))
    async with app.run_test(size=SIZE) as pilot:
        for key in ["G", *["k"] * 150, *["j"] * 3]:
            app.post_message(_key(key))
        await pilot.pause()
        await app.workers.wait_for_complete()

        assert app.board.chosen == 1000 - 147
        assert app.told[-1] == 853


def _key(key):
    from textual.events import Key

    return Key(key, key)


async def test_only_the_lines_of_two_cards_are_repainted(monkeypatch):
    app = Alone(shelf())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        repainted = []
        plain = Pane.refresh
        monkeypatch.setattr(
            Pane,
            "refresh",
            lambda self, *regions, **how: (repainted.append(regions), plain(self, *regions, **how))[
                1
            ],
        )
        await pilot.press("j")

        assert [[(r.y, r.height) for r in regions] for regions in repainted] == [[(1, 8)]]
        repainted.clear()
        app.board.look = look(now=NOW + timedelta(seconds=1))
        await app.refill()
        assert repainted == []


@pytest.mark.parametrize("theme", ["dark", "light", "mono"])
@pytest.mark.parametrize("size", [(80, 22), (120, 38), (41, 10), (20, 5), (3, 2)])
@pytest.mark.parametrize("compact", [False, True])
async def test_lines_fill_the_screen_exactly(theme, size, compact):
    odd = [  # hostile, joined, wide, right to left
        "\x1b[2Jhostile \u202e",
        "👩\u200d👩\u200d👧 family",
        "用户画像分析与推广方案定稿",
        "עברית",
    ]
    rows = [row(n, title=odd[n % 4], due=NOW) for n in range(40)]
    app = Alone(Shelf(rows), theme=theme, compact=compact, language="zh_CN")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()

        assert {cell_len(line) for line in app.lines} == {size[0]}
        assert "\x1b" not in "".join(app.lines)


async def test_five_cards_fit_beside_header_and_footer():
    app = Alone(shelf())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        drawn = "\n".join(app.lines)

        assert all(f"task {number} " in drawn for number in range(1, 6))
        assert all(word in drawn for word in ("To do", "Doing", "In review", "Done", "100"))


async def test_the_limit_and_what_is_over_it():
    app = Alone(shelf(4, State.DOING))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "over 4/3" in app.lines[0]

        del app.shelf.rows[4]
        await app.refill()
        await pilot.pause()
        assert "over" not in app.lines[0]
        assert "3/3" in app.lines[0]


async def test_an_empty_board_says_what_to_do():
    app = Alone(Shelf())
    app.board.note = "No tasks yet. a adds one."
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "No tasks yet." in "\n".join(app.lines)
        await pilot.press("j", "l", "G", "g", "k")

        assert app.board.chosen is None
        assert app.board.column is State.DOING


async def test_an_empty_column_says_so():
    app = Alone(shelf(3))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        assert "\n".join(app.lines).count("no cards") == 3


async def test_the_chosen_column_is_shown_where_not_all_fit():
    app = Alone(shelf(3, State.DONE))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "Done" not in app.lines[0]
        await pilot.press("l", "l", "l")
        await pilot.pause()

        assert "Done" in app.lines[0]
        assert app.board.chosen == 1


async def test_mouse():
    app = Alone(shelf(50))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.click(Board, offset=(5, 10))
        assert app.told[-1] == 3
        await pilot.click(Board, offset=(5, 10), times=2)
        assert app.told[-1] == ("open", 3)
        await pilot.click(Board, offset=(25, 10))
        assert (app.board.column, app.board.chosen) == (State.DOING, None)


async def test_a_moved_card_is_followed_and_drawn():
    app = Alone(shelf(50))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "j")
        app.shelf.change(3, state=State.DOING)
        await app.refill()
        await pilot.pause()

        assert (app.board.chosen, app.board.column) == (3, State.DOING)
        assert app.lines[1][20:].startswith(" T003")


class Stored(Shelf):
    """Answers from a real store."""

    def __init__(self, desk):
        super().__init__()
        self.desk = desk

    async def fetch(self, request):
        chosen = queries.Chosen()
        if request.last:
            return self.desk.ask(queries.last_cards, chosen, request.state, limit=request.limit)
        return self.desk.ask(
            queries.cards,
            chosen,
            request.state,
            after=request.after,
            before=request.before,
            limit=request.limit,
        )

    def heads(self, **limits):
        return self.desk.ask(queries.columns, queries.Chosen())


async def test_with_a_real_store(tmp_path):
    from core.commands.setup import StartTeam
    from core.commands.tasks import CreateTask

    with Desk(f"sqlite:///{tmp_path / 'board.db'}", actor="wang") as desk:
        project = desk.do(StartTeam(handle="wang", name="王强")).id
        with desk.together() as send:
            made = [send(CreateTask(project=project, title=f"写周报 {n}")).id for n in range(150)]
        app = Alone(Stored(desk))
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("G")
            assert app.board.chosen == made[-1]
            await pilot.press("g", *["j"] * 70)

            assert app.board.chosen == made[70]
            assert "写周报 70" in "\n".join(app.lines)


async def test_a_pane_sends_what_textual_would_send():
    rows = [row(n, title="用户画像 👩\u200d👩\u200d👧", due=NOW) for n in range(40)]
    for theme in ("dark", "mono"):
        app = Alone(Shelf(rows), theme=theme)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("j")
            for pane in app.query(Pane):
                for crop in (pane.size.region, Region(3, 2, 9, 5)):
                    ours = pane.render_lines(crop)
                    assert ours == Widget.render_lines(pane, crop)
                    again = pane.render_lines(pane.size.region)
                    assert all(
                        one is two
                        for one, two in zip(again, pane.render_lines(pane.size.region), strict=True)
                    )


async def test_a_new_look_and_new_cards_are_drawn_once(monkeypatch):
    app = Alone(shelf())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j")
        drawn = []
        plain = Board._redraw
        monkeypatch.setattr(Board, "_redraw", lambda self: (drawn.append(1), plain(self))[1])
        answers = await app.shelf.answers(app.board)
        chosen = app.shelf.rows[app.board.chosen]
        new = look(now=NOW + timedelta(days=1))
        await app.board.show(app.shelf.heads(), answers, chosen=chosen, look=new)
        assert len(drawn) == 1
        assert app.board.look is new


async def test_the_foot_says_how_many_cards_are_out_of_view():
    """Of each column; the counts are known, and no more is asked for than without it."""
    rows = [row(n) for n in range(1, 13)] + [row(20, state=State.DOING)]
    app = Alone(Shelf(rows))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        asked = len(app.shelf.asked)
        assert app.lines[-1].split() == ["▾", "7", "more"]
        await pilot.press(*["j"] * 5)
        await pilot.pause()
        assert app.lines[-1].split() == ["▴", "2", "▾", "5", "more"]
        await pilot.press(*["j"] * 6)
        await pilot.pause()
        assert app.lines[-1].split() == ["▴", "7", "more"]
        assert len(app.shelf.asked) == asked


@pytest.mark.parametrize("size", [(80, 22), (80, 21), (80, 23), (120, 38), (120, 40)])
@pytest.mark.parametrize("compact", [False, True])
async def test_the_foot_covers_no_card_that_can_be_chosen(size, compact):
    app = Alone(shelf(100), compact=compact)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(60):
            await pilot.press("j")
        await pilot.pause()
        drawn = "\n".join(app.lines)
        key = f"T{app.board.chosen:03}"
        assert key in drawn.split("\n", 1)[1]
        assert "no owner" in drawn[drawn.index(key) :] or compact
        assert "more" in app.lines[-1]


async def test_a_column_that_fits_has_no_foot():
    app = Alone(shelf(5))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "more" not in "\n".join(app.lines)


async def test_large_counts_fit_a_narrow_column():
    words = Words()
    assert more_words(words, Hidden(99_000, 1_000), 16) == "▴ 99000 ▾ 1000"
    assert more_words(words, Hidden(None, None), 16) == "▴ ▾ more"
