"""Questions to the store, without a screen: what alert counts, filters and searches cost."""

import time
from collections.abc import Callable, Iterator

from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.status import BOARD_STATES, State
from core.domain.timers import Target
from core.queries import alerts, board
from core.queries import triage as leads
from core.queries.searching import search
from tests.bench.figures import Budget, Figure
from tests.bench.setting import Setting
from tests.bench.team import ME

SEARCH = Budget(most=5)
COUNTS, LINES = Budget(most=40), Budget(most=50)
TRIAGE = Budget(most=150)
FACTS = Budget(most=20)
BEGUN = TaskId(2)
"""A task in progress, in stores of any size."""
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


def _triage(desk: Desk) -> object:
    me = desk.me()
    viewer = me.id if me else None
    return desk.ask(leads.triage, viewer=viewer, scope="all", project=None, now=desk.now())


def _facts(desk: Desk) -> object:
    about = leads.About(Target.TASK, BEGUN, BEGUN)
    return desk.ask(leads.facts, about, viewer=None, now=desk.now())


def _search(words: str) -> Question:
    def ask(desk: Desk) -> object:
        me = desk.me()
        return desk.ask(search, words, viewer=me.id if me else None)

    return ask


SEARCHES = {
    "a usual word": "合同",
    "one character": "合",
    "a rare word of two": "量子",
    "two words": "整理 合同",
    "an English beginning": "dep",
    "a word that nobody wrote": "zzzz",
}


def _lines(desk: Desk) -> object:
    me = desk.me()
    return desk.ask(
        alerts.alerts, viewer=me.id if me else None, scope="all", project=None, now=desk.now()
    )


def _questions() -> tuple[tuple[Figure, Question], ...]:
    return (
        (Figure(name="alert counts, everybody's", budget=COUNTS), _counts),
        (Figure(name="alert lines, everybody's, 200 worst", budget=LINES), _lines),
        (Figure(name="triage, the 200 costliest of everybody's", budget=TRIAGE), _triage),
        (Figure(name="triage, the facts of one task", budget=FACTS), _facts),
        (Figure(name="the cards of all columns"), _window),
        (Figure(name="filter, 50 hits of a usual word", budget=SEARCH), _filter("合同")),
        (Figure(name="filter, a word that nobody wrote", budget=SEARCH), _filter("量子")),
        (
            Figure(name="filter, counts of the columns"),
            lambda desk: desk.ask(board.columns, board.Chosen(words="合同")),
        ),
        *(
            (Figure(name=f"search, newest 50 of {told}", budget=SEARCH), _search(words))
            for told, words in SEARCHES.items()
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
