"""What waits for somebody's answer about one task."""

from core.domain.ids import PartId, PersonId, TaskId
from core.domain.timers import Target, TimerRule
from core.store.database import Store
from core.store.rhythm_tables import TimerTable


def open_question(store: Store, task: TaskId, *, person: PersonId | None) -> PartId | None:
    """The sync entry with the oldest question about the task that ``person`` should answer."""
    if person is None:
        return None
    waiting = (
        (TimerTable.rule == TimerRule.QUESTION)
        & (TimerTable.target == Target.ENTRY)
        & (TimerTable.task == task)
        & (TimerTable.person == person)
        & TimerTable.ended.is_null()
    )
    query = TimerTable.select(TimerTable.object).where(waiting).order_by(TimerTable.id)
    row = store.row(query.limit(1))
    return PartId(row[0]) if row is not None else None
