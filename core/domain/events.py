"""The log: what happened, who did it, when, and what it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.ids import PersonId, ProjectId, TaskId

Plain = str | int | float | bool | None
"""A value as the log keeps it: enums by value, instants as ISO 8601 in UTC, days as ISO dates."""


class EventKind(StrEnum):
    """What happened, in the past tense."""

    TASK_CREATED = "task-created"
    TASK_EDITED = "task-edited"
    TASK_ASSIGNED = "task-assigned"
    TASK_MOVED = "task-moved"
    TASK_REORDERED = "task-reordered"
    TASK_ARCHIVED = "task-archived"
    TASK_RESTORED = "task-restored"
    TASK_CANCELLED = "task-cancelled"
    TASK_SUBMITTED = "task-submitted"
    TASK_WITHDRAWN = "task-withdrawn"
    TASK_ACCEPTED = "task-accepted"
    TASK_SENT_BACK = "task-sent-back"
    WIP_EXCEEDED = "wip-exceeded"
    PROGRESS_UPDATED = "progress-updated"
    TASK_BLOCKED = "task-blocked"
    TASK_UNBLOCKED = "task-unblocked"
    CRITERION_ADDED = "criterion-added"
    CRITERION_CHANGED = "criterion-changed"
    CRITERION_REMOVED = "criterion-removed"
    MILESTONE_ADDED = "milestone-added"
    MILESTONE_CHANGED = "milestone-changed"
    MILESTONE_REMOVED = "milestone-removed"
    DEPENDENCY_ADDED = "dependency-added"
    DEPENDENCY_REMOVED = "dependency-removed"
    COLLABORATOR_ADDED = "collaborator-added"
    COLLABORATOR_CHANGED = "collaborator-changed"
    COLLABORATOR_REMOVED = "collaborator-removed"
    DELIVERABLE_ADDED = "deliverable-added"
    DELIVERABLE_CHANGED = "deliverable-changed"
    DELIVERABLE_REMOVED = "deliverable-removed"
    SYNC_ENTRY_ADDED = "sync-entry-added"
    PERSON_ADDED = "person-added"
    PERSON_EDITED = "person-edited"
    PERSON_MERGED = "person-merged"
    DEPARTMENT_ADDED = "department-added"
    DEPARTMENT_EDITED = "department-edited"
    PROJECT_ADDED = "project-added"
    PROJECT_EDITED = "project-edited"
    WORK_TYPE_ADDED = "work-type-added"
    CALENDAR_CHANGED = "calendar-changed"
    IMPORT_APPLIED = "import-applied"


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
