"""The sync log: what the project group told each other."""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.status import SyncKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncEntry:
    """A line of the sync log (R93)."""

    id: PartId = PartId(0)
    project: ProjectId
    task: TaskId | None = None
    day: date
    topic: str
    content: str = ""
    kind: SyncKind = SyncKind.PROGRESS
    author: PersonId
    audience: str = ""
    """Whom it is for, as written: 项目组全体, or a ``、`` list."""
    reference: str = ""
    remarks: str = ""
    at: datetime
