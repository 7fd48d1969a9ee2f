"""Whose update is owed now or in the course of today (R71-R73, D1-D5), and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.domain.status import Priority, State
from core.policies.clocks import local_day
from core.policies.deadlines import Cadence, cadence_for, last_due, next_due

if TYPE_CHECKING:
    from datetime import datetime

    from core.policies.calendar import WorkCalendar
    from core.policies.team_rules import TeamRules


class News(NamedTuple):
    """What the rules on updates ask of a task."""

    state: State
    priority: Priority
    urgent: bool
    blocked_since: datetime | None
    updated: datetime | None
    """The newest update, else when work on it began."""


class Owing(NamedTuple):
    """An update that is owed."""

    by: datetime
    """UTC: the first deadline that passed without news, else today's."""
    late: bool
    """Whether that deadline has passed."""


def owing(news: News, rules: TeamRules, calendar: WorkCalendar, now: datetime) -> Owing | None:
    """What is owed; None where nothing is, as for a blocked task, whose spell says it all.

    An urgent task owes the day's first update although the last one is not two hours old.
    """
    if news.state is not State.DOING or news.blocked_since is not None or news.updated is None:
        return None
    cadence = cadence_for(news.priority, urgent=news.urgent, override=rules.cadence)
    first = next_due(cadence, calendar, news.updated, rules=rules.updates)
    if first <= now:
        return Owing(first, late=True)
    today = local_day(now, calendar)
    counts = news.updated if cadence is Cadence.REALTIME else first
    is_today = local_day(counts, calendar) == today
    return None if is_today is (cadence is Cadence.REALTIME) else Owing(first, late=False)


def stale_before(
    priority: Priority, rules: TeamRules, calendar: WorkCalendar, now: datetime, *, urgent: bool
) -> datetime:
    """News given before this instant (UTC) is missing: ``owing`` says late."""
    cadence = cadence_for(priority, urgent=urgent, override=rules.cadence)
    return last_due(cadence, calendar, now, rules=rules.updates).period_start


def rank(news: News) -> int:
    """Urgent before high before the rest."""
    return 0 if news.urgent else 1 if news.priority is Priority.HIGH else 2
