"""What needs attention, for one viewer: the lines of the alert pane, and their counts.

The store selects by index, and counts; the rules of core.policies.alerts decide. What is selected
falls into sources that share no task, so that nothing counts twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Bucket, Light, State
from core.policies.alerts import RULES, Acts, Alert, TaskFacts, alert_for
from core.queries.alert_sources import Condition, Question, Scope, View
from core.queries.horizons import Ruled, groups
from core.store.database import Store
from core.store.rows import converter
from core.store.tables import BlockTable, PersonTable, TaskTable


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
_DUE = converter(_TASK.due)


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
    question = Question(viewer, scope, project)
    found: list[_Found] = []
    counted: dict[Bucket, int] = dict.fromkeys(Bucket, 0)
    for group in groups(store, now=now, project=project):
        views = View(group, question)
        _count(store, views, counted)
        for source in views.sources():
            found += _select(store, views, source, limit=limit)
    found.sort(key=itemgetter(3))
    return Alerts(rows=_rows(store, found[:limit]), counts=counted)


def alert_counts(
    store: Store,
    *,
    viewer: PersonId | None,
    scope: Scope,
    project: ProjectId | None,
    now: datetime,
) -> Mapping[Bucket, int]:
    """How many alerts of each bucket there are; no task is read into memory."""
    question = Question(viewer, scope, project)
    counted: dict[Bucket, int] = dict.fromkeys(Bucket, 0)
    for group in groups(store, now=now, project=project):
        _count(store, View(group, question), counted)
    return counted


def _count(store: Store, view: View, counted: dict[Bucket, int]) -> None:
    """Add what the sources hold to the counts of their buckets."""
    rule = view.rule(tuple(range(len(RULES))))
    for source in view.sources():
        query = _TASK.select(rule, fn.COUNT(_TASK.id)).where(source).group_by(1)
        for place, count in store.rows(query):
            counted[RULES[place].bucket] += count


def _select(store: Store, view: View, source: Condition, *, limit: int) -> list[_Found]:
    """The worst of a source, decided by the rules."""
    personal = [view.mine_to_accept, view.waits_for_me] if view.question.viewer else []
    columns = (_TASK.id, _TASK.project, _TASK.urgent, *_COLUMNS, *personal)
    moment = view.rule(tuple(_TASK._meta.fields[rule.follows] for rule in RULES))
    query = _TASK.select(*columns).where(source)
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
    columns = (_TASK.id, _TASK.key, _TASK.title, _TASK.state, _TASK.owner, _TASK.acceptor)
    query = _TASK.select(*columns, _TASK.due).where(_TASK.id.in_(numbers))
    tasks = {row[0]: row[1:] for row in store.rows(query)} if numbers else {}
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
        state=State(state),
        rule=alert.rule.id,
        others=alert.others,
        bucket=alert.rule.bucket,
        light=alert.rule.light,
        since=alert.since,
        actor=actors[alert.rule.acts],
        owner_name=names.get(owner, ""),
        due=_DUE(due) if _DUE else due,
        blocked_reason=spell.reason if spell else "",
        waiting_for=spell.waiting_for if spell else "",
    )
