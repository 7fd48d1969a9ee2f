"""What a board shows: columns with their counts, and windows of cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from peewee import JOIN, SQL, fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import BOARD_STATES, Priority, State
from core.domain.text import fold
from core.queries.board_words import owned_by, written
from core.queries.card_marks import FINDINGS, NOT_READY, OWNERLESS, UNTAKEN
from core.store import prepared
from core.store.database import Store
from core.store.logs import TallyTable
from core.store.rows import Reading
from core.store.tables import PersonTable, ProjectTable, TaskTable

Edge = tuple[int, int]
"""Where a window ends: the (position, id) of its first or last card."""


class CardRow(NamedTuple):
    """One card, ready to draw. Times are UTC."""

    id: TaskId
    key: str
    title: str
    state: State
    position: int
    project: ProjectId
    project_key: str
    owner: PersonId | None
    owner_name: str
    """Empty without an owner."""
    due: datetime | None
    priority: Priority
    urgent: bool
    progress: int
    blocked_since: datetime | None
    delay_reason: str
    slips: int
    updated: datetime | None
    submitted: datetime | None
    round: int
    version: int
    subtasks: int
    subtasks_done: int
    submitted_by: PersonId | None = None
    not_ready: bool = False
    """Whether it needs something first that is not done (R7, R49)."""
    findings: str = ""
    """Why it was sent back, in short, until it is submitted again (R106)."""
    untaken: bool = False
    """Whether whoever has it has not taken it on (R52)."""

    @property
    def edge(self) -> Edge:
        """Its place in the order of its column."""
        return (self.position, self.id)


class ColumnHead(NamedTuple):
    """A column's state, how many cards it holds, and how many it should hold at most."""

    state: State
    cards: int
    limit: int | None


class Chosen(NamedTuple):
    """Which cards a board shows."""

    project: ProjectId | None = None
    """None means all projects."""
    words: str = ""
    """Every word must occur in the key, foreign id or title, or in the owner's handle or name;
    as ``@name`` only there. Letters' case does not matter."""
    owner: PersonId | None = None
    subtasks: bool = False
    """Whether subtasks stand on the board as cards of their own."""
    unassigned: bool = False
    """Only what nobody has: the pool from which people claim (R51)."""

    @property
    def narrowed(self) -> bool:
        """Whether cards are hidden, so that kept counts do not tell how many are shown."""
        return bool(self.words.strip()) or self.owner is not None or self.unassigned


_PARTS = TaskTable.alias("part")
_SUBTASKS = _PARTS.select(fn.COUNT(_PARTS.id)).where(_PARTS.parent == TaskTable.id)
_COLUMNS: tuple[Any, ...] = (
    TaskTable.id,
    TaskTable.key,
    TaskTable.title,
    TaskTable.state,
    TaskTable.position,
    TaskTable.project,
    ProjectTable.key,
    TaskTable.owner,
    PersonTable.name,
    TaskTable.due,
    TaskTable.priority,
    TaskTable.urgent,
    TaskTable.progress,
    TaskTable.blocked_since,
    TaskTable.delay_reason,
    TaskTable.slips,
    TaskTable.updated,
    TaskTable.submitted,
    TaskTable.round,
    TaskTable.version,
    _SUBTASKS.alias("subtasks"),
    _SUBTASKS.where(_PARTS.closed.is_null(False)).alias("subtasks_done"),
    TaskTable.submitted_by,
    NOT_READY.alias("not_ready"),
    FINDINGS.alias("findings"),
    UNTAKEN.alias("untaken"),
)
_PROJECT, _OWNER, _LIMIT, _TASK = -1, -2, -3, -4
_EDGE: Edge = (-5, -6)
_STATE = "?"
"""Marks; see core.store.prepared."""
_REMEMBERED = 512
"""More cards than the columns of a board read again at once."""
_NAMES = CardRow._fields
_READING = Reading(_COLUMNS)


def _query() -> Any:
    """Cards with their owner's and project's names."""
    query = TaskTable.select(*_COLUMNS).join(ProjectTable, on=TaskTable.project == ProjectTable.id)
    return query.switch(TaskTable).join(
        PersonTable, JOIN.LEFT_OUTER, on=TaskTable.owner == PersonTable.id
    )


@lru_cache(maxsize=_REMEMBERED)
def _row(found: tuple[Any, ...]) -> CardRow:
    """The card in a row. A board asks for the same ones again and again."""
    made = dict(zip(_NAMES, _READING.values(found), strict=True))
    made |= {name: made[name] or "" for name in ("owner_name", "findings")}
    made |= {name: bool(made[name]) for name in ("not_ready", "untaken")}
    return CardRow(**made)


def _narrow(query: Any, chosen: Chosen) -> Any:
    """Only the cards that ``chosen`` shows."""
    if chosen.project is not None:
        query = query.where(TaskTable.project == chosen.project)
    if not chosen.subtasks:
        query = query.where(TaskTable.parent.is_null())
    if chosen.owner is not None:
        query = query.where(TaskTable.owner == chosen.owner)
    if chosen.unassigned:
        query = query.where(TaskTable.id.in_(OWNERLESS))
    for word in chosen.words.split():
        if word.startswith("@") and len(word) > 1:
            query = query.where(owned_by(word[1:]))
        else:
            query = query.where(written(fold(word)) | owned_by(word))
    return query


def _among(store: Store, query: Any, chosen: Chosen) -> Any:
    """``query`` without a look at each task, where the search index knows a few that can fit."""
    from core.queries.rare_words import tasks_with

    tasks = tasks_with(store, chosen.words)
    return query if tasks is None else query.where(TaskTable.id.in_(tasks))


def cards(
    store: Store,
    chosen: Chosen,
    state: State,
    *,
    after: Edge | None = None,
    before: Edge | None = None,
    limit: int = 64,
) -> tuple[CardRow, ...]:
    """A window of a column in its order: the first cards, those after an edge, or before one.

    One statement, whose cost does not depend on how many cards the column has.
    """
    if chosen.words.strip():
        query = _window(chosen, state, after=after, before=before, limit=limit)
        found = store.rows(_among(store, query, chosen))
    else:
        marked = Chosen(
            project=ProjectId(_PROJECT) if chosen.project else None,
            owner=PersonId(_OWNER) if chosen.owner else None,
            subtasks=chosen.subtasks,
            unassigned=chosen.unassigned,
        )
        after_mark, before_mark = after and _EDGE, before and _EDGE
        found = prepared.rows(
            store,
            (marked, after_mark, before_mark),
            lambda: _window(marked, _STATE, after=after_mark, before=before_mark, limit=_LIMIT),
            {
                _STATE: state.value,
                _PROJECT: chosen.project,
                _OWNER: chosen.owner,
                **dict(zip(_EDGE, after or before or (), strict=False)),
                _LIMIT: limit,
            },
        )
    return tuple(_row(one) for one in (found if before is None else reversed(found)))


def _window(
    chosen: Chosen, state: str, *, after: Edge | None, before: Edge | None, limit: int
) -> Any:
    query = _narrow(_query().where(TaskTable.state == state), chosen)
    place, number = TaskTable.position, TaskTable.id
    if after is not None:
        beyond = (place > after[0]) | ((place == after[0]) & (number > after[1]))
        query = query.where((place >= after[0]) & beyond)
    if before is not None:
        beyond = (place < before[0]) | ((place == before[0]) & (number < before[1]))
        query = query.where((place <= before[0]) & beyond)
        return query.order_by(place.desc(), number.desc()).limit(limit)
    return query.order_by(place, number).limit(limit)


def last_cards(
    store: Store, chosen: Chosen, state: State, *, limit: int = 64
) -> tuple[CardRow, ...]:
    """The last cards of a column, in its order."""
    return cards(store, chosen, state, before=(2**62, 2**62), limit=limit)


def card(store: Store, task: TaskId) -> CardRow | None:
    """One card, wherever it stands; None if there is no such task."""
    found = prepared.rows(
        store, "card", lambda: _query().where(TaskTable.id == _TASK), {_TASK: task}
    )
    return _row(found[0]) if found else None


def cards_by_id(store: Store, tasks: Sequence[TaskId]) -> tuple[CardRow, ...]:
    """These tasks as cards, by key, wherever they stand."""
    if not tasks:
        return ()
    query = _query().where(TaskTable.id.in_(list(tasks))).order_by(TaskTable.key)
    return tuple(_row(found) for found in store.rows(query))


def subtasks(store: Store, parent: TaskId) -> tuple[CardRow, ...]:
    """A task's subtasks, by key; 200 at most."""
    query = _query().where(TaskTable.parent == parent).order_by(TaskTable.key).limit(200)
    return tuple(_row(found) for found in store.rows(query))


def columns(
    store: Store, chosen: Chosen, *, limits: Mapping[State, int] | None = None
) -> tuple[ColumnHead, ...]:
    """The heads of the board's columns, left to right.

    Kept counts are read unless the board is narrowed; then the cards are counted, and there are
    no limits: those are for the whole column.
    """
    counts = _counted(store, chosen) if chosen.narrowed else _kept(store, chosen)
    limits = {} if chosen.narrowed else limits or {}
    return tuple(
        ColumnHead(state=state, cards=counts.get(state.value, 0), limit=limits.get(state))
        for state in BOARD_STATES
    )


def _kept(store: Store, chosen: Chosen) -> dict[str, int]:
    shape = (chosen.subtasks, chosen.project is not None)
    found = prepared.rows(
        store, ("kept", *shape), lambda: _tally(*shape), {_PROJECT: chosen.project}
    )
    return {state: int(count) for state, count in found}


def _tally(subtasks: bool, one_project: bool) -> Any:  # noqa: FBT001
    cards_in = TallyTable.cards + TallyTable.parts if subtasks else TallyTable.cards
    query = TallyTable.select(TallyTable.state, fn.SUM(cards_in)).group_by(TallyTable.state)
    return query.where(TallyTable.project == _PROJECT) if one_project else query


def _counted(store: Store, chosen: Chosen) -> dict[str, int]:
    state: Any = TaskTable.state
    top = chosen
    if chosen.project is None and chosen.owner is None and not chosen.unassigned:
        # Wrapped, so that tasks are read as they lie, not one by one by an index of columns.
        state, top = fn.COALESCE(TaskTable.state, SQL("''")), chosen._replace(subtasks=True)
    query = _narrow(TaskTable.select(state, fn.COUNT(TaskTable.id)), top)
    if top != chosen:
        query = query.where(fn.COALESCE(TaskTable.parent, 0) == 0)
    others = [state.value for state in State if state not in BOARD_STATES]
    query = _among(store, query, chosen).where(state.not_in(others)).group_by(state)
    return {name: int(count) for name, count in store.rows(query)}
