"""What waits for acceptance: the queue at the left, one task's facts at the right."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from core.commands.parts import ChangeCriterion
from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.policies.acts import About
from core.queries import board, reviews
from core.queries.board import CardRow
from core.queries.detail import TaskView, task_view
from core.queries.reviews import VerdictFacts
from tui.actions import bindings
from tui.keyboard import Scope
from tui.screens.card_actions import CardActions
from tui.screens.list_keys import ListKeys
from tui.screens.permitted import about_view
from tui.screens.review_lines import fact_lines, queue_lines
from tui.screens.two_lists import WIDE
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.hints import Hint
from tui.widgets.lines import LineList
from tui.words import N_

_MOST = 1000
"""Tasks of the queue that are read."""
_OF_TASK = frozenset("move-next move-previous tick part-next delegate open".split())
"""Keys that do something to the chosen task."""
_LABELS = {"move-next": N_("accept"), "move-previous": N_("send back")}


class ReviewScreen(ListKeys, CardActions):
    """Accept, or send back with findings; criteria are ticked one by one."""

    CSS_PATH = "review.tcss"
    SCOPE = Scope.REVIEW
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.REVIEW)  # type: ignore[assignment]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.everybody = False
        """Whether what waits for others is shown too."""
        self._rows: tuple[reviews.ReviewRow, ...] = ()
        self._view: TaskView | None = None
        self._card: CardRow | None = None
        self._verdict: VerdictFacts | None = None

    def body(self) -> Iterable[Widget]:
        """Queue and facts."""
        with Horizontal(id="body"):
            yield LineList(self.session.theme, id="queue")
            yield LineList(self.session.theme, id="facts")

    @property
    def hinted(self) -> tuple[str, ...]:
        """Nothing can be done to nothing, and ticked where there are no criteria."""
        if not self.is_composed or (self._view is not None and self._view.criteria):
            return super().hinted
        left_out = _OF_TASK if self._card is None else {"tick"}
        return tuple(one for one in super().hinted if one not in left_out)

    def hints(self) -> tuple[Hint, ...]:
        """Here moving on is accepting."""
        return tuple(
            one._replace(label=self.words(_LABELS[one.action])) if one.action in _LABELS else one
            for one in super().hints()
        )

    async def on_mount(self) -> None:
        """Keys go to the queue."""
        self.set_focus(self._queue)
        await self.renew()

    @property
    def card(self) -> CardRow | None:
        """The chosen task."""
        return self._card

    @property
    def about(self) -> About | None:
        """All that matters to who may do what."""
        return about_view(self._view, self._verdict)

    @property
    def criterion(self) -> str:
        """Of the chosen line of the facts, while the keys are there."""
        kind, _, number = self._facts.chosen.partition(":")
        return number if kind == "criterion" and self._facts.has_focus else ""

    @property
    def _queue(self) -> LineList:
        return self.query_one("#queue", LineList)

    @property
    def _facts(self) -> LineList:
        return self.query_one("#facts", LineList)

    @property
    def list(self) -> LineList:
        """Whichever of the two has the keys."""
        return self._facts if self._facts.has_focus else self._queue

    async def refresh_view(self) -> None:
        """Read the queue, and the chosen task anew."""
        me = self.session.me.id if self.session.me else None
        now = self.session.now()
        self._rows = await self.session.bridge.ask(
            reviews.queue, me, now=now, all=self.everybody, limit=_MOST
        )
        zones = {one.project: self.session.calendar(one.project).zone for one in self._rows}
        brief = self.app.size.width < WIDE
        found = queue_lines(self.words, self._rows, now=now, zones=zones, viewer=me, brief=brief)
        self._queue.lines = tuple(found)
        self._view = None
        await self._load()
        waiting = self.words.ngettext("{count} task", "{count} tasks", len(self._rows))
        shown = self.words("everybody's") if self.everybody else self.words("mine")
        self.query_one(Header).facts = HeaderFacts(
            title=self.words("Waiting for acceptance"),
            chips=(Chip(text=waiting, color="duban-review"), Chip(text=shown)),
            person=self.session.me.name if self.session.me else "",
        )

    async def _load(self) -> None:
        """The facts of the chosen task, unless they are there."""
        chosen = TaskId(int(self._queue.chosen or 0))
        if not chosen:
            self._view = self._card = self._verdict = None
            self._facts.lines = ()
            self.hint_if_changed()
            return
        if self._view is not None and self._view.task.id == chosen:
            return

        now = self.session.now()

        def read(desk: Desk) -> tuple[TaskView, CardRow | None, VerdictFacts]:
            view, card = desk.ask(task_view, chosen), desk.ask(board.card, chosen)
            return view, card, desk.ask(reviews.verdict_facts, chosen, now=now)

        view, self._card, verdict = await self.session.bridge.call(read)
        self._view, self._verdict = view, verdict
        calendar = self.session.calendar(view.project.id)
        self._facts.lines = tuple(fact_lines(self.words, view, verdict, now=now, calendar=calendar))
        self.hint_if_changed()

    async def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A click in the queue shows that task."""
        event.stop()
        if event.list is self._queue:
            await self.moved()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click opens the task, or ticks the criterion."""
        event.stop()
        await (self.act_open() if event.list is self._queue else self.act_tick())

    # Keys

    async def moved(self) -> None:
        """Show the facts of what is chosen now."""
        try:
            await self._load()
        except Refusal as refusal:
            self.refused(refusal)

    def act_cursor_left(self) -> None:
        """To the queue."""
        self.set_focus(self._queue)

    def act_cursor_right(self) -> None:
        """To the facts."""
        self.set_focus(self._facts)

    def act_part_next(self) -> None:
        """From the queue to the facts, and back."""
        self.set_focus(self._queue if self._facts.has_focus else self._facts)

    def act_part_previous(self) -> None:
        """The same: there are two parts."""
        self.act_part_next()

    async def act_tick(self) -> None:
        """Tick the chosen criterion, or take the tick back."""
        if self._view is None:
            return
        if not self._view.criteria:
            self.tell(self.words("It has no acceptance criteria to tick."), "warning")
            return
        if not self._facts.has_focus:
            self.set_focus(self._facts)
        kind, _, number = self._facts.chosen.partition(":")
        found = next((one for one in self._view.criteria if str(one.id) == number), None)
        if kind == "criterion" and found is not None:
            await self.send(ChangeCriterion(criterion=found.id, met=not found.met, seen=found))

    def refusal_text(self, refusal: Refusal) -> str:
        """Criteria are ticked right here."""
        if refusal.code != "criteria-open":
            return super().refusal_text(refusal)
        return self.words(
            "{key} has acceptance criteria that are not met: {press} ticks one,"
            " ↓ goes to the next; then {accept} accepts.",
            key=str(refusal.facts.get("key", "")),
            press=self.key("tick"),
            accept=self.key("move-next"),
        )

    def refused(self, refusal: Refusal) -> None:
        """Where criteria are open, the keys go to them."""
        super().refused(refusal)
        if refusal.code == "criteria-open":
            self.set_focus(self._facts)

    async def act_open(self) -> None:
        """All about the task."""
        if self._card is not None:
            await self.shell.show("detail", task=self._card.id)

    async def act_mine(self) -> None:
        """What waits for others too, or for me only."""
        self.everybody = not self.everybody
        await self.renew()

    async def act_leave(self) -> None:
        """From the facts to the queue, from there to the board."""
        if self._facts.has_focus:
            self.set_focus(self._queue)
            return
        await super().act_leave()
