"""The archive of a task as files (R108, R109): a folder with a text and the guides' tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from core.desk import Desk
from core.domain.parts import Deliverable
from core.domain.refusals import Rejected, Unavailable
from core.exchange.tables import OVERVIEW, PROGRESS, SYNC_LOG, Column, Field, Table, TableKind
from core.exchange.writing.formats import Line, write_book
from core.exchange.writing.listing import Cells, Listing
from core.exchange.writing.whole_file import whole_file
from core.queries import exporting
from core.queries.archiving import Archive
from core.records import dataclass

_DELIVERABLES: Final = Table(
    code="",
    name="成果清单",
    kind=TableKind.TASKS,
    columns=(
        Column(heading="任务ID", field=Field.ID),
        Column(heading="成果名称", field=Field.TITLE),
        Column(heading="版本", field=Field.STATUS),
        Column(heading="存放位置", field=Field.NOTE),
        Column(heading="登记日期", field=Field.DAY),
    ),
)
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What was written."""

    folder: Path
    files: tuple[Path, ...]


def folder_name(archive: Archive) -> str:
    """``project-id-date`` (R109), the day on which it was closed where the project is.

    What no file system takes in a name is an underscore.
    """
    closed = archive.task.closed
    day = f"{closed.astimezone(ZoneInfo(archive.project.time_zone)):%Y-%m-%d}" if closed else ""
    parts = (archive.project.name[:_LONGEST], archive.task.key, day)
    name = "-".join(_NOT_IN_NAMES.sub("_", part) for part in parts if part)
    return name.strip(". ") or "archive"


def write_bundle(
    desk: Desk, archive: Archive, parent: Path, *, text: str, force: bool = False
) -> Bundle:
    """Write ``archive.md`` with ``text`` and ``archive.xlsx`` into a new folder below ``parent``.

    Refuses ``file-exists`` where the folder is there already, and ``cannot-write``. With
    ``force`` both files are replaced; what else lies in the folder stays.
    """
    folder = parent / folder_name(archive)
    try:
        folder.mkdir(parents=True, exist_ok=force)
    except FileExistsError as fault:
        if force:  # a file of this name, not a folder
            detail = fault.strerror
            raise Unavailable("cannot-write", path=str(folder), detail=detail) from fault
        raise Rejected("file-exists", path=str(folder)) from fault
    except OSError as fault:
        raise Unavailable("cannot-write", path=str(folder), detail=fault.strerror) from fault
    told, tables = folder / "archive.md", folder / "archive.xlsx"
    with whole_file(told, force=force) as file:
        file.write(text.encode("utf-8", "replace"))
    with whole_file(tables, force=force) as file:
        write_book(_tables(desk, archive), file)
    return Bundle(folder=folder, files=(told, tables))


def _tables(desk: Desk, archive: Archive) -> Iterator[tuple[Table, Iterator[Line]]]:
    listing = Listing(desk)
    names = desk.ask(exporting.names, archive.tasks)
    updates = (listing.update(one, names) for one in archive.updates)
    yield OVERVIEW, _lines(OVERVIEW, listing.those(archive.tasks))
    yield PROGRESS, _lines(PROGRESS, updates)
    yield SYNC_LOG, _lines(SYNC_LOG, map(listing.entry, archive.entries))
    handed = (_deliverable(one, names[one.task].key) for one in archive.deliverables)
    yield _DELIVERABLES, _lines(_DELIVERABLES, handed)


def _lines(table: Table, rows: Iterator[Cells]) -> Iterator[Line]:
    for cells in rows:
        yield tuple(cells.get(column.field, "") for column in table.columns)


def _deliverable(one: Deliverable, key: str) -> Cells:
    return {
        Field.ID: key,
        Field.TITLE: one.name,
        Field.STATUS: one.edition,
        Field.NOTE: one.location,
        Field.DAY: f"{one.registered:%Y-%m-%d}" if one.registered else "",
    }
