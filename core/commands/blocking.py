"""Block and unblock: always with a reason and with whom or what it waits for (R80)."""

from dataclasses import dataclass, replace

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.commands.spells import end_spells
from core.domain.events import EventKind
from core.domain.ids import PersonId, TaskId
from core.domain.refusals import Rejected
from core.domain.spells import BlockSpell
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTask:
    """Say that a task cannot go on."""

    task: TaskId
    reason: str
    waiting_for: str
    """Whom or what, in words."""
    waiting_person: PersonId | None = None
    """The same as a person of the team, where it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockTask:
    """Say that it goes on, and how it was resolved."""

    task: TaskId
    resolution: str = ""


@handles(BlockTask)
def block_task(command: BlockTask, work: Work) -> Outcome:
    """Begin a spell. Refuses BadValue for an empty reason, ``task-closed``, ``already-blocked``."""
    task = checks.open_task(work, command.task)
    if task.blocked_since is not None:
        raise Rejected("already-blocked", key=task.key)
    awaited = checks.person(work, "waiting_person", command.waiting_person)
    said = command.waiting_for or (awaited.name if awaited else "")
    spell = BlockSpell(
        task=task.id,
        reason=checks.text("reason", command.reason, required=True),
        waiting_for=checks.line("waiting_for", said, required=True),
        waiting_person=awaited.id if awaited else None,
        started=work.now,
        started_by=work.actor.id,
    )
    work.add(spell)
    work.save(replace(task, blocked_since=work.now))
    changes = {"waiting_for": (None, spell.waiting_for)}
    work.record(EventKind.TASK_BLOCKED, task, changes=changes, reason=spell.reason)
    return Outcome(task.id, task.key)


@handles(UnblockTask)
def unblock_task(command: UnblockTask, work: Work) -> Outcome:
    """End the open spell. Refuses ``not-blocked``."""
    task = work.task(command.task)
    resolution = checks.text("resolution", command.resolution)
    if not end_spells(work, task, resolution=resolution):
        raise Rejected("not-blocked", key=task.key)
    work.save(replace(task, blocked_since=None))
    return Outcome(task.id, task.key)
