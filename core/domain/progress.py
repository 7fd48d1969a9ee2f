"""Progress updates: what is told about work while it goes on."""

from datetime import date, datetime

from core.domain.ids import PartId, PersonId, TaskId
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressUpdate:
    """One check-in (R10, R69)."""

    id: PartId = PartId(0)
    task: TaskId
    person: PersonId
    day: date
    """The working day it tells of, in the project's time zone."""
    at: datetime
    progress: int
    done: str = ""
    next: str = ""
    problems: str = ""
    support: str = ""
