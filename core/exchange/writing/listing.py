"""The rows of the guides' tables from what is stored, read in chunks."""

from collections.abc import Iterator, Sequence
from typing import Final

from core.desk import Desk
from core.domain.ids import ProjectId, TaskId
from core.domain.progress import ProgressUpdate
from core.domain.synclog import SyncEntry
from core.exchange.tables import TABLES, Field, Table, TableKind
from core.exchange.telling import told
from core.exchange.telling.team import team_of
from core.exchange.writing import duties
from core.exchange.writing.formats import Line
from core.queries import exporting
from core.queries.exporting import CHUNK, Dossier, Name


def laid_out(
    desk: Desk, table: Table, *, project: ProjectId | None = None
) -> tuple[Table, Iterator[Line]]:
    """``table`` with all its columns, and its rows: one has the people and roles there are."""
    if table.kind is TableKind.RACI:
        return duties.laid_out(desk, table, project=project)
    return table, table_lines(desk, table, project=project)


def table_lines(desk: Desk, table: Table, *, project: ProjectId | None = None) -> Iterator[Line]:
    """The cells of each row of ``table``, in the order of its columns."""
    if table.kind is TableKind.RACI:
        yield from duties.laid_out(desk, table, project=project).lines
        return
    listing = Listing(desk)
    rows = {
        TableKind.TASKS: listing.tasks,
        TableKind.UPDATES: listing.updates,
        TableKind.SYNC: listing.entries,
    }
    for cells in rows[table.kind](project):
        yield tuple(cells.get(column.field, "") for column in table.columns)


Cells = dict[Field, str]


class Listing:
    """Rows as cells by field, read in chunks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        team = team_of(desk.ask)
        self._names = team.names
        self._tell = team.teller
        self._unclear = desk.ask(exporting.unclear_ids)

    def _identity(self, name: Name | None) -> str:
        """The foreign id where it tells one task, else the key."""
        if name is None:
            return ""
        foreign = name.external_id
        return foreign if foreign and foreign not in self._unclear else name.key

    def tasks(self, project: ProjectId | None) -> Iterator[Cells]:
        """Tasks, with their subtasks below them."""
        order = self._desk.ask(exporting.task_order, project=project)
        yield from self.those(order)

    def those(self, order: Sequence[TaskId]) -> Iterator[Cells]:
        """These tasks, in this order."""
        for start in range(0, len(order), CHUNK):
            for file in self._desk.ask(exporting.dossiers, order[start : start + CHUNK]):
                yield self._task(file)

    def _task(self, file: Dossier) -> Cells:
        task = file.task
        name = Name(task.id, task.key, task.external_id, task.parent, task.title)
        cells = {field: self._tell.cell(field, file) for field in _TASK_FIELDS}
        return {**cells, Field.ID: self._identity(name)}

    def updates(self, project: ProjectId | None) -> Iterator[Cells]:
        """Progress updates, the oldest first."""
        page = self._desk.ask(exporting.updates, project=project)
        while page:
            tasks = tuple({update.task for update in page})
            names = self._desk.ask(exporting.names, tasks)
            for update in page:
                yield self.update(update, names)
            edge = (page[-1].day, page[-1].id)
            page = self._desk.ask(exporting.updates, project=project, after=edge)

    def update(self, update: ProgressUpdate, names: dict[TaskId, Name]) -> Cells:
        """One update; ``names`` of its task and its parent."""
        name = names[update.task]
        return {
            Field.ID: self._identity(name),
            Field.PARENT: self._identity(names.get(name.parent)) if name.parent else "",
            Field.TITLE: name.title,
            Field.OWNER: self._names.told(update.person),
            Field.PROGRESS: told.percent(update.progress),
            Field.DONE: update.done,
            Field.NEXT: update.next,
            Field.PROBLEMS: told.problems(update),
            Field.DAY: update.day.isoformat(),
        }

    def entries(self, project: ProjectId | None) -> Iterator[Cells]:
        """The sync log, the oldest entry first, as far as whoever exports it may see it."""
        me = self._desk.me()
        viewer = me.id if me else None
        page = self._desk.ask(exporting.sync_entries, viewer=viewer, project=project)
        while page:
            yield from map(self.entry, page)
            edge = (page[-1].day, page[-1].id)
            page = self._desk.ask(
                exporting.sync_entries, viewer=viewer, project=project, after=edge
            )

    def entry(self, entry: SyncEntry) -> Cells:
        """One entry of the sync log."""
        return {
            Field.DAY: entry.day.isoformat(),
            Field.TOPIC: entry.topic,
            Field.CONTENT: told.content(entry),
            Field.INITIATOR: self._names.told(entry.author),
            Field.AUDIENCE: entry.audience,
            Field.REFERENCE: entry.reference,
            Field.NOTE: entry.remarks,
        }


_TASK_FIELDS: Final = frozenset(
    column.field for table in TABLES if table.kind is TableKind.TASKS for column in table.columns
)
