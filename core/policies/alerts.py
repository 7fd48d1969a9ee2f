"""The limits of a moment, and what they say of a task: causes of alerts, and a card's light.

Alerts are computed on every read and never stored. The limits are worked out once, as a
``Horizon``, so that the store can select with them what the rules of core.policies.rules decide.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.domain.status import Light, Priority, State
from core.policies.clocks import Pace, deadline, local_day, soon_limit
from core.policies.deadlines import (
    DEFAULT_RULES,
    Cadence,
    UpdateRules,
    cadence_for,
    last_due,
    update_missing_since,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.policies.calendar import WorkCalendar

WATCHED = (State.TODO, State.DOING, State.REVIEW)
"""The states in which a task can need attention: a draft is not agreed yet, the rest has ended."""

A_DAY = timedelta(hours=24)
"""Counted at the workday pace: the same time on the next working day (D9, D10)."""

A_MOMENT = timedelta(microseconds=1)


class CardFacts(Protocol):
    """What the rules that hold for everybody ask of a task; a board's card has it."""

    @property
    def state(self) -> State:
        """Its column."""

    @property
    def due(self) -> datetime | None:
        """Its due."""

    @property
    def blocked_since(self) -> datetime | None:
        """The start of its open block spell."""

    @property
    def updated(self) -> datetime | None:
        """The newest news of it."""

    @property
    def urgent(self) -> bool:
        """Whether its news is owed in real time."""

    @property
    def priority(self) -> Priority:
        """How often news of it is owed."""

    @property
    def delay_reason(self) -> str:
        """Not empty while it is marked delayed."""


class Horizon(NamedTuple):
    """The limits that hold at one moment on one calendar. All instants are UTC."""

    now: datetime
    calendar: WorkCalendar
    soon: datetime
    """A due up to it, this instant included, is at most one working day off (D6)."""
    day_ago: datetime
    """What began up to it, this instant included, has lasted a working day or longer (D10)."""
    stale: Mapping[Cadence, datetime]
    """News from before it is missing: the start of the newest period whose deadline passed."""
    rules: UpdateRules
    today_ends: datetime
    """The first instant of the next day."""
    cadence: Cadence | None = None
    """How often news of every task is owed; None goes by urgency and priority."""


def horizon_at(
    now: datetime,
    calendar: WorkCalendar,
    *,
    rules: UpdateRules = DEFAULT_RULES,
    cadence: Cadence | None = None,
) -> Horizon:
    """The limits at ``now``. Raises ``NaiveInstant``, ``OutOfCalendar``."""
    stale = {pace: last_due(pace, calendar, now, rules=rules).period_start for pace in Cadence}
    return Horizon(
        now=now.astimezone(UTC),
        calendar=calendar,
        soon=soon_limit(now, calendar),
        day_ago=_latest_start(now.astimezone(UTC), calendar),
        stale=MappingProxyType(stale),
        rules=rules,
        today_ends=calendar.closing_at(local_day(now, calendar), time()),
        cadence=cadence,
    )


def _latest_start(now: datetime, calendar: WorkCalendar) -> datetime:
    """The last instant from which ``A_DAY`` has passed by ``now``.

    Found by halving: the deadline of a later start is never earlier.
    """
    passed, step = now - A_DAY, A_DAY
    while deadline(passed, A_DAY, Pace.WORKDAY, calendar) > now:
        passed, step = passed - step, step * 2
    open_still = now + A_MOMENT
    while open_still - passed > A_MOMENT:
        middle = passed + (open_still - passed) // 2
        if deadline(middle, A_DAY, Pace.WORKDAY, calendar) <= now:
            passed = middle
        else:
            open_still = middle
    return passed


def overdue(task: CardFacts, at: Horizon) -> datetime | None:
    """Since its due (D19)."""
    return task.due if task.due is not None and task.due < at.now else None


def soon(task: CardFacts, at: Horizon) -> datetime | None:
    """Since the beginning of the working day before its due (D6)."""
    return day_before(task.due, at) if task.due and at.now <= task.due <= at.soon else None


def day_before(due: datetime, at: Horizon) -> datetime:
    """The beginning of the working day before the day of ``due``."""
    before = at.calendar.previous_workday(local_day(due, at.calendar))
    return at.calendar.instant(before, time())


def escalated(task: CardFacts, at: Horizon) -> datetime | None:
    """Since it was blocked, if that is a working day or longer ago (D10)."""
    since = task.blocked_since
    return since if since is not None and since <= at.day_ago else None


def blocked(task: CardFacts, at: Horizon) -> datetime | None:
    """Since it was blocked, if that is less long ago."""
    since = task.blocked_since
    return since if since is not None and since > at.day_ago else None


def update_missing(task: CardFacts, at: Horizon) -> datetime | None:
    """Since the first deadline that passed without news (R71-R73, D1-D5)."""
    if task.state is not State.DOING or task.blocked_since is not None or task.updated is None:
        return None
    cadence = cadence_for(task.priority, urgent=task.urgent, override=at.cadence)
    if task.updated >= at.stale[cadence]:
        return None
    return update_missing_since(cadence, at.calendar, at.now, latest=task.updated, rules=at.rules)


def light_of(card: CardFacts, at: Horizon) -> Light | None:
    """The light on a card, the same for every viewer; None on a draft and on what has ended.

    Red when overdue or blocked for a working day; yellow when due soon, blocked, marked delayed
    or without its news.
    """
    if card.state not in WATCHED:
        return None
    if overdue(card, at) or escalated(card, at):
        return Light.RED
    uneasy = soon(card, at) or card.blocked_since or card.delay_reason or update_missing(card, at)
    return Light.YELLOW if uneasy else Light.GREEN
