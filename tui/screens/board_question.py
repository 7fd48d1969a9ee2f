"""What the board asks of the store, in one go on the store thread."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.status import BOARD_STATES, Bucket, State
from core.queries import board as ask
from core.queries.board import CardRow, Chosen, ColumnHead
from tui.widgets.columns import Request

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.ids import PersonId
    from core.queries.alert_rows import AlertRow
    from core.queries.alert_sources import Scope
    from tui.session import Session

_FIRST = 24
"""Cards of a column that are read before the board is seen; the others are asked for then."""


class BoardFacts(NamedTuple):
    """What there is to draw."""

    heads: tuple[ColumnHead, ...]
    answers: Mapping[Request, Sequence[CardRow]]
    chosen: CardRow | None = None
    """The chosen card as it now stands."""


class BoardQuestion(NamedTuple):
    """A moment's question; everything in it is asked of one state of the store."""

    shown: Chosen
    windows: tuple[Request, ...]
    limits: Mapping[State, int]
    chosen: TaskId | None = None
    left: State | None = None
    """Where only the chosen card has changed: the column in which it was. None asks everything."""

    def ask(self, desk: Desk) -> BoardFacts:
        """Ask; on the store thread."""
        chosen = None if self.chosen is None else desk.ask(ask.card, self.chosen)
        states = set(BOARD_STATES)
        if self.left is not None and chosen is not None:
            states = {self.left, chosen.state}
        return BoardFacts(
            heads=desk.ask(ask.columns, self.shown, limits=self.limits),
            answers={
                one: desk.ask(window, self.shown, one)
                for one in self.windows
                if one.state in states
            },
            chosen=chosen,
        )


class AlertFacts(NamedTuple):
    """What needs attention."""

    counts: Mapping[Bucket, int]
    rows: "tuple[AlertRow, ...] | None"
    """The lines of the alert pane; None while it is closed."""
    quiet: "tuple[AlertRow, ...]" = ()
    """What the member has made quiet."""


class AlertQuestion(NamedTuple):
    """Asked apart from the cards, which need not wait for it: it takes longer."""

    shown: Chosen
    viewer: "PersonId | None"
    now: "datetime"
    lines: bool
    """Whether the alert pane is open."""
    scope: "Scope | None" = None
    """Whose alerts; None goes by whose cards are shown."""

    def ask(self, desk: Desk) -> AlertFacts:
        """Ask; on the store thread."""
        from core.queries.alerts import alert_counts, alerts

        about: dict[str, Any] = {
            "viewer": self.viewer,
            "scope": self.scope or ("all" if self.shown.owner is None else "mine"),
            "project": self.shown.project,
            "now": self.now,
        }
        if self.lines:
            found = desk.ask(alerts, **about)
            return AlertFacts(found.counts, found.rows, found.quiet)
        return AlertFacts(desk.ask(alert_counts, **about), None)


def counting(session: "Session") -> AlertQuestion:
    """How much needs attention in the project that is looked at; for every header."""
    return AlertQuestion(
        shown=Chosen(project=session.project),
        viewer=session.me.id if session.me else None,
        now=session.now(),
        lines=False,
        scope=session.whose,
    )


def opening(session: "Session", desk: Desk) -> BoardFacts | None:
    """What the board shows first; None where the store does not know who is here.

    On the store thread, while Textual is loaded and nobody else has the session yet.
    """
    from tui.session import directory

    if desk.actor != session.handle.casefold():  # a role of the store's own says who it is
        session.handle = desk.actor
    session.begin(directory(desk))
    if not session.is_known:
        return None
    session.foresee(desk)
    return BoardQuestion(
        shown=Chosen(project=session.project),
        windows=tuple(Request(state=state, limit=_FIRST) for state in BOARD_STATES),
        limits=session.limits,
    ).ask(desk)


def window(store: Any, shown: Chosen, request: Request) -> Sequence[CardRow]:  # noqa: ANN401
    """Answer a column's request."""
    if request.last:
        return ask.last_cards(store, shown, request.state, limit=request.limit)
    return ask.cards(
        store,
        shown,
        request.state,
        after=request.after,
        before=request.before,
        limit=request.limit,
    )
