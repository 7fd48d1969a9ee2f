"""What waits for a decision, worst first, with the facts to decide beside it (R74, R84, R88)."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget

from core.desk import Receipt
from core.domain.refusals import Refusal
from core.domain.timers import Target
from core.queries.board import CardRow
from core.queries.triage import Triage, TriageFacts, TriageRow, facts, triage
from tui.actions import bindings
from tui.keyboard import Scope
from tui.panes.alerts import WHOSE
from tui.screens.triage_keys import TriageKeys
from tui.screens.triage_lines import Marks, Shown, fact_lines, list_lines
from tui.screens.triage_words import Clock
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line
from tui.widgets.lines import LineList

_WIDE = 100
"""Cells from which the facts stand beside the list."""
_GUTTER = 6
"""Cells of a line before its second row, and those after it that say that there is more."""


class TriageScreen(TriageKeys):
    """Decide one item after another, or several at once, without leaving the screen."""

    CSS_PATH = "triage.tcss"
    SCOPE = Scope.TRIAGE
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TRIAGE)  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (_WIDE, "-wide"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._decided: dict[str, str] = {}
        self._found = Triage(rows=(), total=0)
        self._facts: TriageFacts | None = None
        self._shown = ""
        """The mark of the line whose facts are shown."""
        self._read = ""
        """The same, as long as nothing else is shown: not emptied before it is read anew."""

    def body(self) -> Iterable[Widget]:
        """What waits, and the facts of what is chosen."""
        with Container(id="body"):
            yield LineList(self.session.theme, id="waiting")
            beside = LineList(self.session.theme, id="facts")
            beside.can_focus = False
            yield beside

    def on_resize(self) -> None:
        """Another width holds other lines."""
        self.call_after_refresh(self.draw)

    async def on_mount(self) -> None:
        """Keys go to the list."""
        self.set_focus(self.list)
        await self.renew()

    @property
    def list(self) -> LineList:
        """What waits."""
        return self.query_one("#waiting", LineList)

    @property
    def beside(self) -> LineList:
        """The facts of what is chosen."""
        return self.query_one("#facts", LineList)

    # What is chosen

    @property
    def row(self) -> TriageRow | None:
        """The line under the cursor."""
        chosen = self.list.chosen
        return next((one for one in self._found.rows if one.mark == chosen), None)

    @property
    def rows(self) -> tuple[TriageRow, ...]:
        """What is decided about: the selected lines, else the one under the cursor."""
        found = tuple(one for one in self._found.rows if one.mark in self.selected)
        return found or ((self.row,) if self.row else ())

    @property
    def facts(self) -> TriageFacts | None:
        """The facts of the line under the cursor."""
        return self._facts

    @property
    def card(self) -> CardRow | None:
        """The task under the cursor; None while several lines are selected to be decided about."""
        return self._facts.card if self._facts and not self.selected else None

    # Reading

    async def refresh_view(self) -> None:
        """Read the list, and the facts of the chosen line anew."""
        session = self.session
        await session.horizons()
        me = session.me.id if session.me else None
        self._found = await session.bridge.ask(
            triage, viewer=me, scope=self.scope, project=session.project, now=session.now()
        )
        here = {one.mark for one in self._found.rows}
        self.selected = {mark: None for mark in self.selected if mark in here}
        self._decided = {mark: said for mark, said in self._decided.items() if mark in here}
        self._facts, self._shown = None, ""
        self.draw()
        await self._load()

    def draw(self) -> None:
        """Show the list as it was read last."""
        marks = Marks(selected=self.selected, decided=self._decided)
        room = (self.list.size.width or self.size.width) - _GUTTER
        told = list_lines(self.words, self._found.rows, marks, self._clock(), room=room)
        lines = list(told)
        if (more := self._found.total - len(self._found.rows)) > 0:
            lines.append(Line(text=self.words("and {count} more", count=more), color="duban-muted"))
        self.list.lines = tuple(lines)
        self._head()
        self.hint_anew()

    def _head(self) -> None:
        words, count = self.words, self._found.total
        waiting = words.ngettext("{count} item", "{count} items", count)
        chips = [Chip(text=waiting, color="duban-overdue" if count else "duban-ok")]
        if self.selected:
            chosen = words("{count} selected", count=len(self.selected))
            chips.append(Chip(text=chosen, color="duban-key"))
        chips.append(Chip(text=words(WHOSE[self.scope])))
        project = self.session.project_of(self.session.project)
        if project is not None:
            chips.append(Chip(text=project.name))
        self.query_one(Header).facts = HeaderFacts(
            title=words("Triage"),
            chips=tuple(chips),
            person=self.session.me.name if self.session.me else "",
        )

    def _clock(self, row: TriageRow | None = None) -> Clock:
        calendar = self.session.calendar(row.alert.project if row else None)
        return Clock(self.session.now(), calendar.zone, calendar.office[-1][1])

    async def _load(self) -> None:
        """The facts of the chosen line, unless they are there."""
        row, beside = self.row, self.beside
        if row is None:
            self._facts, self._shown, beside.lines = None, "", ()
            self.hint_anew()
            return
        if self._shown == row.mark and self._facts is not None:
            return
        session = self.session
        me = session.me.id if session.me else None
        self._facts = await session.bridge.ask(facts, row.about, viewer=me, now=session.now())
        self._shown = row.mark
        calendar = session.calendar(row.alert.project)
        members = {one.handle: one.name for one in session.people}
        wide = self.size.width >= _WIDE
        shown = Shown(row, self._facts, calendar, self._clock(row), members, wide)
        beside.lines = tuple(fact_lines(self.words, shown))
        if self._read != row.mark:  # news of the same item moves nothing
            beside.first()
        self._read = row.mark
        self.hint_anew()

    async def moved(self) -> None:
        """Show the facts of what is chosen now."""
        try:
            await self._load()
        except Refusal as refusal:
            self.refused(refusal)

    # Deciding

    async def renew_after(self, receipt: Receipt | None) -> None:
        """What was decided is marked, or gone; the cursor goes on to what is not decided yet."""
        said, marks = self.deciding
        before = tuple(one.mark for one in self._found.rows)
        for mark in marks:
            self._decided[mark] = said
            self.selected.pop(mark, None)
        await super().renew_after(receipt)
        if marks:
            self._go_on(before, marks)
            await self.moved()

    def _go_on(self, before: Sequence[str], marks: tuple[str, ...]) -> None:
        """To the next line after those that were decided, else to the first that is open."""
        last = max((before.index(mark) for mark in marks if mark in before), default=0)
        here = {one.mark for one in self._found.rows}
        for mark in (*before[last + 1 :], *before[: last + 1]):
            if mark in here and mark not in self._decided:
                self.list.choose(mark)
                return

    # Keys

    async def act_open(self) -> None:
        """All about the task or the issue; a question stands in the sync log."""
        row = self.row
        if row is None:
            return
        if row.about.task is not None:
            await self.shell.show("detail", task=row.about.task)
        elif row.about.target is Target.ISSUE:
            from tui.screens.issue_steps import show_issue

            await show_issue(self, row.about.object)
        else:
            await self.shell.show("sync")

    async def act_leave(self) -> None:
        """Select nothing, else back to the board."""
        if self.selected:
            self.selected = {}
            self.draw()
            return
        await super().act_leave()
