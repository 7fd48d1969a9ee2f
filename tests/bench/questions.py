"""Questions to the store, without a screen: what the alert counts and a filter cost."""

import time
from collections.abc import Callable, Iterator

from core.desk import Desk
from core.domain.status import BOARD_STATES, State
from core.queries import alerts, board
from tests.bench.figures import Budget, Figure
from tests.bench.setting import Setting
from tests.bench.team import ME

SEARCH = Budget(most=5)
Question = Callable[[Desk], object]


def _window(desk: Desk) -> object:
    return [desk.ask(board.cards, board.Chosen(), state) for state in BOARD_STATES]


def _filter(words: str) -> Question:
    chosen = board.Chosen(words=words)
    return lambda desk: desk.ask(board.cards, chosen, State.TODO, limit=50)


def _counts(desk: Desk) -> object:
    me = desk.me()
    return desk.ask(
        alerts.alert_counts, viewer=me.id if me else None, scope="all", project=None, now=desk.now()
    )


def _questions() -> tuple[tuple[Figure, Question], ...]:
    return (
        (Figure(name="alert counts, everybody's"), _counts),
        (Figure(name="the cards of all columns"), _window),
        (Figure(name="filter, 50 hits of a usual word", budget=SEARCH), _filter("合同")),
        (Figure(name="filter, a word that nobody wrote", budget=SEARCH), _filter("量子")),
        (
            Figure(name="filter, counts of the columns"),
            lambda desk: desk.ask(board.columns, board.Chosen(words="合同")),
        ),
    )


def questions(setting: Setting) -> Iterator[Figure]:
    """Each asked again and again on a warm connection."""
    asked = _questions()
    for size in setting.sizes:
        with Desk(setting.shelf.copy(size), actor=ME) as desk:
            for figure, question in asked:
                for turn in range(2 * setting.runs + 1):
                    begin = time.perf_counter()
                    question(desk)
                    taken = (time.perf_counter() - begin) * 1000
                    figure.add(size, taken if turn else None)
    yield from (figure for figure, _ in asked)
