"""Tasks in progress that their owners are to confirm as theirs (R134); nobody else is told."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.domain.ids import ProjectId, TaskId
from core.domain.status import State
from core.domain.timers import Target
from core.policies.causes import TaskFacts
from core.policies.rules import RULES_BY_ID, Alert
from core.queries.alert_lines import Found, order_of
from core.queries.alert_marks import Mark
from core.queries.alert_sources import View
from core.store import prepared
from core.store.database import Store
from core.store.holding import HELD
from core.store.tables import TaskTable

_TASK: Any = TaskTable
_STORED: Any = TaskTable.due.db_value
_READ: Any = TaskTable.due.python_value
_LIMIT: Final = datetime(1971, 4, 1, tzinfo=UTC)
"""A mark; see core.queries.alert_marks."""


def duties(store: Store, views: Sequence[View]) -> list[Found]:
    """The viewer's own, in the scope ``mine``; one statement a calendar."""
    return [one for view in views for one in _duties(store, view)]


def _duties(store: Store, view: View) -> Iterator[Found]:
    if view.question.scope != "mine" or not view.shape.viewer:
        return
    days = {one.id: timedelta(days=one.reconfirm) for one in view.homes.values() if one.reconfirm}
    if not days:
        return
    given = view.given | {_STORED(_LIMIT): _STORED(view.at.now - min(days.values()))}
    name = ("duties", view.shape)
    for number, project, stored in prepared.rows(store, name, lambda: _query(view), given):
        confirmed: datetime = _READ(stored)
        if project in days and confirmed + days[project] <= view.at.now:
            yield _line(view, number, project, confirmed + days[project])


def _query(view: View) -> Any:
    """By the owner's few tasks in progress, of which each has one open assignment."""
    query = _TASK.select(_TASK.id, _TASK.project, HELD.confirmed)
    query = query.join(HELD, on=(HELD.task_id == _TASK.id) & HELD.ended.is_null())
    mine = (_TASK.owner == Mark.VIEWER) & (_TASK.state == State.DOING)
    return query.where(
        mine & _TASK.project.in_(view.conditions.homes) & (HELD.confirmed <= _STORED(_LIMIT))
    )


def _line(view: View, number: TaskId, project: ProjectId, since: datetime) -> Found:
    thing = (Target.DUTY, number)
    alert = Alert(RULES_BY_ID["reconfirm"], since, ())
    facts = TaskFacts(state=State.DOING)
    order = order_of(alert, since, thing)
    return Found(*thing, number, view.homes[project], view, alert, facts, order)
