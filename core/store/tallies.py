"""How many cards stand in each column: the one place that counts (WIP limits, headers)."""

from typing import TYPE_CHECKING

from core.domain.ids import ProjectId
from core.domain.status import State
from core.domain.task import Task
from core.store.book import book_of
from core.store.logs import TallyTable
from core.store.rows import Reading

if TYPE_CHECKING:
    from core.store.database import Store


def begin(store: "Store", project: ProjectId) -> None:
    """Make the counters of a new project."""
    columns = [TallyTable.project, TallyTable.state]
    store.run(TallyTable.insert_many([(project, state) for state in State], fields=columns))


def shift(store: "Store", task: Task, *, by: int) -> None:
    """Count ``task`` into its column (or out, with -1)."""
    column = {"cards" if task.parent is None else "parts": by}
    book_of(store).count(task.project, task.state, **column)


def move(store: "Store", old: Task, new: Task) -> None:
    """Follow a task from column to column, or from top level to subtask."""
    if (old.state, old.project, old.parent) != (new.state, new.project, new.parent):
        shift(store, old, by=-1)
        shift(store, new, by=1)


def cards(store: "Store", project: ProjectId, state: State) -> int:
    """Top-level tasks in one column. Refuses ``row-unreadable``."""
    query = TallyTable.select(TallyTable.cards).where(
        (TallyTable.project == project) & (TallyTable.state == state)
    )
    found = store.row(query)
    return 0 if found is None else Reading((TallyTable.cards,)).values(found)[0] or 0
