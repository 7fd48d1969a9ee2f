"""The matrix of responsibilities: tasks by people and roles, each cell set where it stands."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.queries.raci import Matrix, joined, matrix
from core.queries.raci_rows import Column, MatrixRow
from tui.actions import bindings
from tui.keyboard import Scope
from tui.screens.raci_keys import RaciKeys
from tui.screens.raci_lines import columns, facts, grid_lines
from tui.session import Session
from tui.widgets.grid import Grid
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line
from tui.widgets.lines import LineList
from tui.words import N_

_WINDOW = 100
_ROOMY = 100
"""Cells of the screen from which a task's key stands beside its title."""


class RaciScreen(RaciKeys):
    """A project's matrix, or that of one task with its subtasks."""

    CSS_PATH = "raci.tcss"
    SCOPE = Scope.RACI
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.RACI)  # type: ignore[assignment]

    def __init__(self, session: Session, task: TaskId | None = None) -> None:
        super().__init__(session)
        self._subject = task
        self._found = Matrix()
        self._may_edit = True
        """Whether the hints were made for somebody who may."""

    def body(self) -> Iterable[Widget]:
        """The matrix, and its chosen cell in words."""
        yield Grid(self.session.theme, id="matrix")
        below = LineList(self.session.theme, id="cell")
        below.can_focus = False
        yield below

    @property
    def labels(self) -> dict[str, str]:
        """What the keys do here."""
        named = {"edit": N_("letters"), "add": N_("somebody else"), "open": N_("to the task")}
        return {**super().labels, **named}

    async def on_mount(self) -> None:
        """Keys go to the matrix."""
        self.set_focus(self.grid)
        await self.renew()

    @property
    def grid(self) -> Grid:
        """The matrix."""
        return self.query_one("#matrix", Grid)

    @property
    def row(self) -> MatrixRow | None:
        """The chosen task."""
        chosen = self.grid.line
        return next((one for one in self._found.rows if str(one.task) == chosen), None)

    @property
    def column(self) -> Column | None:
        """The chosen person or role."""
        chosen = self.grid.column
        return next((one for one in self._found.columns if one.holder == chosen), None)

    @property
    def found(self) -> Matrix:
        """All that is shown."""
        return self._found

    async def refresh_view(self) -> None:
        """Read again as much as is shown."""
        last = self._found.rows[-1].task if self._found.rows else TaskId(0)
        project, task = self.session.project, self._subject

        def read(desk: Desk) -> Matrix:
            parts = [desk.ask(matrix, project=project, task=task, limit=_WINDOW)]
            while (after := parts[-1].after) is not None and after < last:
                parts.append(desk.ask(matrix, project=project, after=after, limit=_WINDOW))
            return joined(parts)

        self._show(await self.session.bridge.call(read))

    async def read_on(self) -> None:
        """Read the next tasks, if little is left below the cursor."""
        after, project = self._found.after, self.session.project
        if after is None or not self.grid.is_near_the_end:
            return
        try:
            more = await self.session.bridge.ask(
                matrix, project=project, after=after, limit=_WINDOW
            )
        except Refusal as refusal:
            self.refused(refusal)
            return
        if self._found.after == after:
            self._show(joined((self._found, more)))

    def _show(self, found: Matrix) -> None:
        if not self.is_composed:  # it was left while the store answered
            return
        self._found = found
        self.grid.columns = columns(found)
        self._draw_lines()
        self._show_cell()
        self._draw_header()

    def on_resize(self) -> None:
        """Keys are shown where there is room for them."""
        if self.is_composed:
            self._draw_lines()

    def _draw_lines(self) -> None:
        keyed = self.app.size.width >= _ROOMY
        self.grid.lines = grid_lines(self.words, self._found, keyed=keyed)

    def _show_cell(self) -> None:
        row, words = self.row, self.words
        if (may := self.may("edit")) is not self._may_edit:
            self._may_edit = may
            self.hint_anew()
        found = facts(words, row, self.column, press=self.key("edit")) if row else ()
        self.query_one("#cell", LineList).lines = tuple(found) or (
            Line(text=words("No task here.")),
        )

    def _draw_header(self) -> None:
        session, words, rows = self.session, self.words, self._found.rows
        if self._subject is not None and rows:
            name = f"{rows[0].key} {rows[0].title}"
        else:
            project = session.project_of(session.project)
            name = project.name if project else words("all projects")
        count = len(rows)
        more = "" if self._found.after is None else "+"
        told = words.ngettext("{count} task", "{count} tasks", count)
        chips = [Chip(text=told.replace(str(count), f"{count}{more}", 1))]
        if wrong := sum(bool(row.findings) for row in rows):
            said = words.ngettext("! {count} to check", "! {count} to check", wrong)
            chips.append(Chip(text=said, color="duban-warning"))
        self.query_one(Header).facts = HeaderFacts(
            title=words("Responsibilities · {project}", project=name),
            chips=tuple(chips),
            person=session.me.name if session.me else "",
        )

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """Another cell in words."""
        event.stop()
        self._show_cell()

    async def on_grid_ended(self, event: Grid.Ended) -> None:
        """The wheel came near the end."""
        event.stop()
        await self.read_on()

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click sets the cell."""
        event.stop()
        self.run_worker(self.action_act("edit"), group="clicks")
