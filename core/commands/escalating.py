"""Escalation: by hand from this moment, by the clock from the deadline that passed (D10, D11).

What an issue's level says, its clocks say too: one of level 1 has the clock of D10 behind it.
"""

from datetime import datetime

from core.commands import timing
from core.commands.issue_clocks import clock, running
from core.domain.events import EventKind, Plain
from core.domain.notices import Raised
from core.domain.people import Project
from core.domain.task import Task
from core.domain.timers import Target, TimerRule
from core.domain.trouble import Issue
from core.policies.escalation import HIGHEST
from core.policies.rules import RULES_BY_ID
from core.policies.telling import PASSED, Parties
from core.records import dataclass, replace
from core.store.tellable import Tellable
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Why an issue goes a level up."""

    since: datetime
    """The deadline that passed; now if somebody does it by hand."""
    reason: str = ""
    """Empty for the clock."""


def about(work: Work, issue: Issue) -> Task | Project:
    """Where the log tells of it: its task, else its project."""
    return work.task(issue.task) if issue.task else work.project(issue.project)


def escalate(work: Work, issue: Issue, why: Escalation, *, told: Tellable | None = None) -> Issue:
    """Take ``issue``, of level 0 or 1, to the next one, tell who must act, start the next clock.

    ``told`` spares reading everybody again where there are many.
    """
    passed = TimerRule.ISSUE_SECOND if issue.level else TimerRule.ISSUE_RESOLVE
    window = _pass(work, issue, passed, why.since)
    after = replace(issue, level=issue.level + 1)
    work.save(after)
    rule = RULES_BY_ID[PASSED[passed]]
    named = (told or Tellable(work.store, work.now)).told(issue.project, rule.tells, Parties())
    work.add(
        Raised(
            rule=rule.id,
            target=Target.ISSUE,
            object=issue.id,
            window=window,
            project=issue.project,
            task=issue.task,
            since=why.since,
            raised=work.now,
            told=named,
        )
    )
    changes: dict[str, tuple[Plain, Plain]] = {
        "level": (issue.level, after.level),
        "told": (None, ", ".join(named)),
        "since": (None, why.since.isoformat()),
    }
    place = about(work, issue)
    work.record(
        EventKind.ISSUE_ESCALATED, place, subject=issue.key, changes=changes, reason=why.reason
    )
    if after.level < HIGHEST:
        _start_second(work, after, place, why.since)
    return work.get(Issue, issue.id)


def _pass(work: Work, issue: Issue, rule: TimerRule, since: datetime) -> datetime:
    """Let the level's deadline be ``since``, where it has not passed by itself; when it passed."""
    timer = running(work, issue, rule)
    if timer is None:
        return since
    if timer.due > since:
        work.save(replace(timer, due=since))
    return min(timer.due, since)


def _start_second(work: Work, issue: Issue, place: Task | Project, since: datetime) -> None:
    """The clock to level 2; the issue of a closed task has none, as its others have ended."""
    first = running(work, issue, TimerRule.ISSUE_RESOLVE)
    if first is None:
        return
    rule = TimerRule.ISSUE_SECOND
    project = work.project(issue.project)
    due = timing.limit(work, project, rule.value, start=since, urgent=first.urgent)
    task = place if isinstance(place, Task) else None
    timing.start(work, replace(clock(work, issue, task, rule, due=due), started=since))
