"""What the limits that run say, as the store can tell it: which cause is worst, and since when.

A *code* is the place of a rule in the table and the instant that it follows in one number, so
that the least code of a thing is its worst cause, held longest.
"""

from collections.abc import Sequence
from typing import Any, Final

from peewee import SQL, Case, Select, fn

from core.domain.timers import Target, TimerRule
from core.policies.rules import PLACE, RULES
from core.policies.timer_causes import CAUSES, When
from core.queries.alert_sources import (
    PLACES,
    Condition,
    Conditions,
    Mark,
    colleagues,
    team_projects,
)
from core.store.rare_tables import SyncTable
from core.store.rhythm_tables import TimerTable
from core.store.tables import TaskTable

SHIFT: Final = 53
"""Bits of the instant; microseconds up to the year 2255."""
NOTHING: Final = 1 << 62
"""The code of what needs no attention."""
_ALL = SQL(str(1 << 40))
"""A limit keeps SQLite from working out a code anew wherever it is named."""
_NOTHING = SQL(str(NOTHING))
_TASK: Any = TaskTable
_TIMER: Any = TimerTable
_ASKED = (TimerRule.QUESTION, TimerRule.FOLLOW_UP)
_UP_TO = {When.NEAR: Mark.SOON, When.LAST_DAY: Mark.TODAY_ENDS}
"""Up to which due a timer that still runs is told of."""
_SECOND = SQL(str(1 << SHIFT))


def place_of(code: Any) -> Any:
    """The place of the rule in a code."""
    return code / _SECOND


def tasks_with_timers(of: Conditions, *, postgres: bool) -> Any:
    """Task, project and code of each task in the scope about which a limit runs; as ``line``.

    None where nothing can be in the scope.
    """
    about = _TIMER.task.is_null(False)
    columns = (_TIMER.task.alias("task"), fn.MIN(_code(of)).alias("code"), fn.MAX(_mine(of)))
    query = _TIMER.select(*columns[:2], columns[2].alias("mine")).where(_running(of) & about)
    running = query.group_by(_TIMER.task).alias("running")
    within = of.within(besides=running.c.mine == 1)
    if within is None:
        return None
    least = fn.LEAST if postgres else fn.MIN
    code = least(running.c.code, _task_code(of)).alias("code")
    wanted = _TASK.select(_TASK.id.alias("object"), _TASK.project.alias("project"), code)
    return (
        wanted.join(running, on=(running.c.task == _TASK.id))
        .where(within)
        .limit(_ALL)
        .alias("line")
    )


def things_with_timers(of: Conditions) -> Any:
    """The same of issues, entries and projects that have no task, with their ``target``."""
    if of.shape.scope != "all" and not of.shape.viewer:
        return None
    about = (_TIMER.target.alias("target"), _TIMER.object.alias("object"))
    code = fn.MIN(_code(of)).alias("code")
    query = _TIMER.select(*about, _TIMER.project.alias("project"), code).where(
        _running(of) & _TIMER.task.is_null()
    )
    query = query.group_by(_TIMER.target, _TIMER.object, _TIMER.project)
    if of.shape.scope != "all":
        query = query.having(fn.MAX(_theirs(of)) == 1)
    return query.alias("line")


def counts(line: Any) -> Any:
    """How many lines there are of each rule and project: place, project, count."""
    place = place_of(line.c.code)
    query = Select((line,), (place, line.c.project, fn.COUNT(line.c.object)))
    return query.where(line.c.code < _NOTHING).group_by(SQL("1"), SQL("2"))


def worst(line: Any, places: Sequence[int], columns: Sequence[str], *, limit: int) -> Any:
    """The ``limit`` worst lines of each of these rules."""
    order = [line.c.code, line.c.object]
    nth = fn.ROW_NUMBER().over(partition_by=[place_of(line.c.code)], order_by=order)
    kept = [getattr(line.c, name) for name in columns]
    wanted = place_of(line.c.code).in_([SQL(str(place)) for place in places])
    ranked = Select((line,), (*kept, nth.alias("nth"))).where(wanted).alias("ranked")
    found = Select((ranked,), [getattr(ranked.c, name) for name in columns])
    return found.where(ranked.c.nth <= SQL(str(limit)))


def among(line: Any, columns: Sequence[str], numbers: Sequence[int]) -> Any:
    """Those of these that need attention."""
    query = Select((line,), [getattr(line.c, name) for name in columns])
    known = line.c.object.in_([SQL(str(int(number))) for number in numbers])
    return query.where(known & (line.c.code < _NOTHING))


def _running(of: Conditions) -> Condition:
    return _TIMER.ended.is_null() & _TIMER.project.in_(of.homes)


def _code(of: Conditions) -> Condition:
    """Of a timer: its cause, if it is one; of a restricted entry only for who may see it."""
    passed: list[tuple[str, Any]] = []
    ahead: list[tuple[str, Any]] = []
    for rule, causes in CAUSES.items():
        for cause in causes:
            moment = _TIMER.started if cause.when is When.RUNNING else _TIMER.due
            code = _coded(PLACE[rule], moment)
            if cause.when in _UP_TO:
                code = _if(_TIMER.due <= _UP_TO[cause.when], code)
            if cause.timer in _ASKED:
                code = _if(visible(viewer=of.shape.viewer), code)
            (passed if cause.when is When.LATE else ahead).append((cause.timer.value, code))
    late, early = (Case(_TIMER.rule, tuple(pairs), _NOTHING) for pairs in (passed, ahead))
    return Case(None, ((_TIMER.due <= Mark.NOW, late),), early)


def _if(condition: Condition, code: Any) -> Any:
    return Case(None, ((condition, code),), _NOTHING)


def visible(*, viewer: bool) -> Condition:
    """Whether the viewer sees the sync entry that a timer is about, if it is about one (R95)."""
    from core.queries.visibility import may_see

    open_to = may_see(Mark.VIEWER if viewer else None)
    seen = SyncTable.select(SyncTable.id).where((SyncTable.id == _TIMER.object) & open_to)
    return (_TIMER.target != Target.ENTRY) | fn.EXISTS(seen)


def _task_code(of: Conditions) -> Condition:
    columns = [_TASK._meta.fields[RULES[place].follows] for place in PLACES]
    results = [_coded(place, column) for place, column in zip(PLACES, columns, strict=True)]
    return of.rule(results, nothing=_NOTHING)


def _coded(place: int, moment: Any) -> Any:
    return moment + SQL(str(place << SHIFT))


def _mine(of: Conditions) -> Condition:
    """1 if the viewer must act on the timer, else 0."""
    viewer = Mark.VIEWER
    if not of.shape.viewer or of.shape.scope == "all":
        return SQL("0")
    passed = _TIMER.due <= Mark.NOW
    escalated = _TIMER.rule.in_([TimerRule.ISSUE_RESOLVE, TimerRule.SWARM]) & passed
    escalated |= _TIMER.rule == TimerRule.ISSUE_SECOND
    second = (_TIMER.rule == TimerRule.ISSUE_SECOND) & passed
    mine = (_TIMER.person == viewer) | (_TIMER.person.is_null() & _TIMER.project.in_(of.led))
    mine |= escalated & _TIMER.project.in_(of.headed)
    mine |= second & _TIMER.project.in_(of.managed)
    return Case(None, ((mine, SQL("1")),), SQL("0"))


def _theirs(of: Conditions) -> Condition:
    """1 if the timer is mine, or in scope ``team`` my team's."""
    if not of.shape.viewer or of.shape.scope == "mine":
        return _mine(of)
    team = _TIMER.project.in_(team_projects()) | _TIMER.person.in_(colleagues())
    return Case(None, ((team, SQL("1")),), _mine(of))
