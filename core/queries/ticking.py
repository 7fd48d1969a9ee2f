"""What a tick would raise now; asked by every open client each minute."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peewee import JOIN, fn

from core.domain.timers import Target
from core.store import due
from core.store.database import Store
from core.store.noticing import Due
from core.store.rhythm_tables import IssueTable, RaisedTable
from core.store.rows import Reading, words
from core.store.tables import ProjectTable, TaskTable

__all__ = ["Due", "RaisedRow", "clock_behind", "due_now", "newest_raised", "raised_since"]


def due_now(store: Store, *, now: datetime, limit: int = 1) -> tuple[Due, ...]:
    """What became due and was not noticed yet, at most ``limit``; see core.store.due.

    Nothing where ``now`` lies well before the newest event.
    """
    return due.due_now(store, now, limit=limit)


def clock_behind(store: Store, *, now: datetime) -> bool:
    """Whether ``now`` lies so far before the newest event that a tick would do nothing."""
    return due.behind(store, now)


class RaisedRow(NamedTuple):
    """An alert that was raised, with the names of what it is about."""

    rule: str
    project_key: str
    task_key: str
    """Empty where it is about no task."""
    issue_key: str
    """Empty where it is about no issue."""
    since: datetime
    told: Mapping[str, str]
    """Handle to part."""
    zone: tzinfo
    """The project's."""


def newest_raised(store: Store) -> int:
    """The number of the alert that was raised last; 0 if none was."""
    found = store.value(RaisedTable.select(fn.MAX(RaisedTable.id)))
    return int(found or 0)


def raised_since(store: Store, number: int, *, limit: int = 100_000) -> tuple[RaisedRow, ...]:
    """What was raised after that number, oldest first; one statement."""
    about = (RaisedTable.target == Target.ISSUE) & (RaisedTable.object == IssueTable.id)
    columns = (RaisedTable.rule, ProjectTable.key, TaskTable.key, IssueTable.key)
    more = (RaisedTable.since, RaisedTable.told, ProjectTable.time_zone)
    query = RaisedTable.select(*columns, *more)
    for table, on in (
        (ProjectTable, RaisedTable.project == ProjectTable.id),
        (TaskTable, RaisedTable.task == TaskTable.id),
        (IssueTable, about),
    ):
        query = query.switch(RaisedTable).join(table, JOIN.LEFT_OUTER, on=on)
    query = query.where(RaisedTable.id > number).order_by(RaisedTable.id).limit(limit)
    reading = Reading((*columns, *more))
    return tuple(
        RaisedRow(rule, project, task or "", issue or "", since, words(told), ZoneInfo(zone))
        for rule, project, task, issue, since, told, zone in map(reading.values, store.rows(query))
    )
