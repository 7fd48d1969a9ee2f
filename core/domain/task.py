"""The task: the central record."""

from datetime import date, datetime

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Priority, State
from core.records import dataclass

TITLE_LIMIT = 500
TEXT_LIMIT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The central record (R1), with every field of R24-R37 and of tables T1-1 and T3-2."""

    id: TaskId = TaskId(0)
    project: ProjectId
    key: str
    """What people call it (R33); unique in the store."""
    external_id: str = ""
    """Its id in the file it came from, letter for letter; empty for tasks made here."""
    parent: TaskId | None = None
    title: str
    description: str = ""
    background: str = ""
    outcome: str = ""
    """The expected outcome (R24)."""
    value: str = ""
    """Why it matters (R31)."""
    type: str = ""
    """One of the store's work types, such as 专项任务; empty if nobody said."""
    urgent: bool = False
    priority: Priority = Priority.MEDIUM
    state: State = State.TODO
    position: int = 0
    """Order in its column, small first; ties go by id."""
    initiator: PersonId | None = None
    owner: PersonId | None = None
    """Does the work: exactly one (R43), never empty once doing."""
    acceptor: PersonId | None = None
    """Accepts it; None means the project's lead, then the department's (R65)."""
    start: date | None = None
    due: datetime | None = None
    """UTC; a date-only due ends at office closing in the project's time zone."""
    baseline_due: datetime | None = None
    """The first due agreed; never changes."""
    slips: int = 0
    """How often the due was moved after it was first set."""
    progress: int = 0
    """Percent, 0-100; independent of the state."""
    status_note: str = ""
    risk_note: str = ""
    note: str = ""
    delay_reason: str = ""
    """Not empty while the task is marked delayed (R70)."""
    expected: datetime | None = None
    """When a delayed task is now expected (R70)."""
    blocked_since: datetime | None = None
    """Start of the open block spell; kept with the spell by one handler."""
    updated: datetime | None = None
    """The newest progress update, else when work began or went on; what R71-R73 count from."""
    submitted: datetime | None = None
    submitted_by: PersonId | None = None
    round: int = 0
    """How often it was submitted for review."""
    accepted_by: PersonId | None = None
    closed: datetime | None = None
    before: State | None = None
    """The state to which restoring brings an archived or cancelled task back."""
    created: datetime
    version: int = 1
