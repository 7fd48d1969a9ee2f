"""From a file to a plan: the reading half of an import. Nothing is stored here."""

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import UTC, date, tzinfo
from functools import partial
from pathlib import Path

from core.exchange.boards.findings import Findings
from core.exchange.boards.reading import read_board, read_board_sheet
from core.exchange.cells import Row, Sheet
from core.exchange.files.sheets import read_bytes, read_sheets
from core.exchange.files.structured import is_json
from core.exchange.planned import (
    Doubt,
    ImportPlan,
    PlannedSyncEntry,
    PlannedTask,
    ReadTable,
    Skipped,
)
from core.exchange.planned_duties import PlannedNode
from core.exchange.reading.foreign import foreign_table
from core.exchange.reading.headings import Header, headers
from core.exchange.reading.log_rows import implied_task, read_sync_entry, read_update
from core.exchange.reading.nodes import Whose, columns_of, read_node
from core.exchange.reading.row_reader import RowReader, filled_down
from core.exchange.reading.summing_up import people_of, projects_of, with_holders
from core.exchange.reading.task_rows import read_task
from core.exchange.reading.years import YearContext
from core.exchange.tables import Field, TableKind
from core.records import dataclass, replace


def read_plan(
    source: Path | bytes, *, name: str = "", today: date, zone: tzinfo = UTC
) -> ImportPlan:
    """What importing ``source`` would do, with every doubtful cell.

    ``name`` is the file's name where bytes are given. ``today``, in the reader's time zone,
    helps where neither the file nor its name tells a year or a day. Of moments in a file the days
    in ``zone`` count: the board's. Refuses ``UnreadableFile``;
    no single cell, row or sheet is fatal.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    raw = source if isinstance(source, bytes) else read_bytes(source)
    if is_json(raw, name=name):
        return _plan(read_board(raw, name=name, zone=zone), name=name)
    sheets = read_sheets(raw, name=name)
    draft = _Draft(today=today, zone=zone, years=YearContext(sheets, name=name, today=today))
    for sheet in sheets:
        draft.read(sheet)
    plan = _plan(draft.found, name=name, sync_entries=tuple(draft.sync_entries))
    if not draft.nodes:
        return plan
    people = with_holders(plan.people, draft.nodes)
    return replace(plan, nodes=tuple(draft.nodes), people=people)


def _plan(
    found: Findings, *, name: str, sync_entries: tuple[PlannedSyncEntry, ...] = ()
) -> ImportPlan:
    tasks = found.tasks.in_order()
    found.doubts.extend(_circle(task) for task in found.tasks.circles)
    return ImportPlan(
        source=name,
        tables=tuple(found.tables),
        tasks=tasks,
        updates=tuple(found.updates),
        sync_entries=sync_entries,
        people=people_of(tasks, updates=found.updates, sync_entries=sync_entries),
        projects=projects_of(tasks),
        doubts=tuple(found.doubts),
        skipped=tuple(found.skipped),
        dependencies=tuple(found.dependencies),
    )


def _circle(task: PlannedTask) -> Doubt:
    return Doubt(
        sheet=task.sheet,
        cell="",
        heading=task.external_id,
        value=task.parent_external_id,
        code="parent-circle",
    )


_Take = Callable[[RowReader], Skipped | None]
"""Makes something of a row; else says why nothing was made of it."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A plan while it grows, sheet by sheet."""

    today: date
    zone: tzinfo
    years: YearContext
    found: Findings = field(default_factory=Findings)
    sync_entries: list[PlannedSyncEntry] = field(default_factory=list)
    nodes: list[PlannedNode] = field(default_factory=list)

    def read(self, sheet: Sheet) -> None:
        """Read every table of ``sheet``, or note why there is none."""
        if sheet.hidden:
            self.found.doubts.append(
                Doubt(sheet=sheet.name, cell="", heading="", value="", code="hidden-sheet")
            )
        if not sheet.rows:
            self.found.skipped.append(Skipped(sheet=sheet.name, code="empty-sheet"))
            return
        if read_board_sheet(sheet, zone=self.zone, today=self.today, findings=self.found):
            return
        sections = list(headers(sheet))
        if not sections:
            code = foreign_table(sheet)
            self.found.skipped.append(
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
        take, unknown = self._taker(header, rows)
        for row in _filled(rows):
            reader = RowReader(
                sheet.name, row=row, header=header, year=partial(self.years.year, sheet)
            )
            skipped = take(reader)
            self.found.doubts.extend(reader.doubts)
            if skipped:
                self.found.skipped.append(skipped)
            else:
                taken += 1
        here = (sheet.name, header.table.code)
        if any((table.sheet, table.code) == here for table in self.found.tables):
            repeated = Skipped(sheet=sheet.name, row=header.row, code="repeated-heading")
            self.found.skipped.append(repeated)
        self.found.tables.append(
            ReadTable(
                sheet=sheet.name,
                code=header.table.code,
                header_row=header.row,
                rows=taken,
                unknown=unknown,
            )
        )

    def _taker(self, header: Header, rows: tuple[Row, ...]) -> tuple[_Take, tuple[str, ...]]:
        """What takes the rows of a section, and the headings that mean nothing to it."""
        if header.kind is TableKind.RACI:
            whose, others = columns_of(header, rows)
            return partial(self._take_node, whose), others
        return partial(self._take, header.kind), header.unknown

    def _take_node(self, whose: tuple[Whose, ...], row: RowReader) -> Skipped | None:
        node = read_node(row, whose)
        if node is None:
            code = "row-without-content" if row.line(Field.NODE) else "row-without-title"
            return Skipped(sheet=row.sheet, row=row.number, code=code)
        self.nodes.append(node)
        return None

    def _take(self, kind: TableKind, row: RowReader) -> Skipped | None:
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
        if self.found.tasks.add(task, row):
            return None
        return Skipped(sheet=row.sheet, row=row.number, code="duplicate-id", fact=task.external_id)

    def _take_update(self, row: RowReader) -> Skipped | None:
        update = read_update(row, today=self.today)
        if update is None:
            return Skipped(sheet=row.sheet, row=row.number, code="row-without-title")
        self.found.updates.append(update)
        self.found.tasks.imply(implied_task(update), on=update.on)
        return None


def _filled(rows: tuple[Row, ...]) -> Iterator[Row]:
    """``rows`` with ditto marks filled down from the row above, which may have been filled too."""
    above: Row | None = None
    for row in rows:
        above = filled_down(row, above)
        yield above
