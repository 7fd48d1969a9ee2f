"""The sync log: what others should know, newest first (R93-R95)."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget

from core.domain.refusals import Refusal
from core.policies.clocks import local_day
from core.queries.meetings import MeetingRow, MeetingView, PlanRow, meeting, meetings, plans
from core.queries.synclog import Edge, SyncFilter, SyncRow, entries
from tui.actions import bindings
from tui.keyboard import Scope
from tui.prompts.sync_filter import FilterAnswer
from tui.screens.sync_keys import SyncKeys
from tui.screens.sync_lines import KINDS, by_day, meeting_whole, meetings_by_day, next_chip, whole
from tui.session import Session
from tui.terms import sync_kind_word
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line
from tui.widgets.lines import LineList


class SyncScreen(SyncKeys):
    """The list, and the whole text of the chosen entry under or beside it."""

    CSS_PATH = "synclog.tcss"
    SCOPE = Scope.SYNC
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SYNC)  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (110, "-wide"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view: MeetingView | None = None
        """The chosen meeting."""
        self._next: PlanRow | None = None
        """The next meeting that is planned."""

    def body(self) -> Iterable[Widget]:
        """The log and one entry."""
        with Container(id="body"):
            yield LineList(self.session.theme, id="entries")
            text = LineList(self.session.theme, id="entry")
            text.can_focus = False
            yield text

    @property
    def beside(self) -> LineList:
        """The chosen entry whole."""
        return self.query_one("#entry", LineList)

    @property
    def hinted(self) -> tuple[str, ...]:
        """With those that go on in the text, where it goes on."""
        return self.reading_on(super().hinted)

    async def on_mount(self) -> None:
        """Keys go to the log."""
        self.set_focus(self.list)
        await self.renew()

    @property
    def list(self) -> LineList:
        """The log."""
        return self.query_one("#entries", LineList)

    @property
    def chosen(self) -> SyncRow | None:
        """The chosen entry; None while meetings are shown."""
        found = self._chosen_row
        return found if isinstance(found, SyncRow) else None

    @property
    def _chosen_row(self) -> SyncRow | MeetingRow | None:
        key = self.list.chosen
        return next((row for row in self._rows if str(row.id) == key), None)

    def forget(self) -> None:
        """Begin with the newest again: something else is shown."""
        self._rows, self._view = (), None

    def _filter(self) -> SyncFilter:
        shown = self.shown
        return SyncFilter(
            kind=shown.kind,
            person=shown.person,
            project=self.session.project,
            day_from=shown.day_from,
            day_to=shown.day_to,
        )

    async def read_rows(
        self, last: SyncRow | MeetingRow | None, limit: int
    ) -> tuple[SyncRow | MeetingRow, ...]:
        """Entries or meetings."""
        before: Edge | None = last.edge if last else None
        ask, project = self.session.bridge.ask, self.session.project
        if self.shown.meetings:
            return await ask(meetings, project=project, before=before, limit=limit)
        return await ask(entries, self._filter(), viewer=self.viewer, before=before, limit=limit)

    async def refresh_view(self) -> None:
        """Read what is held, from the newest on."""
        await self.read_again()
        project = self.session.project
        planned = await self.session.bridge.ask(plans, now=self.session.now(), project=project)
        self._next = planned[0] if planned else None
        self.draw()
        await self._read_meeting()

    async def _read_meeting(self) -> None:
        """Read the chosen meeting whole, if meetings are shown."""
        row = self._chosen_row
        if isinstance(row, MeetingRow):
            self._view = await self.session.bridge.ask(meeting, row.id, viewer=self.viewer)
            self._draw_entry()

    async def moved(self) -> None:
        """Keys wait until the chosen meeting is read."""
        try:
            await self._read_meeting()
        except Refusal as refusal:
            self.refused(refusal)

    async def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Show it whole."""
        event.stop()
        if event.list is self.list:
            self._draw_entry()
            await self.moved()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click goes to its task."""
        event.stop()
        await self.act_open()

    # Drawing

    def draw(self) -> None:
        """Show what is held."""
        lines = tuple(self._lines())
        self.list.lines = lines or (Line(text=self._nothing(), most=2),)
        self._draw_entry()
        self.query_one(Header).facts = HeaderFacts(
            title=self.words("Sync log · {project}", project=self._project_name()),
            chips=tuple(self._chips()),
            person=self.session.me.name if self.session.me else "",
        )

    def _lines(self) -> Iterator[Line]:
        today = local_day(self.session.now(), self.session.calendar())
        projects = self.session.project is None
        held = [row for row in self._rows if isinstance(row, MeetingRow)]
        told = [row for row in self._rows if isinstance(row, SyncRow)]
        yield from meetings_by_day(self.words, held, today=today, projects=projects)
        yield from by_day(self.words, told, today=today, projects=projects)

    def _nothing(self) -> str:
        if self.shown.meetings:
            key = self.key("minutes")
            return self.words("No meeting yet. Press {key} to write minutes.", key=key)
        if self.shown != FilterAnswer():
            return self.words("No entry fits the filter; esc clears it.")
        return self.words("Nothing here yet. Press a to write the first entry.")

    def _project_name(self) -> str:
        project = self.session.project_of(self.session.project)
        return project.name if project else self.words("all projects")

    def _chips(self) -> Iterator[Chip]:
        shown = self.shown
        if shown.meetings:
            yield Chip(text=self.words("Meetings"), color="duban-key")
        if shown.kind is not None:
            yield Chip(text=sync_kind_word(self.words, shown.kind), color=KINDS[shown.kind])
        if (person := self.session.person(shown.person)) is not None:
            yield Chip(text=person.name, color="duban-key")
        if shown.day_from or shown.day_to:
            days = (f"{day}" if day else "…" for day in (shown.day_from, shown.day_to))
            yield Chip(text=" – ".join(days), color="duban-key")
        if self._next is not None:
            zone = self.session.calendar(self._next.plan.project).zone
            found = next_chip(self.words, self._next, now=self.session.now(), zone=zone)
            yield from (found,) if found else ()
        more, count = "" if self._complete else "+", len(self._rows)
        text = self.words.ngettext("{count} entry", "{count} entries", count)
        if shown.meetings:
            text = self.words.ngettext("{count} meeting", "{count} meetings", count)
        yield Chip(text=f"{text}{more}")

    def _draw_entry(self) -> None:
        row = self._chosen_row
        lines: Iterable[Line] = ()
        if isinstance(row, SyncRow):
            zone = self.session.calendar(row.project).zone
            lines = whole(self.words, row, zone=zone)
        elif row is not None and self._view is not None and self._view.meeting.id == row.id:
            lines = meeting_whole(self.words, self._view)
        self.beside.lines = tuple(lines)
