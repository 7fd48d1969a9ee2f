"""Tables of the guides from what is stored: headings to the letter, no cell ever a formula."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from core.desk import Desk
from core.domain.refusals import BadValue
from core.exchange.tables import TABLES, Table, find_table
from core.exchange.writing.formats import FORMATS, Line
from core.exchange.writing.listing import laid_out
from core.exchange.writing.whole_file import whole_file
from core.queries import directory
from core.records import dataclass


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
    table_now, told = laid_out(desk, found, project=number)
    lines = _Counted(told)
    if isinstance(target, Path):
        with whole_file(target, force=force) as file:
            write(table_now, lines, file)
    else:
        write(table_now, lines, target)
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
