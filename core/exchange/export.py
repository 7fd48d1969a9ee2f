"""Tables of the guides from what is stored: headings to the letter, no cell ever a formula."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Final

from core.desk import Desk
from core.domain.ids import ProjectId, TaskId
from core.domain.progress import ProgressUpdate, SyncEntry
from core.domain.refusals import BadValue, Rejected, Unavailable
from core.exchange import told
from core.exchange.known import team_of
from core.exchange.tables import TABLES, Field, Table, TableKind, find_table
from core.exchange.writers import FORMATS, Line
from core.queries import directory, exporting
from core.queries.exporting import CHUNK, Dossier, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    table: Table
    rows: int
    """Without the headings."""


def export(
    desk: Desk,
    table: str,
    target: Path | BinaryIO,
    *,
    project: str | None = None,
    as_format: str = "",
    force: bool = False,
) -> Exported:
    """Write ``table`` (its code or Chinese name) to a file or a stream of bytes.

    All tasks but archived ones, of ``project`` (a key or name) if one is given. ``as_format``
    is xlsx or csv; a file's ending tells it too. A file is there whole or not at all; one that
    exists is replaced only by ``force``. Refuses BadValue (``table``, ``format``),
    ``file-exists``, Unavailable (``cannot-write``), NotFound and Ambiguous for the project.
    """
    found = find_table(table)
    if found is None:
        known = tuple(one.code for one in TABLES)
        raise BadValue("table", table, reason="unknown-table", known=known)
    ending = as_format or (target.suffix.lstrip(".") if isinstance(target, Path) else "")
    write = FORMATS.get(ending.lower())
    if write is None:
        raise BadValue("format", ending, reason="unknown-format", known=tuple(FORMATS))
    number = desk.ask(directory.find_project, project).id if project else None
    lines = _Counted(table_lines(desk, found, project=number))
    if isinstance(target, Path):
        with _whole_file(target, force=force) as file:
            write(found, lines, file)
    else:
        write(found, lines, target)
    return Exported(table=found, rows=lines.count)


class _Counted:
    """Passes lines on and counts them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.count += 1
            yield line


class _whole_file:  # noqa: N801 - reads like a function
    """A new file beside ``target`` that takes its place once it is whole and on the disk."""

    def __init__(self, target: Path, *, force: bool) -> None:
        self._target = target
        self._force = force
        self._draft = target.with_name(f".{target.name[:100]}.{token_hex(4)}")

    def __enter__(self) -> BinaryIO:
        if not self._force and os.path.lexists(self._target):
            raise Rejected("file-exists", path=str(self._target))
        try:
            self._file = self._draft.open("xb")
        except OSError as fault:
            raise _cannot_write(self._target, fault) from fault
        return self._file

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: object) -> None:
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
            self._file.close()
            if kind is None:
                self._put()
        except OSError as broken:
            raise _cannot_write(self._target, broken) from broken
        finally:
            self._draft.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise _cannot_write(self._target, fault) from fault

    def _put(self) -> None:
        if self._force:
            self._draft.replace(self._target)
            return
        try:
            os.link(self._draft, self._target)  # unlike a renaming, it replaces nothing
        except FileExistsError as fault:
            raise Rejected("file-exists", path=str(self._target)) from fault
        except OSError:  # a file system without links
            self._draft.replace(self._target)


def _cannot_write(path: Path, fault: OSError) -> Unavailable:
    return Unavailable("cannot-write", path=str(path), detail=fault.strerror or str(fault))


def table_lines(desk: Desk, table: Table, *, project: ProjectId | None = None) -> Iterator[Line]:
    """The cells of each row of ``table``, in the order of its columns."""
    listing = _Listing(desk)
    rows = {
        TableKind.TASKS: listing.tasks,
        TableKind.UPDATES: listing.updates,
        TableKind.SYNC: listing.entries,
    }
    for cells in rows[table.kind](project):
        yield tuple(cells.get(column.field, "") for column in table.columns)


Cells = dict[Field, str]


class _Listing:
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
                yield self._update(update, names)
            edge = (page[-1].day, page[-1].id)
            page = self._desk.ask(exporting.updates, project=project, after=edge)

    def _update(self, update: ProgressUpdate, names: dict[TaskId, Name]) -> Cells:
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
        """The sync log, the oldest entry first."""
        page = self._desk.ask(exporting.sync_entries, project=project)
        while page:
            yield from map(self._entry, page)
            edge = (page[-1].day, page[-1].id)
            page = self._desk.ask(exporting.sync_entries, project=project, after=edge)

    def _entry(self, entry: SyncEntry) -> Cells:
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
