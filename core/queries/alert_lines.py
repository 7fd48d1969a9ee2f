"""From what was selected to lines: the rules decide, and say in which order they stand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core.domain.ids import PersonId, TaskId
from core.domain.status import State
from core.domain.timers import Target
from core.domain.trouble import UNRESOLVED
from core.policies.causes import TaskFacts
from core.policies.rules import RULES, Alert, Rule, alert_for
from core.policies.timer_causes import TimerFacts, follows
from core.queries.alert_sources import PLACES, Condition, View
from core.queries.alert_timers import visible
from core.queries.horizons import Ruled
from core.store.database import Store
from core.store.rhythm_tables import IssueTable, TimerTable
from core.store.rows import Reading, converter
from core.store.tables import TaskTable

Thing = tuple[Target, int]
"""What a line is about: a kind of record, and its id."""


class Missing(NamedTuple):
    """Whose news is missing in a project (D17)."""

    tasks: int
    """How many lack it."""
    owners: tuple[PersonId, ...]
    """Whose tasks they are; who owes most first."""


class Found(NamedTuple):
    """A line before names are looked up."""

    target: Target
    object: int
    task: TaskId | None
    home: Ruled
    view: View
    alert: Alert
    facts: TaskFacts
    order: tuple[Any, ...]
    missing: Missing | None = None
    """Of a line that stands for several tasks."""

    @property
    def thing(self) -> Thing:
        """What it is about."""
        return self.target, self.object


RANKS: Mapping[tuple[Any, Any], int] = {
    pair: place
    for place, pair in enumerate(dict.fromkeys((rule.bucket, rule.light) for rule in RULES))
}
RANK = tuple(RANKS[rule.bucket, rule.light] for rule in RULES)
"""How bad each rule is, by its place; 0 is worst."""

_TASK: Any = TaskTable
_FACTS = (
    *("due", "blocked_since", "updated", "submitted", "priority", "state"),
    *("progress", "start", "created", "urgent"),
)
_COLUMNS = tuple(_TASK._meta.fields[name] for name in _FACTS)
_READERS = tuple(converter(column) for column in _COLUMNS)


def order_of(alert: Alert, moment: datetime, thing: Thing) -> tuple[Any, ...]:
    """Worst first: by bucket, light, and how long it has lasted."""
    rule = alert.rule
    return (RANKS[rule.bucket, rule.light], alert.since, moment, thing[1], thing[0].value)


def from_source(
    store: Store, view: View, source: int, *, limit: int, but: bool = False
) -> list[Found]:
    """The worst tasks of a source about which no limit runs.

    ``but``: leave out those whose worst is that news is missing.
    """
    of = view.conditions
    moments = [_TASK._meta.fields[RULES[place].follows] for place in PLACES]

    def write() -> Any:
        rule = of.rule
        query = _select(view).where(of.sources[source])
        if but:
            query = query.where(rule(PLACES) != PLACES[-1])
        ranks = [RANK[place] for place in PLACES]
        return query.order_by(rule(ranks), rule(moments), _TASK.id).limit(limit)

    found = view.asked(store, ("worst of", source, limit, but), write)
    return [one for row in found if (one := _task_line(view, row, (), {})) is not None]


def tasks(
    store: Store, view: View, numbers: Sequence[int], *, within: Condition = None
) -> list[Found]:
    """The lines of these tasks, with the limits that run about them; no order."""
    if not numbers:
        return []
    query = _select(view).where(_TASK.id.in_(list(numbers)))
    if within is not None:
        query = query.where(within)
    rows = view.rows(store, query)
    running = timers(store, view, TimerTable.task, numbers)
    late = late_issues(store, IssueTable.task, numbers)
    found = (_task_line(view, row, running.get(row[0], ()), late) for row in rows)
    return [one for one in found if one is not None]


def things(store: Store, view: View, wanted: Iterable[Thing]) -> list[Found]:
    """The lines of issues, entries and projects that have no task; no order."""
    known = set(wanted)
    numbers = sorted({number for _, number in known})
    if not numbers:
        return []
    columns = (TimerTable.target, TimerTable.object, TimerTable.project)
    about = TimerTable.task.is_null() & TimerTable.object.in_(numbers)
    query = TimerTable.select(*columns, *_TIMER_COLUMNS).where(_open(view) & about)
    running: dict[Thing, list[TimerFacts]] = {}
    homes: dict[Thing, Ruled] = {}
    for target, number, project, *rest in map(_THING_READING.values, view.rows(store, query)):
        if (target, number) in known:
            running.setdefault((target, number), []).append(TimerFacts(*rest))
            homes[target, number] = view.homes[project]
    late = late_issues(store, IssueTable.id, numbers)
    found = []
    for thing, known_timers in running.items():
        facts = TaskFacts(
            state=State.DRAFT,
            timers=tuple(known_timers),
            late_issue=late.get(thing[1]) if thing[0] is Target.ISSUE else None,
        )
        line = _line(thing, homes[thing], view, facts)
        found += [line] if line else []
    return found


def timers(
    store: Store, view: View, column: Any, numbers: Sequence[int]
) -> dict[int, tuple[TimerFacts, ...]]:
    """The open timers about these, as far as the viewer may know of them."""
    query = TimerTable.select(column, *_TIMER_COLUMNS).where(_open(view) & column.in_(numbers))
    found: dict[int, tuple[TimerFacts, ...]] = {}
    reading = Reading((column, *_TIMER_COLUMNS))
    for number, *rest in map(reading.values, view.rows(store, query.order_by(TimerTable.id))):
        found[number] = (*found.get(number, ()), TimerFacts(*rest))
    return found


def _open(view: View) -> Condition:
    return TimerTable.ended.is_null() & visible(viewer=view.shape.viewer)


_TIMER_COLUMNS: Any = (
    *(TimerTable.rule, TimerTable.target, TimerTable.object, TimerTable.started),
    *(TimerTable.due, TimerTable.urgent, TimerTable.person),
)
_THING_READING = Reading(
    (TimerTable.target, TimerTable.object, TimerTable.project, *_TIMER_COLUMNS)
)


def late_issues(store: Store, column: Any, numbers: Sequence[int]) -> dict[int, datetime]:
    """When unresolved issues were reported that were reported late (D7); the earliest of each."""
    columns = (column, IssueTable.reported)
    open_still = IssueTable.state.in_(list(UNRESOLVED)) & (IssueTable.late == True)  # noqa: E712
    query = IssueTable.select(*columns).where(open_still & column.in_(numbers))
    found = map(Reading(columns).values, store.rows(query.order_by(IssueTable.reported.desc())))
    return dict(found)


def _select(view: View) -> Any:
    of = view.conditions
    personal = [of.mine_to_accept, of.waits_for_me] if view.shape.viewer else []
    return _TASK.select(_TASK.id, _TASK.project, *_COLUMNS, *personal)


def _task_line(
    view: View,
    row: tuple[Any, ...],
    running: tuple[TimerFacts, ...],
    late: Mapping[int, datetime],
) -> Found | None:
    read = zip(_FACTS, _READERS, row[2 : 2 + len(_FACTS)], strict=True)
    values = {name: reader(value) if reader else value for name, reader, value in read}
    accept, waits = row[2 + len(_FACTS) :] or (False, False)
    facts = TaskFacts(
        **values,
        mine_to_accept=bool(accept),
        waits_for_me=bool(waits),
        timers=running,
        late_issue=late.get(row[0]),
    )
    return _line((Target.TASK, row[0]), view.homes[row[1]], view, facts)


def _line(thing: Thing, home: Ruled, view: View, facts: TaskFacts) -> Found | None:
    alert = alert_for(facts, view.at)
    if alert is None:
        return None
    task = TaskId(thing[1]) if thing[0] is Target.TASK else None
    order = order_of(alert, moment_of(alert.rule, facts, view), thing)
    return Found(*thing, task, home, view, alert, facts, order)


def moment_of(rule: Rule, facts: TaskFacts, view: View) -> datetime:
    """The stored instant that the rule follows."""
    if rule.follows == "timers":
        found = follows(rule.id, facts.timers, view.at)
    else:
        found = getattr(facts, rule.follows)
    assert found is not None  # noqa: S101 - the rule holds by it
    return found
