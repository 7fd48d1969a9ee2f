"""Bulk look-ups for an import: what of a file the store knows already."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar
from uuid import UUID

from core.domain.events import EventKind
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.log import Event
from core.domain.progress import ProgressUpdate
from core.domain.synclog import SyncEntry
from core.queries.exporting import CHUNK, Dossier, dossiers
from core.store import rows
from core.store.database import Store
from core.store.logs import EventTable
from core.store.part_tables import DependencyTable
from core.store.rare_tables import SyncTable
from core.store.restricting import may_see
from core.store.tables import TaskTable
from core.store.told_tables import ProgressTable

Value = TypeVar("Value")


def _chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def tasks_called(store: Store, names: Collection[str]) -> tuple[Dossier, ...]:
    """Every task with one of ``names`` as its key or foreign id, letter for letter; by id."""
    found: set[TaskId] = set()
    for chunk in _chunks(names):
        for column in (TaskTable.key, TaskTable.external_id):
            query = TaskTable.select(TaskTable.id).where(column.in_(chunk))
            found.update(row[0] for row in store.rows(query))
    return _whole(store, found)


def tasks_titled(
    store: Store, titles: Collection[str], *, project: ProjectId | None
) -> tuple[Dossier, ...]:
    """Every task of a project (None: of all) with one of ``titles``, by id."""
    found: set[TaskId] = set()
    for chunk in _chunks(titles):
        query = TaskTable.select(TaskTable.id).where(TaskTable.title.in_(chunk))
        if project is not None:
            query = query.where(TaskTable.project == project)
        found.update(row[0] for row in store.rows(query))
    return _whole(store, found)


def _whole(store: Store, tasks: Iterable[TaskId]) -> tuple[Dossier, ...]:
    return tuple(file for chunk in _chunks(sorted(tasks)) for file in dossiers(store, chunk))


def updates_of(store: Store, tasks: Collection[TaskId]) -> tuple[ProgressUpdate, ...]:
    """All progress updates of ``tasks``."""
    form = rows.shape(ProgressUpdate)
    queries = (
        form.table.select(*form.columns).where(ProgressTable.task.in_(chunk))
        for chunk in _chunks(tasks)
    )
    return tuple(rows.record(ProgressUpdate, row) for query in queries for row in store.rows(query))


def entries_like(
    store: Store,
    *,
    days: Collection[date],
    topics: Collection[str],
    viewer: PersonId | None = None,
) -> tuple[SyncEntry, ...]:
    """All sync entries of one of ``days`` or with one of ``topics`` that ``viewer`` may see."""
    form = rows.shape(SyncEntry)
    found: dict[int, SyncEntry] = {}
    for column, wanted in ((SyncTable.day, days), (SyncTable.topic, topics)):
        for chunk in _chunks(wanted):
            wanted_here = column.in_(chunk) & may_see(viewer)
            query = form.table.select(*form.columns).where(wanted_here)
            found |= {row[0]: rows.record(SyncEntry, row) for row in store.rows(query)}
    return tuple(found.values())


def dependencies(store: Store) -> tuple[tuple[TaskId, TaskId], ...]:
    """Every task that waits, and what it waits for."""
    query = DependencyTable.select(DependencyTable.task, DependencyTable.needs)
    return tuple((TaskId(task), TaskId(needed)) for task, needed in store.rows(query))


def applied_import(store: Store, command_id: UUID) -> Event | None:
    """The log's line of the import that was applied under ``command_id``; None if none was."""
    form = rows.shape(Event)
    query = form.table.select(*form.columns).where(EventTable.command_id == str(command_id))
    row = store.row(query.where(EventTable.kind == EventKind.IMPORT_APPLIED))
    return None if row is None else rows.record(Event, row)
