"""The sync log: what the project group told each other."""

from datetime import date, datetime

from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.status import SyncKind
from core.records import dataclass


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
    restricted: bool = False
    """Shown to its author, its audience and leads only (R95)."""
    reference: str = ""
    remarks: str = ""
    meeting: PartId | None = None
    """The meeting that decided it."""
    asks: PersonId | None = None
    """Of a question: who should answer."""
    answers: PartId | None = None
    """Of an answer: the question."""
    follow_up: str = ""
    """What was agreed to be done; it has an owner and a day."""
    follow_up_owner: PersonId | None = None
    follow_up_due: date | None = None
    follow_up_task: TaskId | None = None
    """The task that it became."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncAudience:
    """One of those for whom a sync entry is: a person or a department."""

    id: PartId = PartId(0)
    entry: PartId
    person: PersonId | None = None
    department: DepartmentId | None = None
