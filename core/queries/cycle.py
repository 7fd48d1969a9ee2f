"""How long work took, with the time in which it was blocked counted out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from core.domain.events import EventKind
from core.domain.ids import ProjectId, TaskId
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.domain.spells import BlockSpell
from core.domain.status import State
from core.policies.blocked_time import CycleTime, cycle_time
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.fields import UtcField
from core.store.logs import EventTable
from core.store.tables import ProjectTable, TaskTable
from core.store.told_tables import BlockTable
from core.store.working_days import calendar_of

MOST = 500
"""How many tasks a project's cycle times are read from: the newest."""
_STARTS = (EventKind.TASK_CREATED, EventKind.TASK_MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCycle:
    """What is usual in a project; each the median of its tasks, in office hours."""

    tasks: int
    """How many it was read from; 0 where none is done, and then all times are zero."""
    total: timedelta
    worked: timedelta
    """Without the time in which they were blocked."""
    blocked_share: float
    """Of all their time together, 0 to 1."""


def task_cycle(store: Store, number: TaskId, *, now: datetime) -> CycleTime | None:
    """How long the task took, or takes until ``now``; None if work on it has not begun."""
    query = TaskTable.select(TaskTable.project, TaskTable.closed, TaskTable.state)
    row = store.row(query.where(TaskTable.id == number))
    begun = _begun(store, [number]).get(number)
    if row is None or begun is None or row[2] == State.TODO.value:
        return None
    ended: datetime = TaskTable.closed.python_value(row[1]) or now
    calendar = calendar_of(store, _project(store, ProjectId(row[0])))
    return cycle_time(begun, ended, _spells(store, [number])[number], calendar)


def project_cycle(store: Store, number: ProjectId, *, since: datetime) -> ProjectCycle:
    """What was usual among tasks and subtasks done after ``since``. Refuses NotFound."""
    ended = TaskTable.select(TaskTable.id, TaskTable.closed).where(
        (TaskTable.project == number)
        & TaskTable.state.in_((State.DONE, State.ARCHIVED))
        & (TaskTable.closed > since)
    )
    found = store.rows(ended.order_by(TaskTable.closed.desc()).limit(MOST))
    closed = {TaskId(row[0]): _instant(TaskTable.closed, row[1]) for row in found}
    begun, spells = _begun(store, list(closed)), _spells(store, list(closed))
    calendar = calendar_of(store, _project(store, number))
    times = [
        cycle_time(begun[task], end, spells[task], calendar)
        for task, end in closed.items()
        if task in begun
    ]
    return _usual(times)


def _usual(times: Sequence[CycleTime]) -> ProjectCycle:
    if not times:
        return ProjectCycle(tasks=0, total=timedelta(), worked=timedelta(), blocked_share=0.0)
    every = sum((one.total for one in times), timedelta())
    blocked = sum((one.blocked for one in times), timedelta())
    return ProjectCycle(
        tasks=len(times),
        total=_middle(one.total for one in times),
        worked=_middle(one.worked for one in times),
        blocked_share=blocked / every if every else 0.0,
    )


def _middle(spans: Iterable[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in spans))


def _project(store: Store, number: ProjectId) -> Project:
    form = rows.shape(Project)
    row = store.row(form.table.select(*form.columns).where(ProjectTable.id == number))
    if row is None:
        raise NotFound("project", number)
    return rows.record(Project, row)


def _instant(column: UtcField, stored: int) -> datetime:
    """A stored instant that is never empty."""
    found = column.python_value(stored)
    assert found is not None, "selected as not empty"  # noqa: S101
    return found


def _begun(store: Store, tasks: Sequence[TaskId]) -> Mapping[TaskId, datetime]:
    """When work on each began first; those are left out on which it has not."""
    if not tasks:
        return {}
    columns: tuple[Any, ...] = (EventTable.task, EventTable.at, EventTable.changes)
    wanted = EventTable.task.in_(list(tasks)) & EventTable.kind.in_(_STARTS)
    query = EventTable.select(*columns).where(wanted)
    found: dict[TaskId, datetime] = {}
    for task, at, said in store.rows(query.order_by(EventTable.number)):
        states = rows.changes(EventTable.changes.python_value(said)).get("state", (None, None))
        if states[1] == State.DOING.value:
            found.setdefault(TaskId(task), _instant(EventTable.at, at))
    return found


def _spells(store: Store, tasks: Sequence[TaskId]) -> Mapping[TaskId, list[BlockSpell]]:
    """The block spells of each task."""
    found: defaultdict[TaskId, list[BlockSpell]] = defaultdict(list)
    if tasks:
        form = rows.shape(BlockSpell)
        query = BlockTable.select(*form.columns).where(BlockTable.task.in_(list(tasks)))
        for row in store.rows(query):
            spell = rows.record(BlockSpell, row)
            found[spell.task].append(spell)
    return found
