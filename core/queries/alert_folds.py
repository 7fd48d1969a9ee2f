"""Missing news of a project as one line: who has not said how their work stands (D17)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from peewee import SQL, Select, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.status import Priority, State
from core.domain.timers import Target
from core.policies.causes import TaskFacts
from core.policies.deadlines import cadence_for, update_missing_since
from core.policies.rules import RULES_BY_ID, UPDATE_MISSING, Alert
from core.queries.alert_lines import Found, Missing, order_of
from core.queries.alert_sources import Condition, View
from core.queries.alert_timers import place_of
from core.store.database import Store
from core.store.rows import Reading
from core.store.tables import TaskTable

_TASK: Any = TaskTable
_KINDS = (_TASK.project, _TASK.owner, _TASK.urgent, _TASK.priority)
_READING = Reading((*_KINDS, _TASK.id, _TASK.updated))


class _Silent(NamedTuple):
    """Tasks of one owner and cadence without their news."""

    project: ProjectId
    owner: PersonId | None
    urgent: bool
    priority: Priority
    tasks: int
    updated: datetime
    """The oldest news of them."""


def of_source(store: Store, view: View, number: int) -> Iterator[_Silent]:
    """Those of a source, by its number, that is about missing news."""
    write = partial(_silent, view.conditions.sources[number].where)
    return _read(view.asked(store, ("silent", number), write))


def of_line(store: Store, view: View, line: Any) -> Iterator[_Silent]:
    """Those about which a limit runs that says nothing yet."""
    wanted = Select((line,), (line.c.object,)).where(
        place_of(line.c.code) == SQL(str(UPDATE_MISSING))
    )
    return _read(view.rows(store, _silent(_TASK.id.in_(wanted))))


def _silent(condition: Condition) -> Any:
    query = _TASK.select(*_KINDS, fn.COUNT(_TASK.id), fn.MIN(_TASK.updated)).where(condition)
    return query.group_by(*_KINDS)


def _read(found: Iterable[tuple[Any, ...]]) -> Iterator[_Silent]:
    return (_Silent(*row) for row in map(_READING.values, found))


def folded(view: View, silent: Iterable[_Silent]) -> list[Found]:
    """A line for each project."""
    together: dict[ProjectId, list[_Silent]] = defaultdict(list)
    for one in silent:
        together[one.project].append(one)
    return [_line(view, project, parts) for project, parts in together.items()]


def _line(view: View, project: ProjectId, parts: list[_Silent]) -> Found:
    thing = (Target.PROJECT, project)
    since = min(filter(None, (_since(view, one) for one in parts)))
    alert = Alert(RULES_BY_ID["update-missing"], since, ())
    owing: dict[PersonId, int] = defaultdict(int)
    for one in parts:
        if one.owner is not None:
            owing[one.owner] += one.tasks
    owners = tuple(sorted(owing, key=lambda number: (-owing[number], number)))
    missing = Missing(sum(one.tasks for one in parts), owners)
    moment = min(one.updated for one in parts)
    facts, home = TaskFacts(state=State.DOING), view.homes[project]
    order = order_of(alert, moment, thing)
    return Found(*thing, None, home, view, alert, facts, order, missing)


def _since(view: View, one: _Silent) -> datetime | None:
    at = view.at
    cadence = cadence_for(one.priority, urgent=one.urgent, override=at.cadence)
    return update_missing_since(cadence, at.calendar, at.now, latest=one.updated, rules=at.rules)
