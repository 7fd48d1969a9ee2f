"""What the board asks of the store, in one go on the store thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from core.desk import Desk
from core.domain.ids import PersonId, TaskId
from core.domain.status import Bucket, State
from core.queries import board as ask
from core.queries.alerts import AlertRow, alert_counts, alerts
from core.queries.board import CardRow, Chosen, ColumnHead
from tui.widgets.columns import Request


class BoardFacts(NamedTuple):
    """What there is to draw."""

    heads: tuple[ColumnHead, ...]
    answers: Mapping[Request, Sequence[CardRow]]
    chosen: CardRow | None
    """The chosen card as it now stands."""
    counts: Mapping[Bucket, int]
    rows: tuple[AlertRow, ...] | None
    """The lines of the alert pane; None while it is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuestion:
    """A moment's question; everything in it is asked of one state of the store."""

    shown: Chosen
    windows: tuple[Request, ...]
    chosen: TaskId | None
    limits: Mapping[State, int]
    viewer: PersonId | None
    now: datetime
    alerts: bool

    def ask(self, desk: Desk) -> BoardFacts:
        """Ask; on the store thread."""
        shown = self.shown
        about: dict[str, Any] = {
            "viewer": self.viewer,
            "scope": "all",
            "project": shown.project,
            "now": self.now,
        }
        found = desk.ask(alerts, **about) if self.alerts else None
        return BoardFacts(
            heads=desk.ask(ask.columns, shown, limits=self.limits),
            answers={one: desk.ask(window, shown, one) for one in self.windows},
            chosen=None if self.chosen is None else desk.ask(ask.card, self.chosen),
            counts=found.counts if found else desk.ask(alert_counts, **about),
            rows=found.rows if found else None,
        )


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
