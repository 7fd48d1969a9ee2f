"""From what was selected to lines: the rules decide, and say in which order they stand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from core.domain.ids import PersonId, TaskId
from core.domain.status import State
from core.domain.timers import Target
from core.domain.trouble import UNRESOLVED
from core.policies.causes import TaskFacts
from core.policies.rules import RULES, Alert, Rule, alert_for
from core.policies.timer_causes import TimerFacts, follows
from core.queries.alert_sources import Condition, View
from core.queries.alert_timers import visible
from core.queries.by_ids import among_ids, rows_of
from core.queries.horizons import Ruled
from core.store.database import Store
from core.store.rhythm_tables import IssueTable, TimerTable
from core.store.rows import Reading
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
_FACTS = TaskFacts._fields[: TaskFacts._fields.index("mine_to_accept")]
"""What stands on the task itself, in the order of the facts."""
_COLUMNS = tuple(_TASK._meta.fields[name] for name in _FACTS)
_READING = Reading((_TASK.id, _TASK.project, *_COLUMNS))
_WIDTH = 2 + len(_COLUMNS)


def order_of(alert: Alert, moment: datetime, thing: Thing) -> tuple[Any, ...]:
    """Worst first: by bucket, light, and how long it has lasted."""
    rule = alert.rule
    return (RANKS[rule.bucket, rule.light], alert.since, moment, thing[1], thing[0].value)


def from_source(
    store: Store, view: View, number: int, *, places: Collection[int], limit: int
) -> list[Found]:
    """The ``limit`` worst tasks of a source, by its number, whose worst rule is one of these."""
    wanted = {
        rule: place
        for rule, place in view.conditions.sources[number].places.items()
        if place in places
    }
    found = view.asked(
        store,
        ("worst of", number, tuple(wanted), limit),
        lambda: _worst(view, number, wanted).limit(limit),
    )
    return [one for row in found if (one := _task_line(view, row, (), {})) is not None]


def _worst(view: View, number: int, wanted: Mapping[str, int]) -> Any:
    """Ordered by nothing but a column where one rule is wanted: an index may have that order."""
    of, source = view.conditions, view.conditions.sources[number]
    query = _select(view).where(source.where)
    if len(wanted) < len(source.held):
        query = query.where(of.worst(source.places).in_(list(wanted.values())))
    ranks = {rule: RANK[place] for rule, place in wanted.items()}
    moments = {rule: _TASK._meta.fields[RULES[place].follows] for rule, place in wanted.items()}
    order = [of.worst(ranks)] if len(set(ranks.values())) > 1 else []
    return query.order_by(*order, of.worst(moments), _TASK.id)


def tasks(
    store: Store, view: View, numbers: Sequence[int], *, source: int | None = None
) -> list[Found]:
    """The lines of these tasks, with the limits that run about them; no order.

    ``source``: only those of that source.
    """
    if not numbers:
        return []

    def write() -> Any:
        query = _select(view).where(among_ids(_TASK.id, postgres=store.postgres))
        if source is None:
            return query
        return query.where(view.conditions.sources[source].where)

    rows = view.asked(store, ("lines of tasks", source), write, ids=numbers)
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

    def write() -> Any:
        columns = (TimerTable.target, TimerTable.object, TimerTable.project)
        about = among_ids(TimerTable.object, postgres=store.postgres) & TimerTable.task.is_null()
        return TimerTable.select(*columns, *_TIMER_COLUMNS).where(_open(view) & about)

    rows = view.asked(store, "lines of things", write, ids=numbers)
    running: dict[Thing, list[TimerFacts]] = {}
    homes: dict[Thing, Ruled] = {}
    for target, number, project, *rest in map(_THING_READING.values, rows):
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

    def write() -> Any:
        wanted = among_ids(column, postgres=store.postgres)
        query = TimerTable.select(column, *_TIMER_COLUMNS).where(_open(view) & wanted)
        return query.order_by(TimerTable.id)

    found: dict[int, tuple[TimerFacts, ...]] = {}
    reading = Reading((column, *_TIMER_COLUMNS))
    rows = view.asked(store, ("timers", column.name), write, ids=numbers)
    for number, *rest in map(reading.values, rows):
        found[number] = (*found.get(number, ()), TimerFacts(*rest))
    return found


def _open(view: View) -> Condition:
    return TimerTable.ended.is_null() & visible(view.conditions.viewer)


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

    def write() -> Any:
        late = IssueTable.state.in_(list(UNRESOLVED)) & (IssueTable.late == True)  # noqa: E712
        wanted = late & among_ids(column, postgres=store.postgres)
        return IssueTable.select(*columns).where(wanted).order_by(IssueTable.reported.desc())

    rows = rows_of(store, ("late issues", column.name), write, numbers)
    return dict(map(Reading(columns).values, rows))


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
    number, project, *values = _READING.values(row[:_WIDTH])
    accept, waits = row[_WIDTH:] or (False, False)
    about = [bool(accept), bool(waits), running, late.get(number)]
    facts = TaskFacts(*values, *about)
    return _line((Target.TASK, number), view.homes[project], view, facts)


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
