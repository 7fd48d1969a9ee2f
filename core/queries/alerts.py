"""What needs attention, for one viewer: the lines of the alert pane, and their counts.

The store selects by index, and counts; the rules of core.policies.alerts decide. What is selected
falls into sources that share no task, so that nothing counts twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import SQL, fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Bucket, Light, State
from core.policies.alerts import RULES, Acts, Alert, TaskFacts, alert_for
from core.queries.alert_sources import Condition, Question, Scope, View
from core.queries.horizons import Ruled, groups
from core.store.database import Store
from core.store.rows import Reading, converter
from core.store.tables import PersonTable, TaskTable
from core.store.told_tables import BlockTable


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One line of the alert pane: one task, its worst cause. Times are UTC."""

    task: TaskId
    key: str
    title: str
    project: ProjectId
    project_key: str
    state: State
    rule: str
    """The id of the worst rule that holds; one of core.policies.alerts.RULES."""
    others: tuple[str, ...]
    """The other rules that hold, worst first."""
    bucket: Bucket
    light: Light
    since: datetime
    actor: str
    """The name of who must act; for a blocked task, whom or what it waits for, in words."""
    owner_name: str
    """Empty without an owner."""
    due: datetime | None
    blocked_reason: str
    """Empty unless blocked; so is ``waiting_for``."""
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The worst lines first, and how many there are of each bucket in all."""

    rows: tuple[AlertRow, ...]
    counts: Mapping[Bucket, int]


class _Tally(NamedTuple):
    """A source, with how many of its tasks have which worst rule, by its place in RULES."""

    view: View
    source: Condition
    counts: Mapping[int, int]


class _Found(NamedTuple):
    """A task with its alert, before names are looked up."""

    task: TaskId
    home: Ruled
    alert: Alert
    order: tuple[Any, ...]


_TASK: Any = TaskTable
_RANKS = {
    pair: place
    for place, pair in enumerate(dict.fromkeys((rule.bucket, rule.light) for rule in RULES))
}
_RANK = tuple(_RANKS[rule.bucket, rule.light] for rule in RULES)
_FACTS = ("due", "blocked_since", "updated", "submitted", "priority", "state")
_COLUMNS = tuple(_TASK._meta.fields[name] for name in _FACTS)
_READERS = tuple(converter(column) for column in _COLUMNS)


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
    tallies = _tallies(store, Question(viewer, scope, project), now)
    found: list[_Found] = []
    for tally in tallies:
        if _matters(tally, tallies, limit=limit):
            found += _select(store, tally, limit=limit)
    found.sort(key=itemgetter(3))
    return Alerts(rows=_rows(store, found[:limit]), counts=_by_bucket(tallies))


def alert_counts(
    store: Store,
    *,
    viewer: PersonId | None,
    scope: Scope,
    project: ProjectId | None,
    now: datetime,
) -> Mapping[Bucket, int]:
    """How many alerts of each bucket there are; no task is read into memory."""
    return _by_bucket(_tallies(store, Question(viewer, scope, project), now))


def _tallies(store: Store, question: Question, now: datetime) -> list[_Tally]:
    """The sources, with how many tasks each rule has there; one statement a source."""
    tallies = []
    for group in groups(store, now=now, project=question.project):
        view = View(group, question)
        rule = view.rule(tuple(range(len(RULES))))
        for source in view.sources():
            query = _TASK.select(rule, fn.COUNT(_TASK.id)).where(source).group_by(SQL("1"))
            tallies.append(_Tally(view, source, dict(store.rows(query))))
    return tallies


def _by_bucket(tallies: Sequence[_Tally]) -> dict[Bucket, int]:
    counted = dict.fromkeys(Bucket, 0)
    for tally in tallies:
        for place, count in tally.counts.items():
            counted[RULES[place].bucket] += count
    return counted


def _matters(tally: _Tally, tallies: Sequence[_Tally], *, limit: int) -> bool:
    """Whether any of its tasks can be among the ``limit`` worst ones."""
    if not tally.counts:
        return False
    best = min(_RANK[place] for place in tally.counts)
    worse = ((place, count) for one in tallies for place, count in one.counts.items())
    return sum(count for place, count in worse if _RANK[place] < best) < limit


def _select(store: Store, tally: _Tally, *, limit: int) -> list[_Found]:
    """The worst of a source, decided by the rules."""
    view = tally.view
    personal = [view.mine_to_accept, view.waits_for_me] if view.question.viewer else []
    columns = (_TASK.id, _TASK.project, _TASK.urgent, *_COLUMNS, *personal)
    moment = view.rule(tuple(_TASK._meta.fields[rule.follows] for rule in RULES))
    query = _TASK.select(*columns).where(tally.source)
    query = query.order_by(view.rule(_RANK), moment, _TASK.id).limit(limit)
    found = []
    for row in store.rows(query):
        facts = _facts(row)
        alert = alert_for(facts, view.at)
        if alert is not None:
            order = _order(alert, facts, row[0])
            found.append(_Found(row[0], view.homes[row[1]], alert, order))
    return found


def _facts(row: tuple[Any, ...]) -> TaskFacts:
    read = zip(_FACTS, _READERS, row[3:9], strict=True)
    values = {name: reader(value) if reader else value for name, reader, value in read}
    accept, waits = row[9:] or (False, False)
    return TaskFacts(
        **values, urgent=bool(row[2]), mine_to_accept=bool(accept), waits_for_me=bool(waits)
    )


def _order(alert: Alert, facts: TaskFacts, task: TaskId) -> tuple[Any, ...]:
    rule = alert.rule
    return (_RANKS[rule.bucket, rule.light], alert.since, getattr(facts, rule.follows), task)


def _rows(store: Store, found: Sequence[_Found]) -> tuple[AlertRow, ...]:
    """The lines with their names: three statements, however many lines."""
    numbers = [one.task for one in found]
    people = (_TASK.owner, _TASK.acceptor)
    columns = (_TASK.id, _TASK.key, _TASK.title, _TASK.state, *people, _TASK.due)
    query = _TASK.select(*columns).where(_TASK.id.in_(numbers))
    read = map(Reading(columns).values, store.rows(query)) if numbers else ()
    tasks = {row[0]: tuple(row[1:]) for row in read}
    spells = _spells(store, numbers) if numbers else {}
    names = _names(store, tasks, found)
    return tuple(_row(one, tasks[one.task], spells.get(one.task), names) for one in found)


class _Spell(NamedTuple):
    """Why a task is blocked."""

    reason: str
    waiting_for: str


def _spells(store: Store, numbers: Sequence[TaskId]) -> dict[TaskId, _Spell]:
    """The open block spell of each task that has one."""
    table = BlockTable
    query = table.select(table.task, table.reason, table.waiting_for).order_by(table.started)
    query = query.where(table.task.in_(numbers) & table.ended.is_null())
    return {task: _Spell(reason, awaited) for task, reason, awaited in store.rows(query)}


def _names(
    store: Store, tasks: Mapping[TaskId, tuple[Any, ...]], found: Sequence[_Found]
) -> Mapping[PersonId | None, str]:
    wanted = {person for row in tasks.values() for person in row[3:5]}
    wanted |= {person for one in found for person in (one.home.lead, one.home.head)}
    numbers = sorted(wanted - {None})
    query = PersonTable.select(PersonTable.id, PersonTable.name).where(PersonTable.id.in_(numbers))
    return dict(store.rows(query)) if numbers else {}


def _row(
    found: _Found,
    task: tuple[Any, ...],
    spell: _Spell | None,
    names: Mapping[PersonId | None, str],
) -> AlertRow:
    key, title, state, owner, acceptor, due = task
    home, alert = found.home, found.alert
    acceptor = acceptor or home.acceptor
    by_owner = acceptor if state == State.REVIEW or owner is None else owner
    awaited = spell.waiting_for if spell else names.get(owner, "")
    actors = {
        Acts.OWNER: names.get(by_owner, ""),
        Acts.ACCEPTOR: names.get(acceptor, ""),
        Acts.AWAITED: awaited,
        Acts.HEAD: names.get(home.head or acceptor, ""),
    }
    return AlertRow(
        task=found.task,
        key=key,
        title=title,
        project=home.id,
        project_key=home.key,
        state=state,
        rule=alert.rule.id,
        others=alert.others,
        bucket=alert.rule.bucket,
        light=alert.rule.light,
        since=alert.since,
        actor=actors[alert.rule.acts],
        owner_name=names.get(owner, ""),
        due=due,
        blocked_reason=spell.reason if spell else "",
        waiting_for=spell.waiting_for if spell else "",
    )
