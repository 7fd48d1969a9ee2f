"""The clocks of an issue: by when somebody responds (D9), and by when it is resolved (D10)."""

from datetime import datetime

from core.commands import timing
from core.domain.people import Project
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import Issue, IssueState, Severity
from core.records import replace
from core.store.work import Work


def is_urgent(task: Task | None, severity: Severity) -> bool:
    """Whether the clocks run day and night."""
    return severity is Severity.CRITICAL or (task is not None and task.urgent)


def limit_now(work: Work, project: Project, rule: TimerRule, *, urgent: bool) -> datetime:
    """When a limit ends that begins now."""
    return timing.limit(work, project, rule.value, start=work.now, urgent=urgent)


def start_clocks(work: Work, issue: Issue, task: Task | None) -> None:
    """Start both, for ``issue.respond_by`` and ``issue.resolve_by``.

    Of a task that is closed already they belong to the issue alone: it still needs an answer.
    """
    dues = {TimerRule.ISSUE_RESPOND: issue.respond_by, TimerRule.ISSUE_RESOLVE: issue.resolve_by}
    for rule, due in dues.items():
        timing.start(work, clock(work, issue, task, rule, due=due))


def clock(work: Work, issue: Issue, task: Task | None, rule: TimerRule, *, due: datetime) -> Timer:
    """One of its clocks, beginning now; not started yet."""
    return Timer(
        rule=rule,
        project=issue.project,
        task=task.id if task is not None and task.closed is None else None,
        target=Target.ISSUE,
        object=issue.id,
        person=issue.handler or (task.owner if task else None),
        started=work.now,
        due=due,
        urgent=is_urgent(task, issue.severity),
    )


def running(work: Work, issue: Issue, rule: TimerRule) -> Timer | None:
    """Its open clock of that rule; closing its task has ended them."""
    found = work.all(Timer, target=Target.ISSUE, object=issue.id, ended=None)
    return next((one for one in found if one.rule is rule), None)


def set_clock(work: Work, issue: Issue, rule: TimerRule, due: datetime) -> None:
    """Let its running clock of that rule end at another time."""
    timer = running(work, issue, rule)
    if timer is not None:
        work.save(replace(timer, due=due))


def hand_over(work: Work, issue: Issue) -> None:
    """Let its running clocks name who handles it now."""
    task = work.task(issue.task) if issue.task else None
    person = issue.handler or (task.owner if task else None)
    for timer in work.all(Timer, target=Target.ISSUE, object=issue.id, ended=None):
        work.save(replace(timer, person=person))


def quickened(work: Work, issue: Issue) -> Issue:
    """``issue`` with clocks that run day and night from now on; none ends later than before."""
    project = work.project(issue.project)
    for rule in (TimerRule.ISSUE_RESPOND, TimerRule.ISSUE_RESOLVE, TimerRule.ISSUE_SECOND):
        timer = running(work, issue, rule)
        if timer is None:
            continue
        due = min(timer.due, limit_now(work, project, rule, urgent=True))
        work.save(replace(timer, due=due, urgent=True))
        if rule is TimerRule.ISSUE_RESPOND and issue.state is not IssueState.RESPONDED:
            issue = replace(issue, respond_by=due)
        elif rule is TimerRule.ISSUE_RESOLVE:
            issue = replace(issue, resolve_by=due)
    return issue
