"""The end of block spells, which several commands bring about."""

from core.domain.events import EventKind
from core.domain.spells import BlockSpell
from core.domain.task import Task
from core.records import replace
from core.store.work import Work


def end_limits(work: Work, spell: BlockSpell) -> None:
    """End the limits that the spell set."""
    if spell.critical or spell.waiting_person or spell.waiting_department or spell.resolve_by:
        from core.commands import timing
        from core.domain.timers import Target

        timing.end(work, Target.SPELL, spell.id)


def end_spells(work: Work, task: Task, *, resolution: str) -> bool:
    """End the task's open spell and record it; whether there was one.

    The task itself is left to the caller: its ``blocked_since`` becomes None.
    """
    spells = work.all(BlockSpell, task=task.id, ended=None)
    for spell in spells:
        work.save(replace(spell, ended=work.now, resolution=resolution))
        end_limits(work, spell)
        changes = {"waiting_for": (spell.waiting_for, None)}
        work.record(EventKind.TASK_UNBLOCKED, task, changes=changes, reason=resolution)
    return bool(spells)
