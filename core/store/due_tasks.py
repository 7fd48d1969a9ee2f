"""What a tick has to raise of tasks themselves, by conditions that indexes answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from peewee import fn

from core.domain.ids import ProjectId, TaskId
from core.domain.status import Priority, State
from core.domain.timers import Target
from core.domain.trouble import RequestState
from core.policies.alerts import WATCHED, Horizon, horizon_at
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import local_day
from core.policies.deadlines import Cadence, UpdateRules, cadence_for, update_missing_since
from core.policies.risk import begun, lags
from core.policies.team_rules import BadRule, TeamRules, rules_of
from core.policies.telling import Parties
from core.store.database import Store
from core.store.noticing import Due, unnoticed
from core.store.rhythm_tables import ExtensionTable
from core.store.rows import Reading
from core.store.tables import ProjectTable, TaskTable
from core.store.working_days import company_days

_TASK: Any = TaskTable
_USUAL = TeamRules()


class Homes(NamedTuple):
    """The projects that share a calendar and rules, and so the limits of a moment."""

    horizon: Horizon
    cadence: Cadence | None
    """How often news is owed whatever the priority; None goes by it."""
    projects: tuple[ProjectId, ...]


def homes(store: Store, now: datetime) -> tuple[Homes, ...]:
    """All projects, grouped; two statements."""
    together: dict[tuple[WorkCalendar, UpdateRules, Cadence | None], list[ProjectId]]
    together = defaultdict(list)
    for number, calendar, rules in ruled(store):
        together[calendar, rules.updates, rules.cadence].append(number)
    return tuple(
        Homes(horizon_at(now, calendar, rules=updates), cadence, tuple(numbers))
        for (calendar, updates, cadence), numbers in together.items()
    )


def ruled(store: Store) -> Iterator[tuple[ProjectId, WorkCalendar, TeamRules]]:
    """Each project with its calendar and its rules; rules that cannot be read are the usual."""
    days = company_days(store)
    columns = (ProjectTable.id, ProjectTable.calendar, ProjectTable.time_zone, ProjectTable.rules)
    lines = map(Reading(columns).values, store.rows(ProjectTable.select(*columns)))
    for number, name, zone, given in lines:
        try:
            rules = rules_of(given)
        except BadRule:
            rules = _USUAL
        yield number, calendar_named(name, time_zone=zone, overrides=days[name]), rules


def due_tasks(store: Store, now: datetime, limit: int) -> Iterator[Due]:
    """Overdue, long blocked, long unaccepted, at risk, without news; ``limit`` of each at most."""
    for group in homes(store, now):
        here = _TASK.project.in_(group.projects) & _TASK.closed.is_null()
        here &= _TASK.state.not_in([one for one in State if one not in WATCHED])
        at = group.horizon
        for rule, column, condition in (
            ("overdue", _TASK.due, _TASK.due < at.now),
            ("blocked-long", _TASK.blocked_since, _TASK.blocked_since <= at.day_ago),
            ("acceptance-late", _TASK.submitted, _long_in_review(at)),
        ):
            found = _select(store, rule, column, condition & here, limit)
            yield from (_due(rule, one, since=one.window) for one in found)
        yield from _at_risk(store, at, here)
        yield from _silent(store, group, here, limit)


class _Found(NamedTuple):
    """A task that a condition selects."""

    id: int
    project: ProjectId
    window: datetime
    owner: Any
    acceptor: Any
    priority: Priority
    urgent: bool
    progress: int
    start: Any
    due: datetime | None
    created: datetime


_READ = ("owner", "acceptor", "priority", "urgent", "progress", "start", "due", "created")


def _select(
    store: Store, rule: str, column: Any, condition: Any, limit: int | None
) -> Iterable[_Found]:
    columns = (_TASK.id, _TASK.project, column, *(_TASK._meta.fields[name] for name in _READ))
    fresh = unnoticed(rule, Target.TASK, _TASK.id, column)
    query = _TASK.select(*columns).where(condition & fresh).order_by(column, _TASK.id)
    reading = Reading(columns)
    for row in store.rows(query.limit(limit)):
        yield _Found(*reading.values(row))


def _due(rule: str, found: _Found, *, since: datetime) -> Due:
    return Due(
        rule=rule,
        target=Target.TASK,
        object=found.id,
        window=found.window,
        project=found.project,
        task=TaskId(found.id),
        since=since,
        parties=Parties(owner=found.owner, acceptor=found.acceptor),
    )


def _long_in_review(at: Horizon) -> Any:
    return (_TASK.state == State.REVIEW) & (_TASK.submitted <= at.day_ago)


def _at_risk(store: Store, at: Horizon, here: Any) -> Iterator[Due]:
    """Due soon and behind (D6); all that are due soon are looked at, a few days' work."""
    asked = ExtensionTable.select(ExtensionTable.id).where(
        (ExtensionTable.task == _TASK.id) & (ExtensionTable.state == RequestState.ASKED)
    )
    soon = (_TASK.due >= at.now) & (_TASK.due <= at.soon) & _TASK.state.in_(_WORKED_ON)
    for one in _select(store, "at-risk", _TASK.due, here & soon & ~fn.EXISTS(asked), None):
        calendar, due = at.calendar, one.window
        start = begun(one.start, one.created, calendar)
        if lags(progress=one.progress, start=start, due=due, now=at.now, calendar=calendar):
            before = calendar.previous_workday(local_day(due, calendar))
            yield _due("at-risk", one, since=calendar.instant(before, time()))


_WORKED_ON = (State.TODO, State.DOING)


def _silent(store: Store, group: Homes, here: Any, limit: int) -> Iterator[Due]:
    """Without the news that is owed (D1-D5)."""
    at = group.horizon
    for urgent, priority in _KINDS:
        cadence = group.cadence or cadence_for(priority, urgent=urgent)
        stale = (_TASK.state == State.DOING) & _TASK.blocked_since.is_null()
        stale &= (_TASK.urgent == urgent) & (_TASK.priority == priority)
        stale &= _TASK.updated < at.stale[cadence]
        for one in _select(store, "update-missing", _TASK.updated, here & stale, limit):
            since = update_missing_since(
                cadence, at.calendar, at.now, latest=one.window, rules=at.rules
            )
            yield _due("update-missing", one, since=since or at.now)


_KINDS = tuple((urgent, priority) for urgent in (True, False) for priority in Priority)
