"""Which task waits for which; never in a circle (R7, R49)."""

from collections.abc import Iterator

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind
from core.domain.ids import TaskId
from core.domain.parts import Dependency
from core.domain.refusals import Rejected
from core.domain.task import Task
from core.records import dataclass
from core.store import graph
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDependency:
    """``task`` starts after ``needs`` is finished."""

    task: TaskId
    needs: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDependency:
    """``task`` no longer waits for ``needs``."""

    task: TaskId
    needs: TaskId


@handles(AddDependency)
def add_dependency(command: AddDependency, work: Work) -> Outcome:
    """Add it; twice is once.

    Refuses ``circle`` with the keys along the way round, and ``task-closed`` for what is archived
    or cancelled.
    """
    task, needs = checks.kept_task(work, command.task), work.task(command.needs)
    if work.all(Dependency, task=task.id, needs=needs.id):
        return Outcome(task.id, task.key)
    if needs.id in _above(work, task):
        raise Rejected("circle", key=task.key, needs=needs.key, way=(needs.key, task.key))
    way = graph.way(work.store, start=needs.id, goal=task.id)
    if way:
        keys = tuple(work.task(TaskId(number)).key for number in way)
        raise Rejected("circle", key=task.key, needs=needs.key, way=keys)
    work.add(Dependency(task=task.id, needs=needs.id))
    work.record(EventKind.DEPENDENCY_ADDED, task, subject=needs.key)
    return Outcome(task.id, task.key)


def _above(work: Work, task: Task) -> Iterator[TaskId]:
    """What it is a part of: that is not finished before its parts are."""
    while task.parent is not None:
        yield task.parent
        task = work.task(task.parent)


@handles(RemoveDependency)
def remove_dependency(command: RemoveDependency, work: Work) -> Outcome:
    """Refuses ``no-such-dependency``, and ``task-closed`` for what is archived or cancelled."""
    task, needs = checks.kept_task(work, command.task), work.task(command.needs)
    found = work.all(Dependency, task=task.id, needs=needs.id)
    if not found:
        raise Rejected("no-such-dependency", key=task.key, needs=needs.key)
    work.remove(found[0])
    work.record(EventKind.DEPENDENCY_REMOVED, task, subject=needs.key)
    return Outcome(task.id, task.key)
