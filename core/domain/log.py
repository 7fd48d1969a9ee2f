"""The log: what happened, who did it, when, and what it was before."""

from collections.abc import Mapping
from datetime import datetime

from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, ProjectId, TaskId
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the log; never edited, never deleted."""

    number: int = 0
    """Counts up in commit order without gaps: who has seen n has missed nothing before n."""
    at: datetime
    actor: PersonId | None
    """None only for the command that adds the first person."""
    command_id: str
    """The UUID of the command that caused it; several events may share one."""
    kind: EventKind
    project: ProjectId | None = None
    task: TaskId | None = None
    subject: str = ""
    """What it was about besides the task: a person's handle, a criterion's text ..."""
    changes: Mapping[str, tuple[Plain, Plain]]
    """Field name to (old, new)."""
    reason: str = ""
