"""Nudges (催办): reminding whom a task waits for, logged and counted."""

from datetime import datetime

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.departments import Department
from core.domain.events import EventKind
from core.domain.ids import PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import Rejected
from core.domain.spells import BlockSpell
from core.domain.task import Task
from core.domain.trouble import Nudge
from core.policies.nudging import half_day
from core.records import dataclass
from core.store.rhythm_tables import NudgeTable
from core.store.work import Work
from core.store.working_days import calendar_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeAwaited:
    """Remind the one for whom a task waits."""

    task: TaskId
    note: str = ""
    person: PersonId | None = None
    """None means whom the open block waits for, else the owner."""


@handles(NudgeAwaited)
def nudge_awaited(command: NudgeAwaited, work: Work) -> Outcome:
    """Keep the nudge; one person gets one in a working half-day, whoever sends it.

    Refuses ``task-closed``, ``nobody-to-nudge``, ``nudge-yourself`` and ``nudged-already`` (facts:
    person, at, next).
    """
    task = checks.open_task(work, command.task)
    person = checks.person(work, "person", command.person) or _awaited(task, work)
    if person is None:
        raise Rejected("nobody-to-nudge", key=task.key)
    if person.id == work.actor.id:
        raise Rejected("nudge-yourself", key=task.key)
    calendar = calendar_of(work.store, work.project(task.project))
    window = half_day(work.now, calendar)
    last = _last_nudge(person.id, work)
    if last is not None and last >= window.start:
        raise Rejected(
            "nudged-already",
            key=task.key,
            person=person.name,
            at=last.astimezone(calendar.zone).isoformat(),
            next=window.end.astimezone(calendar.zone).isoformat(),
        )
    note = checks.text("note", command.note)
    nudge = Nudge(task=task.id, person=person.id, by=work.actor.id, at=work.now, note=note)
    made = work.add(nudge)
    work.record(EventKind.NUDGED, task, subject=person.handle, reason=note)
    return Outcome(made.id, task.key)


def _awaited(task: Task, work: Work) -> Person | None:
    """Whom the open block waits for: a person, a department's lead, a task's owner; else ours."""
    spells = work.all(BlockSpell, task=task.id, ended=None)
    if not spells:
        return checks.person(work, "person", task.owner)
    spell = spells[0]
    wanted = spell.waiting_person
    if wanted is None and spell.waiting_department is not None:
        wanted = work.get(Department, spell.waiting_department).lead
    if wanted is None and spell.waiting_task is not None:
        wanted = work.task(spell.waiting_task).owner
    return checks.person(work, "person", wanted or task.owner)


def _last_nudge(person: PersonId, work: Work) -> datetime | None:
    query = NudgeTable.select(NudgeTable.at).where(NudgeTable.person == person)
    row = work.store.row(query.order_by(NudgeTable.at.desc()).limit(1))
    found: datetime | None = NudgeTable.at.python_value(row[0]) if row else None
    return found
