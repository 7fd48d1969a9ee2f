"""What was raised: when, by which rule, about what, and who was told."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peewee import JOIN

from core.domain.ids import ProjectId
from core.domain.timers import Target
from core.store.database import Store
from core.store.rhythm_tables import IssueTable, RaisedTable
from core.store.rows import Reading, words
from core.store.tables import ProjectTable, TaskTable


class RaisedLine(NamedTuple):
    """An alert that was raised; what a restricted entry says is not in it."""

    raised: datetime
    """When it was noticed."""
    rule: str
    key: str
    """Of the issue, else the task, else the project."""
    project_key: str
    since: datetime
    """When the cause began."""
    told: Mapping[str, str]
    """Handle to part."""
    zone: tzinfo
    """The project's."""


def raised(
    store: Store, *, project: ProjectId | None = None, limit: int = 100
) -> tuple[RaisedLine, ...]:
    """The newest first; one statement."""
    about = (RaisedTable.target == Target.ISSUE) & (RaisedTable.object == IssueTable.id)
    columns = (RaisedTable.raised, RaisedTable.rule, IssueTable.key, TaskTable.key)
    more = (ProjectTable.key, RaisedTable.since, RaisedTable.told, ProjectTable.time_zone)
    query = RaisedTable.select(*columns, *more)
    for table, on in (
        (ProjectTable, RaisedTable.project == ProjectTable.id),
        (TaskTable, RaisedTable.task == TaskTable.id),
        (IssueTable, about),
    ):
        query = query.switch(RaisedTable).join(table, JOIN.LEFT_OUTER, on=on)
    if project is not None:
        query = query.where(RaisedTable.project == project)
    query = query.order_by(RaisedTable.raised.desc(), RaisedTable.id.desc()).limit(limit)
    found = map(Reading((*columns, *more)).values, store.rows(query))
    return tuple(
        RaisedLine(at, rule, issue or task or home, home, since, words(told), ZoneInfo(zone))
        for at, rule, issue, task, home, since, told, zone in found
    )
