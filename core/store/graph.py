"""Ways through the dependencies."""

from typing import TYPE_CHECKING

from core.domain.ids import TaskId
from core.store.part_tables import DependencyTable

if TYPE_CHECKING:
    from core.store.database import Store


def way(store: "Store", *, start: TaskId, goal: TaskId) -> tuple[int, ...]:
    """Ids from ``start`` along "needs" to ``goal``, both included; empty if there is no way.

    Breadth first, one statement a level: the way found is a shortest one.
    """
    came_from: dict[int, int] = {start: 0}
    level = [int(start)]
    while level and goal not in came_from:
        query = DependencyTable.select(DependencyTable.task, DependencyTable.needs)
        found = store.rows(query.where(DependencyTable.task.in_(level)))
        fresh = {needs: task for task, needs in found if needs not in came_from}
        came_from |= fresh
        level = list(fresh)
    if goal not in came_from:
        return ()
    steps: list[int] = []
    step = int(goal)
    while step:
        steps.append(step)
        step = came_from[step]
    return tuple(reversed(steps))
