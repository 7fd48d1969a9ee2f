"""What the waiting of each item costs, for thousands at once: columns and limits, no names.

Which items they are say the conditions of core.queries.alert_sources and alert_timers.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any, Final, NamedTuple

from peewee import Select

from core.domain.ids import PersonId, TaskId
from core.domain.status import Priority, State
from core.domain.timers import Target, TimerRule
from core.policies.alerts import WATCHED, Horizon
from core.policies.causes import TaskFacts, at_risk
from core.policies.waiting_cost import OfficeClock, Waiting, hours_of
from core.queries.alert_lines import Thing
from core.queries.alert_marks import Mark
from core.queries.alert_sources import SILENT, Conditions, View
from core.queries.alert_timers import limited_tasks, things_with_timers, visible
from core.queries.dependents import NOTHING, Needing, needing
from core.store.database import Store
from core.store.rhythm_tables import TimerTable
from core.store.rows import Reading
from core.store.tables import TaskTable

_A_TASK: Final = Target.TASK.value
_R = TimerRule
ASKING: Final = frozenset({_R.EXTENSION, _R.QUESTION, _R.COLLABORATOR, _R.ISSUE_RESPOND, _R.SWARM})
"""Somebody asked and waits: one person more is kept waiting."""
_TROUBLE: Final = frozenset(
    {_R.EXTENSION, _R.QUESTION, _R.SWARM, _R.ISSUE_RESPOND, _R.ISSUE_RESOLVE, _R.ISSUE_SECOND}
)
"""Limits about which there is something to decide from their start on."""
_ENDED: Final = _TROUBLE | {_R.RESOLUTION, _R.COLLABORATOR, _R.FOLLOW_UP, _R.RETRO}
"""Limits that are late once they have passed; those of a deliverable and of taking work on only
remind."""
_FIRST_LEVEL: Final = frozenset({_R.ISSUE_RESOLVE, _R.SWARM, _R.RESOLUTION})

Edge = tuple[float, str, int]
"""Where a window of items ends: the cost, less than zero, the target and the id of its last."""


class Limit(NamedTuple):
    """An open timer, as far as the cost goes."""

    rule: TimerRule
    started: datetime
    due: datetime


class Item(NamedTuple):
    """Something that waits for a decision."""

    edge: Edge
    """Costliest first; of those that cost the same the oldest."""
    thing: Thing
    waiting: Waiting
    view: View


class _Task(NamedTuple):
    """A task that may be one."""

    id: TaskId
    priority: Priority
    urgent: bool
    owner: PersonId | None
    state: State
    due: datetime | None
    blocked_since: datetime | None
    submitted: datetime | None


_OPEN: Final = frozenset(WATCHED)
_TASK: Any = TaskTable
_COLUMNS: Final[tuple[Any, ...]] = tuple(_TASK._meta.fields[name] for name in _Task._fields)
_READING: Final = Reading(_COLUMNS)


def items(store: Store, views: Sequence[View]) -> list[Item]:
    """All that somebody must decide, costliest first; statements by view, not by item."""
    limits = _limits(store, views)
    tasks = {task.id: (task, view) for view in views for task in _tasks(store, view, limits)}
    needed = needing(store, tasks)
    clocks = {id(view): OfficeClock(view.at.now, view.at.calendar) for view in views}
    found = []
    for number, (task, view) in tasks.items():
        running = limits.get((Target.TASK, number), ())
        needs = needed.get(number, NOTHING)
        waiting = _waiting(task, running, needs, clock=clocks[id(view)], at=view.at)
        edge = (-hours_of(waiting), _A_TASK, number)
        found.append(Item(edge, (Target.TASK, number), waiting, view))
    for view in views:
        found += _things(store, view, limits, clocks[id(view)])
    found.sort(key=itemgetter(0))
    return found


def _limits(store: Store, views: Sequence[View]) -> Mapping[Thing, Sequence[Limit]]:
    """The limits that run, by what they are about, as far as the viewer may know of them."""
    found: dict[Thing, list[Limit]] = defaultdict(list)
    for view in views:
        lines = view.asked(store, "limits of triage", partial(_running, view.conditions))
        for task, target, number, *rest in map(_LIMITS.values, lines):
            found[(Target.TASK, task) if task else (target, number)].append(Limit(*rest))
    return found


def _running(of: Conditions) -> Any:
    query = TimerTable.select(*_LIMIT_COLUMNS).where(TimerTable.project.in_(of.homes))
    return query.where(TimerTable.ended.is_null() & visible(of.viewer))


_LIMIT_COLUMNS: Final[tuple[Any, ...]] = (
    *(TimerTable.task, TimerTable.target, TimerTable.object),
    *(TimerTable.rule, TimerTable.started, TimerTable.due),
)
_LIMITS: Final = Reading(_LIMIT_COLUMNS)


def _tasks(store: Store, view: View, limits: Mapping[Thing, Sequence[Limit]]) -> Iterator[_Task]:
    """The tasks of the view that somebody must decide about; seven statements at most."""
    near: dict[TaskId, _Task] = {}
    for task, late in _candidates(store, view):
        if late or _is_decided(task, limits.get((Target.TASK, task.id), ()), view.at):
            yield task
        elif task.due is not None and task.due <= view.at.soon:
            near[task.id] = task
    yield from (near[number] for number in _at_risk(store, near, limits, view.at))


def _candidates(store: Store, view: View) -> Iterator[tuple[_Task, bool]]:
    """The tasks with any cause but missing news, and whether I should have accepted them."""
    of, width = view.conditions, len(_COLUMNS)
    writes: list[tuple[Hashable, Callable[[], Any]]] = [
        (("source of triage", number), partial(_from_source, of, number))
        for number, source in enumerate(of.sources)
        if source.held != (SILENT,)
    ]
    if of.sources:
        writes.append(("limited of triage", partial(_from_limits, of)))
    for name, write in writes:
        for row in view.asked(store, name, write):
            yield _Task(*_READING.values(row[:width])), bool(len(row) > width and row[width])


def _from_source(of: Conditions, number: int) -> Any:
    return _TASK.select(*_columns(of)).where(of.sources[number].where)


def _from_limits(of: Conditions) -> Any:
    return limited_tasks(of, _columns(of))


def _columns(of: Conditions) -> tuple[Any, ...]:
    """What the cost asks, and whether the viewer should have accepted it a working day ago."""
    if of.mine_to_accept is None:
        return _COLUMNS
    review = (_TASK.state == State.REVIEW) & (_TASK.submitted <= Mark.DAY_AGO)
    return (*_COLUMNS, review & of.mine_to_accept)


def _is_decided(task: _Task, running: Sequence[Limit], at: Horizon) -> bool:
    """Whether any of its causes is one to decide about, as far as these facts tell."""
    overdue = task.due is not None and task.due < at.now
    amiss = task.state in _OPEN and (overdue or task.blocked_since is not None)
    return amiss or any(_counts(one, at) for one in running)


def _counts(limit: Limit, at: Horizon) -> bool:
    """Whether somebody must decide because of it."""
    return limit.rule in _TROUBLE or (limit.rule in _ENDED and limit.due <= at.now)


def _at_risk(
    store: Store,
    near: Mapping[TaskId, _Task],
    limits: Mapping[Thing, Sequence[Limit]],
    at: Horizon,
) -> Iterator[TaskId]:
    """Those of these that will hardly be done in time; one statement."""
    if not near:
        return
    columns = (_TASK.id, _TASK.progress, _TASK.start, _TASK.created)
    query = _TASK.select(*columns).where(_TASK.id.in_(list(near)))
    for number, progress, start, created in map(Reading(columns).values, store.rows(query)):
        task = near[number]
        asked = any(one.rule is _R.EXTENSION for one in limits.get((Target.TASK, number), ()))
        facts = TaskFacts(
            state=task.state, due=task.due, progress=progress, start=start, created=created
        )
        if not asked and task.state in _OPEN and at_risk(facts, at) is not None:
            yield number


def _waiting(
    task: _Task, running: Sequence[Limit], needs: Needing, *, clock: OfficeClock, at: Horizon
) -> Waiting:
    """The task's own times, worse ones of the limits that run about it, and who needs it."""
    owed = task.state in _OPEN
    blocked = task.blocked_since if owed else None
    reviewed = task.submitted if task.state is State.REVIEW else None
    late = waited = clock.hours(task.due) if owed else 0.0
    level = int(blocked is not None and blocked <= at.day_ago)
    if running:
        late, level = max(late, _late(running, clock)), max(level, _level(running, at))
        waited = max(late, _waited(running, clock))
    if blocked or reviewed:
        waited = max(waited, clock.hours(blocked), clock.hours(reviewed))
    asking = reviewed is not None or any(one.rule in ASKING for one in running)
    return Waiting(
        waited=waited,
        late=late,
        priority=task.priority,
        urgent=task.urgent,
        level=level,
        tasks=len(needs.tasks),
        people=len(needs.owners - {task.owner}) + asking if needs.tasks else int(asking),
    )


def _late(running: Iterable[Limit], clock: OfficeClock) -> float:
    return max((clock.hours(one.due) for one in running if one.rule in _ENDED), default=0.0)


def _waited(running: Iterable[Limit], clock: OfficeClock) -> float:
    return max((clock.hours(one.started) for one in running if one.rule in _TROUBLE), default=0.0)


def _level(running: Iterable[Limit], at: Horizon) -> int:
    """Of escalation, as the limits tell it."""
    levels = [0]
    for one in running:
        passed = one.due <= at.now
        if one.rule is _R.ISSUE_SECOND:
            levels.append(2 if passed else 1)
        elif one.rule in _FIRST_LEVEL and passed:
            levels.append(1)
    return max(levels)


def _things(
    store: Store, view: View, limits: Mapping[Thing, Sequence[Limit]], clock: OfficeClock
) -> Iterator[Item]:
    """Issues, questions and the like that are about no task."""
    of = view.conditions
    if not of.sources:
        return
    for target, number in view.asked(store, "things of triage", partial(_all_things, of)):
        mark = (Target(target), int(number))
        running = limits.get(mark, ())
        if not any(_counts(one, view.at) for one in running):
            continue
        late = _late(running, clock)
        asking = any(one.rule in ASKING for one in running)
        waiting = Waiting(
            waited=max(late, _waited(running, clock)),
            late=late,
            level=_level(running, view.at),
            people=int(asking),
        )
        edge = (-hours_of(waiting), mark[0].value, mark[1])
        yield Item(edge, mark, waiting, view)


def _all_things(of: Conditions) -> Any:
    line = things_with_timers(of)
    return Select((line,), [line.c.target, line.c.object])
