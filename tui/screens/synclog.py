"""The sync log: what others should know, newest first (R93-R95)."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget

from core.commands.sync import AddSyncEntry
from core.domain.refusals import Refusal
from core.domain.status import SyncKind
from core.policies.clocks import local_day
from core.queries.synclog import SyncFilter, SyncRow, entries
from tui.actions import bindings
from tui.keyboard import Scope
from tui.prompts.inputs import Choice
from tui.prompts.sync import FilterAnswer, SyncEntryPrompt, SyncFilterPrompt
from tui.screens.choosing import home_of_new
from tui.screens.list_keys import ListKeys
from tui.screens.sync_lines import KINDS, by_day, whole
from tui.session import Session
from tui.terms import sync_kind_word
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.line import Line
from tui.widgets.lines import LineList

_WINDOW = 100


class SyncScreen(ListKeys):
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
        self.shown = FilterAnswer()
        self._rows: tuple[SyncRow, ...] = ()
        self._complete = False
        self._fetching = False

    def body(self) -> Iterable[Widget]:
        """The log and one entry."""
        with Container(id="body"):
            yield LineList(self.session.theme, id="entries")
            text = LineList(self.session.theme, id="entry")
            text.can_focus = False
            yield text

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
        """The chosen entry."""
        key = self.list.chosen
        return next((row for row in self._rows if str(row.id) == key), None)

    def _filter(self) -> SyncFilter:
        shown = self.shown
        return SyncFilter(
            kind=shown.kind,
            person=shown.person,
            project=self.session.project,
            day_from=shown.day_from,
            day_to=shown.day_to,
        )

    async def refresh_view(self) -> None:
        """Read what is held, from the newest entry on."""
        limit = max(_WINDOW, len(self._rows))
        self._rows = await self.session.bridge.ask(entries, self._filter(), limit=limit)
        self._complete = len(self._rows) < limit
        self._draw()

    async def on_line_list_ended(self, event: LineList.Ended) -> None:
        """Fetch the entries that come next."""
        event.stop()
        if self._complete or self._fetching or not self._rows:
            return
        self._fetching = True
        try:
            edge = self._rows[-1].edge
            more = await self.session.bridge.ask(
                entries, self._filter(), before=edge, limit=_WINDOW
            )
        except Refusal as refusal:
            self.refused(refusal)
            return
        finally:
            self._fetching = False
        self._complete = len(more) < _WINDOW
        self._rows += more
        self._draw()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Show the whole entry."""
        event.stop()
        if event.list is self.list:
            self._draw_entry()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click goes to its task."""
        event.stop()
        await self.act_open()

    # Drawing

    def _draw(self) -> None:
        today = local_day(self.session.now(), self.session.calendar())
        projects = self.session.project is None
        lines = tuple(by_day(self.words, self._rows, today=today, projects=projects))
        self.list.lines = lines or (Line(text=self._nothing(), most=2),)
        self._draw_entry()
        self.query_one(Header).facts = HeaderFacts(
            title=self.words("Sync log · {project}", project=self._project_name()),
            chips=tuple(self._chips()),
            person=self.session.me.name if self.session.me else "",
        )

    def _nothing(self) -> str:
        if self.shown != FilterAnswer():
            return self.words("No entry fits the filter; esc clears it.")
        return self.words("Nothing here yet. Press a to write the first entry.")

    def _project_name(self) -> str:
        project = self.session.project_of(self.session.project)
        return project.name if project else self.words("all projects")

    def _chips(self) -> Iterator[Chip]:
        shown = self.shown
        if shown.kind is not None:
            yield Chip(text=sync_kind_word(self.words, shown.kind), color=KINDS[shown.kind])
        if (person := self.session.person(shown.person)) is not None:
            yield Chip(text=person.name, color="duban-key")
        if shown.day_from or shown.day_to:
            days = (f"{day}" if day else "…" for day in (shown.day_from, shown.day_to))
            yield Chip(text=" – ".join(days), color="duban-key")
        more = "" if self._complete else "+"
        text = self.words.ngettext("{count} entry", "{count} entries", len(self._rows))
        yield Chip(text=f"{text}{more}")

    def _draw_entry(self) -> None:
        row = self.chosen
        zone = self.session.calendar(row.project if row else None).zone
        lines = whole(self.words, row, zone=zone) if row else ()
        self.query_one("#entry", LineList).lines = tuple(lines)

    # Keys

    async def act_open(self) -> None:
        """To the entry's task, if it has one."""
        row = self.chosen
        if row is None:
            return
        if row.task is None:
            self.tell(self.words("This entry belongs to no task."), "warning")
            return
        await self.shell.show("detail", task=row.task)

    async def act_add(self) -> None:
        """Write an entry."""
        title = self.words("To which project does it belong?")
        project = await home_of_new(self, title=title)
        if project is None:
            return
        key = next(one.key for one in self.session.projects if one.id == project)
        title = self.words("New entry · {project}", project=key)
        kind = self.shown.kind or SyncKind.PROGRESS
        said = await self.answer(SyncEntryPrompt(self.words, title=title, kind=kind))
        if said is None:
            return
        receipt = await self.send(
            AddSyncEntry(
                project=project,
                topic=said.topic,
                content=said.content,
                kind=said.kind,
                audience=said.audience,
                reference=said.reference,
                remarks=said.remarks,
            )
        )
        if receipt is not None:
            self.list.choose(str(receipt.id))

    async def act_filter(self) -> None:
        """Show some kinds, authors or days only."""
        people = [
            Choice(key=str(one.id), label=one.name, note=one.handle) for one in self.session.people
        ]
        today = local_day(self.session.now(), self.session.calendar())
        prompt = SyncFilterPrompt(self.words, people=people, start=self.shown, today=today)
        said = await self.answer(prompt)
        if said is not None:
            await self._show(said)

    async def _show(self, shown: FilterAnswer) -> None:
        self.shown, self._rows = shown, ()
        await self.renew()
        self.list.first()

    async def act_leave(self) -> None:
        """Clear the filter; without one, back."""
        if self.shown != FilterAnswer():
            await self._show(FilterAnswer())
            return
        await super().act_leave()
