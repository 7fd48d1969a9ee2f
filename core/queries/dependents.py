"""Which open tasks cannot go on without others: read level by level, for one task or thousands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from core.domain.ids import PersonId, TaskId
from core.store.database import Store

DEPTH: Final = 6
"""Levels that are followed; each is a statement."""
MOST: Final = 20
"""Tasks that are counted for one; it costs no more than these (core.policies.waiting_cost)."""

Edges = Mapping[int, Mapping[int, PersonId | None]]
"""A task to those that need it, each with its owner."""

_LEVEL = """
SELECT d.needs_id, t.id, t.owner_id FROM dependency d JOIN task t ON t.id = d.task_id
WHERE t.closed IS NULL AND d.needs_id {among}
"""
_HELD = """
SELECT b.waiting_task_id, t.id, t.owner_id FROM task t JOIN block_spell b ON b.task_id = t.id
WHERE t.blocked_since IS NOT NULL AND t.closed IS NULL
AND b.ended IS NULL AND b.waiting_task_id IS NOT NULL
"""


class Needing(NamedTuple):
    """What cannot go on without a task."""

    tasks: tuple[TaskId, ...] = ()
    """Those that need it themselves first, then those that need these; ``MOST`` at most."""
    owners: frozenset[PersonId] = frozenset()
    """Who owns them."""


NOTHING: Final = Needing()


def needing(store: Store, tasks: Iterable[TaskId]) -> dict[TaskId, Needing]:
    """What needs each of these tasks, or is blocked by it; only tasks that something needs.

    At most ``DEPTH`` statements and one, however many tasks.
    """
    wanted = list(dict.fromkeys(tasks))
    edges = _edges(store, wanted)
    return {task: found for task in wanted if task in edges for found in (_of(task, edges),)}


def _edges(store: Store, tasks: Iterable[TaskId]) -> Edges:
    edges: dict[int, dict[int, PersonId | None]] = defaultdict(dict)
    held: dict[int, dict[int, PersonId | None]] = defaultdict(dict)
    for needed, task, owner in store.sql(_HELD).fetchall():
        held[needed][task] = owner
    seen: set[int] = set()
    level = {int(task) for task in tasks}
    for _ in range(DEPTH):
        if not level:
            break
        seen |= level
        for needed in level & held.keys():
            edges[needed].update(held[needed])
        for needed, task, owner in _level(store, sorted(level)):
            edges[needed][task] = owner
        level = {task for needed in level & edges.keys() for task in edges[needed]} - seen
    return edges


def _level(store: Store, tasks: list[int]) -> list[tuple[int, int, PersonId | None]]:
    """One parameter, however many tasks: engines limit how many there may be."""
    among = "= ANY(%s)" if store.postgres else "IN (SELECT value FROM json_each(?))"
    given = tasks if store.postgres else json.dumps(tasks)
    found: list[tuple[int, int, PersonId | None]] = store.sql(
        _LEVEL.format(among=among), (given,)
    ).fetchall()
    return found


def _of(task: TaskId, edges: Edges) -> Needing:
    """Breadth first, so that the nearest are kept; a circle ends where it began."""
    found: dict[int, PersonId | None] = {}
    level: list[int] = [task]
    for _ in range(DEPTH):
        beyond: list[int] = []
        for needed in level:
            for one, owner in edges.get(needed, {}).items():
                if one != task and one not in found and len(found) < MOST:
                    found[one] = owner
                    beyond.append(one)
        level = beyond
    return Needing(
        tasks=tuple(map(TaskId, found)),
        owners=frozenset(owner for owner in found.values() if owner is not None),
    )
