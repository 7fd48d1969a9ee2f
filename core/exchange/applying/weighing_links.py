"""Dependencies held against the store: each is added once, and never closes a circle."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from core.exchange.applying.known import identity
from core.exchange.applying.weighing import Place, Scales
from core.exchange.planned import PlannedDependency
from core.exchange.telling.team import Ask
from core.queries import importing

_STEPS: Final = 5_000_000
"""So far circles are looked for in one import; a file that takes longer is made of them."""


class _Graph:
    """What waits for what: stored, and of the file so far."""

    def __init__(self, edges: Iterable[tuple[Place, Place]]) -> None:
        self.needs: dict[Place, set[Place]] = defaultdict(set)
        self._left = _STEPS
        for task, needed in edges:
            self.needs[task].add(needed)

    def leads(self, start: Place, *, goal: Place) -> bool:
        """Whether ``start`` waits for ``goal`` by any way; yes where telling takes too long."""
        seen = {start}
        waiting = [start]
        while waiting:
            here = waiting.pop()
            self._left -= 1
            if here == goal or self._left < 0:
                return True
            fresh = self.needs.get(here, set()) - seen
            seen |= fresh
            waiting.extend(fresh)
        return False


def weigh_dependencies(scales: Scales, planned: Sequence[PlannedDependency], *, ask: Ask) -> None:
    """Sort out those that are known, that name no task, and that would close a circle."""
    if not planned:
        return
    graph, result = _Graph(ask(importing.dependencies)), scales.result
    for one in planned:
        task = scales.named(identity(one.task_external_id))
        needed = scales.named(identity(one.needs_external_id))
        if task is None or needed is None:
            missing = one.task_external_id if task is None else one.needs_external_id
            result.doubt(one, "needs-unknown", value=missing)
        elif needed in graph.needs[task]:
            result.unchanged += 1
        elif graph.leads(needed, goal=task):
            result.doubt(one, "needs-circle", value=one.needs_external_id)
        else:
            graph.needs[task].add(needed)
            result.links.append((one, task, needed))
