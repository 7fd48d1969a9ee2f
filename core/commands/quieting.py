"""Acknowledge an alert, or snooze it: two verbs that both expire (requirements, section 7).

An acknowledgement is about one cause: it ends with it. A snooze is about a line: it ends at a
time, whatever happens to the cause, but it never keeps urgent work or the second level quiet.
"""

from datetime import datetime

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind, Plain
from core.domain.ids import PartId
from core.domain.notices import Quiet, QuietKind
from core.domain.people import Project
from core.domain.refusals import BadValue, Rejected
from core.domain.task import Task
from core.domain.timers import Target
from core.policies.rules import RULES_BY_ID, unsnoozable
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AckAlert:
    """Say that an alert is known; quiet for whoever says so while its cause stays the same."""

    target: Target
    object: int
    rule: str
    """The line's worst rule, as it was seen."""
    since: datetime
    """When that cause began, as it was seen."""
    note: str
    until: datetime | None = None
    """None means as long as the cause lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeAlert:
    """Have no word of a line until a time."""

    target: Target
    object: int
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndQuiet:
    """Take back an acknowledgement or a snooze of one's own before its time."""

    quiet: PartId


@handles(AckAlert)
def ack_alert(command: AckAlert, work: Work) -> Outcome:
    """Keep it. Refuses BadValue for an empty note, an unknown rule, a time that is over."""
    note = checks.text("note", command.note, required=True)
    if command.rule not in RULES_BY_ID:
        raise BadValue("rule", command.rule, reason="unknown")
    until = _later(work, command.until)
    about, subject = _about(work, command.target, command.object)
    quiet = Quiet(
        person=work.actor.id,
        kind=QuietKind.ACK,
        target=command.target,
        object=command.object,
        rule=command.rule,
        since=checks.instant("since", command.since),
        note=note,
        at=work.now,
        until=until,
    )
    return _kept(work, quiet, about, subject)


@handles(SnoozeAlert)
def snooze_alert(command: SnoozeAlert, work: Work) -> Outcome:
    """Keep it. Refuses BadValue for an empty reason and a time that is over; ``never-quiet``."""
    reason = checks.text("reason", command.reason, required=True)
    until = _later(work, command.until)
    about, subject = _about(work, command.target, command.object)
    why = _never_quiet(work, command.target, command.object)
    if why:
        raise Rejected("never-quiet", key=subject, why=why)
    quiet = Quiet(
        person=work.actor.id,
        kind=QuietKind.SNOOZE,
        target=command.target,
        object=command.object,
        note=reason,
        at=work.now,
        until=until,
    )
    return _kept(work, quiet, about, subject)


@handles(EndQuiet)
def end_quiet(command: EndQuiet, work: Work) -> Outcome:
    """End it. Refuses ``not-yours``; ``quiet-ended`` where it is over already."""
    quiet = work.get(Quiet, command.quiet)
    about, subject = _about(work, quiet.target, quiet.object)
    if quiet.person != work.actor.id:
        raise Rejected("not-yours", key=subject)
    if quiet.ended is not None or (quiet.until is not None and quiet.until <= work.now):
        raise Rejected("quiet-ended", key=subject)
    work.save(replace(quiet, ended=work.now))
    work.record(EventKind.QUIET_ENDED, about, subject=_said(about, subject))
    return Outcome(quiet.id, subject)


def _later(work: Work, until: datetime | None) -> datetime | None:
    found = checks.instant("until", until)
    if found is not None and found <= work.now:
        raise BadValue("until", found, reason="over")
    return found


def _kept(work: Work, quiet: Quiet, about: Task | Project, subject: str) -> Outcome:
    """In place of what the same person said of the same line before."""
    for old in work.all(
        Quiet, person=quiet.person, target=quiet.target, object=quiet.object, ended=None
    ):
        work.save(replace(old, ended=work.now))
    made = work.add(quiet)
    acked = quiet.kind is QuietKind.ACK
    changes: dict[str, tuple[Plain, Plain]] = {}
    if quiet.until is not None:
        changes["until"] = (None, quiet.until.isoformat())
    if acked:
        changes["rule"] = (None, quiet.rule)
    kind = EventKind.ALERT_ACKNOWLEDGED if acked else EventKind.ALERT_SNOOZED
    work.record(kind, about, subject=_said(about, subject), changes=changes, reason=quiet.note)
    return Outcome(made.id, subject)


def _said(about: Task | Project, subject: str) -> str:
    """Nothing where the event names it anyhow."""
    return "" if subject == about.key else subject


def _about(work: Work, target: Target, number: int) -> tuple[Task | Project, str]:
    """What the line is about, and what it is called. Refuses NotFound, BadValue."""
    from core.domain.meetings import MeetingPlan
    from core.domain.synclog import SyncEntry
    from core.domain.trouble import Issue

    if target in {Target.TASK, Target.DUTY}:
        task = work.get(Task, number)
        return task, task.key
    if target is Target.ISSUE:
        issue = work.get(Issue, number)
        return work.get(Project, issue.project), issue.key
    if target is Target.PROJECT:
        project = work.get(Project, number)
        return project, project.key
    if target is Target.PLAN:
        plan = work.get(MeetingPlan, number)
        return work.get(Project, plan.project), plan.kind.value
    if target is Target.ENTRY:
        # Its topic may be restricted, and the log is for everybody.
        project = work.get(Project, work.get(SyncEntry, number).project)
        return project, project.key
    raise BadValue("target", target.value, reason="unknown")


def _never_quiet(work: Work, target: Target, number: int) -> str:
    """Why a line cannot be snoozed: ``urgent``, ``second``; empty where it can."""
    from core.domain.timers import Timer
    from core.domain.trouble import UNRESOLVED, Issue

    urgent = target is Target.TASK and work.get(Task, number).urgent
    named = {"task": number} if target is Target.TASK else {"target": target, "object": number}
    if target is Target.TASK:
        issues = work.all(Issue, task=number)
    else:
        issues = (work.get(Issue, number),) if target is Target.ISSUE else ()
    level = max((one.level for one in issues if one.state in UNRESOLVED), default=0)
    timers = work.all(Timer, ended=None, **named)
    return unsnoozable(timers, now=work.now, urgent=urgent, level=level)
