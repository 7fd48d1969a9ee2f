"""A column's window of cards: which of them are held, which are in view, which is chosen.

Nothing here draws or waits. A column of any length is held as a run of at most ``KEPT`` cards
around what is in view; what lies beyond is asked for with a ``Request``, answered in the order
of the column by whoever can read the store.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from core.domain.ids import TaskId
from core.domain.status import State
from core.queries.board import CardRow, Edge

FETCHED: Final = 64
"""Cards asked for at once, at least."""

RENEWED: Final = 32
"""Cards of a column that are read again at once, at least: what is in view, and some more."""

KEPT: Final = 200
"""Cards a column holds, unless five screens of it are more."""


class Request(NamedTuple):
    """Cards that a column wants; with no edge given, its first ones."""

    state: State
    after: Edge | None = None
    """Only cards behind this edge."""
    before: Edge | None = None
    """Only cards ahead of this edge; of these the nearest."""
    last: bool = False
    """The last cards of the column."""
    limit: int = FETCHED


class Hidden(NamedTuple):
    """How many cards of a column are out of view; None for some, nobody knows how many."""

    above: int | None
    below: int | None


class Column:
    """The cards of one state, as far as they are held, with a view and a chosen card."""

    def __init__(self, state: State) -> None:
        """Hold nothing yet."""
        self.state = state
        self.rows: tuple[CardRow, ...] = ()
        self.at_start = False
        """Whether the first held card is the column's first."""
        self.at_end = False
        self.ahead: int | None = 0
        """Cards of the column before the first held one, as they were counted on the way there."""
        self.cursor = 0
        """Place of the chosen card among ``rows``; 0 while there is none."""
        self.top = 0
        """Place of the first card in view."""
        self.slots = 1
        """Whole cards in view."""
        self.round = 0
        """Counts up whenever ``replace`` makes answers that are still awaited worthless."""

    @property
    def chosen(self) -> CardRow | None:
        """The chosen card; None in an empty column."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def margin(self) -> int:
        """How near to an end of ``rows`` the view may come before more is asked for."""
        return max(12, self.slots)

    def resize(self, slots: int) -> None:
        """Show ``slots`` cards at a time, the chosen one among them."""
        self.slots = max(1, slots)
        self._reveal(self.slots)

    def move(self, steps: int) -> int:
        """Choose the card ``steps`` further down; the steps that are left at the end of ``rows``.

        The view follows by half a screen, so that most steps change two cards only.
        """
        target = self.cursor + steps
        self.cursor = max(0, min(target, len(self.rows) - 1))
        self._reveal(max(1, self.slots // 2))
        return target - self.cursor if self.rows else 0

    def scroll(self, cards: int) -> None:
        """Move the view, and the choice only so far that it stays in view."""
        self.top = self._within(self.top + cards)
        self.cursor = max(self.top, min(self.cursor, self.top + self.slots - 1))
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))

    def choose_slot(self, slot: int) -> None:
        """Choose the card at this place of the view, else the last one above it."""
        self.cursor = max(0, min(self.top + slot, len(self.rows) - 1))
        self._reveal(self.slots)

    def choose(self, task: TaskId) -> bool:
        """Choose a held card; False if it is not held."""
        place = _place(self.rows, task)
        if place is not None:
            self.cursor = place
            self._reveal(max(1, self.slots // 2))
        return place is not None

    def spans(self, edge: Edge) -> bool:
        """Whether a card with this edge would be among ``rows`` if the column showed it."""
        above = self.at_start or bool(self.rows and self.rows[0].edge <= edge)
        below = self.at_end or bool(self.rows and edge <= self.rows[-1].edge)
        return above and below

    def beyond(self, steps: int) -> Request | None:
        """What must be known to go further down (or up); None where the column ends."""
        if steps > 0 and not self.at_end:
            after = self.rows[-1].edge if self.rows else None
            return Request(state=self.state, after=after, limit=self._limit)
        if steps < 0 and not self.at_start and self.rows:
            return Request(state=self.state, before=self.rows[0].edge, limit=self._limit)
        return None

    def soon_wanted(self) -> Request | None:
        """What to ask for ahead, so that a held key need not wait."""
        if not self.rows:
            return None if self.at_start else self.ending()
        below = max(self.cursor, self.top + self.slots - 1)
        if len(self.rows) - 1 - below < self.margin and (request := self.beyond(1)):
            return request
        return self.beyond(-1) if min(self.cursor, self.top) < self.margin else None

    def beginning(self) -> Request:
        """The first cards."""
        return Request(state=self.state, limit=self._limit)

    def ending(self) -> Request:
        """The last cards."""
        return Request(state=self.state, last=True, limit=self._limit)

    def around(self, edge: Edge) -> Request:
        """The card at ``edge`` and those ahead of it."""
        return Request(state=self.state, before=(edge[0], edge[1] + 1), limit=self._limit)

    def window(self) -> Request:
        """What to ask for again to bring the cards in and around the view up to date."""
        first = max(0, min(self.top, self.cursor) - self.margin)
        last = max(self.top + self.slots, self.cursor + 1) + self.margin
        limit = max(RENEWED, last - first)
        if (first == 0 and self.at_start) or not self.rows:
            return Request(state=self.state, limit=limit)
        position, number = self.rows[first].edge
        return Request(state=self.state, after=(position, number - 1), limit=limit)

    def extend(self, request: Request, rows: Sequence[CardRow]) -> None:
        """Take in the answer to a ``Request``; let go of what is far away at the other end.

        Cards that do not follow on the held ones take their place.
        """
        if not self._follows(request):
            self.replace(request, rows)
            return
        # What was read later is right: a card met twice has moved in the meantime.
        fresh = {row.id for row in rows}
        kept = [row for row in self.rows if row.id not in fresh]
        ended = len(rows) < request.limit
        if request.before is not None:
            self.at_start = ended
            self.ahead = None if self.ahead is None else max(0, self.ahead - len(rows))
            self._hold([*rows, *kept], drop_first=False)
        else:
            self.at_end = ended
            self._hold([*kept, *rows], drop_first=True)

    def _follows(self, request: Request) -> bool:
        if not self.rows:
            return False
        return request.after == self.rows[-1].edge or request.before == self.rows[0].edge

    def replace(self, request: Request, rows: Sequence[CardRow]) -> None:
        """Hold ``rows``, the answer to ``request``, and nothing else.

        The choice and the view stay on their cards; where one has gone, on what came after it,
        else before it.
        """
        self.round += 1
        cursor, top = (
            _surviving(self.rows, self.cursor, rows),
            _surviving(self.rows, self.top, rows),
        )
        ended = len(rows) < request.limit
        from_end = request.last or request.before is not None
        self.at_start = ended if from_end else request.after is None
        self.at_end = request.last or (not from_end and ended)
        self.ahead = 0 if self.at_start or not rows else _ahead(self, rows[0].id)
        self.rows = tuple(rows)
        self.cursor, self.top = cursor, top
        self._reveal(self.slots)

    def choose_near(self, edge: Edge) -> None:
        """Choose the card that stands at ``edge``, or would be next to it."""
        place = bisect_left(self.rows, edge, key=lambda row: row.edge)
        self.cursor = max(0, min(place, len(self.rows) - 1))
        self._reveal(self.slots)

    @property
    def _limit(self) -> int:
        return max(FETCHED, self.slots)

    def _hold(self, rows: list[CardRow], *, drop_first: bool) -> None:
        """Hold ``rows``, less what is too many, with choice and view on the cards they were on."""
        view = self.rows[self.top].id if self.rows else None
        chosen = self.chosen
        top = _place(rows, view) or 0
        cursor = (_place(rows, chosen.id) or 0) if chosen else 0
        surplus = len(rows) - max(KEPT, 5 * self.slots)
        if surplus > 0 and drop_first:
            dropped = max(0, min(surplus, min(top, cursor) - self.margin))
            rows, top, cursor = rows[dropped:], top - dropped, cursor - dropped
            self.ahead = None if self.ahead is None else self.ahead + dropped
            self.at_start = self.at_start and not dropped
        elif surplus > 0:
            below = max(top + self.slots, cursor + 1) + self.margin
            kept = max(len(rows) - surplus, below)
            self.at_end = self.at_end and kept >= len(rows)
            rows = rows[:kept]
        self.rows, self.top, self.cursor = tuple(rows), top, cursor
        self._reveal(self.slots)

    def _reveal(self, by: int) -> None:
        """Bring the chosen card into view; by ``by`` cards at least, if it is not."""
        if self.cursor < self.top:
            self.top = min(self.cursor, self.top - by)
        elif self.cursor >= self.top + self.slots:
            self.top = max(self.cursor - self.slots + 1, self.top + by)
        self.top = self._within(self.top)

    def _within(self, top: int) -> int:
        """``top``, so that no room is left free below the last card."""
        return max(0, min(top, len(self.rows) - self.slots))


def hidden(column: Column, total: int) -> Hidden:
    """How many of the column's ``total`` cards are out of view; they may have been counted earlier.

    At an end of the column those before the held ones are counted anew; from there on the steps.
    """
    held = len(column.rows)
    shown = min(column.slots, held - column.top)
    if column.at_start or column.at_end:
        column.ahead = 0 if column.at_start else max(0, total - held)
    if column.ahead is None:
        return Hidden(None, None)
    above, below = column.ahead + column.top, held - column.top - shown
    return Hidden(above, below if column.at_end else max(below, total - above - shown))


def _ahead(column: Column, first: TaskId) -> int | None:
    """How many cards are before ``first``, a held one; None if nobody knows."""
    place = _place(column.rows, first)
    return None if place is None or column.ahead is None else column.ahead + place


def _place(rows: Sequence[CardRow], task: TaskId | None) -> int | None:
    return next((place for place, row in enumerate(rows) if row.id == task), None)


def _surviving(old: Sequence[CardRow], place: int, new: Sequence[CardRow]) -> int:
    """Where in ``new`` the card at ``place`` of ``old`` is, else the nearest that is left."""
    places = {row.id: at for at, row in enumerate(new)}
    for row in old[place:]:
        if row.id in places:
            return places[row.id]
    for row in reversed(old[:place]):
        if row.id in places:
            return places[row.id]
    return 0
