"""The limits that a block sets: to meet (D8), to respond (D12), to resolve."""

from datetime import datetime, timedelta

from core.commands import timing
from core.domain.ids import PersonId
from core.domain.parts import Collaborator
from core.domain.spells import BlockSpell
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.policies.clocks import Pace, deadline
from core.policies.team_rules import rules_of
from core.records import replace
from core.store.work import Work
from core.store.working_days import calendar_of


def start_limits(work: Work, task: Task, spell: BlockSpell) -> None:
    """Those of a new spell: a critical one, and one that waits for a collaborator."""
    if spell.critical:
        _start_swarm(work, task, spell)
    helper = _awaited_helper(work, task, spell)
    if helper is not None:
        timer = _timer(task, spell, TimerRule.COLLABORATOR, _respond_by(work, task, helper))
        timing.start(work, replace(timer, person=_awaited(work, spell)))


def expect_resolution(work: Work, task: Task, spell: BlockSpell) -> None:
    """They met, or answered: what counts now is the time that they set."""
    ended = (TimerRule.SWARM, TimerRule.COLLABORATOR)
    timing.end(work, Target.SPELL, spell.id, rules=ended)
    if spell.resolve_by is not None:
        timer = _timer(task, spell, TimerRule.RESOLUTION, spell.resolve_by)
        timing.start(work, replace(timer, started=work.now, person=_awaited(work, spell)))


def _start_swarm(work: Work, task: Task, spell: BlockSpell) -> None:
    """Day and night, unless the project has hours of its own for what is critical, not urgent."""
    project, rule = work.project(task.project), TimerRule.SWARM
    urgent = task.urgent or rule.value not in project.rules
    due = timing.limit(work, project, rule, start=work.now, urgent=urgent)
    timer = replace(_timer(task, spell, rule, due), urgent=urgent)
    timing.start(work, replace(timer, person=_awaited(work, spell)))


def _awaited_helper(work: Work, task: Task, spell: BlockSpell) -> Collaborator | None:
    """The collaborator for whom the spell waits."""
    for one in work.all(Collaborator, task=task.id):
        if one.person is not None and one.person == spell.waiting_person:
            return one
        if one.department is not None and one.department == spell.waiting_department:
            return one
    return None


def _respond_by(work: Work, task: Task, helper: Collaborator) -> datetime:
    """By the hours agreed with the collaborator (R45), else the project's."""
    project, rule = work.project(task.project), TimerRule.COLLABORATOR
    if helper.response_hours is None:
        return timing.limit(work, project, rule, start=work.now, urgent=task.urgent)
    pace = Pace.WALL if task.urgent else rules_of(project.rules).limits[rule].pace
    hours = timedelta(hours=helper.response_hours)
    return deadline(work.now, hours, pace, calendar_of(work.store, project))


def _awaited(work: Work, spell: BlockSpell) -> PersonId | None:
    """Whom it waits for, or who answers for the department or the task for which it waits."""
    from core.domain.departments import Department

    if spell.waiting_person is not None:
        return spell.waiting_person
    if spell.waiting_department is not None:
        return work.get(Department, spell.waiting_department).lead
    if spell.waiting_task is not None:
        return work.task(spell.waiting_task).owner
    return None


def _timer(task: Task, spell: BlockSpell, rule: TimerRule, due: datetime) -> Timer:
    return Timer(
        rule=rule,
        project=task.project,
        task=task.id,
        target=Target.SPELL,
        object=spell.id,
        started=spell.started,
        due=due,
        urgent=task.urgent,
    )
