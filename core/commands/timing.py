"""Timers: started, moved and ended by the commands whose limits they keep; see core.domain.timers.

A task counts its open timers, so that a board finds the tasks that have one by an index.
"""

from collections.abc import Container, Iterable
from datetime import datetime

from core.domain.people import Project
from core.domain.timers import Target, Timer, TimerRule
from core.policies.team_rules import TeamRules, rules_of
from core.records import replace
from core.store.work import Work
from core.store.working_days import calendar_of


def limit(
    work: Work, project: Project, name: str, *, start: datetime, urgent: bool = False
) -> datetime:
    """When a limit of the project ends; ``name`` as in core.policies.team_rules."""
    rules: TeamRules = rules_of(project.rules)
    return rules.by(name, start, calendar_of(work.store, project), urgent=urgent)


def start(work: Work, timer: Timer) -> Timer:
    """Start ``timer``, in place of an open one with the same rule and target."""
    end(work, timer.target, timer.object, rules=(timer.rule,))
    made = work.add(timer)
    _count(work, made, by=1)
    return made


def end(
    work: Work, target: Target, number: int, *, rules: Iterable[TimerRule] = tuple(TimerRule)
) -> None:
    """End the open timers of a target; of some rules only, if they are given."""
    wanted = frozenset(rules)
    for timer in work.all(Timer, target=target, object=number, ended=None):
        if timer.rule in wanted:
            work.save(replace(timer, ended=work.now))
            _count(work, timer, by=-1)


def end_of_task(work: Work, task: int, *, kept: Container[TimerRule] = frozenset()) -> None:
    """End every open timer that is about a task, save those of the rules in ``kept``."""
    for timer in work.all(Timer, task=task, ended=None):
        if timer.rule not in kept:
            work.save(replace(timer, ended=work.now))
            _count(work, timer, by=-1)


def _count(work: Work, timer: Timer, *, by: int) -> None:
    """Beside the record, as its folded text is: no handler's older copy of a task undoes it."""
    if timer.task is not None:
        mark = "%s" if work.store.postgres else "?"
        sql = f"UPDATE task SET timers = timers + {mark} WHERE id = {mark}"  # noqa: S608
        work.store.sql(sql, (by, timer.task))
