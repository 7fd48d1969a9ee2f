"""What is looked up for the lines of the alert pane: a statement a kind, however many lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from peewee import fn

from core.domain.ids import IssueId, PersonId, TaskId
from core.domain.timers import Target
from core.domain.trouble import UNRESOLVED
from core.queries.alert_lines import Found, Thing
from core.queries.by_ids import among_ids, rows_of
from core.queries.ladders import Ladders
from core.queries.quiet import QuietMark, marks
from core.store.database import Store
from core.store.rare_tables import SyncTable
from core.store.rhythm_tables import IssueTable, NudgeTable, PlanTable, QuietTable
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
    issues_of: Mapping[int, Sequence[IssueFacts]]
    """By task."""
    topics: Mapping[int, str]
    kinds: Mapping[int, str]
    nudges: Mapping[int, int]
    acks: Mapping[Thing, list[QuietMark]]


def look_up(
    store: Store, found: Sequence[Found], viewer: PersonId | None, ladders: Ladders
) -> Told:
    """What the lines are called, and what is known of them; ten statements at most."""
    numbers = [one.task for one in found if one.task is not None]
    about = {
        target: [one.object for one in found if one.target is target]
        for target in (Target.ISSUE, Target.ENTRY, Target.PLAN)
    }
    timed = [one.task for one in found if one.task is not None and one.facts.timers]
    blocked = [one.task for one in found if one.task and one.facts.blocked_since]
    issues = _issues(store, IssueTable.task, timed)
    issues |= _issues(store, IssueTable.id, about[Target.ISSUE])
    issues_of: dict[int, list[IssueFacts]] = defaultdict(list)
    for one in issues.values():
        if one.task is not None:
            issues_of[one.task].append(one)
    return Told(
        viewer=viewer,
        ladders=ladders,
        tasks=_tasks(store, numbers),
        spells=_spells(store, blocked),
        issues=issues,
        issues_of=issues_of,
        topics=_named(store, SyncTable.topic, about[Target.ENTRY]),
        kinds=_named(store, PlanTable.kind, about[Target.PLAN]),
        nudges=_nudges(store, numbers),
        acks=_acks(store, found),
    )


def _tasks(store: Store, numbers: Sequence[int]) -> dict[int, TaskFacts]:
    table: Any = TaskTable
    columns = (table.id, table.key, table.title, table.owner, table.acceptor)
    found = _found(store, "tasks of alerts", columns, (table.id, numbers))
    return {number: TaskFacts(*rest) for number, *rest in found}


def _spells(store: Store, numbers: Sequence[int]) -> dict[int, SpellFacts]:
    """The open block spell of each task that has one."""
    table: Any = BlockTable
    columns = (table.task, table.reason, table.waiting_for, table.waiting_person)
    is_open = table.ended.is_null()
    found = _found(
        store, "spells of alerts", columns, (table.task, numbers), is_open, order=(table.started,)
    )
    return {task: SpellFacts(*rest) for task, *rest in found}


def _issues(store: Store, column: Any, numbers: Sequence[int]) -> dict[int, IssueFacts]:
    """The unresolved issues with these values in a column, by id; the highest level first."""
    table: Any = IssueTable
    columns = (table.id, table.key, table.title, table.level, table.task)
    order = (table.level.desc(), table.id)
    unresolved = table.state.in_(list(UNRESOLVED))
    name = f"issues of alerts by {column.name}"
    found = _found(store, name, columns, (column, numbers), unresolved, order=order)
    return {row[0]: IssueFacts(*row) for row in found}


def _named(store: Store, column: Any, numbers: Sequence[int]) -> dict[int, str]:
    table: Any = column.model
    name = f"{column.name} of alerts"
    found = _found(store, name, (table.id, column), (table.id, numbers))
    return {number: str(named) for number, named in found}


def _nudges(store: Store, numbers: Sequence[int]) -> dict[int, int]:
    table: Any = NudgeTable

    def write() -> Any:
        query = table.select(table.task, fn.COUNT(table.id)).group_by(table.task)
        return query.where(among_ids(table.task, postgres=store.postgres))

    return dict(rows_of(store, "nudges of alerts", write, numbers))


def _acks(store: Store, found: Sequence[Found]) -> dict[Thing, list[QuietMark]]:
    """Who has made lines quiet; most have not been, and are not asked about one by one."""
    table: Any = QuietTable
    columns = (table.target, table.object)
    known = table.ended.is_null() & table.target.in_(list(Target))
    numbers = [one.object for one in found]
    pairs = _found(store, "quiets of alerts", columns, (table.object, numbers), known)
    things = {(target, number) for target, number in pairs}
    lines = [one for one in found if one.thing in things]
    return marks(store, lines, lines[0].view.at.now) if lines else {}


def _found(
    store: Store,
    name: str,
    columns: Sequence[Any],
    among: tuple[Any, Sequence[int]],
    *conditions: Any,
    order: Sequence[Any] = (),
) -> Iterator[list[Any]]:
    """These columns of the rows that have one of the ids in a column, and fit."""
    column, numbers = among

    def write() -> Any:
        query = column.model.select(*columns).where(among_ids(column, postgres=store.postgres))
        return query.where(*conditions).order_by(*order) if conditions else query

    return map(Reading(columns).values, rows_of(store, name, write, numbers))
