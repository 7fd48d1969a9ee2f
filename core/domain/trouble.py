"""Early warnings, issues and nudges: what is told when work does not go as planned."""

from datetime import datetime
from enum import StrEnum

from core.domain.ids import NO_ISSUE, IssueId, PartId, PersonId, ProjectId, TaskId
from core.records import dataclass


class DelayReason(StrEnum):
    """Why work is late (R79)."""

    REQUIREMENTS = "requirements"
    """需求变更导致工作量增加."""
    RESOURCES = "resources"
    """资源不足."""
    PRIORITY = "priority"
    """优先级判断失误."""
    COMMUNICATION = "communication"
    """沟通成本过高."""
    MATERIAL = "material"
    """资料未及时提供."""
    OTHER = "other"


class RequestState(StrEnum):
    """What became of a request for a later due."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An early warning (R78) with the later due that it asks for (延期申请, R89)."""

    id: PartId = PartId(0)
    task: TaskId
    code: DelayReason
    reason: str
    old_due: datetime | None
    new_due: datetime
    state: RequestState = RequestState.ASKED
    asked: datetime
    asked_by: PersonId
    decided: datetime | None = None
    decided_by: PersonId | None = None
    answer: str = ""


class Severity(StrEnum):
    """How bad an issue is; critical ones count day and night."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class IssueState(StrEnum):
    """Where an issue stands; reopened is open again."""

    OPEN = "open"
    RESPONDED = "responded"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


UNRESOLVED = (IssueState.OPEN, IssueState.RESPONDED, IssueState.REOPENED)
"""The states in which an issue's clocks can run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A line of the issue register (R81-R88)."""

    id: IssueId = NO_ISSUE
    project: ProjectId
    task: TaskId | None = None
    key: str
    """Unique in the store: the project's key, ``-I`` and a number, such as ``CSAT-I03``."""
    title: str
    detail: str = ""
    impact: str
    """The scope of impact; never empty."""
    proposal: str = ""
    parties: str = ""
    """Whose data or part is concerned, as written (R87)."""
    severity: Severity = Severity.MEDIUM
    state: IssueState = IssueState.OPEN
    reporter: PersonId
    handler: PersonId | None = None
    """Who must respond and resolve; None means the task's owner, else the project's lead."""
    occurred: datetime
    reported: datetime
    late: bool = False
    """Reported more than the limit of D7 after it occurred."""
    respond_by: datetime
    resolve_by: datetime
    responded: datetime | None = None
    response: str = ""
    resolved: datetime | None = None
    resolution: str = ""
    closed: datetime | None = None
    level: int = 0
    """0 owner and parties, 1 the department's head, 2 the head's manager."""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A reminder to whom a task waits for (催办)."""

    id: PartId = PartId(0)
    task: TaskId
    person: PersonId
    """Who was nudged."""
    by: PersonId
    at: datetime
    note: str = ""
