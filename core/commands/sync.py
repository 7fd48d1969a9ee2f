"""The sync log's entries, the questions in it and what was agreed to be done (R93-R95)."""

from datetime import date, timedelta
from typing import NamedTuple

from core.commands import checks, timing
from core.commands.audience import Wanted, audience_of
from core.commands.handlers import Outcome, handles
from core.commands.sync_writing import named, note, write_entry
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.meetings import Meeting
from core.domain.people import Project
from core.domain.refusals import BadValue, NotFound, Rejected
from core.domain.status import SyncKind
from core.domain.synclog import SyncEntry
from core.domain.timers import Target, TimerRule
from core.policies.clocks import due_instant
from core.records import dataclass, replace
from core.store.restricting import sees
from core.store.work import Work
from core.store.working_days import calendar_of

__all__ = ["AddSyncEntry", "MakeFollowUpTask", "seen_entry", "write_down", "write_entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSyncEntry:
    """Write down what others should know; entries are added, never changed."""

    project: ProjectId
    task: TaskId | None = None
    topic: str
    content: str = ""
    kind: SyncKind = SyncKind.PROGRESS
    audience: str = ""
    """Whom it is for, as written; people and departments are found in it by name."""
    reference: str = ""
    remarks: str = ""
    day: date | None = None
    """None means today, in the project's time zone."""
    author: PersonId | None = None
    """None means whoever sends the command; only an import names another."""
    restricted: bool = False
    """For its author, its audience and leads only; then it needs an audience (R95)."""
    people: tuple[PersonId, ...] = ()
    departments: tuple[DepartmentId, ...] = ()
    asks: PersonId | None = None
    """Who should answer it."""
    answers: PartId | None = None
    """The question that it answers; an answer is as restricted as its question."""
    follow_up: str = ""
    """What was agreed to be done; it needs an owner and a day."""
    follow_up_owner: PersonId | None = None
    follow_up_due: date | None = None
    meeting: PartId | None = None
    """The meeting that decided it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFollowUpTask:
    """Let what an entry agreed on become a task, which everybody sees."""

    entry: PartId
    openly: bool = False
    """Said of a restricted entry: its follow-up may be known to all."""


_AHEAD = timedelta(days=1)
"""An entry of tomorrow is taken: elsewhere it may be tomorrow already."""


class _FollowUp(NamedTuple):
    text: str = ""
    owner: PersonId | None = None
    due: date | None = None


@handles(AddSyncEntry)
def add_sync_entry(command: AddSyncEntry, work: Work) -> Outcome:
    """Store the entry, and start or end the limits that it sets.

    Refuses BadValue: an empty topic, a day after tomorrow, a restricted entry for nobody or for
    everybody, a follow-up without owner or day, or with a day gone by. NotFound for a question
    that is none or that its author may not see.
    """
    today = checks.today(work, work.project(command.project))
    if (day := checks.day("day", command.day)) is not None and day > today + _AHEAD:
        raise BadValue("day", day, reason="future", today=today.isoformat())
    return write_down(command, work)


def write_down(command: AddSyncEntry, work: Work) -> Outcome:
    """The same of any day: a table that is imported may tell of one that is planned."""
    project = work.project(command.project)
    author = checks.person(work, "author", command.author) or work.actor
    question = _question(work, command.answers, author.id)
    asked = checks.person(work, "asks", command.asks)
    agreed = _agreed(command, work, project)
    if command.meeting is not None:
        work.get(Meeting, command.meeting)
    secret = command.restricted or (question is not None and question.restricted)
    audience = audience_of(work, _wanted(command, question, restricted=secret))
    entry = write_entry(
        work,
        project,
        topic=checks.line("topic", command.topic, required=True),
        content=checks.text("content", command.content),
        kind=command.kind,
        task=work.task(command.task) if command.task else None,
        people=audience.people,
        departments=audience.departments,
        restricted=secret,
        author=author.id,
        day=checks.day("day", command.day) or checks.today(work, project),
        audience=audience.said,
        reference=checks.line("reference", command.reference),
        remarks=checks.text("remarks", command.remarks),
        meeting=command.meeting,
        asks=asked.id if asked else None,
        answers=question.id if question else None,
        follow_up=agreed.text,
        follow_up_owner=agreed.owner,
        follow_up_due=agreed.due,
    )
    return Outcome(entry.id, named(entry))


def _wanted(command: AddSyncEntry, question: SyncEntry | None, *, restricted: bool) -> Wanted:
    """Whoever shall answer or act sees a restricted entry; so does whoever asked."""
    hidden = question is not None and question.restricted
    return Wanted(
        text=command.audience,
        people=command.people,
        departments=command.departments,
        restricted=restricted,
        imported=command.author is not None,
        concerned=(
            command.asks,
            command.follow_up_owner,
            question.author if question else None,
        ),
        like=question.id if question and hidden else None,
    )


def _question(work: Work, number: PartId | None, author: PersonId) -> SyncEntry | None:
    if number is None:
        return None
    found = seen_entry(work, number, by=author)
    if found.asks is None:
        raise BadValue("answers", number, reason="no-question")
    return found


def seen_entry(work: Work, number: PartId, *, by: PersonId | None = None) -> SyncEntry:
    """The entry, if that person (None: whoever acts) sees it. Refuses NotFound."""
    if not sees(work.store, by or work.actor.id, number):
        raise NotFound("entry", number)
    return work.get(SyncEntry, number)


def _agreed(command: AddSyncEntry, work: Work, project: Project) -> _FollowUp:
    text = checks.line("follow_up", command.follow_up)
    owner = checks.person(work, "follow_up_owner", command.follow_up_owner)
    due = checks.day("follow_up_due", command.follow_up_due)
    if not (text or owner or due):
        return _FollowUp()
    for field, value in (("follow_up", text), ("follow_up_owner", owner), ("follow_up_due", due)):
        if not value:
            raise BadValue(field, "", reason="empty")
    today = checks.today(work, project)
    if due is not None and due < today:
        raise BadValue("follow_up_due", due, reason="gone-by", today=today.isoformat())
    return _FollowUp(text, owner.id if owner else None, due)


@handles(MakeFollowUpTask)
def make_follow_up_task(command: MakeFollowUpTask, work: Work) -> Outcome:
    """Create the task, due at closing, in the entry's project; its limit goes over to it.

    Refuses NotFound for an entry that whoever acts may not see, ``no-follow-up``,
    ``follow-up-made``, and ``follow-up-restricted`` unless it is made ``openly``.
    """
    from core.commands.tasks import CreateTask, create_task

    entry = seen_entry(work, command.entry)
    if not entry.follow_up or entry.follow_up_due is None:
        raise Rejected("no-follow-up", entry=named(entry))
    if entry.follow_up_task is not None:
        raise Rejected("follow-up-made", key=work.task(entry.follow_up_task).key)
    if entry.restricted and not command.openly:
        raise Rejected("follow-up-restricted", entry=named(entry))
    calendar = calendar_of(work.store, work.project(entry.project))
    made = create_task(
        CreateTask(
            project=entry.project,
            title=entry.follow_up,
            owner=entry.follow_up_owner,
            due=due_instant(entry.follow_up_due, calendar),
            note=f"#{entry.id}" if entry.restricted else f"#{entry.id} {entry.topic}",
        ),
        work,
    )
    work.save(replace(entry, follow_up_task=TaskId(made.id)))
    timing.end(work, Target.ENTRY, entry.id, rules=(TimerRule.FOLLOW_UP,))
    note(work, entry, EventKind.FOLLOW_UP_MADE, changes={"task": (None, made.name)})
    return made
