"""Who has said what, for the morning meeting (R74): person by person, yesterday and today."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.domain.ids import PersonId
from core.domain.progress import ProgressUpdate
from core.domain.status import OPEN_STATES, State
from core.policies.standups import Owing, rank
from core.queries.homes import homes
from core.queries.standup import (
    EVERYTHING,
    Block,
    Part,
    StandupTask,
    blocks,
    by_day,
    news_of,
    owing_of,
    select,
    within,
)
from core.records import dataclass
from core.store.database import Store
from core.store.tables import PersonTable, TaskTable
from core.store.told_tables import ProgressTable


class Mark(StrEnum):
    """How somebody stands in today's meeting."""

    MISSING = "missing"
    """Owes an update, now or in the course of today."""
    SAID = "said"
    """Has said something today and owes nothing more."""
    QUIET = "quiet"
    """Said nothing, and owes nothing today."""
    AWAY = "away"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSaid:
    """One task of a person: what was said of it."""

    task: StandupTask
    today: ProgressUpdate | None
    before: ProgressUpdate | None
    """The newest update of an earlier day: its ``next`` was the plan."""
    block: Block | None
    owing: Owing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """One person of the meeting."""

    person: PersonId
    name: str
    handle: str
    mark: Mark
    away_until: date | None
    since: datetime | None
    """The first deadline that passed without news; None while none has passed."""
    tasks: tuple[TaskSaid, ...]
    """Urgent, high, the rest; then by due."""

    @property
    def said(self) -> int:
        """How many of the tasks something was said of today."""
        return sum(one.today is not None for one in self.tasks)

    @property
    def owes(self) -> int:
        """How many updates are owed."""
        return sum(one.owing is not None for one in self.tasks)

    @property
    def blocked(self) -> int:
        """How many of the tasks are blocked."""
        return sum(one.block is not None for one in self.tasks)


_TASK: Any = TaskTable
MOST = 2000
"""Tasks at most; more than any meeting talks about."""


def team(store: Store, *, now: datetime, part: Part = EVERYTHING) -> tuple[PersonSaid, ...]:
    """Everybody who works on something here, by name; at most eleven statements.

    Work that goes on or is blocked, and what something was said of today.
    """
    found = homes(store)
    here = within(store, part)
    days = list({home.today(now) for home in found.values()})
    # An index knows the updates of a person by day; none knows them by day alone.
    anybody = ProgressTable.person.in_(PersonTable.select(PersonTable.id))
    told = ProgressTable.select(ProgressTable.task)
    told = told.where(anybody & ProgressTable.day.in_(days))
    held = _TASK.blocked_since.is_null(False) & _TASK.state.in_(
        [state for state in OPEN_STATES if state is not State.DOING]
    )
    going = select(store, here & (_TASK.state == State.DOING), limit=MOST)
    going += select(store, here & held, limit=MOST - len(going))
    tasks = {one.task: one for one in going}
    elsewhere = here & _TASK.id.in_(told) & (_TASK.state != State.DOING)
    tasks |= {one.task: one for one in select(store, elsewhere, limit=MOST)}
    said, earlier = by_day(store, tasks.values(), found, now)
    why = blocks(store, [one.task for one in tasks.values() if one.blocked_since])
    lines = [
        TaskSaid(
            task=one,
            today=said.get(one.task),
            before=earlier.get(one.task),
            block=why.get(one.task),
            owing=owing_of(one, found[one.project], now),
        )
        for one in tasks.values()
    ]
    return tuple(sorted(_people(lines, min(days, default=None)), key=lambda one: one.name))


def _people(lines: Iterable[TaskSaid], today: date | None) -> list[PersonSaid]:
    by_owner: dict[PersonId, list[TaskSaid]] = {}
    for line in lines:
        if line.task.owner is not None:
            by_owner.setdefault(line.task.owner, []).append(line)
    return [_person(number, tasks, today) for number, tasks in by_owner.items()]


def _person(number: PersonId, tasks: list[TaskSaid], today: date | None) -> PersonSaid:
    tasks.sort(key=_order)
    first = tasks[0].task
    late = [one.owing.by for one in tasks if one.owing is not None and one.owing.late]
    is_away = today is not None and first.owner_away is not None and first.owner_away >= today
    if is_away:
        mark = Mark.AWAY
    elif any(one.owing is not None for one in tasks):
        mark = Mark.MISSING
    else:
        mark = Mark.SAID if any(one.today is not None for one in tasks) else Mark.QUIET
    return PersonSaid(
        person=number,
        name=first.owner_name,
        handle=first.owner_handle,
        mark=mark,
        away_until=first.owner_away if is_away else None,
        since=min(late, default=None),
        tasks=tuple(tasks),
    )


def _order(line: TaskSaid) -> tuple[Any, ...]:
    due = line.task.due
    return (rank(news_of(line.task)), due is None, due.timestamp() if due else 0.0, line.task.task)
