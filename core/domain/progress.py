"""What is told about work while it goes on."""

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.status import SyncKind, Verdict


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpell:
    """A time in which a task could not go on (R80); old spells are kept."""

    id: PartId = PartId(0)
    task: TaskId
    reason: str
    waiting_for: str
    """Whom or what it waits for, in words; never empty."""
    waiting_person: PersonId | None = None
    """The same as a person, where it is one."""
    started: datetime
    started_by: PersonId
    ended: datetime | None = None
    resolution: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One round of submission and verdict (R102-R107); every round is kept."""

    id: PartId = PartId(0)
    task: TaskId
    round: int
    submitted: datetime
    submitted_by: PersonId
    verdict: Verdict = Verdict.PENDING
    decided: datetime | None = None
    decided_by: PersonId | None = None
    findings: str = ""
