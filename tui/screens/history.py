"""Who did what, newest first: of the project, of one task, or by one person (R100)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from core.domain.ids import TaskId
from core.policies.clocks import local_day
from core.queries.board import card
from core.queries.history import NEWEST, EventRow, events
from tui.actions import bindings
from tui.history_groups import GROUPS
from tui.history_words import details, sentence
from tui.keyboard import Scope
from tui.prompts.inputs import Choice
from tui.prompts.sync_filter import HistoryFilter, HistoryFilterPrompt
from tui.screens.sync_lines import day_heading
from tui.screens.windowed import WindowedScreen
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line, Span
from tui.widgets.lines import LineList


class HistoryScreen(WindowedScreen):
    """Sentences by day; what changed stands below each."""

    SCOPE = Scope.HISTORY
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.HISTORY)  # type: ignore[assignment]

    def __init__(self, session: Session, task: TaskId | None = None) -> None:
        super().__init__(session)
        self.shown = HistoryFilter()
        self._subject = task
        self._key = ""

    def body(self) -> Iterable[Widget]:
        """One list."""
        yield LineList(self.session.theme, id="events")

    @property
    def list(self) -> LineList:
        """The history."""
        return self.query_one("#events", LineList)

    @property
    def chosen(self) -> EventRow | None:
        """The chosen event."""
        key = self.list.chosen
        return next((row for row in self._rows if str(row.number) == key), None)

    async def on_mount(self) -> None:
        """Keys go to the history."""
        self.set_focus(self.list)
        await self.renew()

    async def refresh_view(self) -> None:
        """Read what is held, from the newest on."""
        if self._subject is not None:
            found = await self.session.bridge.ask(card, self._subject)
            self._key = found.key if found else ""
        await self.read_again()
        self.draw()

    async def read_rows(self, last: EventRow | None, limit: int) -> tuple[EventRow, ...]:
        """The events before ``last``."""
        shown, task = self.shown, self._subject
        after = shown.day_to + timedelta(days=1) if shown.day_to else None
        return await self.session.bridge.ask(
            events,
            before=last.number if last else NEWEST,
            limit=limit,
            since=self._begin(shown.day_from),
            until=self._begin(after),
            kinds=GROUPS[shown.group][1] if shown.group else (),
            actor=shown.person,
            task=task,
            project=None if task else self.session.project,
        )

    def _begin(self, day: date | None) -> datetime | None:
        """The instant at which a day begins where the project is."""
        zone = self.session.calendar().zone
        return None if day is None else datetime.combine(day, time(), zone)

    # Keys

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click goes to its task."""
        event.stop()
        await self.act_open()

    async def act_open(self) -> None:
        """To the task that it was done to."""
        row = self.chosen
        if row is None or row.task is None:
            self.tell(self.words("This was done to no task."), "warning")
        else:
            await self.shell.show("detail", task=row.task)

    async def act_filter(self) -> None:
        """Show one person's deeds, one kind, or some days only."""
        people = [
            Choice(key=str(one.id), label=one.name, note=one.handle) for one in self.session.people
        ]
        today = local_day(self.session.now(), self.session.calendar())
        prompt = HistoryFilterPrompt(self.words, people=people, start=self.shown, today=today)
        if (said := await self.answer(prompt)) is not None:
            await self._show(said)

    async def _show(self, shown: HistoryFilter) -> None:
        self.shown, self._rows = shown, ()
        await self.renew()
        self.list.first()

    async def act_leave(self) -> None:
        """Clear the filter; without one, back."""
        if self.shown != HistoryFilter():
            await self._show(HistoryFilter())
            return
        await super().act_leave()

    # Drawing

    def draw(self) -> None:
        """Show what is held."""
        lines = tuple(self._lines())
        nothing = self.words("Nothing was done yet that fits.")
        self.list.lines = lines or (Line(text=nothing, most=2),)
        project = self.session.project_of(self.session.project)
        about = self._key or (project.name if project else self.words("all projects"))
        self.query_one(Header).facts = HeaderFacts(
            title=self.words("History · {name}", name=about),
            chips=tuple(self._chips()),
            person=self.session.me.name if self.session.me else "",
        )

    def _chips(self) -> Iterator[Chip]:
        shown = self.shown
        if shown.group:
            yield Chip(text=self.words(GROUPS[shown.group][0]), color="duban-key")
        if (person := self.session.person(shown.person)) is not None:
            yield Chip(text=person.name, color="duban-key")
        if shown.day_from or shown.day_to:
            days = (f"{day}" if day else "…" for day in (shown.day_from, shown.day_to))
            yield Chip(text=" – ".join(days), color="duban-key")

    def _lines(self) -> Iterator[Line]:
        calendar = self.session.calendar()
        today, last = local_day(self.session.now(), calendar), None
        members = {one.handle: one.name for one in self.session.people}
        for row in sorted(self._rows, key=lambda one: (one.at, one.number), reverse=True):
            zone = self.session.calendar(row.project).zone if row.project else calendar.zone
            at = row.at.astimezone(zone)
            if at.date() != last:
                last = at.date()
                yield day_heading(self.words, last, today)
            yield Line(
                key=str(row.number),
                head=(Span(f"{at:%H:%M}  ", "duban-muted"),),
                text=sentence(self.words, row, names=members),
                most=2,
            )
            if said := " · ".join(details(self.words, row, zone=zone, names=members)):
                yield Line(head=(Span(" " * 7),), text=said, color="duban-muted", most=4)
        if not self._complete:
            yield Line(text="…", color="duban-muted")
