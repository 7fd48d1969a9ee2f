"""The issue register: raise, respond, resolve, close, reopen, escalate (R81-R88, D7, D9-D11).

Two clocks run from the report on: by when somebody responds, and by when the issue is resolved.
Who lets the second one pass has it escalated; see core.commands.escalating.
"""

from datetime import datetime
from typing import Any

from core.commands import checks, issue_clocks, issue_facts, timing
from core.commands.editing import Setting
from core.commands.escalating import Escalation, about, escalate
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind, Plain
from core.domain.ids import IssueId, PersonId, ProjectId, TaskId
from core.domain.refusals import BadValue, Rejected
from core.domain.status import SyncKind
from core.domain.timers import Target, TimerRule
from core.domain.trouble import UNRESOLVED, Issue, IssueState, Severity
from core.policies.escalation import HIGHEST
from core.policies.team_rules import REPORT
from core.records import dataclass, replace
from core.store.work import Work

Changes = dict[str, tuple[Plain, Plain]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseIssue:
    """Tell of a problem; ``task`` names its project, without one ``project`` must be given."""

    project: ProjectId | None = None
    task: TaskId | None = None
    title: str
    impact: str
    """The scope of impact; never empty."""
    detail: str = ""
    proposal: str = ""
    parties: str = ""
    severity: Severity = Severity.MEDIUM
    handler: PersonId | None = None
    """None means the task's owner, else the project's lead."""
    occurred: datetime | None = None
    """None means now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIssue:
    """Set fields of an issue; edits of different fields never clash (law 4)."""

    issue: IssueId
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondIssue:
    """Say that it is taken up, and what will be done; ends the first clock (D9)."""

    issue: IssueId
    response: str
    handler: PersonId | None = None
    """Who handles it from now on; None keeps who does."""
    resolve_by: datetime | None = None
    """By when it will be resolved; None keeps the time that is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIssue:
    """Say how it was resolved; ends all its clocks."""

    issue: IssueId
    resolution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIssue:
    """Confirm that a resolved issue is over (销号)."""

    issue: IssueId
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenIssue:
    """Say that it is not over; both clocks start afresh, and it is nobody's higher up."""

    issue: IssueId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateIssue:
    """Take it to the next level now, without waiting for the clock."""

    issue: IssueId
    reason: str


@handles(RaiseIssue)
def raise_issue(command: RaiseIssue, work: Work) -> Outcome:
    """Store it, start its clocks, and tell of it in the sync log.

    Refuses BadValue: no title, no impact, neither task nor project or two that do not fit, a time
    of occurrence that is yet to come; ``task-closed`` for an archived or cancelled task.
    """
    task = checks.kept_task(work, command.task) if command.task else None
    named = work.project(command.project) if command.project else None
    project = issue_facts.home(work, named, task)
    handler = checks.person(work, "handler", command.handler)
    occurred = issue_facts.occurred(work, project, command.occurred)
    urgent = issue_clocks.is_urgent(task, command.severity)
    issue = Issue(
        project=project.id,
        task=task.id if task else None,
        key=issue_facts.next_key(work, project),
        title=checks.line("title", command.title, required=True),
        detail=checks.text("detail", command.detail),
        impact=checks.text("impact", command.impact, required=True),
        proposal=checks.text("proposal", command.proposal),
        parties=checks.line("parties", command.parties),
        severity=command.severity,
        reporter=work.actor.id,
        handler=handler.id if handler else None,
        occurred=occurred,
        reported=work.now,
        late=timing.limit(work, project, REPORT, start=occurred, urgent=urgent) < work.now,
        respond_by=issue_clocks.limit_now(work, project, TimerRule.ISSUE_RESPOND, urgent=urgent),
        resolve_by=issue_clocks.limit_now(work, project, TimerRule.ISSUE_RESOLVE, urgent=urgent),
    )
    issue = work.add(issue)
    issue_clocks.start_clocks(work, issue, task)
    changes: Changes = {
        "title": (None, issue.title),
        "severity": (None, issue.severity.value),
        "respond_by": (None, issue.respond_by.isoformat()),
        "resolve_by": (None, issue.resolve_by.isoformat()),
    }
    work.record(EventKind.ISSUE_RAISED, task or project, subject=issue.key, changes=changes)
    issue_facts.tell(work, issue, kind=SyncKind.PROBLEM, content=issue_facts.problem(issue))
    return Outcome(issue.id, issue.key)


@handles(EditIssue)
def edit_issue(command: EditIssue, work: Work) -> Outcome:
    """Set the fields; one that has become critical has its clocks run day and night from now on.

    Refuses BadValue, Conflict where somebody set one of them since, ``issue-closed``.
    """
    issue = work.get(Issue, command.issue)
    if issue.state is IssueState.CLOSED:
        raise Rejected("issue-closed", key=issue.key)
    values: dict[str, Any] = {}
    for setting in command.settings:
        clean = issue_facts.EDITABLE.get(setting.field)
        if clean is None:
            raise BadValue(
                "field", setting.field, reason="not-editable", known=tuple(issue_facts.EDITABLE)
            )
        values[setting.field] = clean(setting.field, setting.value, work)
        issue_facts.unchanged(issue, setting, values[setting.field])
    after = replace(issue, **values)
    if after.severity is Severity.CRITICAL and issue.severity is not Severity.CRITICAL:
        after = issue_clocks.quickened(work, after)
    changes = work.save(after)
    if "handler" in changes:
        issue_clocks.hand_over(work, after)
    if changes:
        work.record(EventKind.ISSUE_EDITED, about(work, issue), subject=issue.key, changes=changes)
    return Outcome(issue.id, issue.key)


@handles(RespondIssue)
def respond_issue(command: RespondIssue, work: Work) -> Outcome:
    """Take it up. Refuses BadValue, ``issue-responded``, ``issue-resolved``, ``issue-closed``.

    A time to resolve it by moves the clock of level 1; one that was escalated already stays so.
    """
    issue = _standing(work, command.issue)
    if issue.state is IssueState.RESPONDED:
        raise Rejected("issue-responded", key=issue.key)
    handler = checks.person(work, "handler", command.handler)
    after = replace(
        issue,
        state=IssueState.RESPONDED,
        responded=work.now,
        response=checks.text("response", command.response, required=True),
        handler=handler.id if handler else issue.handler,
        resolve_by=issue_facts.promised(command.resolve_by, work, issue),
    )
    changes = work.save(after)
    timing.end(work, Target.ISSUE, issue.id, rules=(TimerRule.ISSUE_RESPOND,))
    issue_clocks.hand_over(work, after)
    if after.resolve_by != issue.resolve_by and issue.level == 0:
        issue_clocks.set_clock(work, after, TimerRule.ISSUE_RESOLVE, after.resolve_by)
    kept = _kept(changes, "state", "handler", "resolve_by")
    work.record(
        EventKind.ISSUE_RESPONDED,
        about(work, issue),
        subject=issue.key,
        changes=kept,
        reason=after.response,
    )
    return Outcome(issue.id, issue.key)


@handles(ResolveIssue)
def resolve_issue(command: ResolveIssue, work: Work) -> Outcome:
    """Refuses BadValue for an empty resolution, ``issue-resolved``, ``issue-closed``."""
    issue = _standing(work, command.issue)
    resolution = checks.text("resolution", command.resolution, required=True)
    after = replace(
        issue,
        state=IssueState.RESOLVED,
        responded=issue.responded or work.now,
        resolved=work.now,
        resolution=resolution,
    )
    _step(work, issue, after, kind=EventKind.ISSUE_RESOLVED, reason=resolution)
    timing.end(work, Target.ISSUE, issue.id)
    issue_facts.tell(work, after, kind=SyncKind.DECISION, content=resolution)
    return Outcome(issue.id, issue.key)


@handles(CloseIssue)
def close_issue(command: CloseIssue, work: Work) -> Outcome:
    """Refuses ``issue-unresolved`` and ``issue-closed``."""
    issue = work.get(Issue, command.issue)
    if issue.state in UNRESOLVED:
        raise Rejected("issue-unresolved", key=issue.key)
    if issue.state is IssueState.CLOSED:
        raise Rejected("issue-closed", key=issue.key)
    after = replace(issue, state=IssueState.CLOSED, closed=work.now)
    note = checks.text("note", command.note)
    _step(work, issue, after, kind=EventKind.ISSUE_CLOSED, reason=note)
    return Outcome(issue.id, issue.key)


@handles(ReopenIssue)
def reopen_issue(command: ReopenIssue, work: Work) -> Outcome:
    """What was answered before stays in the log. Refuses an empty reason, ``issue-open``."""
    issue = work.get(Issue, command.issue)
    reason = checks.text("reason", command.reason, required=True)
    if issue.state in UNRESOLVED:
        raise Rejected("issue-open", key=issue.key)
    project = work.project(issue.project)
    task = work.task(issue.task) if issue.task else None
    urgent = issue_clocks.is_urgent(task, issue.severity)
    after = replace(
        issue,
        state=IssueState.REOPENED,
        respond_by=issue_clocks.limit_now(work, project, TimerRule.ISSUE_RESPOND, urgent=urgent),
        resolve_by=issue_clocks.limit_now(work, project, TimerRule.ISSUE_RESOLVE, urgent=urgent),
        responded=None,
        response="",
        resolved=None,
        resolution="",
        closed=None,
        level=0,
    )
    _step(work, issue, after, kind=EventKind.ISSUE_REOPENED, reason=reason)
    issue_clocks.start_clocks(work, after, task)
    return Outcome(issue.id, issue.key)


@handles(EscalateIssue)
def escalate_issue(command: EscalateIssue, work: Work) -> Outcome:
    """Refuses an empty reason, ``issue-at-top``, ``issue-resolved``, ``issue-closed``."""
    issue = _standing(work, command.issue)
    reason = checks.text("reason", command.reason, required=True)
    if issue.level >= HIGHEST:
        raise Rejected("issue-at-top", key=issue.key)
    escalate(work, issue, Escalation(since=work.now, reason=reason))
    return Outcome(issue.id, issue.key)


def _standing(work: Work, number: IssueId) -> Issue:
    """An issue that is not resolved yet. Refuses ``issue-resolved``, ``issue-closed``."""
    issue = work.get(Issue, number)
    if issue.state not in UNRESOLVED:
        if issue.state is IssueState.CLOSED:
            raise Rejected("issue-closed", key=issue.key)
        raise Rejected("issue-resolved", key=issue.key)
    return issue


def _step(work: Work, before: Issue, after: Issue, *, kind: EventKind, reason: str) -> None:
    """Store where the issue stands now and record it; what was answered stays in the log."""
    changes = work.save(after)
    kept = _kept(changes, "state", "level")
    work.record(kind, about(work, before), subject=before.key, changes=kept, reason=reason)


def _kept(changes: Changes, *names: str) -> Changes:
    """The changes that the log tells; what was written stands in its reason."""
    return {name: changes[name] for name in names if name in changes}
