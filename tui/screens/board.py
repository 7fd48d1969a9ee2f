"""The board: columns of cards, a filter, and the alert pane beside them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from textual.widget import Widget
from textual.widgets import Input

from core.commands.moving import ReorderTask
from core.commands.tasks import CreateTask
from core.domain.ids import ProjectId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import Bucket, Light, State
from core.policies.alerts import Horizon, light_of
from core.queries import board as ask
from core.queries.board import CardRow, Chosen, ColumnHead
from tui.actions import Scope, bindings
from tui.panes.alerts import AlertPane
from tui.refusals import refusal_words
from tui.screens.board_question import BoardQuestion, window
from tui.screens.card_actions import CardActions
from tui.screens.choosing import office, people_choices
from tui.session import Session
from tui.terms import bucket_word
from tui.widgets.board import Board
from tui.widgets.cards import Look
from tui.widgets.columns import Request
from tui.widgets.filter_bar import FilterBar
from tui.widgets.header import Chip, Header, HeaderFacts

_CLOSING = time(18)
_BUCKETS = {
    Bucket.OVERDUE: ("!", "duban-overdue"),
    Bucket.ESCALATED: ("‼", "duban-escalated"),
    Bucket.WAITING: ("→", "duban-waiting"),
    Bucket.SOON: ("~", "duban-soon"),
}


class BoardScreen(CardActions):
    """What the member looks at most."""

    SCOPE = Scope.BOARD
    BINDINGS = bindings(Scope.BOARD)
    CSS_PATH = "board.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.shown = Chosen(project=session.project)
        """Which cards are shown."""
        self._horizons: dict[ProjectId, Horizon] = {}
        self._alerted: CardRow | None = None
        """The task of the chosen alert."""

    def body(self) -> Iterable[Widget]:
        """Filter and columns; the alert pane is mounted when it is asked for."""
        yield FilterBar(self.words, id="filter-bar")
        yield Board(self._look(), self._fetch, id="columns")

    @property
    def board(self) -> Board:
        """The columns."""
        return self.query_one("#columns", Board)

    @property
    def pane(self) -> AlertPane | None:
        """The alert pane, while it is open."""
        return next(iter(self.query(AlertPane)), None)

    @property
    def _in_pane(self) -> AlertPane | None:
        """The alert pane, while keys go to it."""
        pane = self.pane
        return pane if pane is not None and pane.has_focus else None

    @property
    def card(self) -> CardRow | None:
        """The chosen card, or the chosen alert's task."""
        return self._alerted if self._in_pane else self.board.chosen_row

    async def on_mount(self) -> None:
        """Show the first cards, on the task that was chosen last."""
        self.set_focus(self.board)
        await self.renew()
        if self.session.task is not None:
            await self._choose(self.session.task)

    # Reading

    def _look(self) -> Look:
        calendar = self.session.calendar()
        horizons = self._horizons

        def light(row: CardRow) -> Light | None:
            found = horizons.get(row.project)
            return light_of(row, found) if found else None

        return Look(
            theme=self.session.theme,
            words=self.words,
            zone=calendar.zone,
            now=self.session.now(),
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

    async def refresh_view(self) -> None:
        """Read heads, the cards in and around the view, the chosen card, and the alerts."""
        self.shown = replace(self.shown, project=self.session.project)
        self._horizons = await self.session.horizons()
        question = BoardQuestion(
            shown=self.shown,
            windows=self.board.windows(),
            chosen=self.board.chosen,
            limits=_limits(self.session),
            viewer=self.session.me.id if self.session.me else None,
            now=self.session.now(),
            alerts=self.pane is not None,
        )
        found = await self.session.bridge.call(question.ask)
        self.board.look = look = self._look()
        await self.board.show(found.heads, found.answers, chosen=found.chosen)
        self._say(found.heads, found.counts)
        if (pane := self.pane) is not None and found.rows is not None:
            pane.look, pane.counts, pane.rows = look, found.counts, found.rows
            await self._follow_alert(pane)

    def _say(self, heads: Sequence[ColumnHead], counts: Mapping[Bucket, int]) -> None:
        """Header, filter count, and what stands on an empty board."""
        words = self.words
        found = sum(head.cards for head in heads)
        self.query_one(FilterBar).count = words.ngettext("{count} card", "{count} cards", found)
        self.board.note = "" if found else self._empty_note()
        project = self.session.project_of(self.session.project)
        chips = [
            Chip(
                text=words(
                    "{mark} {count} {bucket}", mark=mark, count=counts[bucket],
                    bucket=bucket_word(words, bucket),
                ),
                color=color,
            )
            for bucket, (mark, color) in _BUCKETS.items()
            if counts.get(bucket)
        ]  # fmt: skip
        if self.shown.owner is not None:
            chips.insert(0, Chip(text=words("only mine"), color="duban-key"))
        if self.shown.subtasks:
            chips.insert(0, Chip(text=words("with subtasks"), color="duban-key"))
        me = self.session.me
        self.query_one(Header).facts = HeaderFacts(
            title=project.name if project else words("All projects"),
            chips=(Chip(text=self._open_words(heads)), *chips),
            person=me.name if me else words("looking on"),
        )

    def _open_words(self, heads: Sequence[ColumnHead]) -> str:
        count = sum(head.cards for head in heads if head.state is not State.DONE)
        return self.words.ngettext("{count} open", "{count} open", count)

    def _empty_note(self) -> str:
        if self.shown.narrowed:
            return self.words("No card fits the filter; esc clears it.")
        return self.words("Nothing here yet; a adds a task.")

    # Cursor

    async def act_cursor_up(self) -> None:
        """The card or alert above."""
        await self._go(self.board.cursor_up, lambda pane: pane.move(-1))

    async def act_cursor_down(self) -> None:
        """The card or alert below."""
        await self._go(self.board.cursor_down, lambda pane: pane.move(1))

    async def act_cursor_left(self) -> None:
        """The column on the left."""
        self.set_focus(self.board)
        await self.board.cursor_left()

    async def act_cursor_right(self) -> None:
        """The column on the right."""
        self.set_focus(self.board)
        await self.board.cursor_right()

    async def act_page_up(self) -> None:
        """One screen up."""
        await self._go(self.board.page_up, lambda pane: pane.page(-1))

    async def act_page_down(self) -> None:
        """One screen down."""
        await self._go(self.board.page_down, lambda pane: pane.page(1))

    async def act_cursor_first(self) -> None:
        """The first card of the column."""
        await self._go(self.board.home, AlertPane.first)

    async def act_cursor_last(self) -> None:
        """The last card of the column."""
        await self._go(self.board.end, AlertPane.last)

    async def _go(
        self, on_board: Callable[[], Awaitable[None]], in_pane: Callable[[AlertPane], None]
    ) -> None:
        """Move the cursor where the keys go."""
        pane = self._in_pane
        if pane is None:
            await on_board()
            return
        in_pane(pane)
        await self._follow_alert(pane)

    async def _follow_alert(self, pane: AlertPane) -> None:
        """Know the task of the chosen alert, so that keys act on it."""
        task = TaskId(int(pane.chosen)) if pane.chosen else None
        self._alerted = await self.session.bridge.ask(ask.card, task) if task else None

    def on_board_chosen(self, event: Board.Chosen) -> None:
        """Remember it for a board that is drawn anew."""
        self.session.task = event.task

    async def on_board_opened(self, event: Board.Opened) -> None:
        """A double click opens."""
        await self.shell.show("detail", task=event.task)

    async def _choose(self, task: TaskId) -> None:
        found = await self.session.bridge.ask(ask.card, task)
        if found is not None:
            await self.board.choose(found)

    async def choose(self, task: TaskId) -> None:
        """Put the cursor on a task; the detail opens for one that the board does not show."""
        found = await self.session.bridge.ask(ask.card, task)
        if found is None:
            return
        self.set_focus(self.board)
        if not await self.board.choose(found):
            await self.shell.show("detail", task=task)

    async def on_alert_pane_jumped(self, event: AlertPane.Jumped) -> None:
        """A double click on an alert."""
        await self.choose(event.task)

    # Cards

    async def act_open(self) -> None:
        """The detail of the chosen card; an alert leads to its card first."""
        if self._in_pane is not None and self._alerted is not None:
            await self.choose(self._alerted.id)
        elif self.card is not None:
            await self.shell.show("detail", task=self.card.id)

    async def act_move_up(self) -> None:
        """Above the card above."""
        await self._reorder(below=False)

    async def act_move_down(self) -> None:
        """Below the card below."""
        await self._reorder(below=True)

    async def _reorder(self, *, below: bool) -> None:
        card, neighbour = self.card, self.board.neighbour(below=below)
        if card is not None and neighbour is not None:
            await self.send(ReorderTask(task=card.id, neighbour=neighbour.id, below=below))

    async def act_add(self) -> None:
        """A new task in the project that is looked at."""
        from tui.prompts.task_form import FormFacts, TaskAnswer, TaskForm

        project = await self._home()
        if project is None:
            return
        where, people = office(self, project), people_choices(self.session)
        said, notice = TaskAnswer(), ""
        while True:
            facts = FormFacts(office=where, people=people, start=said)
            form = TaskForm(self.words, title=self.words("New task"), facts=facts)
            form.notice = notice
            answer = await self.answer(form)
            if answer is None:
                return
            said = answer
            command = CreateTask(
                project=project,
                title=said.title,
                owner=said.owner,
                due=said.due,
                priority=said.priority,
            )
            try:
                receipt = await self.session.send(command)
            except Refusal as refusal:
                notice = refusal_words(self.words, refusal)
                continue
            await self.renew()
            await self._choose(TaskId(receipt.id))
            self.tell(self.words("{key} is on the board.", key=receipt.name))
            return

    async def _home(self) -> ProjectId | None:
        """The project of a new task: the one looked at, the only one, or one that is asked for."""
        from tui.prompts.choice import ChoicePrompt
        from tui.prompts.inputs import Choice

        projects = self.session.projects
        if self.session.project is not None or len(projects) == 1:
            return self.session.project or projects[0].id
        choices = [Choice(key=str(one.id), label=one.name, note=one.key) for one in projects]
        chosen = str(self.card.project) if self.card else ""
        title = self.words("New task in which project?")
        answer = await self.answer(
            ChoicePrompt(self.words, title=title, choices=choices, chosen=chosen)
        )
        return ProjectId(int(answer)) if answer else None

    # What is shown

    async def act_filter(self) -> None:
        """Type to filter."""
        bar = self.query_one(FilterBar)
        bar.open()
        self.set_focus(bar.input)

    async def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        """Show what fits what was typed so far."""
        self.shown = replace(self.shown, words=event.text)
        await self.renew()

    def on_filter_bar_left(self) -> None:
        """Enter or arrow down: on to the cards, the filter stays."""
        self.set_focus(self.board)

    async def on_filter_bar_cleared(self) -> None:
        """Esc: all cards again."""
        await self._clear_filter()

    async def _clear_filter(self) -> None:
        self.query_one(FilterBar).close()
        self.set_focus(self.board)
        self.shown = replace(self.shown, words="")
        await self.renew()

    async def act_leave(self) -> None:
        """Esc closes what is open, the last thing first."""
        if self.shown.words:
            await self._clear_filter()
        elif self.shown.owner is not None:
            await self.act_mine()
        elif (pane := self.pane) is not None:
            await self._close_pane(pane)

    async def act_mine(self) -> None:
        """Only mine, or everybody's."""
        me = self.session.me
        if me is None:
            self.tell(self.words("The board does not know you yet; w says who you are."), "warning")
            return
        owner = None if self.shown.owner is not None else me.id
        self.shown = replace(self.shown, owner=owner)
        await self.renew()

    async def act_subtasks(self) -> None:
        """Subtasks as cards, or not."""
        self.shown = replace(self.shown, subtasks=not self.shown.subtasks)
        await self.renew()

    async def act_compact(self) -> None:
        """One line a card, or four."""
        self.session.keep(compact=not self.session.settings.compact)
        self.board.look = self._look()
        await self.renew()

    async def act_alerts(self) -> None:
        """Open the pane and go there; close it from inside."""
        pane = self.pane
        if pane is None:
            pane = AlertPane(self._look(), id="alerts")
            await self.mount(pane)
            await self.renew()
        elif pane.has_focus:
            await self._close_pane(pane)
            return
        self.set_focus(pane)
        await self._follow_alert(pane)

    async def _close_pane(self, pane: AlertPane) -> None:
        self.set_focus(self.board)
        await pane.remove()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The filter bar speaks for its input."""
        event.stop()


def _limits(session: Session) -> dict[State, int]:
    """The WIP limits of the project that is looked at; of several projects there are none."""
    project = session.project_of(session.project)
    if project is None and len(session.projects) == 1:
        project = session.projects[0]
    return dict(project.wip) if project else {}
