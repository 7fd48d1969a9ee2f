"""What is looked up for the lines of the alert pane: a statement a kind, however many lines."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from peewee import fn

from core.domain.ids import IssueId, PersonId, TaskId
from core.domain.timers import Target
from core.domain.trouble import UNRESOLVED
from core.queries.alert_lines import Found, Thing
from core.queries.ladders import Ladders
from core.queries.quiet import QuietMark, marks
from core.store.database import Store
from core.store.rare_tables import SyncTable
from core.store.rhythm_tables import IssueTable, NudgeTable, PlanTable
from core.store.rows import Reading
from core.store.tables import TaskTable
from core.store.told_tables import BlockTable


class SpellFacts(NamedTuple):
    """Why a task is blocked."""

    reason: str
    waiting_for: str
    person: PersonId | None


class IssueFacts(NamedTuple):
    """An unresolved issue."""

    id: IssueId
    key: str
    title: str
    level: int
    task: TaskId | None


class TaskFacts(NamedTuple):
    """How a task is called, and whose it is."""

    key: str
    title: str
    owner: PersonId | None
    acceptor: PersonId | None


class Told(NamedTuple):
    """All that was looked up for the lines."""

    viewer: PersonId | None
    ladders: Ladders
    tasks: Mapping[int, TaskFacts]
    spells: Mapping[int, SpellFacts]
    issues: Mapping[int, IssueFacts]
    topics: Mapping[int, str]
    kinds: Mapping[int, str]
    nudges: Mapping[int, int]
    acks: Mapping[Thing, list[QuietMark]]


def look_up(
    store: Store, found: Sequence[Found], viewer: PersonId | None, ladders: Ladders
) -> Told:
    """What the lines are called, and what is known of them; eight statements at most."""
    numbers = [one.task for one in found if one.task is not None]
    about = {
        target: [one.object for one in found if one.target is target]
        for target in (Target.ISSUE, Target.ENTRY, Target.PLAN)
    }
    timed = [one.task for one in found if one.task is not None and one.facts.timers]
    blocked = [one.task for one in found if one.task and one.facts.blocked_since]
    now = found[0].view.at.now if found else None
    return Told(
        viewer=viewer,
        ladders=ladders,
        tasks=_tasks(store, numbers),
        spells=_spells(store, blocked),
        issues=_issues(store, timed, about[Target.ISSUE]),
        topics=_named(store, SyncTable.topic, about[Target.ENTRY]),
        kinds=_named(store, PlanTable.kind, about[Target.PLAN]),
        nudges=_nudges(store, numbers),
        acks=marks(store, found, now) if now else {},
    )


def _tasks(store: Store, numbers: Sequence[int]) -> dict[int, TaskFacts]:
    table: Any = TaskTable
    columns = (table.id, table.key, table.title, table.owner, table.acceptor)
    query = table.select(*columns).where(table.id.in_(list(numbers)))
    found = map(Reading(columns).values, store.rows(query)) if numbers else ()
    return {number: TaskFacts(*rest) for number, *rest in found}


def _spells(store: Store, numbers: Sequence[int]) -> dict[int, SpellFacts]:
    """The open block spell of each task that has one."""
    table: Any = BlockTable
    columns = (table.task, table.reason, table.waiting_for, table.waiting_person)
    query = table.select(*columns).order_by(table.started)
    query = query.where(table.task.in_(list(numbers)) & table.ended.is_null())
    found = store.rows(query) if numbers else ()
    return {task: SpellFacts(*rest) for task, *rest in found}


def _issues(store: Store, tasks: Sequence[int], numbers: Sequence[int]) -> dict[int, IssueFacts]:
    """The unresolved issues of these tasks, and these issues, by id."""
    if not (tasks or numbers):
        return {}
    table: Any = IssueTable
    columns = (table.id, table.key, table.title, table.level, table.task)
    about = table.task.in_(list(tasks)) | table.id.in_(list(numbers))
    query = table.select(*columns).where(about & table.state.in_(list(UNRESOLVED)))
    found = map(Reading(columns).values, store.rows(query.order_by(table.level.desc(), table.id)))
    return {row[0]: IssueFacts(*row) for row in found}


def _named(store: Store, column: Any, numbers: Sequence[int]) -> dict[int, str]:
    table: Any = column.model
    columns = (table.id, column)
    query = table.select(*columns).where(table.id.in_(list(numbers)))
    found = map(Reading(columns).values, store.rows(query)) if numbers else ()
    return {number: str(name) for number, name in found}


def _nudges(store: Store, numbers: Sequence[int]) -> dict[int, int]:
    table: Any = NudgeTable
    query = table.select(table.task, fn.COUNT(table.id)).where(table.task.in_(list(numbers)))
    return dict(store.rows(query.group_by(table.task))) if numbers else {}
