"""Block and unblock: always with a reason and with whom or what it waits for (R80, R81)."""

from datetime import datetime

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.commands.spells import end_spells
from core.domain.departments import Department
from core.domain.events import EventKind, Plain
from core.domain.ids import DepartmentId, PersonId, TaskId
from core.domain.people import Person
from core.domain.refusals import BadValue, Rejected
from core.domain.spells import BlockSpell
from core.domain.status import BlockKind
from core.domain.task import Task
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTask:
    """Say that a task cannot go on."""

    task: TaskId
    reason: str
    waiting_for: str
    """Whom or what, in words; may be left empty where one of the three below is given."""
    waiting_person: PersonId | None = None
    """The same as a person of the team, where it is one."""
    waiting_department: DepartmentId | None = None
    waiting_task: TaskId | None = None
    kind: BlockKind = BlockKind.WAITING
    critical: bool = False
    """Sudden and critical: those concerned meet at once and set a time (D8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResolution:
    """Say by when a block will be resolved, after those concerned met."""

    task: TaskId
    resolve_by: datetime
    met: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockTask:
    """Say that it goes on, and how it was resolved."""

    task: TaskId
    resolution: str = ""


@handles(BlockTask)
def block_task(command: BlockTask, work: Work) -> Outcome:
    """Begin a spell, and the limits of D8 and D12 where they hold.

    Refuses BadValue for an empty reason, for nobody and nothing to wait for and for itself,
    ``task-closed``, ``already-blocked``, ``circle``.
    """
    task = checks.open_task(work, command.task)
    if task.blocked_since is not None:
        raise Rejected("already-blocked", key=task.key)
    spell = work.add(_spell(command, task, work))
    work.save(replace(task, blocked_since=work.now))
    changes: dict[str, tuple[Plain, Plain]] = {"waiting_for": (None, spell.waiting_for)}
    if spell.kind is not BlockKind.WAITING:
        changes["block_kind"] = (None, spell.kind.value)
    if spell.critical:
        changes["critical"] = (False, True)
    work.record(EventKind.TASK_BLOCKED, task, changes=changes, reason=spell.reason)
    if spell.critical or spell.waiting_person or spell.waiting_department:
        from core.commands.block_limits import start_limits

        start_limits(work, task, spell)
    return Outcome(task.id, task.key)


def _awaited_task(task: Task, number: TaskId, work: Work) -> Task:
    """The task that is waited for. Refuses ``circle`` if it waits for ``task``, by others too."""
    awaited, way = work.task(number), [task.key]
    step: TaskId | None = number
    while step is not None and work.task(step).key not in way:
        way.append(work.task(step).key)
        spells = work.all(BlockSpell, task=step, ended=None)
        step = spells[0].waiting_task if spells else None
    if step == task.id:
        raise Rejected("circle", key=task.key, needs=awaited.key, way=tuple(way))
    return awaited


def _spell(command: BlockTask, task: Task, work: Work) -> BlockSpell:
    person = checks.person(work, "waiting_person", command.waiting_person)
    if command.waiting_task == task.id:
        raise BadValue("waiting_task", task.key, reason="itself")
    named = [person.name] if person else []
    if command.waiting_department is not None:
        named.append(work.get(Department, command.waiting_department).name)
    if command.waiting_task is not None:
        named.append(_awaited_task(task, command.waiting_task, work).key)
    said = command.waiting_for or "、".join(named)
    return BlockSpell(
        task=task.id,
        reason=checks.text("reason", command.reason, required=True),
        waiting_for=checks.line("waiting_for", said, required=True),
        waiting_person=person.id if person else None,
        waiting_department=command.waiting_department,
        waiting_task=command.waiting_task,
        kind=checks.word("kind", command.kind, BlockKind),
        critical=command.critical,
        started=work.now,
        started_by=work.actor.id,
    )


@handles(SetResolution)
def set_resolution(command: SetResolution, work: Work) -> Outcome:
    """Keep when they met and by when it is resolved; a time set before is replaced.

    Refuses ``not-blocked``, and BadValue for a time that is over.
    """
    from core.commands.block_limits import expect_resolution

    task = checks.open_task(work, command.task)
    spells = work.all(BlockSpell, task=task.id, ended=None)
    if not spells:
        raise Rejected("not-blocked", key=task.key)
    spell, by = spells[0], checks.instant("resolve_by", command.resolve_by)
    if by is None or by <= work.now:
        raise BadValue("resolve_by", command.resolve_by, reason="over")
    note = checks.text("note", command.note)
    met = spell.met or (work.now if command.met else None)
    after = replace(spell, met=met, resolve_by=by)
    changes = work.save(after)
    if "met" in changes:  # a criterion's word in the log
        changes["met_at"] = changes.pop("met")
    expect_resolution(work, task, after)
    subject = work.get(Person, spell.waiting_person).handle if spell.waiting_person else ""
    work.record(EventKind.RESOLUTION_SET, task, subject=subject, changes=changes, reason=note)
    return Outcome(task.id, task.key)


@handles(UnblockTask)
def unblock_task(command: UnblockTask, work: Work) -> Outcome:
    """End the open spell and its limits. Refuses ``not-blocked``."""
    task = work.task(command.task)
    resolution = checks.text("resolution", command.resolution)
    if not end_spells(work, task, resolution=resolution):
        raise Rejected("not-blocked", key=task.key)
    heard = task.updated and work.now  # while it was blocked it owed no news
    work.save(replace(task, blocked_since=None, updated=heard))
    return Outcome(task.id, task.key)
