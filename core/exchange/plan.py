"""From a file to a plan: the reading half of an import. Nothing is stored here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from core.exchange.cells import Row, Sheet
from core.exchange.files.sheets import read_bytes, read_sheets
from core.exchange.planned import (
    Doubt,
    ImportPlan,
    PlannedSyncEntry,
    PlannedTask,
    PlannedUpdate,
    ReadTable,
    Skipped,
)
from core.exchange.reading.foreign import RACI, foreign_table, raci_doubts
from core.exchange.reading.headings import Header, headers
from core.exchange.reading.log_rows import implied_task, read_sync_entry, read_update
from core.exchange.reading.merging import TaskBook
from core.exchange.reading.row_reader import RowReader, filled_down
from core.exchange.reading.summing_up import people_of, projects_of
from core.exchange.reading.task_rows import read_task
from core.exchange.reading.years import YearContext
from core.exchange.tables import TableKind


def read_plan(source: Path | bytes, *, name: str = "", today: date) -> ImportPlan:
    """What importing ``source`` would do, with every doubtful cell.

    ``name`` is the file's name where bytes are given. ``today``, in the reader's time zone,
    helps where neither the file nor its name tells a year or a day. Refuses ``UnreadableFile``;
    no single cell, row or sheet is fatal.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    raw = source if isinstance(source, bytes) else read_bytes(source)
    sheets = read_sheets(raw, name=name)
    draft = _Draft(today=today, years=YearContext(sheets, name=name, today=today))
    for sheet in sheets:
        draft.read(sheet)
    tasks = draft.tasks.in_order()
    draft.doubts.extend(_circle(task) for task in draft.tasks.circles)
    return ImportPlan(
        source=name,
        tables=tuple(draft.tables),
        tasks=tasks,
        updates=tuple(draft.updates),
        sync_entries=tuple(draft.sync_entries),
        people=people_of(tasks, updates=draft.updates, sync_entries=draft.sync_entries),
        projects=projects_of(tasks),
        doubts=tuple(draft.doubts),
        skipped=tuple(draft.skipped),
    )


def _circle(task: PlannedTask) -> Doubt:
    return Doubt(
        sheet=task.sheet,
        cell="",
        heading=task.external_id,
        value=task.parent_external_id,
        code="parent-circle",
    )


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A plan while it grows, sheet by sheet."""

    today: date
    years: YearContext
    tables: list[ReadTable] = field(default_factory=list)
    tasks: TaskBook = field(default_factory=TaskBook)
    updates: list[PlannedUpdate] = field(default_factory=list)
    sync_entries: list[PlannedSyncEntry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def read(self, sheet: Sheet) -> None:
        """Read every table of ``sheet``, or note why there is none."""
        if sheet.hidden:
            self.doubts.append(
                Doubt(sheet=sheet.name, cell="", heading="", value="", code="hidden-sheet")
            )
        if not sheet.rows:
            self.skipped.append(Skipped(sheet=sheet.name, code="empty-sheet"))
            return
        sections = list(headers(sheet))
        if not sections:
            code = foreign_table(sheet)
            if code == RACI:
                self.doubts.extend(raci_doubts(sheet))
            self.skipped.append(
                Skipped(
                    sheet=sheet.name,
                    code="not-imported-yet" if code else "no-table",
                    fact=code or "",
                )
            )
            return
        ends = [*(start for _, start in sections[1:]), len(sheet.rows)]
        for (header, start), end in zip(sections, ends, strict=True):
            self._read_section(sheet, header, sheet.rows[start + 1 : end])

    def _read_section(self, sheet: Sheet, header: Header, rows: tuple[Row, ...]) -> None:
        taken = 0
        for row in _filled(rows):
            reader = RowReader(
                sheet.name, row=row, header=header, year=partial(self.years.year, sheet)
            )
            skipped = self._take(header.kind, reader)
            self.doubts.extend(reader.doubts)
            if skipped:
                self.skipped.append(skipped)
            else:
                taken += 1
        repeated = any(
            table.sheet == sheet.name and table.code == header.table.code for table in self.tables
        )
        if repeated:
            self.skipped.append(Skipped(sheet=sheet.name, row=header.row, code="repeated-heading"))
        self.tables.append(
            ReadTable(
                sheet=sheet.name,
                code=header.table.code,
                header_row=header.row,
                rows=taken,
                unknown=header.unknown,
            )
        )

    def _take(self, kind: TableKind, row: RowReader) -> Skipped | None:
        """Make something of ``row``; else say why nothing was made of it."""
        if kind is TableKind.SYNC:
            entry = read_sync_entry(row, today=self.today)
            if entry is None:
                return Skipped(sheet=row.sheet, row=row.number, code="row-without-content")
            self.sync_entries.append(entry)
            return None
        if kind is TableKind.UPDATES:
            return self._take_update(row)
        task = read_task(row)
        if task is None:
            return Skipped(sheet=row.sheet, row=row.number, code="row-without-title")
        if self.tasks.add(task, row):
            return None
        return Skipped(sheet=row.sheet, row=row.number, code="duplicate-id", fact=task.external_id)

    def _take_update(self, row: RowReader) -> Skipped | None:
        update = read_update(row, today=self.today)
        if update is None:
            return Skipped(sheet=row.sheet, row=row.number, code="row-without-title")
        self.updates.append(update)
        self.tasks.imply(implied_task(update), on=update.on)
        return None


def _filled(rows: tuple[Row, ...]) -> Iterator[Row]:
    """``rows`` with ditto marks filled down from the row above, which may have been filled too."""
    above: Row | None = None
    for row in rows:
        above = filled_down(row, above)
        yield above
