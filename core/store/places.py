"""The order of cards in a column: integers with gaps, renumbered when a gap closes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.domain.ids import TaskId
from core.domain.task import Task
from core.records import replace
from core.store import prepared
from core.store.book import book_of
from core.store.rows import Reading
from core.store.tables import TaskTable

if TYPE_CHECKING:
    from core.store.database import Store

GAP = 1 << 16
_PARENT = -1
"""A mark; see core.store.prepared."""
_READING = Reading((TaskTable.position,))


def _column(task: Task) -> Any:
    """The tasks among which ``task`` is ordered: its state's, of all projects.

    One order serves the board of a project and the board of all projects.
    """
    level = TaskTable.parent.is_null() if task.parent is None else TaskTable.parent == task.parent
    return (TaskTable.state == task.state) & level


def top(store: "Store", task: Task) -> int:
    """A position above every other card of the task's column."""
    lines = prepared.rows(
        store,
        ("top", task.state, task.parent is None),
        lambda: _first_of(replace(task, parent=task.parent and TaskId(_PARENT))),
        {_PARENT: task.parent},
    )
    first = _position(lines)
    return GAP if first is None else first - GAP


def _first_of(task: Task) -> Any:
    query = TaskTable.select(TaskTable.position).where(_column(task))
    return query.order_by(TaskTable.position, TaskTable.id).limit(1)


def _position(lines: Sequence[Sequence[Any]]) -> int | None:
    """The position in the only line; None without one. Refuses ``row-unreadable``."""
    return _READING.values(lines[0])[0] if lines else None


def bottom(store: "Store", task: Task) -> int:
    """A position below every other card of the task's column."""
    known = book_of(store).bottoms
    column = (task.state, task.parent)
    last = known.get(column)
    if last is None:
        query = TaskTable.select(TaskTable.position).where(_column(task))
        ordered = query.order_by(TaskTable.position.desc(), TaskTable.id.desc())
        last = _position(store.rows(ordered.limit(1)))
    known[column] = GAP if last is None else last + GAP
    return known[column]


def beside(store: "Store", task: Task, neighbour: Task, *, below: bool) -> int | None:
    """A position right above or below ``neighbour``, which stands in the same column.

    None if there is no room: ``renumber`` makes some.
    """
    where, edge = (TaskTable.position, TaskTable.id), (neighbour.position, neighbour.id)
    beyond = _after(where, edge) if below else _before(where, edge)
    order = where if below else (where[0].desc(), where[1].desc())
    query = TaskTable.select(TaskTable.position).where(
        _column(task) & beyond & (TaskTable.id != task.id)
    )
    other = _position(store.rows(query.order_by(*order).limit(1)))
    if other is None:
        return neighbour.position + (GAP if below else -GAP)
    if abs(other - neighbour.position) < 2:
        return None
    return (other + neighbour.position) // 2


def _after(where: tuple[Any, Any], edge: tuple[int, TaskId]) -> Any:
    return (where[0] > edge[0]) | ((where[0] == edge[0]) & (where[1] > edge[1]))


def _before(where: tuple[Any, Any], edge: tuple[int, TaskId]) -> Any:
    return (where[0] < edge[0]) | ((where[0] == edge[0]) & (where[1] < edge[1]))


def renumber(store: "Store", task: Task) -> None:
    """Spread the column evenly again; no version counts up, since nothing a member set changed.

    What was loaded before holds old positions: forget it.
    """
    parent = "parent_id IS NULL" if task.parent is None else f"parent_id = {int(task.parent)}"
    mark = "%s" if store.postgres else "?"
    moved = store.sql(
        "UPDATE task SET position = ranked.place FROM ("  # noqa: S608
        f"SELECT id AS one, row_number() OVER (ORDER BY position, id) * {GAP} AS place "
        f"FROM task WHERE state = {mark} AND {parent}"
        ") AS ranked WHERE id = ranked.one AND position <> ranked.place RETURNING id, position",
        (task.state.value,),
    ).fetchall()
    told = [("task", number, {"position": place}) for number, place in sorted(moved)]
    book_of(store).told.extend(told)
