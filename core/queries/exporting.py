"""Bulk reading for tables: tasks with all that the guides' tables tell of them, no row by row."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable
from core.domain.progress import ProgressUpdate
from core.domain.spells import BlockSpell
from core.domain.status import State
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.rare_tables import SyncTable
from core.store.restricting import may_see
from core.store.tables import TaskTable
from core.store.told_tables import BlockTable, ProgressTable

CHUNK = 500
"""How many tasks are read at once; below every engine's limit of values in a statement."""

Part = TypeVar("Part", Collaborator, Criterion, Deliverable)
Record = TypeVar("Record")
Edge = tuple[date, PartId]
"""Where a page of a log ends: the day and id of its last line."""

_ORDER = {state.value: place for place, state in enumerate(State)}
_UNCLEAR = """
SELECT external_id FROM task WHERE external_id <> '' GROUP BY external_id HAVING COUNT(*) > 1
UNION SELECT a.external_id FROM task a JOIN task b ON b.key = a.external_id WHERE a.id <> b.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A task and its parts."""

    task: Task
    collaborators: tuple[Collaborator, ...]
    criteria: tuple[Criterion, ...]
    deliverables: tuple[Deliverable, ...]
    spell: BlockSpell | None
    """The open block spell."""


class Name(NamedTuple):
    """What tables call a task."""

    task: TaskId
    key: str
    external_id: str
    parent: TaskId | None
    title: str


def unclear_ids(store: Store) -> frozenset[str]:
    """The foreign ids that more than one task could be meant by."""
    return frozenset(row[0] for row in store.sql(_UNCLEAR).fetchall())


def task_order(
    store: Store, *, project: ProjectId | None = None, archived: bool = False
) -> tuple[TaskId, ...]:
    """All tasks as a table lists them, archived ones only if asked for.

    By project, state and place on the board; subtasks right below their parent, or like a
    parent where theirs is not listed.
    """
    columns = (TaskTable.id, TaskTable.project, TaskTable.parent, TaskTable.state)
    query = TaskTable.select(*columns, TaskTable.position)
    if project is not None:
        query = query.where(TaskTable.project == project)
    if not archived:
        query = query.where(TaskTable.state != State.ARCHIVED)
    found = store.rows(query)
    found.sort(key=lambda row: (row[1], _ORDER[row[3]], row[4], row[0]))
    listed = {row[0] for row in found}
    below: dict[int, list[int]] = defaultdict(list)
    for number, _, parent, *_ in found:
        below[parent if parent in listed else 0].append(number)
    ordered: list[TaskId] = []
    waiting = below.pop(0, [])[::-1]
    while waiting:
        ordered.append(TaskId(waiting.pop()))
        waiting.extend(below.pop(ordered[-1], [])[::-1])
    return tuple(ordered)


def dossiers(store: Store, tasks: Sequence[TaskId]) -> tuple[Dossier, ...]:
    """These tasks in this order, CHUNK at most; those that do not exist are left out."""
    if not tasks:
        return ()
    found = {task.id: task for task in _records(store, Task, TaskTable.id.in_(list(tasks)))}
    helpers = _parts(store, Collaborator, tasks)
    criteria = _parts(store, Criterion, tasks)
    works = _parts(store, Deliverable, tasks)
    open_spells = BlockTable.task.in_(list(tasks)) & BlockTable.ended.is_null()
    spells = {spell.task: spell for spell in _records(store, BlockSpell, open_spells)}
    return tuple(
        Dossier(
            task=found[number],
            collaborators=tuple(helpers[number]),
            criteria=tuple(criteria[number]),
            deliverables=tuple(works[number]),
            spell=spells.get(number),
        )
        for number in tasks
        if number in found
    )


def _records(store: Store, kind: type[Record], condition: Any) -> list[Record]:
    form = rows.shape(kind)
    query = form.table.select(*form.columns).where(condition).order_by(form.table.id)
    return [rows.record(kind, row) for row in store.rows(query)]


def _parts(store: Store, kind: type[Part], tasks: Sequence[TaskId]) -> dict[TaskId, list[Part]]:
    found: dict[TaskId, list[Part]] = defaultdict(list)
    for part in _records(store, kind, rows.shape(kind).table.task.in_(list(tasks))):
        found[part.task].append(part)
    return found


def names(store: Store, tasks: Sequence[TaskId]) -> dict[TaskId, Name]:
    """What these tasks (CHUNK at most) and their parents are called."""
    found = _names(store, tasks)
    parents = {name.parent for name in found.values() if name.parent is not None} - found.keys()
    return found | _names(store, tuple(parents))


def _names(store: Store, tasks: Sequence[TaskId]) -> dict[TaskId, Name]:
    if not tasks:
        return {}
    columns = (TaskTable.id, TaskTable.key, TaskTable.external_id, TaskTable.parent)
    query = TaskTable.select(*columns, TaskTable.title).where(TaskTable.id.in_(list(tasks)))
    return {row[0]: Name(*row) for row in store.rows(query)}


def updates(
    store: Store, *, project: ProjectId | None = None, after: Edge | None = None
) -> tuple[ProgressUpdate, ...]:
    """A page of progress updates, the oldest day first."""
    return _page(store, ProgressUpdate, project=project, after=after)


def sync_entries(
    store: Store,
    *,
    viewer: PersonId | None = None,
    project: ProjectId | None = None,
    after: Edge | None = None,
) -> tuple[SyncEntry, ...]:
    """A page of the sync log, the oldest day first, without what is not for ``viewer``."""
    shown = may_see(viewer)
    return _page(store, SyncEntry, project=project, after=after, shown=shown)


def _page(
    store: Store,
    kind: type[Record],
    *,
    project: ProjectId | None,
    after: Edge | None,
    shown: Any = None,
) -> tuple[Record, ...]:
    form = rows.shape(kind)
    day, number = form.table.day, form.table.id
    query = form.table.select(*form.columns).order_by(day, number).limit(CHUNK)
    if after is not None:
        beyond = (day > after[0]) | ((day == after[0]) & (number > after[1]))
        query = query.where((day >= after[0]) & beyond)
    if project is not None:
        query = query.where(_of_project(form.table, project))
    if shown is not None:
        query = query.where(shown)
    return tuple(rows.record(kind, row) for row in store.rows(query))


def _of_project(table: Any, project: ProjectId) -> Any:
    if table is SyncTable:
        return SyncTable.project == project
    own = TaskTable.select(TaskTable.id).where(TaskTable.project == project)
    return ProgressTable.task.in_(own)
