"""Questions to the store, without a screen: what alert counts, filters and searches cost."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from core.desk import Desk
from core.domain.ids import ProjectId, TaskId
from core.domain.status import BOARD_STATES, Bucket, State
from core.domain.timers import Target
from core.queries import alerts, board, reviews
from core.queries import triage as leads
from core.queries.searching import search
from core.queries.similar import similar
from tests.bench.figures import Budget, Figure
from tests.bench.setting import Setting
from tests.bench.team import ME

SEARCH = Budget(most=5)
COUNTS, LINES = Budget(most=40), Budget(most=50)
TRIAGE = Budget(most=150)
FACTS = Budget(most=20)
REVIEWS, QUEUE = Budget(most=20), 1_000
BEGUN = TaskId(2)
"""A task in progress, in stores of any size."""
PROJECT = ProjectId(2)
USUAL, TWO_WORDS = "合同", "整理 合同"
Question = Callable[[Desk], object]


class Asked(NamedTuple):
    """A question, and what it takes."""

    figure: Figure
    question: Question


def _window(desk: Desk) -> object:
    return [desk.ask(board.cards, board.Chosen(), state) for state in BOARD_STATES]


def _filter(words: str) -> Question:
    chosen = board.Chosen(words=words)
    return lambda desk: desk.ask(board.cards, chosen, State.TODO, limit=50)


def _counts(desk: Desk) -> Mapping[Bucket, int]:
    me = desk.me()
    viewer = me.id if me else None
    found: Mapping[Bucket, int] = desk.ask(
        alerts.alert_counts, viewer=viewer, scope="all", project=None, now=desk.now()
    )
    return found


def _triage(desk: Desk) -> object:
    me = desk.me()
    viewer = me.id if me else None
    return desk.ask(leads.triage, viewer=viewer, scope="all", project=None, now=desk.now())


def _facts(desk: Desk) -> object:
    about = leads.About(Target.TASK, BEGUN, BEGUN)
    return desk.ask(leads.facts, about, viewer=None, now=desk.now())


def _search(words: str, *, project: ProjectId | None = None) -> Question:
    def ask(desk: Desk) -> object:
        me = desk.me()
        return desk.ask(search, words, viewer=me.id if me else None, project=project)

    return ask


SEARCHES = {
    "a usual word": USUAL,
    "one character": "合",
    "a rare word of two": "量子",
    "two words": TWO_WORDS,
    "an English beginning": "dep",
    "a word that nobody wrote": "zzzz",
}


def _lines(desk: Desk) -> object:
    me = desk.me()
    return desk.ask(
        alerts.alerts, viewer=me.id if me else None, scope="all", project=None, now=desk.now()
    )


def _queue(desk: Desk) -> object:
    me = desk.me()
    viewer = me.id if me else None
    return desk.ask(reviews.queue, viewer, now=desk.now(), all=True, limit=QUEUE)


def _of_reviews(engine: str = "") -> Asked:
    name = f"review queue, everybody's, {QUEUE:,} oldest{engine}"
    return Asked(Figure(name=name, budget=REVIEWS), _queue)


def _of_alerts(where: str = "") -> tuple[Asked, ...]:
    return (
        Asked(Figure(name=f"alert counts, everybody's{where}", budget=COUNTS), _counts),
        Asked(Figure(name=f"alert lines, everybody's, 200 worst{where}", budget=LINES), _lines),
    )


def _questions() -> tuple[Asked, ...]:
    return (
        *_of_alerts(),
        Asked(Figure(name="triage, the 200 costliest of everybody's", budget=TRIAGE), _triage),
        Asked(Figure(name="triage, the facts of one task", budget=FACTS), _facts),
        _of_reviews(),
        Asked(Figure(name="the cards of all columns"), _window),
        Asked(Figure(name="filter, 50 hits of a usual word", budget=SEARCH), _filter(USUAL)),
        Asked(Figure(name="filter, a word that nobody wrote", budget=SEARCH), _filter("量子")),
        Asked(
            Figure(name="filter, counts of the columns"),
            lambda desk: desk.ask(board.columns, board.Chosen(words=USUAL)),
        ),
        *_searches(),
        *_alike(),
    )


SIMILAR = {
    "a title as written": "汇总合同条款",
    "a long title": "整理第三方合同条款评审会用",
    "an English title": "collect the acceptance checklist of the quarterly report",
    "a rare word": "量子",
}


def _compare(title: str) -> Question:
    return lambda desk: desk.ask(similar, title)


def _alike() -> tuple[Asked, ...]:
    return tuple(
        Asked(Figure(name=f"tasks and lessons like {told}", budget=SEARCH), _compare(title))
        for told, title in SIMILAR.items()
    )


def _searches() -> tuple[Asked, ...]:
    asked = {f"newest 50 of {told}": _search(words) for told, words in SEARCHES.items()}
    asked["a usual word in one project"] = _search(USUAL, project=PROJECT)
    asked["two words in one project"] = _search(TWO_WORDS, project=PROJECT)
    return tuple(
        Asked(Figure(name=f"search, {told}", budget=SEARCH), question)
        for told, question in asked.items()
    )


def on_postgresql() -> tuple[Asked, ...]:
    """The review queue, and the searches, whose plan is PostgreSQL's own choice."""
    searches = (
        Asked(Figure(name=f"{one.figure.name}, PostgreSQL", budget=SEARCH), one.question)
        for one in (*_searches(), *_alike())
    )
    return (_of_reviews(", PostgreSQL"), *searches)


def questions(setting: Setting) -> Iterator[Figure]:
    """Each asked again and again on a warm connection; then alerts where more goes wrong."""
    asked, worse = _questions(), _of_alerts(", in a worse store")
    lines = Figure(name="open alerts", unit="lines")
    more = Figure(name="open alerts, in a worse store", unit="lines")
    largest = setting.sizes[-1]
    for size in setting.sizes:
        with Desk(setting.shelf.copy(size), actor=ME) as desk:
            lines.add(size, _number(desk))
            measure(desk, asked, size, turns=2 * setting.runs)
    with Desk(setting.shelf.worse(largest, lines=largest * 75 // 1000), actor=ME) as desk:
        more.add(largest, _number(desk))
        measure(desk, worse, largest, turns=2 * setting.runs)
    yield from (lines, *(one.figure for one in asked), more, *(one.figure for one in worse))


def measure(desk: Desk, asked: Sequence[Asked], size: int, *, turns: int) -> None:
    """Ask each so often; the first turn warms up."""
    for figure, question in asked:
        for turn in range(turns + 1):
            begin = time.perf_counter()
            question(desk)
            taken = (time.perf_counter() - begin) * 1000
            figure.add(size, taken if turn else None)


def _number(desk: Desk) -> float:
    counts: Mapping[Bucket, int] = _counts(desk)
    return float(sum(counts.values()))
