"""One task in several sheets: the first tells, later ones fill gaps, differences are doubts."""

from datetime import date
from typing import Any, Final

from core.exchange.planned import PlannedTask
from core.exchange.reading.row_reader import RowReader
from core.exchange.tables import Field
from core.records import names_of, replace

_FIELD_OF: Final = {
    "title": Field.TITLE,
    "description": Field.DESCRIPTION,
    "parent_external_id": Field.PARENT,
    "project_name": Field.PROJECT,
    "goal": Field.GOAL,
    "process": Field.PROCESS,
    "initiator": Field.INITIATOR,
    "owner": Field.OWNER,
    "acceptor": Field.ACCEPTOR,
    "collaborators": Field.COLLABORATORS,
    "type": Field.TYPE,
    "priority": Field.PRIORITY,
    "start_on": Field.START,
    "due_on": Field.DUE,
    "state": Field.STATUS,
    "status_note": Field.STATUS,
    "progress": Field.PROGRESS,
    "note": Field.NOTE,
    "criteria": Field.CRITERIA,
    "deliverables": Field.DELIVERABLES,
    "risk_note": Field.RISK,
}
_NOT_MERGED: Final = frozenset({"sheet", "row", "given", "raw", "implied", "external_id"})
_MERGED: Final = tuple(name for name in names_of(PlannedTask) if name not in _NOT_MERGED)


class TaskBook:
    """The tasks of a file, each id once."""

    def __init__(self) -> None:
        self._tasks: list[PlannedTask] = []
        self._places: dict[str, int] = {}
        self._told: dict[str, date] = {}
        self.circles: list[PlannedTask] = []
        """Tasks whose parent was taken away by ``in_order``, as they were before."""

    def add(self, task: PlannedTask, row: RowReader) -> bool:
        """Take ``task``; False if its sheet already has a task with this id, which counts.

        An id of another sheet is the same task: its gaps are filled, and what differs is
        noted in ``row``.
        """
        place = self._places.get(task.external_id) if task.external_id else None
        if place is None:
            self._append(task)
            return True
        known = self._tasks[place]
        if known.implied:
            self._tasks[place] = _filled(task, known)
            return True
        if known.sheet == task.sheet:
            row.doubt(Field.ID, "duplicate-id", read_as=f"{known.row}")
            return False
        _note_differences(known, task, row)
        self._tasks[place] = _filled(known, task)
        return True

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return len(self._tasks)

    def take(self, task: PlannedTask) -> bool:
        """Take a task of a board, which tells each once; False if its id is there already."""
        if task.external_id and task.external_id in self._places:
            return False
        self._append(task)
        return True

    def imply(self, task: PlannedTask, *, on: date) -> None:
        """Take a subtask that an update of day ``on`` tells of; the newest tells its progress."""
        place = self._places.get(task.external_id) if task.external_id else None
        if place is None:
            self._append(task)
        else:
            known = self._tasks[place]
            newest = on >= self._told.get(task.external_id, on)
            if known.implied and newest and task.progress is not None:
                known = replace(
                    known,
                    progress=task.progress,
                    state=task.state,
                    given=known.given | {"progress"},
                )
            self._tasks[place] = _filled(known, task)
        if task.external_id:
            self._told[task.external_id] = max(on, self._told.get(task.external_id, on))

    def _append(self, task: PlannedTask) -> None:
        if task.external_id:
            self._places[task.external_id] = len(self._tasks)
        self._tasks.append(task)

    def in_order(self) -> tuple[PlannedTask, ...]:
        """Parents before their subtasks, else as in the file; a circle of parents is cut."""
        ordered: list[PlannedTask] = []
        placed: set[int] = set()
        for place in range(len(self._tasks)):
            for step in self._line_up(place, placed):
                placed.add(step)
                ordered.append(self._tasks[step])
        return tuple(ordered)

    def _line_up(self, place: int, placed: set[int]) -> list[int]:
        """``place`` and those of its parents that are not placed yet, the highest first."""
        line: dict[int, None] = {}
        step: int | None = place
        while step is not None and step not in placed and step not in line:
            line[step] = None
            step = self._places.get(self._tasks[step].parent_external_id)
        if step is not None and step in line:
            highest = next(reversed(line))
            self.circles.append(self._tasks[highest])
            self._tasks[highest] = replace(self._tasks[highest], parent_external_id="")
        return list(reversed(line))


def _value(task: PlannedTask, name: str) -> object:
    value: object = getattr(task, name)
    return value


def _filled(known: PlannedTask, later: PlannedTask) -> PlannedTask:
    """``known`` with what only ``later`` states."""
    gaps: dict[str, Any] = {
        name: _value(later, name)
        for name in _MERGED
        if name in later.given and name not in known.given
    }
    gaps = {name: value for name, value in gaps.items() if not _stated(known, name)}
    if "due_on" in gaps or "start_on" in gaps:
        gaps["year_assumed"] = later.year_assumed
    if not known.project_key:
        gaps["project_key"] = later.project_key
    return replace(known, given=known.given | gaps.keys(), raw=known.raw + later.raw, **gaps)


def _stated(task: PlannedTask, name: str) -> bool:
    """Whether ``task`` has a value for ``name`` that a later sheet must not replace."""
    return name not in {"priority", "state"} and _value(task, name) not in (None, "", (), False)


def _note_differences(known: PlannedTask, later: PlannedTask, row: RowReader) -> None:
    for name in later.given & known.given & _FIELD_OF.keys():
        kept, other = _value(known, name), _value(later, name)
        if kept == other:
            continue
        column = _FIELD_OF[name]
        if not row.has(column):
            column = Field.PERIOD if name in {"start_on", "due_on"} else Field.ID
        if row.has(column):
            row.doubt(column, "differs-between-sheets", read_as=_shown(kept))


def _shown(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
