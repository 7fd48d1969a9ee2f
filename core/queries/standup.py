"""What one person tells in a standup, and whose updates are missing (R69-R74, D1-D5, D17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from peewee import JOIN

from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.progress import ProgressUpdate
from core.domain.status import Priority, State
from core.policies.standups import News, Owing, owing, rank, stale_before
from core.queries.homes import Home, homes
from core.records import dataclass, names_of
from core.store import rows
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import PersonTable, ProjectTable, TaskTable
from core.store.told_tables import BlockTable, ProgressTable


@dataclass(frozen=True, slots=True, kw_only=True)
class StandupTask:
    """A task as a standup shows it. Times are UTC."""

    task: TaskId
    key: str
    title: str
    project: ProjectId
    project_key: str
    owner: PersonId | None
    owner_name: str
    owner_handle: str
    owner_away: date | None
    """The owner's last day away; see Person."""
    state: State
    priority: Priority
    urgent: bool
    progress: int
    due: datetime | None
    updated: datetime | None
    blocked_since: datetime | None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRow:
    """An update that is owed, with what was said the last time."""

    task: StandupTask
    owing: Owing
    last: ProgressUpdate | None
    """The newest update, whoever gave it; what it calls ``next`` is what was planned."""


class Part(NamedTuple):
    """Which part of the work; None means all of it."""

    project: ProjectId | None = None
    department: DepartmentId | None = None
    """By who owns the task."""


EVERYTHING: Final = Part()


class Block(NamedTuple):
    """Why a task cannot go on."""

    reason: str
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """One update of today, for the summary."""

    task: StandupTask
    update: ProgressUpdate
    before: int | None
    """Percent of the update before; None if it is the first."""
    block: Block | None
    """Why it is blocked now."""


_TASK: Any = TaskTable
_COLUMNS: tuple[Any, ...] = (
    *(_TASK.id, _TASK.key, _TASK.title, _TASK.project, ProjectTable.key),
    *(_TASK.owner, PersonTable.name, PersonTable.handle, PersonTable.away_until),
    *(_TASK.state, _TASK.priority, _TASK.urgent, _TASK.progress, _TASK.due),
    *(_TASK.updated, _TASK.blocked_since, _TASK.closed),
)
_NAMES = names_of(StandupTask)
_READING = Reading(_COLUMNS)
_CHUNK = 500


def select(store: Store, condition: Any, *, limit: int) -> list[StandupTask]:
    """The tasks for which ``condition`` holds, those with the oldest news first; one statement."""
    query = _TASK.select(*_COLUMNS).join(ProjectTable, on=_TASK.project == ProjectTable.id)
    query = query.switch(_TASK).join(PersonTable, JOIN.LEFT_OUTER, on=_TASK.owner == PersonTable.id)
    query = query.where(condition).order_by(_TASK.updated, _TASK.id).limit(limit)
    return [_task(row) for row in store.rows(query)]


def _task(row: Sequence[Any]) -> StandupTask:
    values = dict(zip(_NAMES, _READING.values(row), strict=True))
    for name in ("owner_name", "owner_handle"):
        values[name] = values[name] or ""
    return StandupTask(**values)


def news_of(task: StandupTask) -> News:
    """The same, as the rules on updates ask for it."""
    return News(task.state, task.priority, task.urgent, task.blocked_since, task.updated)


def owing_of(task: StandupTask, home: Home, now: datetime) -> Owing | None:
    """What its owner owes."""
    return owing(news_of(task), home.rules, home.calendar, now)


def owed(store: Store, person: PersonId, *, now: datetime, limit: int = 200) -> tuple[OwedRow, ...]:
    """What the person owes now or today: urgent, then high, then the rest; then by due.

    Four statements, however many tasks.
    """
    found = homes(store)
    mine = (_TASK.owner == person) & (_TASK.state == State.DOING) & _TASK.blocked_since.is_null()
    pairs = [
        (one, owing_of(one, found[one.project], now)) for one in select(store, mine, limit=500)
    ]
    tasks = sorted(
        ((task, what) for task, what in pairs if what is not None),
        key=lambda pair: (rank(news_of(pair[0])), *_by_due(pair[0]), pair[0].task),
    )[:limit]
    last = newest(store, [task.task for task, _ in tasks])
    return tuple(OwedRow(task=task, owing=what, last=last.get(task.task)) for task, what in tasks)


def _by_due(task: StandupTask) -> tuple[bool, float]:
    return (task.due is None, task.due.timestamp() if task.due else 0.0)


def missing(
    store: Store, *, now: datetime, part: Part = EVERYTHING, limit: int = 500
) -> tuple[OwedRow, ...]:
    """The updates whose deadline has passed (D17), those that lack longest first.

    Five statements, however many tasks; indexes find those whose news is old enough.
    """
    found = homes(store)
    late = _stale(found.values(), now)
    if late is None:
        return ()
    held = within(store, part) & (_TASK.state == State.DOING) & _TASK.blocked_since.is_null()
    tasks = select(store, held & late, limit=limit)
    pairs = [(task, owing_of(task, found[task.project], now)) for task in tasks]
    kept = [(task, what) for task, what in pairs if what is not None and what.late]
    kept.sort(key=lambda pair: (pair[1].by, pair[0].task))
    last = newest(store, [task.task for task, _ in kept])
    return tuple(OwedRow(task=task, owing=what, last=last.get(task.task)) for task, what in kept)


_PACES = (
    (True, tuple(Priority)),
    (False, (Priority.HIGH,)),
    (False, (Priority.MEDIUM, Priority.LOW)),
)


def _stale(found: Iterable[Home], now: datetime) -> Any:
    """News so old that it is missing: by urgency and priority, for projects that go alike."""
    alike: dict[tuple[Any, ...], list[ProjectId]] = {}
    for home in found:
        for urgent, priorities in _PACES:
            before = stale_before(priorities[0], home.rules, home.calendar, now, urgent=urgent)
            alike.setdefault((urgent, priorities, before), []).append(home.project.id)
    condition = None
    for (urgent, priorities, before), projects in alike.items():
        one = (_TASK.urgent == urgent) & _TASK.priority.in_(priorities)
        one &= _TASK.project.in_(projects) & (_TASK.updated <= before)
        condition = one if condition is None else condition | one
    return condition


def within(store: Store, part: Part) -> Any:
    """The condition of a part of the work."""
    condition = _TASK.owner.is_null(False)
    if part.project is not None:
        condition &= _TASK.project == part.project
    if part.department is not None:
        query = PersonTable.select(PersonTable.id).where(PersonTable.department == part.department)
        condition &= _TASK.owner.in_([number for (number,) in store.rows(query)])
    return condition


def newest(
    store: Store, tasks: Sequence[TaskId], *, before: date | None = None, on: date | None = None
) -> dict[TaskId, ProgressUpdate]:
    """The newest update of each task, of one day or of the days before one; one statement."""
    form = rows.shape(ProgressUpdate)
    found: dict[TaskId, ProgressUpdate] = {}
    inner: Any = ProgressTable.alias("newest")
    told = inner.task == _TASK.id
    if before is not None:
        told &= inner.day < before
    if on is not None:
        told &= inner.day == on
    last = inner.select(inner.id).where(told)
    last = last.order_by(inner.day.desc(), inner.at.desc(), inner.id.desc()).limit(1)
    for chunk in _chunks(tasks):
        query = ProgressTable.select(*form.columns).join(_TASK, on=ProgressTable.id == last)
        for row in store.rows(query.where(_TASK.id.in_(chunk))):
            update = rows.record(ProgressUpdate, row)
            found[update.task] = update
    return found


def _chunks(tasks: Sequence[TaskId]) -> Iterator[list[TaskId]]:
    for start in range(0, len(tasks), _CHUNK):
        yield list(tasks[start : start + _CHUNK])


def blocks(store: Store, tasks: Sequence[TaskId]) -> dict[TaskId, Block]:
    """Why each of them is blocked; those that are not are left out."""
    table: Any = BlockTable
    found: dict[TaskId, Block] = {}
    for chunk in _chunks(tasks):
        query = table.select(table.task, table.reason, table.waiting_for)
        for task, reason, awaited in store.rows(
            query.where(table.task.in_(chunk) & table.ended.is_null())
        ):
            found[TaskId(task)] = Block(reason, awaited)
    return found


def said_today(store: Store, person: PersonId, *, now: datetime) -> tuple[SaidRow, ...]:
    """What the person has said today, a row a task, in the order of ``owed``; for the summary.

    At most eight statements.
    """
    found = homes(store)
    days = {home.today(now) for home in found.values()}
    table: Any = ProgressTable
    told = table.select(table.task).where((table.person == person) & table.day.in_(list(days)))
    tasks = {one.task: one for one in select(store, _TASK.id.in_(told), limit=500)}
    said, earlier = by_day(store, tasks.values(), found, now)
    held = blocks(store, list(tasks))
    made = [
        SaidRow(
            task=tasks[number],
            update=update,
            before=earlier[number].progress if number in earlier else None,
            block=held.get(number),
        )
        for number, update in said.items()
        if update.person == person
    ]
    return tuple(
        sorted(made, key=lambda one: (rank(news_of(one.task)), *_by_due(one.task), one.task.task))
    )


Told = dict[TaskId, ProgressUpdate]


def by_day(
    store: Store, tasks: Iterable[StandupTask], found: Mapping[ProjectId, Home], now: datetime
) -> tuple[Told, Told]:
    """The newest update of today for each task, and the newest of the days before.

    Two statements for each day that it is somewhere now: two or four.
    """
    days: dict[date, list[TaskId]] = {}
    for one in tasks:
        days.setdefault(found[one.project].today(now), []).append(one.task)
    said: Told = {}
    earlier: Told = {}
    for day, numbers in days.items():
        said |= newest(store, numbers, on=day)
        earlier |= newest(store, numbers, before=day)
    return said, earlier
