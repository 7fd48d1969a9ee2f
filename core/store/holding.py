"""Assignments as queries of tasks ask for them; the whole table is in core.store.duty_tables."""

from typing import Any, Final

from peewee import SQL, Table, fn

from core.domain.ids import PersonId

HELD: Final[Any] = Table(
    "assignment", ("id", "task_id", "owner_id", "by_id", "acknowledged", "confirmed", "ended")
)
"""Loaded with the board, so without its records."""


def is_waiting(task: Any) -> Any:
    """Whether whoever has the task has not taken it on (R52)."""
    open_one = (HELD.task_id == task) & HELD.ended.is_null()
    return fn.EXISTS(HELD.select(SQL("1")).where(open_one & HELD.acknowledged.is_null()))


def is_given_by(task: Any, person: PersonId) -> Any:
    """Whether that person gave the task to whoever has it."""
    open_one = (HELD.task_id == task) & HELD.ended.is_null()
    return fn.EXISTS(HELD.select(SQL("1")).where(open_one & (HELD.by_id == person)))
