"""What a running limit says before its due, and what after it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.timers import TimerRule
from core.policies.alerts import day_before
from core.policies.clocks import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.domain.ids import PersonId
    from core.domain.timers import Target
    from core.policies.alerts import Horizon


class TimerFacts(NamedTuple):
    """An open timer."""

    rule: TimerRule
    target: Target
    object: int
    started: datetime
    due: datetime
    urgent: bool = False
    person: PersonId | None = None


class When(StrEnum):
    """In which part of a timer's life it is a cause; UTC, a due that is now has passed."""

    LATE = "late"
    """From its due on; since its due."""
    RUNNING = "running"
    """Up to its due; since it started."""
    NEAR = "near"
    """From one working day before the day of its due; since that day began."""
    LAST_DAY = "last-day"
    """On the day of its due; since that day began."""


class Cause(NamedTuple):
    """Which timer means it, and when."""

    timer: TimerRule
    when: When


_R = TimerRule
CAUSES: Final[Mapping[str, tuple[Cause, ...]]] = {
    "follow-up-late": (Cause(_R.FOLLOW_UP, When.LATE),),
    "retro-late": (Cause(_R.RETRO, When.LATE),),
    "issue-second": (Cause(_R.ISSUE_SECOND, When.LATE),),
    "issue-escalated": (
        Cause(_R.ISSUE_RESOLVE, When.LATE),
        Cause(_R.ISSUE_SECOND, When.RUNNING),
    ),
    "swarm-late": (Cause(_R.SWARM, When.LATE),),
    "resolution-late": (Cause(_R.RESOLUTION, When.LATE),),
    "issue-unanswered": (Cause(_R.ISSUE_RESPOND, When.LATE),),
    "collaborator-late": (Cause(_R.COLLABORATOR, When.LATE),),
    "extension-late": (Cause(_R.EXTENSION, When.LATE),),
    "question-late": (Cause(_R.QUESTION, When.LATE),),
    "unacknowledged": (Cause(_R.ACKNOWLEDGE, When.LATE),),
    "criteria-changed": (Cause(_R.CRITERIA, When.LATE),),
    "swarm": (Cause(_R.SWARM, When.RUNNING),),
    "issue-respond": (Cause(_R.ISSUE_RESPOND, When.RUNNING),),
    "extension": (Cause(_R.EXTENSION, When.RUNNING),),
    "question": (Cause(_R.QUESTION, When.RUNNING),),
    "issue-open": (Cause(_R.ISSUE_RESOLVE, When.RUNNING),),
    "deliverable-late": (Cause(_R.DELIVERABLE, When.LATE),),
    "retro": (Cause(_R.RETRO, When.LAST_DAY),),
    "follow-up": (Cause(_R.FOLLOW_UP, When.NEAR),),
}
"""By the id of the rule; the rules are in core.policies.rules."""


def cause_of(rule: str, timers: Sequence[TimerFacts], at: Horizon) -> datetime | None:
    """Since when a rule holds by any of these timers; None where it does not."""
    if rule == "issue-open":
        timers = _responded(timers)
    found = (
        since(one, cause.when, at)
        for cause in CAUSES[rule]
        for one in timers
        if one.rule is cause.timer
    )
    return min((one for one in found if one is not None), default=None)


def timer_of(rule: str, timers: Sequence[TimerFacts], at: Horizon) -> TimerFacts | None:
    """The timer by which a rule has held longest; None where no timer means it."""
    held = [
        (found, place)
        for place, one in enumerate(timers)
        for cause in CAUSES.get(rule, ())
        if one.rule is cause.timer and (found := since(one, cause.when, at)) is not None
    ]
    return timers[min(held)[1]] if held else None


def follows(rule: str, timers: Sequence[TimerFacts], at: Horizon) -> datetime | None:
    """The least stored instant by which a rule holds: a start or a due."""
    held = [
        one.started if cause.when is When.RUNNING else one.due
        for cause in CAUSES[rule]
        for one in timers
        if one.rule is cause.timer and since(one, cause.when, at) is not None
    ]
    return min(held, default=None)


def since(timer: TimerFacts, when: When, at: Horizon) -> datetime | None:
    """Since when a timer has been in that part of its life; None if it is not."""
    if timer.due <= at.now:
        return timer.due if when is When.LATE else None
    if when is When.RUNNING:
        return timer.started
    if when is When.NEAR and timer.due <= at.soon:
        return day_before(timer.due, at)
    if when is When.LAST_DAY and timer.due <= at.today_ends:
        return at.calendar.opening(local_day(at.now, at.calendar))
    return None


def _responded(timers: Iterable[TimerFacts]) -> tuple[TimerFacts, ...]:
    """Without those of issues that still wait for a response."""
    known = tuple(timers)
    waiting = {one.object for one in known if one.rule is TimerRule.ISSUE_RESPOND}
    return tuple(one for one in known if one.object not in waiting)
