"""What the board shows, and what decides that: project, filter, mine, subtasks, density."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from textual.widget import Widget

from core.desk import Desk, Receipt
from core.domain.refusals import Refusal
from core.domain.status import Light, State
from core.policies.alerts import Horizon, light_of
from core.queries.board import CardRow, Chosen, ColumnHead
from tui.key_queue import COUNTING
from tui.screens.board_question import AlertFacts, AlertQuestion, BoardFacts, BoardQuestion, window
from tui.screens.card_actions import CardActions
from tui.session import Session
from tui.widgets.board import Board
from tui.widgets.columns import Request
from tui.widgets.filter_bar import FilterBar
from tui.widgets.header import Chip, Header, HeaderFacts
from tui.widgets.marks import Look
from tui.words import Words

if TYPE_CHECKING:
    from core.domain.ids import ProjectId
    from core.policies.calendar import WorkCalendar
    from tui.panes.alerts import AlertPane

_CLOSING = time(18)
_A_MINUTE = timedelta(minutes=1)
_A_MOMENT = 0.06
"""Seconds after which the first frame is painted."""
_A_BREATH = 0.3
"""Seconds after which the board is certainly seen."""


class BoardView(CardActions):
    """Reads for the board and hands it what it found."""

    def __init__(self, session: Session, *, opening: BoardFacts | None = None) -> None:
        super().__init__(session)
        self._opening = opening
        self.shown = Chosen(project=session.project)
        """Which cards are shown."""
        self._horizons: dict[ProjectId, Horizon] = session.foreseen
        self._left: State | None = None
        """See ``BoardQuestion.left``."""
        self._look: Look | None = None
        """The last look, and what it was made for."""
        self._looked: object = None

    def body(self) -> Iterable[Widget]:
        """Filter and columns; the alert pane is mounted when it is asked for."""
        yield FilterBar(self.words, id="filter-bar")
        board = Board(self.look(), self._fetch, id="columns")
        if self._opening is not None:
            board.begin(self._opening.heads, self._opening.answers)
        yield board

    @property
    def board(self) -> Board:
        """The columns."""
        return self.query_one("#columns", Board)

    @property
    def pane(self) -> "AlertPane | None":
        """The alert pane, while it is open; asked with every key, so by no query."""
        found = next((one for one in self.children if one.id == "alerts"), None)
        return cast("AlertPane | None", found)

    @property
    def is_whole(self) -> bool:
        """False as soon as the screen is taken apart, while something was still asked for it."""
        return all(self.query(kind) for kind in (Header, FilterBar, Board))

    def look(self) -> Look:
        """How cards and alerts are drawn at this moment.

        The same for a minute, like the horizons: then what did not change need not be drawn anew.
        """
        calendar, horizons, now = self.session.calendar(), self._horizons, self.session.now()
        seen = (self.session.theme, self.words, calendar, horizons, self.session.settings.compact)
        if self._look is None or seen != self._looked or not _is_recent(self._look.now, now):
            self._look, self._looked = self._look_at(now, calendar, horizons), seen
        return self._look

    def _look_at(
        self, now: datetime, calendar: "WorkCalendar", horizons: "dict[ProjectId, Horizon]"
    ) -> Look:
        def light(row: CardRow) -> Light | None:
            found = horizons.get(row.project)
            return light_of(row, found) if found else None

        return Look(
            theme=self.session.theme,
            words=self.words,
            zone=calendar.zone,
            now=now,
            closing=calendar.office[-1][1] if calendar.office else _CLOSING,
            light=light,
            compact=self.session.settings.compact,
        )

    async def _fetch(self, request: Request) -> Sequence[CardRow] | None:
        try:
            return await self.session.bridge.ask(window, self.shown, request)
        except Refusal as refusal:
            self.refused(refusal)
            return None

    async def begin(self) -> None:
        """Show what was read before the screen was there, if it was; else read it now."""
        opening, self._opening = self._opening, None
        if opening is None:
            await self.renew()
            return
        self._say(opening.heads)
        self.set_timer(_A_MOMENT, self._count_alerts)  # it would slow the first frame down
        self.set_timer(_A_BREATH, lambda: self.session.bridge.soon(_load_moves))

    async def renew_after(self, receipt: Receipt | None) -> None:
        """After a change to the chosen card nothing but its columns is read again."""
        card = self.board.chosen_row
        if receipt and card and receipt.id == card.id and not self.shown.subtasks:
            self._left = card.state
        await self.renew()

    async def refresh_view(self) -> None:
        """Read heads, the cards in and around the view, and the chosen card; then the alerts."""
        left, self._left = self._left, None
        self.shown = self.shown._replace(project=self.session.project)
        self._horizons = await self.session.horizons()
        question = BoardQuestion(
            shown=self.shown,
            windows=self.board.windows(),
            limits=self.session.limits,
            chosen=self.board.chosen,
            left=left,
        )
        found = await self.session.bridge.call(question.ask)
        if not self.is_whole:
            return
        look = self.look()
        await self.board.show(found.heads, found.answers, chosen=found.chosen, look=look)
        self._say(found.heads)
        self.hint_if_changed()
        if self.pane is not None:
            await self._read_alerts()
        else:
            self._count_alerts()

    def count_alerts(self) -> None:
        """Counted with the cards; see ``refresh_view``."""

    def _count_alerts(self) -> None:
        """Count what needs attention, once everything else is on the screen."""

        def count() -> None:
            asked: Callable[[], Awaitable[None]] = self._read_alerts
            self.run_worker(asked, group=COUNTING, exclusive=True)

        self.call_after_refresh(count)

    async def _read_alerts(self) -> None:
        found = await self.alerts(lines=self.pane is not None)
        if found is not None and (pane := self.pane) is not None and found.rows is not None:
            self.show_alerts(pane, found)

    def show_alerts(self, pane: "AlertPane", found: AlertFacts) -> None:
        """Hand the pane what was read."""
        mine = "all" if self.shown.owner is None else "mine"
        pane.scope = self.session.whose or mine
        pane.look, pane.counts, pane.quiet = self.look(), found.counts, found.quiet
        pane.rows = found.rows or ()

    async def alerts(self, *, lines: bool) -> AlertFacts | None:
        """What needs attention, counted in the header; None if it was refused, which was told."""
        question = AlertQuestion(
            shown=self.shown,
            viewer=self.session.me.id if self.session.me else None,
            now=self.session.now(),
            lines=lines,
            scope=self.session.whose,
        )
        try:
            found = await self.session.bridge.call(question.ask)
        except Refusal as refusal:
            self.refused(refusal)
            return None
        if not self.is_whole:
            return None
        self.session.counted = found.counts
        self.query_one(Header).alerts = found.counts
        return found

    def _say(self, heads: Sequence[ColumnHead]) -> None:
        """Header, filter count, and what stands on an empty board."""
        words, me = self.words, self.session.me
        found = sum(head.cards for head in heads)
        self.query_one(FilterBar).count = words.ngettext("{count} card", "{count} cards", found)
        self.board.note = "" if found else self._empty_note()
        project = self.session.project_of(self.session.project)
        self.query_one(Header).facts = HeaderFacts(
            title=project.name if project else words("All projects"),
            chips=tuple(self._ways()),
            after=(_open_chip(words, heads),),
            person=me.name if me else words("looking on"),
        )

    def _ways(self) -> Iterable[Chip]:
        """What narrows or widens the board just now."""
        if self.shown.owner is not None:
            yield Chip(text=self.words("only mine"), color="duban-key")
        if self.shown.unassigned:
            yield Chip(text=self.words("only unassigned"), color="duban-key")
        if self.shown.subtasks:
            yield Chip(text=self.words("with subtasks"), color="duban-key")

    def _empty_note(self) -> str:
        if self.shown.narrowed:
            return self.words(
                "No card fits the filter; {press} clears it.", press=self.key("leave")
            )
        return self.words("Nothing here yet; {press} adds a task.", press=self.key("add"))

    async def act_subtasks(self) -> None:
        """Subtasks as cards, or not."""
        self.shown = self.shown._replace(subtasks=not self.shown.subtasks)
        await self.renew()

    async def act_compact(self) -> None:
        """One line a card, or four."""
        self.session.keep(compact=not self.session.settings.compact)
        self.board.look = self.look()
        await self.renew()


def _is_recent(then: datetime, now: datetime) -> bool:
    return timedelta() <= now - then < _A_MINUTE


def _open_chip(words: Words, heads: Sequence[ColumnHead]) -> Chip:
    count = sum(head.cards for head in heads if head.state is not State.DONE)
    return Chip(text=words.ngettext("{count} open", "{count} open", count))


def _load_moves(_: Desk) -> None:
    """Load what most first keys and others' news need, so that the first does not wait for it."""
    from core.commands import moving  # noqa: F401
    from core.queries import news  # noqa: F401
    from tui.screens import card_moves  # noqa: F401
