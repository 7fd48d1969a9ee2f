"""Whose a task was, and is."""

from datetime import datetime

from core.domain.ids import PartId, PersonId, TaskId
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One time that a task was somebody's (R43, R52); the open one has no end.

    Kept by whatever changes ``Task.owner``: who once did the work never accepts it.
    """

    id: PartId = PartId(0)
    task: TaskId
    owner: PersonId
    by: PersonId | None = None
    """Who assigned it; the owner where they claimed it."""
    at: datetime
    notes: str = ""
    """What whoever had it before hands over."""
    acknowledged: datetime | None = None
    """When the owner took it on; news is owed from then on."""
    confirmed: datetime | None = None
    """When the owner last said that it is still theirs."""
    ended: datetime | None = None
    returned: bool = False
    """Whether it ended because the owner gave it back before taking it on."""
    reason: str = ""
    """Why it ended, where somebody said so."""
