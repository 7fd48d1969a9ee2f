"""What a tick has to raise: whatever became due and was not noticed yet (law 8).

Each alert is raised once for a window, the stored instant that its rule follows: another due,
another block, another update is another window. What ended before anybody looked is not raised.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from peewee import JOIN, Case

from core.domain.ids import ProjectId, TaskId
from core.domain.timers import Target, TimerRule
from core.domain.trouble import UNRESOLVED
from core.policies.telling import PASSED, RUNNING, Parties
from core.store.database import Store
from core.store.due_tasks import due_tasks
from core.store.duty_tables import AssignmentTable
from core.store.logs import EventTable
from core.store.meetings_due import due_meetings
from core.store.noticing import Due, unnoticed
from core.store.rhythm_tables import IssueTable, TimerTable
from core.store.rows import Reading
from core.store.tables import TaskTable
from core.store.told_tables import BlockTable

_GIVEN: Final = TimerRule.ACKNOWLEDGE
PATIENCE: Final = timedelta(minutes=5)
"""How far a clock may lie behind the newest event and still be believed."""


def behind(store: Store, now: datetime) -> bool:
    """Whether ``now`` cannot be right: something happened well after it already."""
    row = store.row(EventTable.select(EventTable.at).order_by(EventTable.number.desc()).limit(1))
    if row is None:
        return False
    newest: datetime = Reading((EventTable.at,)).values(row)[0]
    return newest - now > PATIENCE


def due_now(store: Store, now: datetime, *, limit: int) -> tuple[Due, ...]:
    """What would be raised at ``now``, limits that ran out first; nothing if a clock is behind."""
    if behind(store, now):
        return ()
    return tuple(islice(_due(store, now, limit), limit))


def _due(store: Store, now: datetime, limit: int) -> Iterator[Due]:
    yield from _ran_out(store, now, limit)
    yield from _running(store, now, limit)
    yield from due_tasks(store, now, limit)
    yield from due_meetings(store, now)
    yield from _reported_late(store, limit)


def _alert(rules: Mapping[TimerRule, str]) -> Any:
    """The alert that a row of timers raises."""
    return Case(TimerTable.rule, tuple((rule.value, alert) for rule, alert in rules.items()))


class _Run(NamedTuple):
    """A running timer, with whom its alert names."""

    rule: TimerRule
    target: Target
    object: int
    due: datetime
    started: datetime
    project: ProjectId
    task: TaskId | None
    person: Any
    owner: Any
    acceptor: Any
    awaited: Any
    assigner: Any


_COLUMNS: tuple[Any, ...] = (
    *(TimerTable.rule, TimerTable.target, TimerTable.object, TimerTable.due, TimerTable.started),
    *(TimerTable.project, TimerTable.task, TimerTable.person),
    *(TaskTable.owner, TaskTable.acceptor, BlockTable.waiting_person, AssignmentTable.by),
)


def _timers(
    store: Store, condition: Any, rules: Mapping[TimerRule, str], limit: int
) -> Iterator[_Run]:
    known = TimerTable.rule.in_(list(rules))
    fresh = unnoticed(_alert(rules), TimerTable.target, TimerTable.object, TimerTable.due)
    spell = (BlockTable.task == TimerTable.task) & BlockTable.ended.is_null()
    held = (AssignmentTable.task == TimerTable.task) & AssignmentTable.ended.is_null()
    query = (
        TimerTable.select(*_COLUMNS)
        .join(TaskTable, JOIN.LEFT_OUTER, on=TimerTable.task == TaskTable.id)
        .switch(TimerTable)
        .join(BlockTable, JOIN.LEFT_OUTER, on=spell & (TimerTable.rule == TimerRule.SWARM))
        .switch(TimerTable)
        .join(AssignmentTable, JOIN.LEFT_OUTER, on=held & (TimerTable.rule == _GIVEN))
        .where(TimerTable.ended.is_null() & condition & known & fresh)
        .order_by(TimerTable.due, TimerTable.id)
    )
    reading = Reading(_COLUMNS)
    for row in store.rows(query.limit(limit)):
        yield _Run(*reading.values(row))


def _ran_out(store: Store, now: datetime, limit: int) -> Iterator[Due]:
    """Limits that ended, by when they did."""
    for one in _timers(store, TimerTable.due <= now, PASSED, limit):
        yield _of(PASSED[one.rule], one, since=one.due)


def _running(store: Store, now: datetime, limit: int) -> Iterator[Due]:
    """Limits of which somebody is told as they begin: to meet (D8), to decide (D6)."""
    for one in _timers(store, TimerTable.due > now, RUNNING, limit):
        yield _of(RUNNING[one.rule], one, since=one.started)


def _of(rule: str, one: _Run, *, since: datetime) -> Due:
    return Due(
        rule=rule,
        target=one.target,
        object=one.object,
        window=one.due,
        project=one.project,
        task=one.task,
        since=since,
        parties=Parties(
            owner=one.owner,
            acceptor=one.acceptor,
            awaited=one.awaited,
            person=one.person,
            assigner=one.assigner,
        ),
    )


def _reported_late(store: Store, limit: int) -> Iterator[Due]:
    """Problems of which somebody told too late, while they last (D7)."""
    columns = (IssueTable.id, IssueTable.project, IssueTable.task, IssueTable.reported)
    fresh = unnoticed("reported-late", Target.ISSUE, IssueTable.id, IssueTable.reported)
    late = IssueTable.state.in_(UNRESOLVED) & (IssueTable.late == True)  # noqa: E712 - peewee's way
    query = IssueTable.select(*columns).where(late & fresh).order_by(IssueTable.id).limit(limit)
    reading = Reading(columns)
    for number, project, task, reported in map(reading.values, store.rows(query)):
        yield Due(
            rule="reported-late",
            target=Target.ISSUE,
            object=number,
            window=reported,
            project=project,
            task=task,
            since=reported,
            parties=Parties(),
        )
