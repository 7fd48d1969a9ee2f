"""What waits for acceptance (R65, R102-R107), and what its acceptor looks at."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from peewee import Case, fn

from core.domain.events import EventKind
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State, Verdict
from core.queries.accepting import Place, Seating
from core.queries.by_ids import among_ids, rows_of
from core.queries.history import NEWEST, EventRow, events
from core.records import dataclass
from core.store import prepared
from core.store.database import Store
from core.store.logs import EventTable
from core.store.own_work import own_people
from core.store.part_tables import CriterionTable, DeliverableTable
from core.store.rows import Reading
from core.store.tables import TaskTable
from core.store.told_tables import ReviewTable


class ReviewRow(NamedTuple):
    """One task in review, ready to draw. Times are UTC."""

    task: TaskId
    key: str
    title: str
    project: ProjectId
    project_key: str
    owner: PersonId | None
    owner_name: str
    acceptor: PersonId | None
    """Who accepts it, named or by position; None where nobody does."""
    acceptor_name: str
    round: int
    """How often it was submitted, this time included."""
    submitted: datetime | None
    submitted_by: PersonId | None
    submitted_by_name: str
    due: datetime | None
    criteria: int
    criteria_met: int
    deliverables: int
    last_findings: str
    """Why it was sent back the last time; empty in a first round."""
    asked: PersonId | None
    """Whom it waits for now: the acceptor, or whoever stands in; None where nobody can accept."""
    asked_name: str


_TASK: Any = TaskTable
_COLUMNS: tuple[Any, ...] = (
    *(_TASK.id, _TASK.key, _TASK.title, _TASK.project, _TASK.owner, _TASK.acceptor),
    *(_TASK.round, _TASK.submitted, _TASK.submitted_by, _TASK.due),
)
_READING = Reading(_COLUMNS)


def queue(
    store: Store,
    viewer: PersonId | None,
    *,
    now: datetime,
    all: bool = False,
    limit: int = 200,
) -> tuple[ReviewRow, ...]:
    """What waits for the viewer's acceptance, oldest first; ``all`` also what waits for others'.

    Theirs is what they accept by name or position, and what nobody before them can accept now:
    its acceptor is away, has left or worked on it. Six statements, however many tasks.
    """
    if viewer is None and not all:
        return ()
    seating = Seating(store, now)
    places = () if all or viewer is None else seating.places(viewer)
    given: dict[Any, Any] = {_LIMIT: limit, _VIEWER: viewer}
    marked = tuple(_marked(one, place, given) for place, one in enumerate(places, 1))
    shape = (all, tuple(map(_shape, places)))
    found = prepared.rows(
        store, ("reviews", shape), lambda: _query(marked, all=all, postgres=store.postgres), given
    )
    parts = _Parts(store, [row[0] for row in found])
    return tuple(_row(one, seating, parts) for one in map(_READING.values, found))


def _query(places: Sequence[Place], *, all: bool, postgres: bool) -> Any:
    query = _TASK.select(*_COLUMNS)
    # SQLite reads all in the order of task_submitted if it may not look for the state first.
    state = fn.COALESCE(_TASK.state, "") if all and not postgres else _TASK.state
    query = query.where(
        (state == State.REVIEW) & _TASK.submitted.is_null(False) & _TASK.closed.is_null()
    )
    if not all:
        query = query.where(reduce(or_, [_TASK.acceptor == _VIEWER, *map(_in_place, places)]))
    return query.order_by(_TASK.submitted, _TASK.id).limit(_LIMIT)


_LIMIT, _VIEWER = -1, -2
_LISTS = 1_000_000
"""Marks; see core.store.prepared. Those of each list begin at a multiple of it."""


def _shape(one: Place) -> tuple[object, ...]:
    counts = (len(one.projects), len(one.before), len(one.absent))
    return (*counts, one.first is None, one.is_first, one.stands_in, one.alone)


def _marked(one: Place, place: int, given: dict[Any, Any]) -> Place:
    """The same with marks, which are added to what is given for them."""
    lists = (one.projects, one.before, sorted(one.absent), [one.first] if one.first else [])
    made: list[list[int]] = []
    for number, values in enumerate(lists):
        first = -_LISTS * (4 * place + number)
        marks = [first - count for count in range(len(values))]
        given.update(zip(marks, values, strict=True))
        made.append(marks)
    projects, before, absent, named = made
    return one._replace(
        projects=tuple(map(ProjectId, projects)),
        before=tuple(map(PersonId, before)),
        absent=frozenset(map(PersonId, absent)),
        first=PersonId(named[0]) if named else None,
    )


def _in_place(one: Place) -> Any:
    """What the viewer is asked about in these projects, by position or in somebody's place."""
    asked = [_TASK.acceptor.is_null()] if one.is_first else []
    if one.stands_in:
        conditions = [_is_gone(one)]
        if not one.alone:
            conditions += [~_is_own(_VIEWER), *map(_is_own, one.before)]
        elif one.before:
            conditions = []
        asked += [reduce(and_, conditions)] if conditions else []
    return _TASK.project.in_(one.projects) & reduce(or_, asked, _TASK.id.is_null())


def _is_gone(one: Place) -> Any:
    """Whoever accepts is not there, or it is their own work; never null."""
    accepts = _TASK.acceptor if one.first is None else fn.COALESCE(_TASK.acceptor, one.first)
    gone = accepts.in_(sorted(one.absent)) if one.absent else _TASK.id.is_null()
    if one.first is None:
        gone |= _TASK.acceptor.is_null()
    if not one.alone:
        gone |= (_TASK.owner == accepts) | (_TASK.submitted_by == accepts)
    return fn.COALESCE(gone, False)


def _is_own(person: PersonId | int) -> Any:
    """As far as the task itself tells; never null."""
    return fn.COALESCE((_TASK.owner == person) | (_TASK.submitted_by == person), False)


class _Parts:
    """What is counted and read of these tasks' parts, by task."""

    def __init__(self, store: Store, tasks: Sequence[int]) -> None:
        def asked(name: str, write: Callable[[], Any]) -> list[tuple[Any, ...]]:
            return rows_of(store, f"{name} of reviews", write, tasks)

        def among(table: Any) -> Any:
            return among_ids(table.task, postgres=store.postgres)

        met = fn.SUM(Case(None, ((CriterionTable.met, 1),), 0))
        criteria = CriterionTable.select(CriterionTable.task, fn.COUNT(CriterionTable.id), met)
        self.criteria = {
            task: (count, int(ticked))
            for task, count, ticked in asked(
                "criteria",
                lambda: criteria.where(among(CriterionTable)).group_by(CriterionTable.task),
            )
        }
        table: Any = DeliverableTable
        handed = table.select(table.task, fn.COUNT(table.id))
        self.deliverables: dict[int, int] = dict(
            asked("deliverables", lambda: handed.where(among(table)).group_by(table.task))
        )
        rounds = ReviewTable.select(ReviewTable.task, ReviewTable.findings)
        back = ReviewTable.verdict == Verdict.SENT_BACK
        self.findings: dict[int, str] = dict(
            asked(
                "findings",
                lambda: rounds.where(among(ReviewTable) & back).order_by(ReviewTable.round),
            )
        )


def _row(values: list[Any], seating: Seating, parts: _Parts) -> ReviewRow:
    task, key, title, project, owner, acceptor, count, submitted, submitter, due = values
    home = seating.homes[project]
    own = frozenset(one for one in (owner, submitter) if one is not None)
    asked = next(iter(seating.asked(project, acceptor, own)), None)
    first = home.seats(acceptor).first
    total, met = parts.criteria.get(task, (0, 0))
    name = seating.name
    return ReviewRow._make(
        (
            *(task, key, title, project, home.key, owner, name(owner), first, name(first)),
            *(count, submitted, submitter, name(submitter), due, total, met),
            *(parts.deliverables.get(task, 0), parts.findings.get(task, ""), asked, name(asked)),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFacts:
    """What matters to a verdict besides the task and its parts."""

    own: frozenset[PersonId]
    """Who may not accept it, for it is their own work."""
    acceptors: tuple[PersonId, ...]
    """Whoever may accept in the acceptor's seat now, in the order in which they are asked."""
    criteria_changes: tuple[EventRow, ...]
    """See the question of that name."""


_CHANGES = (
    EventKind.CRITERION_ADDED,
    EventKind.CRITERION_CHANGED,
    EventKind.CRITERION_REMOVED,
)


def verdict_facts(store: Store, number: TaskId, *, now: datetime) -> VerdictFacts:
    """Of a task that is there; at most eight statements."""
    from core.queries.permitted import about

    task = about(store, number).task
    assert task is not None  # noqa: S101 - it was read by its id
    seating, own = Seating(store, now), own_people(store, task)
    return VerdictFacts(
        own=seating.held_apart(task.project, own),
        acceptors=seating.asked(task.project, task.acceptor, own),
        criteria_changes=criteria_changes(store, number),
    )


def criteria_changes(store: Store, number: TaskId) -> tuple[EventRow, ...]:
    """What was changed about a task's criteria once the work had begun (R139), newest first.

    Those with a reason: before the work begins none is needed. The newest twenty.
    """
    found = store.rows(
        EventTable.select(EventTable.number)
        .where(
            (EventTable.task == number) & EventTable.kind.in_(_CHANGES) & (EventTable.reason != "")
        )
        .order_by(EventTable.number.desc())
        .limit(20)
    )
    if not found:
        return ()
    wanted = {row[0] for row in found}
    told = events(store, before=NEWEST, limit=1000, task=number, after=min(wanted) - 1)
    return tuple(row for row in told if row.number in wanted)
