"""Walking a board in windows ends where walking the whole list would."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.status import State
from tests.tui.board_rows import Shelf, row
from tui.widgets.columns import KEPT, Column, Hidden, Request, hidden
from tui.widgets.walk import Walk

MANY = 1000
STEPS = st.one_of(
    st.tuples(st.just("move"), st.integers(-1, 1)),
    st.tuples(st.just("move"), st.integers(-300, 300)),
    st.tuples(st.sampled_from(["home", "end", "page_up", "page_down"]), st.just(0)),
    st.tuples(st.just("look ahead"), st.just(0)),
    st.tuples(st.just("remove"), st.integers(0, MANY)),
    st.tuples(st.just("insert"), st.integers(0, MANY)),
    st.tuples(st.just("reorder"), st.integers(0, MANY)),
)


class Model:
    """The same walk over the whole list."""

    def __init__(self, count, slots):
        self.shelf = Shelf(row(n) for n in range(1, count + 1))
        self.walk = Walk(self.shelf.fetch)
        self.held = self.walk._columns[State.TODO]
        self.held.resize(slots)
        self.chosen = None
        self.fresh = count

    @property
    def rows(self):
        return self.shelf.column(State.TODO)

    async def step(self, act, much):
        await getattr(self, act.replace(" ", "_"))(much)

    async def move(self, steps):
        await self.walk._move(steps)
        self._expect_moved(steps)

    async def page_down(self, _):
        await self.walk.page_down()
        self._expect_moved(self.held.slots)

    async def page_up(self, _):
        await self.walk.page_up()
        self._expect_moved(-self.held.slots)

    async def home(self, _):
        await self.walk.home()
        self._expect_moved(-2 * MANY)

    async def end(self, _):
        await self.walk.end()
        self._expect_moved(2 * MANY)

    def _expect_moved(self, steps):
        ids = [row.id for row in self.rows]
        if ids:
            place = ids.index(self.chosen) + steps
            self.chosen = ids[max(0, min(place, len(ids) - 1))]

    async def look_ahead(self, _):
        while request := self.held.soon_wanted():
            self.held.extend(request, await self.shelf.fetch(request))

    async def remove(self, place):
        rows = self.rows
        if place >= len(rows):
            return
        gone = rows[place].id
        del self.shelf.rows[gone]
        if gone == self.chosen:
            left = rows[place + 1 :] or rows[:place][::-1]
            self.chosen = left[0].id if left else None
        await self.refresh()

    async def insert(self, place):
        rows = self.rows
        self.fresh += 1
        position = rows[place].position + 1 if place < len(rows) else 0
        self.shelf.put(row(self.fresh, position=position))
        self.chosen = self.chosen or self.fresh
        await self.refresh()

    async def reorder(self, place):
        rows = self.rows
        if place < len(rows) and self.chosen:
            self.shelf.change(self.chosen, position=rows[place].position + 3)
            await self.refresh()

    async def refresh(self):
        chosen = self.shelf.rows.get(self.walk.chosen)
        await self.walk.refill(await self.shelf.answers(self.walk), chosen=chosen)

    def check(self):
        held, rows = self.held, self.rows
        assert self.walk.chosen == self.chosen
        if rows:
            first = rows.index(held.rows[0])
            assert list(held.rows) == rows[first : first + len(held.rows)]
            assert held.top <= held.cursor < held.top + held.slots
            assert not (held.at_start and first)
            assert not (held.at_end and first + len(held.rows) < len(rows))
        assert len(held.rows) <= KEPT + 2 * held.margin + held.slots + 64


@settings(max_examples=60)
@given(st.sampled_from([0, 1, 3, 40, 65, MANY]), st.integers(1, 30), st.lists(STEPS, max_size=25))
def test_windows_walk_as_the_whole_list(count, slots, steps):
    async def run():
        model = Model(count, slots)
        await model.refresh()
        model.chosen = model.rows[0].id if model.rows else None
        for act, much in steps:
            await model.step(act, much)
            model.check()

    asyncio.run(run())


async def filled(count, slots=5):
    model = Model(count, slots)
    await model.refresh()
    model.chosen = model.rows[0].id if model.rows else None
    return model


async def test_a_held_key_never_waits_when_cards_are_asked_for_ahead():
    model = await filled(MANY)
    for _ in range(MANY - 1):
        assert model.held.move(1) == 0
        await model.look_ahead(0)

    assert model.walk.chosen == MANY
    assert len(model.held.rows) <= KEPT


async def test_the_view_moves_by_half_a_screen():
    model = await filled(100, slots=6)
    tops = []
    for _ in range(20):
        await model.walk.cursor_down()
        tops.append(model.held.top)

    assert {b - a for a, b in pairwise(tops)} == {0, 3}


async def test_the_view_is_full_at_the_end():
    model = await filled(MANY, slots=6)
    await model.walk.end()

    assert (model.walk.chosen, model.held.top + 6) == (MANY, len(model.held.rows))


async def test_a_card_that_changed_its_column_is_followed():
    model = await filled(300)
    await model.move(7)
    model.shelf.change(8, state=State.DOING)
    await model.refresh()

    assert (model.walk.chosen, model.walk.column) == (8, State.DOING)
    assert 8 not in [row.id for row in model.held.rows]


async def test_a_card_renumbered_far_away_is_followed():
    model = await filled(MANY)
    await model.move(3)
    for number in range(1, MANY + 1):
        model.shelf.change(number, position=number * 1024 + 50_000_000)
    model.shelf.change(4, position=90_000_000)
    await model.refresh()

    assert model.walk.chosen == 4


async def test_a_card_that_is_gone_leaves_the_choice_to_the_next_one():
    model = await filled(10)
    await model.end(0)
    del model.shelf.rows[10]
    await model.refresh()

    assert model.walk.chosen == 9


async def test_keys_that_went_on_while_the_store_was_read_are_not_lost():
    model = await filled(MANY)
    answers = await model.shelf.answers(model.walk)
    await model.move(500)
    await model.walk.refill(answers, chosen=model.shelf.rows[1])

    assert model.walk.chosen == 501


async def test_choosing_a_card_that_is_not_shown_chooses_its_neighbour():
    model = await filled(100)

    assert await model.walk.choose(model.shelf.rows[90])
    assert not await model.walk.choose(row(5000, position=40 * 1024 + 1))
    assert model.walk.chosen == 41
    assert not await model.walk.choose(row(7, state=State.ARCHIVED))
    assert model.walk.chosen == 41


async def test_there_and_back_again_is_the_same_card():
    model = await filled(20, slots=20)
    model.shelf.put(row(900, state=State.DOING))
    for number in range(50):
        model.shelf.put(row(1000 + number, state=State.REVIEW))
    await model.refresh()
    for column in model.walk._columns.values():
        column.resize(20)
    await model.move(6)

    await model.walk.cursor_right()
    assert model.walk.chosen == 900
    await model.walk.cursor_right()
    assert model.walk.chosen == 1006
    await model.walk.cursor_left()
    await model.walk.cursor_left()
    assert model.walk.chosen == 7


async def test_a_store_that_cannot_be_asked_leaves_everything_as_it_is():
    async def fail(request):
        return None

    walk = Walk(fail)
    column = walk._columns[State.TODO]
    column.replace(Request(state=State.TODO, limit=2), [row(1), row(2)])
    await walk.page_down()
    await walk.cursor_down()
    await walk.end()

    assert walk.chosen == 2


async def test_neighbours():
    model = await filled(2)

    assert model.walk.neighbour(below=False) is None
    assert model.walk.neighbour(below=True).id == 2


@pytest.mark.parametrize(("cards", "top", "cursor"), [(1, 1, 1), (3, 3, 3), (500, 15, 15)])
def test_the_wheel_takes_the_choice_along(cards, top, cursor):
    column = Column(State.TODO)
    column.resize(5)
    column.replace(Request(state=State.TODO), [row(n) for n in range(20)])
    column.scroll(cards)

    assert (column.top, column.cursor) == (top, cursor)


WALKS = st.one_of(
    st.tuples(st.just("move"), st.integers(-300, 300)),
    st.tuples(st.sampled_from(["home", "end", "page_up", "page_down"]), st.just(0)),
    st.tuples(st.sampled_from(["look ahead", "refresh"]), st.just(0)),
)


@settings(max_examples=40)
@given(st.sampled_from([0, 1, 3, 40, 65, MANY]), st.integers(1, 30), st.lists(WALKS, max_size=20))
def test_wherever_one_walks_the_cards_out_of_view_are_known(count, slots, steps):
    async def run():
        model = Model(count, slots)
        await model.refresh()
        model.chosen = model.rows[0].id if model.rows else None
        for act, much in [("move", 0), *steps]:
            await (model.refresh() if act == "refresh" else model.step(act, much))
            ids, held = [row.id for row in model.rows], model.held
            above = ids.index(held.rows[held.top].id) if ids else 0
            below = max(0, len(ids) - above - slots)
            assert hidden(held, len(ids)) == Hidden(above, below)

    asyncio.run(run())


async def test_after_a_jump_nobody_knows_how_many_there_are():
    """Until an end of the column is seen again."""
    model = await filled(MANY)
    assert await model.walk.choose(model.shelf.rows[500])
    assert hidden(model.held, MANY) == Hidden(None, None)
    await model.walk.end()
    assert hidden(model.held, MANY) == Hidden(MANY - 5, 0)


async def test_cards_that_others_take_away_are_never_counted_below_zero():
    model = await filled(MANY)
    await model.move(500)
    hidden(model.held, MANY)
    assert hidden(model.held, 3).below >= 0
