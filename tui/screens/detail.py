"""Everything about one task, in five parts; each field is edited where it stands."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.domain.status import Light, State
from core.policies.acts import About
from core.policies.alerts import Horizon, horizon_at, light_of
from core.policies.blocked_time import CycleTime
from core.queries import board
from core.queries.board import CardRow
from core.queries.cycle import task_cycle
from core.queries.detail import TaskView, task_view
from core.queries.history import NEWEST, EventRow, events
from core.queries.reviews import VerdictFacts, verdict_facts
from tui.actions import bindings
from tui.keyboard import Scope
from tui.screens.detail_aside import aside
from tui.screens.detail_keys import DetailKeys
from tui.screens.detail_lines import PARTS, Part, Shown, counted, lines
from tui.screens.permitted import about_view
from tui.screens.task_lines import Teller, chips
from tui.session import Session
from tui.widgets.header import Header, HeaderFacts
from tui.widgets.lines import LineList
from tui.widgets.marks import Look
from tui.widgets.tabs import PartTabs

_WINDOW = 50


class _Read(NamedTuple):
    """What the screen shows, as it was read at one moment."""

    view: TaskView
    card: CardRow | None
    events: tuple[EventRow, ...]
    cycle: CycleTime | None
    verdict: VerdictFacts | None
    """Of what waits for one."""


class DetailScreen(DetailKeys):
    """One task. Left and right go from part to part, enter edits or opens what is chosen."""

    CSS_PATH = "detail.tcss"
    SCOPE = Scope.DETAIL
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.DETAIL)  # type: ignore[assignment]

    def __init__(self, session: Session, task: TaskId) -> None:
        super().__init__(session)
        self.number = task
        self._view: TaskView | None = None
        self._card: CardRow | None = None
        self._events: tuple[EventRow, ...] = ()
        self._cycle: CycleTime | None = None
        self._verdict: VerdictFacts | None = None
        self._complete = False
        self._horizon: Horizon | None = None
        self._places: dict[Part, str] = {}
        """What was chosen in each part."""

    def body(self) -> Iterable[Widget]:
        """Tabs and lines."""
        yield PartTabs(self.session.theme)
        with Horizontal(id="columns"):
            yield LineList(self.session.theme, id="lines")
            yield LineList(self.session.theme, id="aside")

    async def on_mount(self) -> None:
        """Keys go to the lines."""
        self.set_focus(self.main)
        self.aside.active = False
        await self.renew()

    @property
    def view(self) -> TaskView | None:
        """The task as it was last read."""
        return self._view

    @property
    def card(self) -> CardRow | None:
        """The same as a card."""
        return self._card

    @property
    def criterion(self) -> str:
        """Of the chosen line."""
        kind, _, number = self.list.chosen.partition(":")
        return number if kind == "criterion" else ""

    @property
    def about(self) -> About | None:
        """All that matters to who may do what."""
        return about_view(self._view, self._verdict)

    def on_resize(self) -> None:
        """One list or two."""
        if self._view is not None and self.aside.display != self._is_beside:
            self._draw(self._view, self._horizon)

    @property
    def _is_beside(self) -> bool:
        return self.is_wide and self.part is Part.OVERVIEW

    async def refresh_view(self) -> None:
        """Read the task, and its history where that is shown."""
        limit = max(_WINDOW, len(self._events)) if self.part is Part.HISTORY else 0

        now = self.session.now()

        def read(desk: Desk) -> _Read:
            found = desk.ask(events, before=NEWEST, limit=limit, task=self.number) if limit else ()
            view, card = desk.ask(task_view, self.number), desk.ask(board.card, self.number)
            verdict = None
            if view.task.state is State.REVIEW:
                verdict = desk.ask(verdict_facts, self.number, now=now)
            cycle = desk.ask(task_cycle, self.number, now=now)
            return _Read(view, card, found, cycle, verdict)

        found = await self.session.bridge.call(read)
        view, self._card, self._events, self._cycle, self._verdict = found
        self._view = view
        self._complete = len(self._events) < limit
        horizons = await self.session.horizons()
        self._draw(view, horizons.get(view.project.id))

    # Drawing

    def _draw(self, view: TaskView, horizon: Horizon | None) -> None:
        self._horizon = horizon
        calendar = self.session.calendar(view.project.id)
        now = self.session.now()
        at = horizon or horizon_at(now, calendar)

        def light(row: CardRow) -> Light | None:
            return light_of(row, at)

        look = Look(
            theme=self.session.theme,
            words=self.words,
            zone=calendar.zone,
            now=now,
            closing=calendar.office[-1][1],
            light=light,
        )
        names = {one.id: one.name for one in self.session.departments}
        members = {one.handle: one.name for one in self.session.people}
        tell = Teller(self.words, names, members=members)
        shown = Shown(
            view=view,
            events=self._events,
            complete=self._complete,
            look=look,
            calendar=calendar,
            tell=tell,
            unfolded=self.unfolded,
            beside=self._is_beside,
            restored_by=self.key("restore"),
            cycle=self._cycle,
        )
        tabs = self.query_one(PartTabs)
        tabs.labels = tuple(self.words(PARTS[one]) + counted(one, view) for one in Part)
        tabs.place = (*Part,).index(self.part)
        chosen = self.list.chosen
        self.main.lines = lines(self.part, shown)
        self.aside.lines = aside(shown) if self._is_beside else ()
        self.show_aside(shown=self._is_beside)
        if chosen != self.list.chosen:
            self.choose_line(chosen)
        self.hint_anew()
        self.query_one(Header).facts = HeaderFacts(
            title=f"{view.task.key} {view.task.title}",
            chips=tuple(chips(self.words, view, self._card, look)),
            person=self.session.me.name if self.session.me else "",
        )

    # Keys

    async def act_cursor_left(self) -> None:
        """To the list on the left, or the part."""
        if not self.cross(right=False):
            await self._turn(-1)

    async def act_cursor_right(self) -> None:
        """To the list on the right, or the part."""
        if not self.cross(right=True):
            await self._turn(1)

    async def act_part_next(self) -> None:
        """To the next part."""
        await self._turn(1)

    async def act_part_previous(self) -> None:
        """To the part before."""
        await self._turn(-1)

    async def _turn(self, by: int) -> None:
        parts = (*Part,)
        await self._turn_to((parts.index(self.part) + by) % len(parts))

    async def _turn_to(self, place: int) -> None:
        """Show another part, with the cursor where it was there."""
        self._places[self.part] = self.list.chosen
        self.part = (*Part,)[place]
        await self.renew()
        if not self.choose_line(self._places.get(self.part, "")):
            self.list.first()

    async def on_part_tabs_picked(self, event: PartTabs.Picked) -> None:
        """A click on a tab."""
        await self._turn_to(event.place)

    async def on_line_list_ended(self, event: LineList.Ended) -> None:
        """Near the end of the history: read further back."""
        event.stop()
        if self.part is not Part.HISTORY or self._complete or self._view is None:
            return
        oldest = self._events[-1].number
        try:
            more = await self.session.bridge.ask(
                events, before=oldest, limit=_WINDOW, task=self.number
            )
            horizons = await self.session.horizons()
        except Refusal as refusal:
            self.refused(refusal)
            return
        if self._events[-1].number == oldest:
            self._complete = len(more) < _WINDOW
            self._events += more
            self._draw(self._view, horizons.get(self._view.project.id))
