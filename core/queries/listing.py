"""Tasks as lines of a list, for ``duban ls``: any state, filtered, in a chosen order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from peewee import JOIN

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.domain.status import Priority, State
from core.domain.text import fold
from core.store import rows
from core.store.database import Store
from core.store.rows import converter
from core.store.tables import PersonTable, ProjectTable, TaskTable
from core.store.told_tables import BlockTable

Order = Literal["newest", "board", "due"]
ON_THE_BOARD = (State.DOING, State.REVIEW, State.TODO, State.DRAFT, State.DONE)
"""What is listed unless states are named, in the order of a list by ``board``."""

_TASK: Any = TaskTable


class Wanted(NamedTuple):
    """Which tasks to list."""

    words: tuple[str, ...] = ()
    """Each must occur in the key, foreign id or title; case and width do not matter."""
    states: tuple[State, ...] = ON_THE_BOARD
    owner: PersonId | None = None
    project: ProjectId | None = None
    overdue_at: datetime | None = None
    """Only what was due before this instant and is still open."""
    blocked: bool = False
    unassigned: bool = False
    parent: TaskId | None = None
    top_level: bool = False
    """Leave subtasks out."""


class ListRow(NamedTuple):
    """One line. Times are UTC."""

    id: TaskId
    key: str
    external_id: str
    title: str
    state: State
    owner: str
    """A handle; empty without an owner."""
    owner_name: str
    due: datetime | None
    priority: Priority
    urgent: bool
    progress: int
    blocked_since: datetime | None
    project_key: str
    time_zone: str
    parent_key: str
    type: str
    start: date | None
    slips: int
    round: int
    created: datetime
    closed: datetime | None
    version: int
    before: State | None
    """From which state it was archived."""


class Blocked(NamedTuple):
    """Why a task is blocked."""

    reason: str
    waiting_for: str


_PARENT: Any = TaskTable.alias("above")
_COLUMNS: tuple[Any, ...] = (
    _TASK.id,
    _TASK.key,
    _TASK.external_id,
    _TASK.title,
    _TASK.state,
    PersonTable.handle,
    PersonTable.name,
    _TASK.due,
    _TASK.priority,
    _TASK.urgent,
    _TASK.progress,
    _TASK.blocked_since,
    ProjectTable.key,
    ProjectTable.time_zone,
    _PARENT.key,
    _TASK.type,
    _TASK.start,
    _TASK.slips,
    _TASK.round,
    _TASK.created,
    _TASK.closed,
    _TASK.version,
    _TASK.before,
)
_NAMES = ListRow._fields
_READERS = tuple(
    (place, read) for place, column in enumerate(_COLUMNS) if (read := converter(column))
)
_EMPTY = ("owner", "owner_name", "parent_key")


def tasks(
    store: Store, wanted: Wanted, *, order: Order = "newest", limit: int | None = 50
) -> tuple[ListRow, ...]:
    """The first lines of the list; every one with ``limit`` None.

    ``due`` puts what is due first on top, then open tasks without a due, then what has ended.
    The cost does not grow with the number of tasks unless words or rare states are looked for.
    """
    if order == "board":
        return _joined(store, _by_column(wanted), limit)
    narrowed = _narrow(_query(), wanted)
    hidden = [state for state in State if state not in wanted.states]
    if hidden:  # said so that no index on states is taken, whose order would be of no use
        narrowed = narrowed.where(_TASK.state.not_in(hidden))
    if order == "due":
        return _joined(store, _by_due(narrowed), limit)
    return _joined(store, (narrowed.order_by(_TASK.id.desc()),), limit)


def _by_column(wanted: Wanted) -> Iterator[Any]:
    """Column after column, each in its own order: an index answers every one of them."""
    for state in wanted.states:
        query = _narrow(_query(), wanted).where(_TASK.state == state)
        yield query.order_by(_TASK.position, _TASK.id)


def _by_due(narrowed: Any) -> Iterator[Any]:
    """Open tasks by their due, those without one, and what has ended: indexes answer each."""
    is_open, has_due = _TASK.closed.is_null(), _TASK.due.is_null(False)
    yield narrowed.where(is_open & has_due).order_by(_TASK.due, _TASK.id)
    yield narrowed.where(is_open & ~has_due).order_by(_TASK.id)
    yield narrowed.where(~is_open).order_by(_TASK.id.desc())


def _joined(store: Store, queries: Iterable[Any], limit: int | None) -> tuple[ListRow, ...]:
    """What the queries find, one after another, until there is enough."""
    found: list[ListRow] = []
    for query in queries:
        left = None if limit is None else limit - len(found)
        if left == 0:
            break
        found += map(_row, store.rows(query if left is None else query.limit(left)))
    return tuple(found)


def _query() -> Any:
    query = _TASK.select(*_COLUMNS).join(ProjectTable, on=_TASK.project == ProjectTable.id)
    query = query.switch(_TASK).join(PersonTable, JOIN.LEFT_OUTER, on=_TASK.owner == PersonTable.id)
    return query.switch(_TASK).join(_PARENT, JOIN.LEFT_OUTER, on=_TASK.parent == _PARENT.id)


def _narrow(query: Any, wanted: Wanted) -> Any:
    equal = {"owner": wanted.owner, "project": wanted.project, "parent": wanted.parent}
    for name, value in equal.items():
        if value is not None:
            query = query.where(_TASK._meta.fields[name] == value)
    if wanted.top_level:
        query = query.where(_TASK.parent.is_null())
    if wanted.overdue_at is not None:
        query = query.where(_TASK.closed.is_null() & (_TASK.due < wanted.overdue_at))
    if wanted.unassigned:
        query = query.where(_TASK.owner.is_null())
    if wanted.blocked:
        query = query.where(_TASK.blocked_since.is_null(False))
    for word in wanted.words:
        query = query.where(_TASK.folded.contains(fold(word)))
    return query


def _row(found: tuple[Any, ...]) -> ListRow:
    values = list(found)
    for place, read in _READERS:
        values[place] = read(values[place])
    made = dict(zip(_NAMES, values, strict=True))
    for name in _EMPTY:
        made[name] = made[name] or ""
    return ListRow(**made)


def blocked(store: Store, numbers: Sequence[TaskId]) -> dict[TaskId, Blocked]:
    """Why each of these tasks is blocked; those that are not are left out."""
    table: Any = BlockTable
    columns = (table.task, table.reason, table.waiting_for)
    found: dict[TaskId, Blocked] = {}
    for start in range(0, len(numbers), 500):
        chunk = list(numbers[start : start + 500])
        query = table.select(*columns).where(table.task.in_(chunk) & table.ended.is_null())
        for task, reason, awaited in store.rows(query):
            found[TaskId(task)] = Blocked(reason=reason, waiting_for=awaited)
    return found


def progress_of(store: Store, task: TaskId) -> int:
    """How far a task is, in percent. Refuses NotFound."""
    found: int | None = store.value(_TASK.select(_TASK.progress).where(_TASK.id == task))
    if found is None:
        raise NotFound("task", task)
    return found


def project_of(store: Store, task: TaskId) -> Project:
    """The project that a task belongs to. Refuses NotFound."""
    form = rows.shape(Project)
    query = ProjectTable.select(*form.columns).join(_TASK, on=_TASK.project == ProjectTable.id)
    row = store.row(query.where(_TASK.id == task))
    if row is None:
        raise NotFound("task", task)
    return rows.record(Project, row)


def names_beginning(store: Store, text: str, *, limit: int = 50) -> tuple[tuple[str, str], ...]:
    """Keys and titles of open tasks whose key begins with ``text``, newest first."""
    query = _TASK.select(_TASK.key, _TASK.title).where(_TASK.closed.is_null())
    if text:
        query = query.where(_TASK.key.startswith(text))
    return tuple(store.rows(query.order_by(_TASK.id.desc()).limit(limit)))
