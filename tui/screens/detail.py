"""Everything about one task, in five parts; each field is edited where it stands."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.widget import Widget

from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.domain.status import Light
from core.policies.alerts import Horizon, horizon_at, light_of
from core.queries import board
from core.queries.board import CardRow
from core.queries.detail import TaskView, task_view
from core.queries.history import NEWEST, EventRow, events
from tui.actions import Scope, bindings
from tui.screens.detail_lines import PARTS, Part, Shown, counted, lines
from tui.screens.list_keys import ListKeys
from tui.screens.part_edits import PartEdits
from tui.screens.task_lines import Teller, chips
from tui.session import Session
from tui.widgets.header import Header, HeaderFacts
from tui.widgets.lines import LineList
from tui.widgets.marks import Look
from tui.widgets.tabs import PartTabs

_ADDED: dict[Part, tuple[str, ...]] = {
    Part.OVERVIEW: (
        "collaborator",
        "dependency",
        "subtask",
        "milestone",
        "criterion",
        "deliverable",
        "update",
    ),
    Part.STEPS: ("subtask", "milestone"),
    Part.UPDATES: ("update",),
    Part.RESULTS: ("criterion", "deliverable"),
}
"""What can be added in which part."""
_WINDOW = 50


class DetailScreen(ListKeys, PartEdits):
    """One task. Left and right go from part to part, enter edits or opens what is chosen."""

    CSS_PATH = "detail.tcss"
    SCOPE = Scope.DETAIL
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.DETAIL)  # type: ignore[assignment]

    def __init__(self, session: Session, task: TaskId) -> None:
        super().__init__(session)
        self.number = task
        self.part = Part.OVERVIEW
        self._view: TaskView | None = None
        self._card: CardRow | None = None
        self._events: tuple[EventRow, ...] = ()
        self._complete = False
        self._unfolded = False
        """Whether fields that nobody filled in are shown too."""
        self._places: dict[Part, str] = {}
        """What was chosen in each part."""

    def body(self) -> Iterable[Widget]:
        """Tabs and lines."""
        yield PartTabs(self.session.theme)
        yield LineList(self.session.theme, id="lines")

    async def on_mount(self) -> None:
        """Keys go to the lines."""
        self.set_focus(self.list)
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
    def list(self) -> LineList:
        """The lines of the part that is shown."""
        return self.query_one("#lines", LineList)

    async def refresh_view(self) -> None:
        """Read the task, and its history where that is shown."""
        limit = max(_WINDOW, len(self._events)) if self.part is Part.HISTORY else 0

        def read(desk: Desk) -> tuple[TaskView, CardRow | None, tuple[EventRow, ...]]:
            found = desk.ask(events, before=NEWEST, limit=limit, task=self.number) if limit else ()
            return desk.ask(task_view, self.number), desk.ask(board.card, self.number), found

        view, self._card, self._events = await self.session.bridge.call(read)
        self._view = view
        self._complete = len(self._events) < limit
        horizons = await self.session.horizons()
        self._draw(view, horizons.get(view.project.id))

    # Drawing

    def _draw(self, view: TaskView, horizon: Horizon | None) -> None:
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
        shown = Shown(view, self._events, self._complete, look, calendar, tell, self._unfolded)
        tabs = self.query_one(PartTabs)
        tabs.labels = tuple(self.words(PARTS[one]) + counted(one, view) for one in Part)
        tabs.place = (*Part,).index(self.part)
        self.list.lines = lines(self.part, shown)
        self.query_one(Header).facts = HeaderFacts(
            title=f"{view.task.key} {view.task.title}",
            chips=tuple(chips(self.words, view, self._card, look)),
            person=self.session.me.name if self.session.me else "",
        )

    # Keys

    async def act_cursor_left(self) -> None:
        """To the part on the left."""
        await self._turn(-1)

    async def act_cursor_right(self) -> None:
        """To the part on the right."""
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
        if not self.list.choose(self._places.get(self.part, "")):
            self.list.first()

    async def on_part_tabs_picked(self, event: PartTabs.Picked) -> None:
        """A click on a tab."""
        await self._turn_to(event.place)

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click is enter."""
        event.stop()
        self.run_worker(self.action_act("open"), group="clicks")

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

    def _chosen(self) -> tuple[str, str]:
        """Kind and id of the chosen line."""
        kind, _, name = self.list.chosen.partition(":")
        return kind, name

    async def act_open(self) -> None:
        """Edit what is chosen, or open the other task."""
        kind, name = self._chosen()
        if kind == "empty":
            self._unfolded = True
            await self.renew()
        elif kind == "field":
            await self.edit_field(name)
        elif kind in {"task", "needs"}:
            await self.shell.show("detail", task=TaskId(int(name)))
        elif name:
            await self.edit_part(kind, int(name))

    async def act_add(self) -> None:
        """Add what belongs to the part that is shown."""
        if self.part in _ADDED:
            await self.add_part(_ADDED[self.part])
        else:
            self.tell(self.words("The history writes itself."))

    async def act_tick(self) -> None:
        """Tick the chosen criterion or milestone."""
        kind, name = self._chosen()
        if kind in {"criterion", "milestone"}:
            await self.tick_part(kind, int(name))
        else:
            self.tell(self.words("Only criteria and milestones are ticked."))

    async def act_remove(self) -> None:
        """Remove the chosen part."""
        kind, name = self._chosen()
        line = next((one for one in self.list.lines if one.key == self.list.chosen), None)
        number = int(name) if name.isdigit() else 0
        text = line.text if line else ""
        if kind == "collaborator" and line is not None:
            text = line.head[0].text.strip()
        await self.remove_part(kind, number, text)
