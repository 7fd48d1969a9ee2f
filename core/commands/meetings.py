"""Meetings with minutes, and the plan of when they are held (R22, R97, R98)."""

from datetime import date

from core.commands import checks, timing
from core.commands.handlers import Outcome, handles
from core.commands.sync_writing import write_entry
from core.domain.events import EventKind
from core.domain.ids import PartId, ProjectId, TaskId
from core.domain.meetings import Meeting, MeetingKind, MeetingPlan
from core.domain.people import Project
from core.domain.refusals import BadValue
from core.domain.status import SyncKind
from core.domain.timers import Target, TimerRule
from core.policies.meeting_days import BadDays, parse_days, parse_time
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeeting:
    """Write the minutes of a meeting; each decision becomes an entry of the sync log."""

    project: ProjectId
    kind: MeetingKind
    topic: str
    day: date | None = None
    """None means today, in the project's time zone."""
    attendees: str = ""
    minutes: str = ""
    task: TaskId | None = None
    """A retrospective about a task ends the limit for holding it (D14)."""
    decisions: tuple[str, ...] = ()
    """A line each; empty ones are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """Plan one kind of meeting of a project; a plan of that kind is replaced."""

    project: ProjectId
    kind: MeetingKind
    days: str
    """``daily``, ``last`` or days of the week: ``mon,wed,fri``."""
    time: str = "09:30"
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPlan:
    """Plan such meetings no longer."""

    plan: PartId


@handles(HoldMeeting)
def hold_meeting(command: HoldMeeting, work: Work) -> Outcome:
    """Refuses BadValue: an empty topic, a day that is yet to come. Outcome.id is the meeting's."""
    project = work.project(command.project)
    task = work.task(command.task) if command.task else None
    meeting = work.add(
        Meeting(
            project=project.id,
            task=task.id if task else None,
            kind=command.kind,
            day=_held(command.day, work, project),
            topic=checks.line("topic", command.topic, required=True),
            attendees=checks.text("attendees", command.attendees),
            minutes=checks.text("minutes", command.minutes),
            author=work.actor.id,
            at=work.now,
        )
    )
    changes = {"meeting": (None, meeting.kind.value), "day": (None, meeting.day.isoformat())}
    work.record(EventKind.MEETING_HELD, task or project, subject=meeting.topic, changes=changes)
    for text in command.decisions:
        if said := checks.line("decisions", text):
            write_entry(
                work,
                project,
                topic=said,
                kind=SyncKind.DECISION,
                task=task,
                day=meeting.day,
                meeting=meeting.id,
            )
    if task is not None and meeting.kind is MeetingKind.RETRO:
        timing.end(work, Target.TASK, task.id, rules=(TimerRule.RETRO,))
    return Outcome(meeting.id, meeting.topic)


def _held(day: date | None, work: Work, project: Project) -> date:
    today = checks.today(work, project)
    found = checks.day("day", day) or today
    if found > today:
        raise BadValue("day", found, reason="future", today=today.isoformat())
    return found


@handles(PlanMeeting)
def plan_meeting(command: PlanMeeting, work: Work) -> Outcome:
    """Refuses BadValue for days and a time that cannot be read."""
    project = work.project(command.project)
    planned = MeetingPlan(
        project=project.id,
        kind=command.kind,
        days=_days(command.days),
        time=_time(command.time),
        channel=checks.line("channel", command.channel, limit=200),
    )
    planned_here = work.all(MeetingPlan, project=project.id)
    known = [one for one in planned_here if one.kind is command.kind]
    if known:
        plan = replace(planned, id=known[0].id)
        if not work.save(plan):
            return Outcome(plan.id, plan.kind.value)
    else:
        plan = work.add(planned)
    said = {"days": plan.days, "time": plan.time, "channel": plan.channel}
    changes = {
        name: (getattr(known[0], name) if known else None, now) for name, now in said.items()
    }
    work.record(EventKind.MEETING_PLANNED, project, subject=plan.kind.value, changes=changes)
    return Outcome(plan.id, plan.kind.value)


def _days(text: str) -> str:
    said = ",".join(part.strip() for part in text.casefold().replace("，", ",").split(","))
    try:
        parse_days(said)
    except BadDays as error:
        raise BadValue("days", text[:80], reason="meeting-days") from error
    return said


def _time(text: str) -> str:
    said = text.strip().replace("：", ":")
    try:
        return f"{parse_time(said.zfill(5)):%H:%M}"
    except BadDays as error:
        raise BadValue("time", text[:80], reason="meeting-time") from error


@handles(DropPlan)
def drop_plan(command: DropPlan, work: Work) -> Outcome:
    """Refuses NotFound."""
    plan = work.get(MeetingPlan, command.plan)
    work.remove(plan)
    about = work.project(plan.project)
    work.record(EventKind.MEETING_UNPLANNED, about, subject=plan.kind.value)
    return Outcome(plan.id, plan.kind.value)
