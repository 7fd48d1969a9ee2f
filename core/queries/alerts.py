"""What needs attention, for one viewer: the lines of the alert pane, and their counts.

The store selects by index, and counts; the rules of core.policies.rules decide. What is selected
falls into sources that share no task, so that nothing counts twice. What the viewer has made
quiet is taken away at the end, line by line: it is never much.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from core.domain.ids import PersonId, ProjectId
from core.domain.notices import Quiet
from core.domain.status import Bucket
from core.domain.timers import Target
from core.policies.rules import RULES, UPDATE_MISSING
from core.queries import alert_folds, alert_lines, alert_timers, quiet
from core.queries.alert_duties import duties
from core.queries.alert_lines import RANK, Found, Thing
from core.queries.alert_plans import plans
from core.queries.alert_rows import AlertRow, rows
from core.queries.alert_sources import Question, Scope, View
from core.queries.alert_tallies import Kind, Tally, tallies, worst
from core.queries.horizons import groups
from core.queries.ladders import Ladders, everybody
from core.records import dataclass
from core.store.database import Store

__all__ = ["AlertRow", "Alerts", "Scope", "alert_counts", "alerts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The worst lines first, and how many there are of each bucket in all."""

    rows: tuple[AlertRow, ...]
    counts: Mapping[Bucket, int]
    """Without what the viewer has made quiet."""
    quiet: tuple[AlertRow, ...] = ()
    """What the viewer has made quiet, worst first."""


class _Asking:
    """One question, as it is answered."""

    def __init__(self, store: Store, question: Question, now: datetime, *, rows: bool) -> None:
        self.store = store
        self.question = question
        self.now = now
        needs_people = rows or question.scope != "all" or question.viewer is not None
        self.ladders = Ladders(everybody(store) if needs_people else {})
        found = groups(store, now=now, project=question.project)
        self.views = [View(group, question, self.ladders) for group in found]
        self.tallies = [
            one
            for view in self.views
            for one in tallies(store, view, folds=question.folds, lines=rows)
        ]
        self.plans = [*plans(store, self.views), *duties(store, self.views)]
        self.folds: dict[int, list[Found]] = {}
        self.hushed = self._hushed()

    def counts(self) -> dict[Bucket, int]:
        """How many lines there are of each bucket, without those that are quiet."""
        counted = dict.fromkeys(Bucket, 0)
        for place, count in self._places():
            counted[RULES[place].bucket] += count
        for one in self.plans:
            counted[one.alert.rule.bucket] += 1
        for one, _ in self.hushed.values():
            counted[one.alert.rule.bucket] -= 1
        return counted

    def _places(self) -> list[tuple[int, int]]:
        silent = {project for tally in self.tallies for project in tally.silent}
        pairs = [pair for tally in self.tallies for pair in tally.counts.items()]
        return [*pairs, (UPDATE_MISSING, len(silent))] if silent else pairs

    # Lines

    def lines(self, *, limit: int) -> list[Found]:
        """The ``limit`` worst lines that are not quiet."""
        enough = limit + len(self.hushed)
        found = list(self.plans)
        for tally in sorted(self.tallies, key=lambda one: one.kind is not Kind.PLAIN):
            places = [place for place in tally.counts if self._matters(RANK[place], enough)]
            if places and tally.kind is Kind.PLAIN:
                found += self._plain(tally, places, limit=enough)
            elif places:
                found.sort(key=attrgetter("order"))
                last = found[enough - 1].order if len(found) >= enough else None
                found += self._timed(tally, worst(tally.coded, places, enough, last))
        if self._matters(RANK[UPDATE_MISSING], enough):
            found += self._folded()
        found = [one for one in found if one.thing not in self.hushed]
        return sorted(found, key=attrgetter("order"))[:limit]

    def _matters(self, best: int, limit: int) -> bool:
        """Whether lines of that rank can be among the ``limit`` worst ones."""
        return sum(count for place, count in self._places() if RANK[place] < best) < limit

    def _plain(self, tally: Tally, places: Sequence[int], *, limit: int) -> list[Found]:
        """The worst of a source, decided by the rules."""
        number = tally.source
        return alert_lines.from_source(self.store, tally.view, number, places=places, limit=limit)

    def _timed(self, tally: Tally, about: Sequence[tuple[Any, ...]]) -> list[Found]:
        """The lines of these, decided by the rules."""
        if tally.kind is Kind.TIMED:
            return alert_lines.tasks(self.store, tally.view, [number for (number,) in about])
        wanted = [(Target(target), number) for target, number in about]
        return alert_lines.things(self.store, tally.view, wanted)

    def _folded(self) -> list[Found]:
        """The lines of projects in which news is missing; read once."""
        return [one for view in self.views for one in self._folded_in(view)]

    def _folded_in(self, view: View) -> list[Found]:
        known = self.folds.get(id(view))
        if known is None:
            silent: list[Any] = []
            for tally in self.tallies:
                if tally.view is view and tally.silent:
                    if tally.kind is Kind.PLAIN:
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
            if tally.kind is Kind.PLAIN:
                found += alert_lines.tasks(self.store, view, numbers, source=tally.source)
            else:
                found += self._timed_of(tally, wanted)
        folded = any(target is Target.PROJECT for target, _ in wanted)
        if self.question.folds:
            found = [one for one in found if one.alert.rule.id != RULES[UPDATE_MISSING].id]
            found += self._folded_in(view) if folded else []
        return found

    def _timed_of(self, tally: Tally, wanted: Mapping[Thing, Quiet]) -> list[Found]:
        line, timed = tally.source, tally.kind is Kind.TIMED
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
