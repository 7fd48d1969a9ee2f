"""One alert that became due, and the condition that nobody noticed it yet."""

from datetime import datetime
from typing import Any, NamedTuple

from peewee import fn

from core.domain.ids import ProjectId, TaskId
from core.domain.timers import Target
from core.policies.telling import Parties
from core.store.rhythm_tables import RaisedTable


class Due(NamedTuple):
    """An alert to be raised. Instants are UTC."""

    rule: str
    """The id of a rule in core.policies.rules."""
    target: Target
    object: int
    window: datetime
    project: ProjectId
    task: TaskId | None
    since: datetime
    """When the cause began, or was due, whatever the time is now."""
    parties: Parties


def unnoticed(rule: Any, target: Any, number: Any, window: Any) -> Any:
    """The condition that no alert of this rule was raised for the window; columns or values."""
    noticed = RaisedTable.select(RaisedTable.id).where(
        (RaisedTable.rule == rule)
        & (RaisedTable.target == target)
        & (RaisedTable.object == number)
        & (RaisedTable.window == window)
    )
    return ~fn.EXISTS(noticed)
