"""What the limits that run say, as the store can tell it: which cause is worst, and since when.

A *code* is the place of a rule in the table and the instant that it follows in one number, so
that the least code of a thing is its worst cause, held longest.
"""

from collections.abc import Sequence
from typing import Any, Final

from peewee import SQL, Case, Select, fn

from core.domain.ids import PersonId
from core.domain.timers import Target, TimerRule
from core.policies.rules import PLACE, RULES
from core.policies.timer_causes import CAUSES, When
from core.queries.alert_marks import Mark
from core.queries.alert_people import colleagues, team_projects
from core.queries.alert_sources import HELD, Condition, Conditions
from core.store.holding import is_given_by
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
    running = _about_tasks(of, fn.MIN(_code(of)).alias("code"))
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


def limited_tasks(of: Conditions, columns: Sequence[Any]) -> Any:
    """These columns of the same tasks; a scope that holds none has no sources either."""
    running = _about_tasks(of)
    query = _TASK.select(*columns).join(running, on=(running.c.task == _TASK.id))
    return query.where(of.within(besides=running.c.mine == 1))


def _about_tasks(of: Conditions, *more: Any) -> Any:
    """The tasks about which limits run, and whether the viewer must act on any of these."""
    mine = fn.MAX(_mine(of)).alias("mine")
    query = _TIMER.select(_TIMER.task.alias("task"), mine, *more)
    query = query.where(_running(of) & _TIMER.task.is_null(False))
    return query.group_by(_TIMER.task).alias("running")


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


def coded(line: Any, columns: Sequence[str]) -> Any:
    """Code, project and these columns of every line that needs attention."""
    kept = [getattr(line.c, name) for name in ("code", "project", *columns)]
    return Select((line,), kept).where(line.c.code < _NOTHING)


def place_in(code: int) -> int:
    """The place of the rule in a code."""
    return code >> SHIFT


def instant_in(code: int) -> int:
    """The instant in a code, as stored."""
    return code & ((1 << SHIFT) - 1)


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
                code = _if(visible(of.viewer), code)
            (passed if cause.when is When.LATE else ahead).append((cause.timer.value, code))
    late, early = (Case(_TIMER.rule, tuple(pairs), _NOTHING) for pairs in (passed, ahead))
    return Case(None, ((_TIMER.due <= Mark.NOW, late),), early)


def _if(condition: Condition, code: Any) -> Any:
    return Case(None, ((condition, code),), _NOTHING)


def visible(viewer: PersonId | None) -> Condition:
    """Whether the viewer sees the sync entry that a timer is about, if it is about one (R95)."""
    from core.queries.visibility import may_see

    seen = SyncTable.select(SyncTable.id).where((SyncTable.id == _TIMER.object) & may_see(viewer))
    return (_TIMER.target != Target.ENTRY) | fn.EXISTS(seen)


def _task_code(of: Conditions) -> Condition:
    fields, rules = _TASK._meta.fields, {rule: RULES[PLACE[rule]] for rule in HELD}
    results = {name: _coded(PLACE[name], fields[rule.follows]) for name, rule in rules.items()}
    return of.worst_of_any(results, nothing=_NOTHING)


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
    mine |= (_TIMER.rule == TimerRule.ACKNOWLEDGE) & passed & is_given_by(_TIMER.task, viewer)
    return Case(None, ((mine, SQL("1")),), SQL("0"))


def _theirs(of: Conditions) -> Condition:
    """1 if the timer is mine, or in scope ``team`` my team's."""
    if not of.shape.viewer or of.shape.scope == "mine":
        return _mine(of)
    team = _TIMER.project.in_(team_projects(Mark.VIEWER)) | _TIMER.person.in_(
        colleagues(Mark.VIEWER)
    )
    return Case(None, ((team, SQL("1")),), _mine(of))
