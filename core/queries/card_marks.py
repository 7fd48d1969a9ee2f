"""What a card tells of other tables: that it is not ready or taken on, why it was sent back.

The tables are named only: their declarations are not loaded before the board is seen.
"""

from typing import Any, Final

from peewee import SQL, Case, Table, fn

from core.domain.status import BOARD_STATES, State, Verdict
from core.store.holding import is_waiting
from core.store.tables import TaskTable

_TASK: Any = TaskTable
_DEPENDENCY: Any = Table("dependency", ("task_id", "needs_id"))
_REVIEW: Any = Table("review", ("task_id", "round", "verdict", "findings"))
_NEEDED: Any = TaskTable.alias("needed")
_BEFORE = (State.DRAFT, State.TODO, State.DOING)
_SHORT = SQL("1"), SQL("200")
"""Characters of findings that a card needs: from, and how many."""

_NEEDS = _DEPENDENCY.select(_DEPENDENCY.needs_id).where(_DEPENDENCY.task_id == _TASK.id)
_WAITS = fn.EXISTS(
    _NEEDED.select(_NEEDED.id).where(_NEEDED.id.in_(_NEEDS) & _NEEDED.closed.is_null())
)
NOT_READY: Final[Any] = Case(None, ((_TASK.state.in_(_BEFORE), _WAITS),), SQL("FALSE"))
"""Whether it needs something first that is not done (R7, R49), before its own work is."""

_SENT_BACK = _REVIEW.verdict == Verdict.SENT_BACK.value
_JUDGED = _REVIEW.verdict.in_((Verdict.SENT_BACK.value, Verdict.ACCEPTED.value))
_LAST_VERDICT = (
    _REVIEW.select(Case(None, ((_SENT_BACK, fn.SUBSTR(_REVIEW.findings, *_SHORT)),), SQL("''")))
    .where((_REVIEW.task_id == _TASK.id) & _JUDGED)
    .order_by(_REVIEW.round.desc())
    .limit(1)
)
FINDINGS: Final[Any] = Case(
    None,
    (((_TASK.round > 0) & (_TASK.state == State.DOING), fn.COALESCE(_LAST_VERDICT, SQL("''"))),),
    SQL("''"),
)
"""Why it was sent back, while it is in progress again; empty if it was not (R106)."""

UNTAKEN: Final[Any] = is_waiting(_TASK.id)
"""Whether whoever has it has not taken it on (R52)."""

_FREE: Any = TaskTable.alias("free")
OWNERLESS: Final[Any] = _FREE.select(_FREE.id).where(
    _FREE.owner.is_null() & _FREE.state.in_(BOARD_STATES)
)
"""The tasks of the board that nobody has; few, and an index knows them."""
