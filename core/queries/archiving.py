"""What goes into the archive of a task: itself, its subtasks, and all that was told of them."""

from core.domain.duties import CloseOut
from core.domain.ids import PersonId, TaskId
from core.domain.parts import Deliverable
from core.domain.people import Project
from core.domain.progress import ProgressUpdate
from core.domain.refusals import NotFound
from core.domain.reviews import Review
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.restricting import may_see
from core.store.rows import Record
from core.store.tables import ProjectTable, TaskTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Everything of one task, oldest first."""

    task: Task
    project: Project
    tasks: tuple[TaskId, ...]
    """The task itself and its subtasks, to the last one below."""
    updates: tuple[ProgressUpdate, ...]
    entries: tuple[SyncEntry, ...]
    """As far as whoever asks may see them."""
    deliverables: tuple[Deliverable, ...]
    reviews: tuple[Review, ...]
    result: CloseOut | None


def archive_of(store: Store, number: TaskId, *, viewer: PersonId | None) -> Archive:
    """Everything of a task. Refuses NotFound."""
    task = _those(store, Task, TaskTable.id == number)
    if not task:
        raise NotFound("task", number)
    tasks = _family(store, number)
    entry, shown = rows.shape(SyncEntry).table, may_see(viewer)
    return Archive(
        task=task[0],
        project=_those(store, Project, ProjectTable.id == task[0].project)[0],
        tasks=tasks,
        updates=_of(store, ProgressUpdate, tasks),
        entries=_those(store, SyncEntry, entry.task.in_(tasks) & shown),
        deliverables=_of(store, Deliverable, tasks),
        reviews=_of(store, Review, tasks),
        result=next(iter(_of(store, CloseOut, (number,))), None),
    )


def result_of(store: Store, number: TaskId) -> CloseOut | None:
    """What came of a task; None where nobody said so yet."""
    return next(iter(_of(store, CloseOut, (number,))), None)


def _family(store: Store, number: TaskId) -> tuple[TaskId, ...]:
    found, waiting = [number], [number]
    while waiting:
        query = TaskTable.select(TaskTable.id).where(TaskTable.parent.in_(waiting))
        waiting = [TaskId(row[0]) for row in store.rows(query.order_by(TaskTable.id))]
        found += waiting
    return tuple(found)


def _of(store: Store, kind: type[Record], tasks: tuple[TaskId, ...]) -> tuple[Record, ...]:
    return _those(store, kind, rows.shape(kind).table.task.in_(tasks))


def _those(store: Store, kind: type[Record], condition: object) -> tuple[Record, ...]:
    form = rows.shape(kind)
    query = form.table.select(*form.columns).where(condition).order_by(form.table.id)
    return tuple(rows.record(kind, row) for row in store.rows(query))
