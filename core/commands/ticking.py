"""The clock works without anyone watching: one step that every client and cron may take."""

from core.commands.escalating import Escalation, escalate
from core.commands.handlers import Outcome, handles
from core.commands.issue_clocks import running
from core.domain.events import EventKind, Plain
from core.domain.notices import Raised
from core.domain.timers import TimerRule
from core.domain.trouble import Issue
from core.policies.escalation import HIGHEST
from core.policies.rules import RULES_BY_ID
from core.policies.telling import PASSED
from core.records import dataclass
from core.store.due import behind, due_now
from core.store.noticing import Due
from core.store.tellable import Tellable
from core.store.work import Work

BATCH = 500
"""Alerts a tick raises at most, so that nobody who writes waits for long."""
_LEVEL = {PASSED[TimerRule.ISSUE_RESOLVE]: 1, PASSED[TimerRule.ISSUE_SECOND]: 2}
"""Which level an alert of an issue takes it to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Raise what became due, and escalate the issues whose time has passed."""

    limit: int = BATCH


@handles(Tick, strangers=True)
def tick(command: Tick, work: Work) -> Outcome:
    """Do what is due; the outcome's id is how many alerts were raised, 0 if nothing was due.

    Whoever comes second finds nothing left. Warns ``clock-behind`` and does nothing where this
    clock lies well before the newest event.
    """
    if behind(work.store, work.now):
        work.warn("clock-behind")
        return Outcome(0, "")
    found = due_now(work.store, work.now, limit=max(min(command.limit, BATCH), 1))
    if not found:
        return Outcome(0, "")
    told = Tellable(work.store, work.now)
    return Outcome(sum(_raise(work, one, told) for one in found), "")


def _raise(work: Work, due: Due, told: Tellable) -> int:
    """Store one alert and tell of it in the log; an issue may go several levels up."""
    if due.rule in _LEVEL and (levels := _escalate(work, due, told)):
        return levels
    named = told.told(due.project, RULES_BY_ID[due.rule].tells, due.parties)
    work.add(
        Raised(
            rule=due.rule,
            target=due.target,
            object=due.object,
            window=due.window,
            project=due.project,
            task=due.task,
            since=due.since,
            raised=work.now,
            told=named,
        )
    )
    changes: dict[str, tuple[Plain, Plain]] = {
        "since": (None, due.since.isoformat()),
        "told": (None, ", ".join(named)),
    }
    about = work.task(due.task) if due.task else work.project(due.project)
    work.record(EventKind.ALERT_RAISED, about, subject=due.rule, changes=changes)
    return 1


def _escalate(work: Work, due: Due, told: Tellable) -> int:
    """How many levels the issue went up; 0 where it stands there already."""
    issue = work.get(Issue, due.object)
    levels, since = 0, due.window
    while issue.level < HIGHEST and (levels or issue.level < _LEVEL[due.rule]):
        issue = escalate(work, issue, Escalation(since=since), told=told)
        levels += 1
        second = running(work, issue, TimerRule.ISSUE_SECOND)
        if issue.level == HIGHEST or second is None or second.due > work.now:
            break
        since = second.due
    return levels
