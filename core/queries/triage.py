"""What waits for a decision: one list for leads, the costliest to leave waiting first.

What is amiss say the rules of core.policies.rules, what it costs core.policies.waiting_cost.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from core.domain.ids import PersonId, ProjectId
from core.domain.timers import Target
from core.policies.waiting_cost import Cost, Waiting, cost_of
from core.queries import alert_lines, quiet
from core.queries.alert_lines import Found, Thing
from core.queries.alert_rows import AlertRow
from core.queries.alert_rows import rows as alert_rows
from core.queries.alert_sources import Question, Scope, View
from core.queries.horizons import groups
from core.queries.ladders import Ladders, everybody
from core.queries.triage_costs import Edge, Item, items
from core.queries.triage_facts import About, TriageFacts, facts
from core.records import dataclass
from core.store.database import Store

__all__ = ["About", "Triage", "TriageFacts", "TriageRow", "Window", "facts", "triage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRow:
    """One line: an item with its causes, and what its waiting costs."""

    alert: AlertRow
    """All its causes in one."""
    waiting: Waiting
    cost: Cost

    @property
    def about(self) -> About:
        """What it is about."""
        return About(self.alert.target, self.alert.object, self.alert.task)

    @property
    def mark(self) -> str:
        """Names the line as long as it lasts, such as ``task:7``."""
        return f"{self.alert.target.value}:{self.alert.object}"

    @property
    def edge(self) -> Edge:
        """Its place in the order."""
        return (-self.cost.hours, self.alert.target.value, self.alert.object)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """The costliest lines first, and how many there are in all."""

    rows: tuple[TriageRow, ...]
    total: int
    """Without what the viewer has acknowledged or snoozed."""


class Window(NamedTuple):
    """Which lines of the list are wanted."""

    limit: int = 200
    after: Edge | None = None
    """Only what follows it."""


FIRST: Final = Window()


def triage(
    store: Store,
    *,
    viewer: PersonId | None,
    scope: Scope,
    project: ProjectId | None,
    now: datetime,
    window: Window = FIRST,
) -> Triage:
    """What somebody must decide at ``now``, costliest first.

    Every item is weighed, so that the order is true however many there are; only those that are
    shown are read with names and all causes.
    """
    ladders = Ladders(everybody(store))
    question = Question(viewer, scope, project)
    views = [View(group, question, ladders) for group in groups(store, now=now, project=project)]
    found = items(store, views)
    hushed = _hushed(store, found, viewer=viewer, now=now)
    found = [one for one in found if one.thing not in hushed]
    rest = [one for one in found if window.after is None or one.edge > window.after]
    shown = rest[: window.limit]
    lines = _lines(store, shown)
    kept = [one for one in shown if one.thing in lines]
    told = alert_rows(
        store, [lines[one.thing] for one in kept], viewer=viewer, ladders=ladders, quiet={}
    )
    rows = (
        TriageRow(alert=alert, waiting=one.waiting, cost=cost_of(one.waiting))
        for alert, one in zip(told, kept, strict=True)
    )
    return Triage(rows=tuple(rows), total=len(found))


def _lines(store: Store, wanted: Sequence[Item]) -> Mapping[Thing, Found]:
    """All causes of these items, by what they are about."""
    views = {id(one.view): one.view for one in wanted}
    found: list[Found] = []
    for number, view in views.items():
        here = [one.thing for one in wanted if id(one.view) == number]
        tasks = [one for target, one in here if target is Target.TASK]
        found += alert_lines.tasks(store, view, tasks)
        found += alert_lines.things(store, view, [one for one in here if one[0] != Target.TASK])
    return {one.thing: one for one in found}


def _hushed(
    store: Store, found: Sequence[Item], *, viewer: PersonId | None, now: datetime
) -> frozenset[Thing]:
    """What the viewer has acknowledged or snoozed, and that stays so."""
    asked = quiet.active(store, viewer, now)
    lines = _lines(store, [one for one in found if one.thing in asked]) if asked else {}
    return frozenset(thing for thing, line in lines.items() if quiet.holds(asked[thing], line))
