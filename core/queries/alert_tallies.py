"""How many lines need attention for which reason: a statement for each source of lines."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import SQL, fn

from core.domain.ids import ProjectId
from core.policies.rules import RULES, UPDATE_MISSING
from core.policies.timer_causes import CAUSES, When
from core.queries import alert_timers
from core.queries.alert_lines import RANK
from core.queries.alert_sources import Conditions, View
from core.store.database import Store
from core.store.tables import TaskTable


class Kind(StrEnum):
    """What a source selects."""

    PLAIN = "plain"
    """Tasks about which no limit runs."""
    TIMED = "timed"
    """Tasks about which one does."""
    THINGS = "things"
    """Issues, entries and projects without a task, about which one does."""


class Tally(NamedTuple):
    """A source, with how many of its lines have which worst rule, by its place in RULES."""

    view: View
    kind: Kind
    source: Any
    """The number of a condition on tasks; a subquery of lines where limits run."""
    counts: Mapping[int, int]
    """Without missing news where that is folded."""
    silent: frozenset[ProjectId]
    """Where it is: the projects in which news is missing."""
    coded: Sequence[tuple[Any, ...]] = ()
    """Of limits, where lines are asked for: code, project, and what each line is about."""


_TASK: Any = TaskTable
_CODED: Any = TaskTable.due
"""A column of instants."""
_ABOUT: Mapping[Kind, tuple[str, ...]] = {
    Kind.TIMED: ("object",),
    Kind.THINGS: ("target", "object"),
}
_ABOUT_DAYS = frozenset({When.NEAR, When.LAST_DAY})
_SINCE_CODED = frozenset(
    place
    for place, rule in enumerate(RULES)
    if rule.id not in {"at-risk", "due-soon", "update-missing"}
    and not any(cause.when in _ABOUT_DAYS for cause in CAUSES.get(rule.id, ()))
)
"""The rules that hold since the very instant they follow."""


def tallies(store: Store, view: View, *, folds: bool, lines: bool) -> Iterator[Tally]:
    """The sources of a view, those of tasks about which no limit runs first.

    ``folds``: missing news of a project is one line. ``lines``: what limits say is read line by
    line, and counted here.
    """
    of = view.conditions
    for number in range(len(of.sources)):
        counted = view.asked(store, ("counts", number), partial(_counting, of, number))
        yield _tallied(view, Kind.PLAIN, number, counted, folds=folds)
    limited = _limited(of, postgres=store.postgres)
    for kind, line in ((Kind.TIMED, limited.tasks), (Kind.THINGS, limited.things)):
        if line is None:
            continue
        if lines:
            write = partial(alert_timers.coded, line, _ABOUT[kind])
            coded = view.asked(store, (kind, "lines"), write)
            yield _tallied(view, kind, line, _counted(coded), folds=folds)._replace(coded=coded)
        else:
            counted = view.asked(store, kind, partial(alert_timers.counts, line))
            yield _tallied(view, kind, line, counted, folds=folds)


def _tallied(
    view: View, kind: Kind, source: Any, counted: Sequence[tuple[int, ...]], *, folds: bool
) -> Tally:
    counts: dict[int, int] = {}
    silent = set()
    for place, project, count in counted:
        if place == UPDATE_MISSING and folds:
            silent.add(ProjectId(project))
        else:
            counts[place] = counts.get(place, 0) + count
    return Tally(view, kind, source, counts, frozenset(silent))


def _counting(of: Conditions, number: int) -> Any:
    """Place, project, count: how many tasks of a source have which worst rule."""
    where, places = of.sources[number].where, of.sources[number].places
    project, count = _TASK.project, fn.COUNT(_TASK.id)
    if len(places) == 1:
        (place,) = places.values()
        return _TASK.select(SQL(str(place)), project, count).where(where).group_by(project)
    query = _TASK.select(of.worst(places), project, count).where(where)
    return query.group_by(SQL("1"), SQL("2"))


def _counted(coded: Sequence[tuple[Any, ...]]) -> list[tuple[int, int, int]]:
    """The same of lines about which limits run."""
    pairs = Counter((alert_timers.place_in(code), project) for code, project, *_ in coded)
    return [(place, project, count) for (place, project), count in pairs.items()]


def worst(
    coded: Sequence[tuple[Any, ...]],
    places: Collection[int],
    limit: int,
    last: tuple[Any, ...] | None,
) -> list[tuple[Any, ...]]:
    """What the ``limit`` worst lines of each of these rules are about.

    ``last``: the order of a line that nothing less bad than it is asked for.
    """
    left = dict.fromkeys(places, limit)
    found = []
    for code, _, *about in sorted(coded, key=itemgetter(0, slice(2, None))):
        place = alert_timers.place_in(code)
        if left.get(place) and not (last and _is_beyond(code, place, last)):
            left[place] -= 1
            found.append(tuple(about))
    return found


def _is_beyond(code: int, place: int, last: tuple[Any, ...]) -> bool:
    """Whether a line with that code comes after ``last``, as far as the code tells."""
    rank: int = last[0]
    since: datetime = last[1]
    if RANK[place] != rank:
        return RANK[place] > rank
    return place in _SINCE_CODED and _told(alert_timers.instant_in(code)) > since


def _told(instant: int) -> datetime:
    told: datetime = _CODED.python_value(instant)
    return told


class _Limited(NamedTuple):
    """The lines about which limits run; None where the scope holds none."""

    tasks: Any
    things: Any


@lru_cache(maxsize=64)
def _limited(of: Conditions, *, postgres: bool) -> _Limited:
    return _Limited(
        alert_timers.tasks_with_timers(of, postgres=postgres), alert_timers.things_with_timers(of)
    )
