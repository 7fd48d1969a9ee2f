"""What needs attention, and who must act: a rule is one small function in a table.

Alerts are computed on every read and never stored. The limits of a moment are worked out once, as
a ``Horizon``, so that the store can select with them what the rules then decide.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.domain.status import Bucket, Light, Priority, State
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
    from collections.abc import Callable, Mapping

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


class TaskFacts(NamedTuple):
    """A task, and what it has to do with whoever looks at the alerts."""

    state: State
    due: datetime | None = None
    blocked_since: datetime | None = None
    updated: datetime | None = None
    submitted: datetime | None = None
    urgent: bool = False
    priority: Priority = Priority.MEDIUM
    delay_reason: str = ""
    mine_to_accept: bool = False
    """Whether the viewer is its acceptor, named or by position (R65)."""
    waits_for_me: bool = False
    """Whether its open block spell names the viewer."""


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


def horizon_at(
    now: datetime, calendar: WorkCalendar, *, rules: UpdateRules = DEFAULT_RULES
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


class Acts(StrEnum):
    """Who must act on an alert."""

    OWNER = "owner"
    """Its owner; its acceptor once it is in review, or while it has no owner."""
    ACCEPTOR = "acceptor"
    AWAITED = "awaited"
    """Whom or what the blocked task waits for."""
    HEAD = "head"
    """The head of its department (R84), else its acceptor."""


class Rule(NamedTuple):
    """One reason for attention."""

    id: str
    bucket: Bucket
    light: Light
    acts: Acts
    since: Callable[[TaskFacts, Horizon], datetime | None]
    """Since when it holds (UTC); None where it does not."""
    follows: str
    """The field of the facts that ``since`` grows with: of two tasks on one calendar the one with
    the earlier value has waited longer, or as long."""


def _overdue(task: CardFacts, at: Horizon) -> datetime | None:
    return task.due if task.due is not None and task.due < at.now else None


def _soon(task: CardFacts, at: Horizon) -> datetime | None:
    """Since the beginning of the working day before."""
    if task.due is None or not at.now <= task.due <= at.soon:
        return None
    before = at.calendar.previous_workday(local_day(task.due, at.calendar))
    return at.calendar.instant(before, time())


def _escalated(task: CardFacts, at: Horizon) -> datetime | None:
    since = task.blocked_since
    return since if since is not None and since <= at.day_ago else None


def _blocked(task: CardFacts, at: Horizon) -> datetime | None:
    since = task.blocked_since
    return since if since is not None and since > at.day_ago else None


def _blocked_for_others(task: TaskFacts, at: Horizon) -> datetime | None:
    return None if task.waits_for_me else _blocked(task, at)


def _waits_for_me(task: TaskFacts, _: Horizon) -> datetime | None:
    return task.blocked_since if task.waits_for_me else None


def _acceptance(task: TaskFacts, at: Horizon) -> datetime | None:
    return None if _acceptance_late(task, at) else _to_accept(task)


def _acceptance_late(task: TaskFacts, at: Horizon) -> datetime | None:
    since = _to_accept(task)
    return since if since is not None and since <= at.day_ago else None


def _to_accept(task: TaskFacts) -> datetime | None:
    return task.submitted if task.mine_to_accept and task.state is State.REVIEW else None


def _update_missing(task: CardFacts, at: Horizon) -> datetime | None:
    """Since the first deadline that passed without news (R71-R73, D1-D5)."""
    if task.state is not State.DOING or task.blocked_since is not None or task.updated is None:
        return None
    cadence = cadence_for(task.priority, urgent=task.urgent)
    if task.updated >= at.stale[cadence]:
        return None
    return update_missing_since(cadence, at.calendar, at.now, latest=task.updated, rules=at.rules)


RULES: tuple[Rule, ...] = (
    Rule("overdue", Bucket.OVERDUE, Light.RED, Acts.OWNER, _overdue, "due"),
    Rule("blocked-long", Bucket.ESCALATED, Light.RED, Acts.HEAD, _escalated, "blocked_since"),
    Rule(
        "acceptance-late", Bucket.WAITING, Light.RED, Acts.ACCEPTOR, _acceptance_late, "submitted"
    ),
    Rule(
        "blocked-by-you", Bucket.WAITING, Light.YELLOW, Acts.AWAITED, _waits_for_me, "blocked_since"
    ),
    Rule("acceptance", Bucket.WAITING, Light.YELLOW, Acts.ACCEPTOR, _acceptance, "submitted"),
    Rule("due-soon", Bucket.SOON, Light.YELLOW, Acts.OWNER, _soon, "due"),
    Rule("blocked", Bucket.SOON, Light.YELLOW, Acts.AWAITED, _blocked_for_others, "blocked_since"),
    Rule("update-missing", Bucket.SOON, Light.YELLOW, Acts.OWNER, _update_missing, "updated"),
)
"""All rules, worst first: by bucket, then by light."""


class Alert(NamedTuple):
    """One line for one task: its worst cause, and what else holds."""

    rule: Rule
    since: datetime
    others: tuple[str, ...]
    """The ids of the other rules that hold, worst first."""


def alert_for(task: TaskFacts, at: Horizon) -> Alert | None:
    """The task's one alert; None where nothing is amiss."""
    if task.state not in WATCHED:
        return None
    held = [(rule, since) for rule in RULES if (since := rule.since(task, at)) is not None]
    if not held:
        return None
    (worst, since), *rest = held
    return Alert(worst, since, tuple(rule.id for rule, _ in rest))


def light_of(card: CardFacts, at: Horizon) -> Light | None:
    """The light on a card, the same for every viewer; None on a draft and on what has ended.

    Red when overdue or blocked for a working day; yellow when due soon, blocked, marked delayed
    or without its news.
    """
    if card.state not in WATCHED:
        return None
    if _overdue(card, at) or _escalated(card, at):
        return Light.RED
    uneasy = _soon(card, at) or card.blocked_since or card.delay_reason or _update_missing(card, at)
    return Light.YELLOW if uneasy else Light.GREEN
