"""All rules of attention in one table (D1-D19, D22, D24): what is amiss, who acts, who is told.

A rule is a small function: facts in, since when it holds out. Two kinds of facts: what stands on
the task, and the limits that run (core.domain.timers).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from core.domain.status import Bucket, Light
from core.domain.timers import TimerRule
from core.policies.alerts import WATCHED, escalated, overdue, update_missing
from core.policies.causes import (
    TaskFacts,
    acceptance,
    acceptance_late,
    at_risk,
    blocked_for_others,
    by_timer,
    due_soon,
    meeting,
    reconfirm,
    reported_late,
    waits_for_me,
)
from core.policies.timer_causes import CAUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.policies.alerts import Horizon


class Acts(StrEnum):
    """Who must act on an alert, or is told of it."""

    OWNER = "owner"
    """Its owner; its acceptor once it is in review, or while it has no owner."""
    ACCEPTOR = "acceptor"
    AWAITED = "awaited"
    """Whom or what the blocked task waits for."""
    HANDLER = "handler"
    """Who handles the issue; else the task's owner, else the project's lead."""
    PERSON = "person"
    """Whom the timer names, else the project's lead."""
    LEAD = "lead"
    """The project's lead, else the department's."""
    HEAD = "head"
    """The head of its department (R84), else its lead; the next one up while away."""
    MANAGER = "manager"
    """The head's manager; the next one up while away."""
    ASSIGNER = "assigner"
    """Who gave the task to its owner."""


class Rule(NamedTuple):
    """One reason for attention."""

    id: str
    deadline: str
    """Its number in section 5 of the requirements, such as ``D19``; empty for our own."""
    bucket: Bucket
    light: Light
    acts: Acts
    tells: tuple[Acts, ...]
    """Who is told when it is raised; nobody where it is only shown."""
    since: Callable[[TaskFacts, Horizon], datetime | None]
    """Since when it holds (UTC); None where it does not."""
    follows: str
    """The field of the facts that ``since`` grows with, ``timers`` for those: of two things on one
    calendar the one with the earlier value has waited longer, or as long."""
    mine: str = "open"
    """The key (an action's id) with which who must act does so."""
    others: str = "nudge"
    """The key with which everybody else gets it going."""


_Since = Callable[[TaskFacts, "Horizon"], datetime | None]


def _shown(
    id: str,
    deadline: str,
    kind: tuple[Bucket, Light],
    acts: Acts,
    *tells: Acts,
    cause: tuple[_Since, str] | None = None,
    keys: tuple[str, str] = ("open", "nudge"),
) -> Rule:
    """A rule; by the timers that mean it, unless it has another cause."""
    since, follows = cause or (by_timer(id), "timers")
    return Rule(id, deadline, *kind, acts, tells, since, follows, *keys)


_OVERDUE = Bucket.OVERDUE, Light.RED
_ESCALATED = Bucket.ESCALATED, Light.RED
_LATE = Bucket.WAITING, Light.RED
_WAITING = Bucket.WAITING, Light.YELLOW
_SOON = Bucket.SOON, Light.YELLOW
_OWNER, _LEAD, _HEAD = Acts.OWNER, Acts.LEAD, Acts.HEAD
_PARTIES = (Acts.OWNER, Acts.AWAITED, Acts.LEAD)
_ANSWER = ("respond", "nudge")
_UNBLOCK = ("block", "nudge")
_LOG = ("sync", "sync")

RULES: Final[tuple[Rule, ...]] = (
    _shown(
        *("overdue", "D19", _OVERDUE, _OWNER, _OWNER, _LEAD),
        cause=(overdue, "due"),
        keys=("warn", "nudge"),
    ),
    _shown("follow-up-late", "D22", _OVERDUE, Acts.PERSON, Acts.PERSON, _LEAD, keys=_LOG),
    _shown("retro-late", "D14", _OVERDUE, _LEAD, _LEAD, keys=_LOG),
    _shown("issue-second", "D11", _ESCALATED, Acts.MANAGER, Acts.MANAGER, keys=_ANSWER),
    _shown("issue-escalated", "D10", _ESCALATED, _HEAD, _HEAD, keys=_ANSWER),
    _shown("swarm-late", "D8", _ESCALATED, _HEAD, *_PARTIES, keys=_ANSWER),
    _shown("resolution-late", "D8", _ESCALATED, Acts.AWAITED, _OWNER, _LEAD, keys=_UNBLOCK),
    _shown(
        *("blocked-long", "D10", _ESCALATED, _HEAD, _HEAD),
        cause=(escalated, "blocked_since"),
        keys=_ANSWER,
    ),
    _shown("issue-unanswered", "D9", _LATE, Acts.HANDLER, _LEAD, keys=_ANSWER),
    _shown("collaborator-late", "D12", _LATE, Acts.AWAITED, _LEAD, keys=_UNBLOCK),
    _shown(
        *("acceptance-late", "", _LATE, Acts.ACCEPTOR, Acts.ACCEPTOR, _LEAD, _HEAD),
        cause=(acceptance_late, "submitted"),
        keys=("move-next", "nudge"),
    ),
    _shown("extension-late", "", _LATE, _LEAD, _LEAD, keys=_ANSWER),
    _shown("question-late", "", _LATE, Acts.PERSON, _LEAD, keys=_ANSWER),
    _shown(
        *("unacknowledged", "", _LATE, Acts.PERSON, Acts.PERSON, Acts.ASSIGNER),
        keys=("take-on", "nudge"),
    ),
    _shown("criteria-changed", "", _WAITING, Acts.PERSON, Acts.PERSON, keys=("open", "open")),
    _shown("swarm", "D8", _WAITING, Acts.AWAITED, *_PARTIES, keys=("respond", "respond")),
    _shown("issue-respond", "D9", _WAITING, Acts.HANDLER, keys=_ANSWER),
    _shown("extension", "D6", _WAITING, _LEAD, _LEAD, keys=_ANSWER),
    _shown("question", "", _WAITING, Acts.PERSON, keys=_ANSWER),
    _shown(
        *("blocked-by-you", "", _WAITING, Acts.AWAITED),
        cause=(waits_for_me, "blocked_since"),
        keys=_UNBLOCK,
    ),
    _shown(
        *("acceptance", "", _WAITING, Acts.ACCEPTOR),
        cause=(acceptance, "submitted"),
        keys=("move-next", "open"),
    ),
    _shown(
        *("at-risk", "D6", _SOON, _OWNER, _OWNER),
        cause=(at_risk, "due"),
        keys=("warn", "nudge"),
    ),
    _shown(
        *("due-soon", "D6", _SOON, _OWNER),
        cause=(due_soon, "due"),
        keys=("progress", "open"),
    ),
    _shown("issue-open", "D10", _SOON, Acts.HANDLER, keys=_ANSWER),
    _shown(
        *("blocked", "", _SOON, Acts.AWAITED),
        cause=(blocked_for_others, "blocked_since"),
        keys=_UNBLOCK,
    ),
    _shown("deliverable-late", "D13", _SOON, _OWNER, _OWNER, keys=("open", "nudge")),
    _shown("retro", "D14", _SOON, _LEAD, keys=_LOG),
    _shown("follow-up", "D22", _SOON, Acts.PERSON, keys=_LOG),
    _shown(
        *("update-missing", "D1-D5", _SOON, _OWNER, _OWNER),
        cause=(update_missing, "updated"),
        keys=("progress", "nudge"),
    ),
    _shown(
        *("reconfirm", "", _SOON, _OWNER),
        cause=(reconfirm, "timers"),
        keys=("take-on", "open"),
    ),
    _shown(
        *("meeting", "D15 D16 D18 D24", _SOON, _LEAD, _LEAD),
        cause=(meeting, "timers"),
        keys=_LOG,
    ),
    _shown(
        *("reported-late", "D7", _SOON, _LEAD, _LEAD),
        cause=(reported_late, "late_issue"),
    ),
)
"""All rules, worst first: by bucket, then by light; ``reported-late`` never stands alone."""

RULES_BY_ID: Final[Mapping[str, Rule]] = {rule.id: rule for rule in RULES}
PLACE: Final[Mapping[str, int]] = {rule.id: place for place, rule in enumerate(RULES)}
"""The place of each rule in the table, by id."""
UPDATE_MISSING: Final = PLACE["update-missing"]


class Alert(NamedTuple):
    """One line for one thing: its worst cause, and what else holds."""

    rule: Rule
    since: datetime
    others: tuple[str, ...]
    """The ids of the other rules that hold, worst first."""


def alert_for(facts: TaskFacts, at: Horizon) -> Alert | None:
    """The one alert; None where nothing is amiss."""
    if facts.state in WATCHED:
        rules = RULES if facts.timers else _OF_TASKS
    else:
        rules = _OF_TIMERS if facts.timers else ()
    held = [(rule, since) for rule in rules if (since := rule.since(facts, at)) is not None]
    if not held or held[0][0].follows == "late_issue":
        return None
    (worst, since), *rest = held
    return Alert(worst, since, tuple(rule.id for rule, _ in rest))


_OF_TASKS: Final = tuple(rule for rule in RULES if rule.id not in CAUSES)
_OF_TIMERS: Final = tuple(rule for rule in RULES if rule.id in CAUSES or rule.id == "reported-late")


class Snoozed(Protocol):
    """What must be known of a timer to snooze its line."""

    @property
    def rule(self) -> TimerRule:
        """What must have happened."""

    @property
    def due(self) -> datetime:
        """By when."""

    @property
    def urgent(self) -> bool:
        """Whether it counts day and night."""


def unsnoozable(timers: Iterable[Snoozed], *, now: datetime, urgent: bool, level: int) -> str:
    """Why a line is never snoozed: ``second`` level, or ``urgent``; empty where it may be."""
    running = tuple(timers)
    second = any(one.rule is TimerRule.ISSUE_SECOND and one.due <= now for one in running)
    if second or level >= 2:
        return "second"
    return "urgent" if urgent or any(one.urgent for one in running) else ""
