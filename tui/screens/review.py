"""What waits for acceptance: the queue at the left, one task's facts at the right."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from core.commands.parts import ChangeCriterion
from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Refusal
from core.queries import board, reviews
from core.queries.board import CardRow
from core.queries.detail import TaskView, task_view
from tui.actions import Scope, bindings
from tui.screens.card_actions import CardActions
from tui.screens.list_keys import ListKeys
from tui.screens.task_lines import Teller, rounds
from tui.session import Session
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.hints import Hint, Hints
from tui.widgets.line import Line, Span
from tui.widgets.lines import LineList
from tui.words import N_, age_words, due_words

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

    def body(self) -> Iterable[Widget]:
        """Queue and facts."""
        with Horizontal(id="body"):
            yield LineList(self.session.theme, id="queue")
            yield LineList(self.session.theme, id="facts")

    def hints(self) -> tuple[Hint, ...]:
        """Here moving on is accepting."""
        found = super().hints()
        return tuple(
            one._replace(label=self.words(_LABELS[one.action])) if one.action in _LABELS else one
            for one in found
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
        self._rows = await self.session.bridge.ask(reviews.queue, me, all=self.everybody)
        self._queue.lines = tuple(self._queue_lines())
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
            self._view = self._card = None
            self._facts.lines = ()
            return
        if self._view is not None and self._view.task.id == chosen:
            return

        def read(desk: Desk) -> tuple[TaskView, CardRow | None]:
            return desk.ask(task_view, chosen), desk.ask(board.card, chosen)

        view, self._card = await self.session.bridge.call(read)
        self._view = view
        self._facts.lines = tuple(self._fact_lines(view))

    async def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A click in the queue shows that task."""
        event.stop()
        if event.list is self._queue:
            await self.moved()

    async def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A double click opens the task, or ticks the criterion."""
        event.stop()
        await (self.act_open() if event.list is self._queue else self.act_tick())

    # Drawing

    def _queue_lines(self) -> Iterator[Line]:
        if not self._rows:
            yield Line(text=self.words("Nothing waits for you."), color="duban-ok", most=2)
            yield Line(text=self.words("m shows what waits for others."), most=2)
            return
        now = self.session.now()
        for row in self._rows:
            age = age_words(self.words, now - row.submitted) if row.submitted else ""
            criteria = f"✓{row.criteria_met}/{row.criteria}" if row.criteria else ""
            again = self.words("round {count}", count=row.round) if row.round > 1 else ""
            said = " · ".join(filter(None, (row.owner_name, criteria, again)))
            yield Line(
                key=str(row.task),
                text=f"{row.key} {row.title}",
                tail=(Span(f" {age}", "duban-muted"),),
                below=(Span(f"  {said}", "duban-muted"),),
            )

    def _fact_lines(self, view: TaskView) -> Iterator[Line]:
        words, tell = self.words, Teller(self.words, label=14)
        now, calendar = self.session.now(), self.session.calendar(view.project.id)
        task = view.task
        yield Line(text=task.title, bold=True, color="duban-column-header", most=3)
        yield tell.fact(words("Owner"), view.name(task.owner))
        yield tell.fact(words("Submitted by"), view.name(task.submitted_by))
        yield tell.fact(words("Acceptor"), view.name(view.acceptor) or words("nobody"))
        if task.due is not None:
            closing = calendar.office[-1][1]
            due = due_words(words, task.due, now=now, zone=calendar.zone, closing=closing)
            yield tell.fact(words("Due"), due)
        if task.outcome:
            yield tell.fact(words("Outcome"), task.outcome, most=4)
        met = sum(one.met for one in view.criteria)
        yield from tell.heading(words("Acceptance criteria"), f"{met}/{len(view.criteria)}")
        yield from tell.criteria(view)
        yield from tell.heading(words("Deliverables"), str(len(view.deliverables)))
        yield from (replace(line, key="") for line in tell.deliverables(view))
        yield from tell.heading(words("Rounds"), str(len(view.reviews)))
        yield from rounds(tell, view, calendar)

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
            await self.send(ChangeCriterion(criterion=found.id, met=not found.met))

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

    async def act_move_previous(self) -> None:
        """Send back, and say to whom it went; a warning is told with it."""
        view = self._view
        self.query_one(Hints).message = None
        await super().act_move_previous()
        if view is None or any(row.task == view.task.id for row in self._rows):
            return
        told, severity = self.query_one(Hints).message or ("", "information")
        if severity == "error":
            return
        owner = view.name(view.task.owner) or self.words("nobody")
        said = self.words("{key} was sent back to {owner}.", key=view.task.key, owner=owner)
        self.tell(f"{said} {told}".rstrip(), severity)

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
