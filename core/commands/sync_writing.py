"""Store and record an entry of the sync log, and keep the limits that it sets.

The handlers of other families write their entries by ``write_entry`` too.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack, cast

from core.commands import checks, timing
from core.domain.events import EventKind, Plain
from core.domain.ids import DepartmentId, PartId, PersonId
from core.domain.people import Project
from core.domain.status import SyncKind
from core.domain.synclog import SyncAudience, SyncEntry
from core.domain.timers import Target, Timer, TimerRule
from core.policies.clocks import due_instant
from core.records import replace
from core.store.work import Work
from core.store.working_days import calendar_of

if TYPE_CHECKING:
    from core.domain.task import Task

LONGEST_TOPIC = 500

Changes = Mapping[str, tuple[Plain, Plain]]


class Fields(TypedDict, total=False):
    """Fields of an entry that are kept as they are given."""

    content: str
    day: date
    """Left out it is today, in the project's time zone."""
    audience: str
    restricted: bool
    reference: str
    remarks: str
    meeting: PartId | None
    asks: PersonId | None
    answers: PartId | None
    follow_up: str
    follow_up_owner: PersonId | None
    follow_up_due: date | None


class About(TypedDict, total=False):
    """Whom and what an entry is about."""

    task: "Task | None"
    people: Iterable[PersonId]
    departments: Iterable[DepartmentId]
    author: PersonId | None
    """None is whoever acts."""


class More(Fields, About):
    """What an entry may have besides its topic and kind."""


def write_entry(
    work: Work, project: Project, *, topic: str, kind: SyncKind, **more: Unpack[More]
) -> SyncEntry:
    """Store an entry of clean texts and record it; a topic that is too long is cut.

    The event of a restricted entry carries no word of it.
    """
    task, author = more.pop("task", None), more.pop("author", None)
    people, departments = more.pop("people", ()), more.pop("departments", ())
    known = cast("Fields", {"day": checks.today(work, project), **more})
    entry = work.add(
        SyncEntry(
            project=project.id,
            task=task.id if task else None,
            topic=topic[:LONGEST_TOPIC],
            kind=kind,
            author=author or work.actor.id,
            at=work.now,
            **known,
        )
    )
    for person in dict.fromkeys(people):
        work.add(SyncAudience(entry=entry.id, person=person))
    for department in dict.fromkeys(departments):
        work.add(SyncAudience(entry=entry.id, department=department))
    changes = {"kind": (None, entry.kind.value), "audience": (None, entry.audience)}
    note(work, entry, EventKind.SYNC_ENTRY_ADDED, changes=changes)
    _keep_limits(work, project, entry)
    return entry


def named(entry: SyncEntry) -> str:
    """What a receipt calls an entry: its topic, or its number where that is restricted."""
    return f"#{entry.id}" if entry.restricted else entry.topic


def note(work: Work, entry: SyncEntry, kind: EventKind, *, changes: Changes) -> None:
    """Record what happened to an entry.

    Without a subject where it is restricted: so the lists of events know to hide it.
    """
    about = work.task(entry.task) if entry.task else work.project(entry.project)
    if entry.restricted:
        work.record(kind, about)
    else:
        work.record(kind, about, subject=entry.topic, changes=changes)


def _keep_limits(work: Work, project: Project, entry: SyncEntry) -> None:
    """Start the limits that an entry sets, and end the one that it meets."""
    if entry.asks is not None:
        urgent = entry.task is not None and work.task(entry.task).urgent
        rule = TimerRule.QUESTION
        due = timing.limit(work, project, rule, start=work.now, urgent=urgent)
        timer = _timer(work, entry, rule)
        timing.start(work, replace(timer, person=entry.asks, due=due, urgent=urgent))
        note(work, entry, EventKind.QUESTION_ASKED, changes={"asks": (None, entry.asks)})
    if entry.follow_up_due is not None:
        due = due_instant(entry.follow_up_due, calendar_of(work.store, project))
        timer = _timer(work, entry, TimerRule.FOLLOW_UP)
        timing.start(work, replace(timer, person=entry.follow_up_owner, due=due))
    if entry.answers is not None:
        timing.end(work, Target.ENTRY, entry.answers, rules=(TimerRule.QUESTION,))
        question = work.get(SyncEntry, entry.answers)
        note(work, question, EventKind.QUESTION_ANSWERED, changes={})


def _timer(work: Work, entry: SyncEntry, rule: TimerRule) -> Timer:
    """A timer about the entry; about its task only while that is open, for it ends with it."""
    task = work.task(entry.task) if entry.task else None
    return Timer(
        rule=rule,
        project=entry.project,
        task=task.id if task and task.closed is None else None,
        target=Target.ENTRY,
        object=entry.id,
        started=work.now,
        due=work.now,
    )
