"""What needs attention, for one viewer: the lines of the alert pane, and their counts.

The store selects by index, and counts; the rules of core.policies.rules decide. What is selected
falls into sources that share no task, so that nothing counts twice. What the viewer has made
quiet is taken away at the end, line by line: it is never much.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from peewee import SQL, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.notices import Quiet
from core.domain.status import Bucket
from core.domain.timers import Target
from core.policies.rules import RULES, UPDATE_MISSING
from core.queries import alert_folds, alert_lines, alert_timers, quiet
from core.queries.alert_lines import RANK, Found, Thing
from core.queries.alert_plans import plans
from core.queries.alert_rows import AlertRow, rows
from core.queries.alert_sources import PLACES, Condition, Conditions, Question, Scope, View
from core.queries.horizons import groups
from core.queries.ladders import Ladders, everybody
from core.store.database import Store
from core.store.tables import TaskTable

__all__ = ["AlertRow", "Alerts", "Scope", "alert_counts", "alerts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The worst lines first, and how many there are of each bucket in all."""

    rows: tuple[AlertRow, ...]
    counts: Mapping[Bucket, int]
    """Without what the viewer has made quiet."""
    quiet: tuple[AlertRow, ...] = ()
    """What the viewer has made quiet, worst first."""


class _Kind(StrEnum):
    """What a source selects."""

    PLAIN = "plain"
    """Tasks about which no limit runs."""
    TIMED = "timed"
    """Tasks about which one does."""
    THINGS = "things"
    """Issues, entries and projects without a task, about which one does."""


class _Tally(NamedTuple):
    """A source, with how many of its lines have which worst rule, by its place in RULES."""

    view: View
    kind: _Kind
    source: Any
    """The place of a condition on tasks; a subquery of lines where limits run."""
    counts: Mapping[int, int]
    """Without missing news where that is folded."""
    silent: frozenset[ProjectId]
    """Where it is: the projects in which news is missing."""


_TASK: Any = TaskTable


class _Asking:
    """One question, as it is answered."""

    def __init__(self, store: Store, question: Question, now: datetime, *, rows: bool) -> None:
        self.store = store
        self.question = question
        self.now = now
        needs_people = rows or question.scope != "all"
        self.ladders = Ladders(everybody(store) if needs_people else {})
        found = groups(store, now=now, project=question.project)
        self.views = [View(group, question, self.ladders) for group in found]
        self.tallies = [one for view in self.views for one in self._tally(view)]
        self.plans = plans(store, self.views)
        self.folds: dict[int, list[Found]] = {}
        self.hushed = self._hushed()

    def _tally(self, view: View) -> Iterator[_Tally]:
        """The sources of a view; one statement each."""
        of, store = view.conditions, self.store
        for place, source in enumerate(of.sources):
            counted = view.asked(store, ("counts", place), partial(_counting, of, source))
            yield self._tallied(view, _Kind.PLAIN, place, counted)
        lines = _limited(of, postgres=store.postgres)
        for kind, line in ((_Kind.TIMED, lines.tasks), (_Kind.THINGS, lines.things)):
            if line is not None:
                counted = view.asked(store, kind, partial(alert_timers.counts, line))
                yield self._tallied(view, kind, line, counted)

    def _tallied(
        self, view: View, kind: _Kind, source: Any, counted: Sequence[tuple[int, ...]]
    ) -> _Tally:
        counts: dict[int, int] = {}
        silent = set()
        for place, project, count in counted:
            if place == UPDATE_MISSING and self.question.folds:
                silent.add(ProjectId(project))
            else:
                counts[place] = counts.get(place, 0) + count
        return _Tally(view, kind, source, counts, frozenset(silent))

    def counts(self) -> dict[Bucket, int]:
        """How many lines there are of each bucket, without those that are quiet."""
        counted = dict.fromkeys(Bucket, 0)
        for place, count in self._counted():
            counted[RULES[place].bucket] += count
        for one in self.plans:
            counted[one.alert.rule.bucket] += 1
        for one, _ in self.hushed.values():
            counted[one.alert.rule.bucket] -= 1
        return counted

    def _counted(self) -> list[tuple[int, int]]:
        silent = {project for tally in self.tallies for project in tally.silent}
        pairs = [pair for tally in self.tallies for pair in tally.counts.items()]
        return [*pairs, (UPDATE_MISSING, len(silent))] if silent else pairs

    # Lines

    def lines(self, *, limit: int) -> list[Found]:
        """The ``limit`` worst lines that are not quiet."""
        enough = limit + len(self.hushed)
        found = list(self.plans)
        for tally in self.tallies:
            if tally.counts and self._matters(min(RANK[place] for place in tally.counts), enough):
                found += self._select(tally, limit=enough)
        if self._matters(RANK[UPDATE_MISSING], enough):
            found += self._folded()
        found = [one for one in found if one.thing not in self.hushed]
        return sorted(found, key=attrgetter("order"))[:limit]

    def _matters(self, best: int, limit: int) -> bool:
        """Whether lines of that rank can be among the ``limit`` worst ones."""
        return sum(count for place, count in self._counted() if RANK[place] < best) < limit

    def _select(self, tally: _Tally, *, limit: int) -> list[Found]:
        """The worst of a source, decided by the rules."""
        view, store, source = tally.view, self.store, tally.source
        if tally.kind is _Kind.PLAIN:
            folds = bool(tally.silent)
            return alert_lines.from_source(store, view, source, limit=limit, but=folds)
        places = [place for place in tally.counts if self._matters(RANK[place], limit)]
        timed = tally.kind is _Kind.TIMED
        columns = ("object",) if timed else ("target", "object")
        found = view.asked(
            store,
            ("worst", tally.kind, tuple(places), limit),
            lambda: alert_timers.worst(source, places, columns, limit=limit),
        )
        if timed:
            return alert_lines.tasks(store, view, [row[0] for row in found])
        wanted = [(Target(target), number) for target, number in found]
        return alert_lines.things(store, view, wanted)

    def _folded(self) -> list[Found]:
        """The lines of projects in which news is missing; read once."""
        return [one for view in self.views for one in self._folded_in(view)]

    def _folded_in(self, view: View) -> list[Found]:
        known = self.folds.get(id(view))
        if known is None:
            silent: list[Any] = []
            for tally in self.tallies:
                if tally.view is view and tally.silent:
                    if tally.kind is _Kind.PLAIN:
                        silent += alert_folds.of_source(self.store, view, tally.source)
                    else:
                        silent += alert_folds.of_line(self.store, view, tally.source)
            known = self.folds[id(view)] = alert_folds.folded(view, silent)
        return known

    # Quiet

    def _hushed(self) -> dict[Thing, tuple[Found, Quiet]]:
        """The lines that the viewer has made quiet, and that stay so."""
        asked = quiet.active(self.store, self.question.viewer, self.now)
        if not asked:
            return {}
        found = [one for one in self.plans if one.thing in asked]
        for view in self.views:
            found += self._lines_of(view, asked)
        return {
            one.thing: (one, asked[one.thing])
            for one in found
            if one.thing in asked and quiet.holds(asked[one.thing], one)
        }

    def _lines_of(self, view: View, wanted: Mapping[Thing, Quiet]) -> list[Found]:
        numbers = [number for target, number in wanted if target is Target.TASK]
        found: list[Found] = []
        for tally in self.tallies:
            if tally.view is not view or not (tally.counts or tally.silent):
                continue
            if tally.kind is _Kind.PLAIN:
                found += alert_lines.tasks(
                    self.store, view, numbers, within=view.conditions.sources[tally.source]
                )
            else:
                found += self._timed_of(tally, wanted)
        folded = any(target is Target.PROJECT for target, _ in wanted)
        if self.question.folds:
            found = [one for one in found if one.alert.rule.id != RULES[UPDATE_MISSING].id]
            found += self._folded_in(view) if folded else []
        return found

    def _timed_of(self, tally: _Tally, wanted: Mapping[Thing, Quiet]) -> list[Found]:
        line, timed = tally.source, tally.kind is _Kind.TIMED
        numbers = [number for target, number in wanted if (target is Target.TASK) is timed]
        if not numbers:
            return []
        if timed:
            query = alert_timers.among(line, ("object",), numbers)
            known = [row[0] for row in tally.view.rows(self.store, query)]
            return alert_lines.tasks(self.store, tally.view, known)
        query = alert_timers.among(line, ("target", "object"), numbers)
        things = {(Target(target), number) for target, number in tally.view.rows(self.store, query)}
        return alert_lines.things(self.store, tally.view, things & set(wanted))


def _counting(of: Conditions, source: Condition) -> Any:
    query = _TASK.select(of.rule(PLACES), _TASK.project, fn.COUNT(_TASK.id)).where(source)
    return query.group_by(SQL("1"), SQL("2"))


class _Limited(NamedTuple):
    """The lines about which limits run; None where the scope holds none."""

    tasks: Any
    things: Any


@lru_cache(maxsize=64)
def _limited(of: Conditions, *, postgres: bool) -> _Limited:
    return _Limited(
        alert_timers.tasks_with_timers(of, postgres=postgres), alert_timers.things_with_timers(of)
    )


def alerts(
    store: Store,
    *,
    viewer: PersonId | None,
    scope: Scope,
    project: ProjectId | None,
    now: datetime,
    limit: int = 200,
) -> Alerts:
    """What needs attention at ``now``, worst first: by bucket, light, and how long it lasts.

    ``project`` narrows the scope to one; None means every project.
    """
    asking = _Asking(store, Question(viewer, scope, project), now, rows=True)
    found = asking.lines(limit=limit)
    hushed = sorted(asking.hushed.values(), key=lambda pair: pair[0].order)
    marks = {one.thing: quiet.mark(said, asking.ladders.name(viewer)) for one, said in hushed}
    told = rows(
        store,
        [*found, *(one for one, _ in hushed)],
        viewer=viewer,
        ladders=asking.ladders,
        quiet=marks,
    )
    return Alerts(rows=told[: len(found)], counts=asking.counts(), quiet=told[len(found) :])


def alert_counts(
    store: Store,
    *,
    viewer: PersonId | None,
    scope: Scope,
    project: ProjectId | None,
    now: datetime,
) -> Mapping[Bucket, int]:
    """How many alerts of each bucket there are; only quiet ones are read into memory."""
    return _Asking(store, Question(viewer, scope, project), now, rows=False).counts()
