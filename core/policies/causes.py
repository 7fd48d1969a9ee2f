"""Why a task needs attention: small functions, facts in, since when out.

With those of core.policies.alerts, which hold for everybody, they are the rules' causes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.domain.status import Priority, State
from core.domain.timers import TimerRule
from core.policies.alerts import blocked, soon
from core.policies.risk import begun, lags
from core.policies.timer_causes import TimerFacts, cause_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from core.policies.alerts import Horizon


class TaskFacts(NamedTuple):
    """A task or another thing that alerts are about, and what it is to whoever looks."""

    state: State
    """A draft where it is no task."""
    due: datetime | None = None
    blocked_since: datetime | None = None
    updated: datetime | None = None
    submitted: datetime | None = None
    urgent: bool = False
    priority: Priority = Priority.MEDIUM
    progress: int = 0
    start: date | None = None
    created: datetime | None = None
    delay_reason: str = ""
    mine_to_accept: bool = False
    """Whether the viewer is its acceptor, named or by position (R65)."""
    waits_for_me: bool = False
    """Whether its open block spell names the viewer."""
    timers: tuple[TimerFacts, ...] = ()
    """The open ones that are about it."""
    late_issue: datetime | None = None
    """When an unresolved issue of it was reported that was reported late (D7)."""


def by_timer(id: str) -> Callable[[TaskFacts, Horizon], datetime | None]:
    """Since the earliest of the timers that say so."""

    def since(facts: TaskFacts, at: Horizon) -> datetime | None:
        return cause_of(id, facts.timers, at)

    return since


def acceptance(task: TaskFacts, at: Horizon) -> datetime | None:
    """Since it was submitted to the viewer, for a working day."""
    return None if acceptance_late(task, at) else _to_accept(task)


def acceptance_late(task: TaskFacts, at: Horizon) -> datetime | None:
    """Since it was submitted to the viewer, if that is a working day or longer ago."""
    since = _to_accept(task)
    return since if since is not None and since <= at.day_ago else None


def _to_accept(task: TaskFacts) -> datetime | None:
    return task.submitted if task.mine_to_accept and task.state is State.REVIEW else None


def blocked_for_others(task: TaskFacts, at: Horizon) -> datetime | None:
    """Since it was blocked, less than a working day ago, by somebody else than the viewer."""
    return None if task.waits_for_me else blocked(task, at)


def waits_for_me(task: TaskFacts, _: Horizon) -> datetime | None:
    """Since it was blocked, if it waits for the viewer."""
    return task.blocked_since if task.waits_for_me else None


def at_risk(task: TaskFacts, at: Horizon) -> datetime | None:
    """Since its warning is due; not once a later due was asked for."""
    since = soon(task, at)
    if since is None or task.due is None or task.state is State.REVIEW:
        return None
    if task.created is None or any(one.rule is TimerRule.EXTENSION for one in task.timers):
        return None
    start = begun(task.start, task.created, at.calendar)
    behind = lags(
        progress=task.progress, start=start, due=task.due, now=at.now, calendar=at.calendar
    )
    return since if behind else None


def due_soon(task: TaskFacts, at: Horizon) -> datetime | None:
    """Since one working day before its due, if it has come far enough."""
    return None if at_risk(task, at) else soon(task, at)


def reported_late(task: TaskFacts, _: Horizon) -> datetime | None:
    """Since its issue was reported."""
    return task.late_issue


def meeting(_: TaskFacts, __: Horizon) -> datetime | None:
    """Plans are no tasks: core.policies.meeting_days says when one is due."""
    return None


def reconfirm(_: TaskFacts, __: Horizon) -> datetime | None:
    """Nor are duties: core.queries.alert_duties says which are to be confirmed."""
    return None
