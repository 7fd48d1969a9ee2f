"""What reading a board has found so far: tasks, what is told of them, and every doubt once."""

from dataclasses import field
from typing import Any, Final

from core.domain.text import TEXT_LIMIT
from core.exchange.files.limits import ROWS
from core.exchange.planned import (
    Doubt,
    PlannedDependency,
    PlannedTask,
    PlannedUpdate,
    ReadTable,
    Skipped,
)
from core.exchange.reading import clean
from core.exchange.reading.merging import TaskBook
from core.exchange.unreadable import OverLimit
from core.records import dataclass

SHOWN: Final = 80


@dataclass(slots=True, kw_only=True)
class Findings:
    """A plan while it grows, whatever the program it comes from."""

    tables: list[ReadTable] = field(default_factory=list)
    tasks: TaskBook = field(default_factory=TaskBook)
    updates: list[PlannedUpdate] = field(default_factory=list)
    dependencies: list[PlannedDependency] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _said: set[tuple[str, str]] = field(default_factory=set)
    _rows: int = 0

    def doubt(
        self,
        code: str,
        *,
        cell: str,
        value: str = "",
        read_as: str = "",
        sheet: str = "",
        heading: str = "",
    ) -> None:
        """Note a doubt about what stands in ``cell``; twice is once."""
        if not self.first(code, f"{sheet}\n{cell}"):
            return
        self.doubts.append(
            Doubt(
                sheet=sheet,
                cell=cell,
                heading=heading,
                value=" ".join(value[:SHOWN].split()),
                code=code,
                read_as=read_as[:SHOWN],
            )
        )

    def first(self, code: str, value: str) -> bool:
        """Whether ``code`` is said of ``value`` for the first time; again would say no more."""
        known = (code, value)
        if known in self._said:
            return False
        self._said.add(known)
        return True

    def task(self, planned: PlannedTask) -> bool:
        """Take a task; else note that its id is there already. Refuses ``too-many-rows``."""
        self._count()
        if self.tasks.take(planned):
            return True
        self.skip(planned.sheet, planned.row, "duplicate-id", fact=planned.external_id)
        return False

    def update(self, planned: PlannedUpdate) -> None:
        """Take what was told of a task. Refuses ``too-many-rows``."""
        self._count()
        self.updates.append(planned)

    def needs(self, planned: PlannedDependency) -> None:
        """Take a dependency, once. Refuses ``too-many-rows``."""
        pair = f"{planned.task_external_id}\n{planned.needs_external_id}"
        if self.first("needs", pair):
            self._count()
            self.dependencies.append(planned)

    def skip(self, sheet: str, row: int, code: str, *, fact: str = "") -> None:
        """Note that nothing is made of a row."""
        self._count()
        self.skipped.append(Skipped(sheet=sheet, row=row, code=code, fact=fact))

    def _count(self) -> None:
        self._rows += 1
        if self._rows > ROWS:
            raise OverLimit("too-many-rows", limit=ROWS)


def planned_task(
    facts: dict[str, Any], *, sheet: str, row: int, assumed: frozenset[str] = frozenset()
) -> PlannedTask:
    """A task with ``facts``; those that say something count as given, unless ``assumed``."""
    given = frozenset(name for name, value in facts.items() if _says_something(value))
    parent = facts.get("parent_external_id", "")
    return PlannedTask(
        sheet=sheet,
        row=row,
        raw=(("Parent", parent),) if parent else (),
        given=given - assumed - {"project_key", "foreign", "year_assumed"},
        **facts,
    )


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value not in ("", ())


def paragraph(*parts: str) -> str:
    """Those of ``parts`` that say something, each on a line of its own, as a note may be long."""
    text = "\n".join(part for part in parts if part)
    return clean.lines(text, limit=TEXT_LIMIT).value
