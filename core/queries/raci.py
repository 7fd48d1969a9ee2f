"""The matrix of responsibilities: tasks by people and roles (R18, R54, R129)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peewee import JOIN, Value, fn

from core.domain.duties import RaciEntry
from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.queries.raci_rows import Column, Facts, MatrixRow, Named, columns_of, row_of
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.duty_tables import RaciTable
from core.store.rows import Reading
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, TaskTable

PUT_AWAY = (State.ARCHIVED, State.CANCELLED)
"""Tasks in these states are in no matrix, unless it is asked for the one."""
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Tasks in the order in which they were made, subtasks below their parent."""

    rows: tuple[MatrixRow, ...] = ()
    columns: tuple[Column, ...] = ()
    """In the order in which the rows name them, from the top."""
    after: TaskId | None = None
    """From where to read on; None if this is all."""


_OWNER: Any = PersonTable.alias("owning")
_ACCEPTOR: Any = PersonTable.alias("accepting")
_LEAD: Any = PersonTable.alias("leading")
_TASK: Any = TaskTable
_ABOVE: Any = TaskTable.alias("above")
_PART: Any = TaskTable.alias("part")
_LEADS = fn.COALESCE(ProjectTable.lead, DepartmentTable.lead)
"""Who accepts what names no acceptor; as core.policies.permissions.acceptor_of has it."""
_COLUMNS: tuple[Any, ...] = (
    *(_TASK.id, _TASK.key, _TASK.external_id, _TASK.title, _TASK.state, _TASK.parent),
    *(_TASK.project, ProjectTable.key),
    *(_OWNER.id, _OWNER.name, _OWNER.handle),
    *(_ACCEPTOR.id, _ACCEPTOR.name, _ACCEPTOR.handle),
    *(_LEAD.id, _LEAD.name, _LEAD.handle),
)
_READING = Reading(_COLUMNS)


def matrix(
    store: Store,
    *,
    project: ProjectId | None = None,
    task: TaskId | None = None,
    after: TaskId | None = None,
    limit: int = 100,
) -> Matrix:
    """A window of ``limit`` tasks with their subtasks, after the one that ended the last window.

    Of a project, of all (None), or of one task with its subtasks, whatever its state. Two
    statements, however many people there are.
    """
    tops = _tops(project, after).limit(limit) if task is None else _only(task)
    facts = _facts(store, _tree(tops))
    entries = _entries(store, [one.task for one in facts])
    found = tuple(row_of(one, entries[one.task], level=level) for level, one in _ordered(facts))
    ends = [row.task for row in found if not row.level]
    columns = columns_of(one for row in found for one in row.columns)
    is_full = task is None and len(ends) >= limit
    return Matrix(rows=found, columns=columns, after=ends[-1] if is_full else None)


def windows(
    store: Store, *, project: ProjectId | None = None, limit: int = 200
) -> Iterator[Matrix]:
    """All windows, one after another."""
    found = matrix(store, project=project, limit=limit)
    yield found
    while found.after is not None:
        found = matrix(store, project=project, after=found.after, limit=limit)
        yield found


def whole(store: Store, *, project: ProjectId | None = None) -> Matrix:
    """Everything at once, for a table."""
    return joined(windows(store, project=project))


def joined(parts: Iterable[Matrix]) -> Matrix:
    """Windows that follow one another as one."""
    found = tuple(parts)
    return Matrix(
        rows=tuple(row for part in found for row in part.rows),
        columns=columns_of(one for part in found for one in part.columns),
        after=found[-1].after if found else None,
    )


def rows_of(store: Store, tasks: Sequence[TaskId]) -> tuple[MatrixRow, ...]:
    """The rows of these tasks, whatever their state; without their subtasks."""
    found: list[MatrixRow] = []
    for start in range(0, len(tasks), _CHUNK):
        chunk = list(tasks[start : start + _CHUNK])
        query = _joined(_TASK.select(*_COLUMNS)).where(_TASK.id.in_(chunk))
        entries = _entries(store, chunk)
        found += (row_of(one, entries[one.task]) for one in _facts(store, query))
    return tuple(found)


def shared_titles(store: Store) -> frozenset[str]:
    """The titles that more than one task bears, of those that are in a matrix."""
    query = _TASK.select(_TASK.title).where(_TASK.state.not_in(PUT_AWAY))
    grouped = query.group_by(_TASK.title).having(fn.COUNT(_TASK.id) > 1)
    return frozenset(row[0] for row in store.rows(grouped))


def _tops(project: ProjectId | None, after: TaskId | None) -> Any:
    """What stands by itself, or below what was put away."""
    query = _TASK.select(_TASK.id, Value(0).alias("level"))
    query = query.join(_ABOVE, JOIN.LEFT_OUTER, on=_TASK.parent == _ABOVE.id)
    query = query.where(_TASK.state.not_in(PUT_AWAY))
    query = query.where(_TASK.parent.is_null() | _ABOVE.state.in_(PUT_AWAY))
    if project is not None:
        query = query.where(_TASK.project == project)
    if after is not None:
        query = query.where(_TASK.id > after)
    return query.order_by(_TASK.id)


def _only(task: TaskId) -> Any:
    return _TASK.select(_TASK.id, Value(0).alias("level")).where(_TASK.id == task)


def _tree(tops: Any) -> Any:
    """These tasks, and all below them that is not put away."""
    first = tops.alias("first")
    base = _TASK.select(first.c.id, first.c.level).from_(first)
    chosen = base.cte("chosen", recursive=True, columns=("id", "level"))
    below = _PART.select(_PART.id, chosen.c.level + 1)
    below = below.join(chosen, on=_PART.parent == chosen.c.id)
    chosen = chosen.union_all(below.where(_PART.state.not_in(PUT_AWAY)))
    query = _TASK.select(*_COLUMNS).join(chosen, on=_TASK.id == chosen.c.id)
    return _joined(query).with_cte(chosen)


def _joined(query: Any) -> Any:
    for table, on in (
        (ProjectTable, _TASK.project == ProjectTable.id),
        (DepartmentTable, ProjectTable.department == DepartmentTable.id),
        (_OWNER, _TASK.owner == _OWNER.id),
        (_ACCEPTOR, _TASK.acceptor == _ACCEPTOR.id),
        (_LEAD, _LEAD.id == _LEADS),
    ):
        query = query.switch(_TASK).join(table, JOIN.LEFT_OUTER, on=on)
    return query


def _facts(store: Store, query: Any) -> list[Facts]:
    found = (Facts.of(_READING.values(row)) for row in store.rows(query))
    return sorted(found, key=lambda one: one.task)


def _ordered(found: Sequence[Facts]) -> Iterator[tuple[int, Facts]]:
    """Each with its level, subtasks right below their parent."""
    listed = {one.task for one in found}
    below: dict[int, list[Facts]] = defaultdict(list)
    for one in reversed(found):
        below[one.parent if one.parent in listed else 0].append(one)
    waiting = [(0, one) for one in below[0]]
    while waiting:
        level, one = waiting.pop()
        yield level, one
        waiting.extend((level + 1, part) for part in below[one.task])


_ENTRY = rows.shape(RaciEntry)
_NAMED = (*_ENTRY.columns, PersonTable.name, PersonTable.handle)


def _entries(store: Store, tasks: Sequence[int]) -> dict[int, list[Named]]:
    """What was set for these tasks, the oldest first."""
    found: dict[int, list[Named]] = defaultdict(list)
    for start in range(0, len(tasks), _CHUNK):
        query = RaciTable.select(*_NAMED).join(
            PersonTable, JOIN.LEFT_OUTER, on=RaciTable.person == PersonTable.id
        )
        chunk = list(tasks[start : start + _CHUNK])
        for row in store.rows(query.where(RaciTable.task.in_(chunk)).order_by(RaciTable.id)):
            entry = rows.record(RaciEntry, row[:-2])
            found[entry.task].append(Named(entry, row[-2] or "", row[-1] or ""))
    return found
