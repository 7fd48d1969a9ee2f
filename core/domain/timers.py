"""Limits that run: what must have happened by when, stored as they were set.

A timer is frozen as it starts: a calendar that changes later moves no deadline.
"""

from datetime import datetime
from enum import StrEnum

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.records import dataclass


class TimerRule(StrEnum):
    """What must have happened when the limit ends; the D numbers name the limit."""

    ISSUE_RESPOND = "issue-respond"
    """Somebody responded to the issue (D9)."""
    ISSUE_RESOLVE = "issue-resolve"
    """The issue is resolved, else it goes to the department's head, L1 (D10)."""
    ISSUE_SECOND = "issue-second"
    """It is resolved at L1, else it goes to the head's manager, L2 (D11)."""
    SWARM = "swarm"
    """Those concerned met and set by when a critical block is resolved (D8)."""
    RESOLUTION = "resolution"
    """The block is resolved: the time they set."""
    COLLABORATOR = "collaborator"
    """The collaborator for whom the task waits responded (D12)."""
    DELIVERABLE = "deliverable"
    """What was submitted lies in the shared folder and stands in the sync log (D13)."""
    RETRO = "retro"
    """The retrospective of a complex task was held (D14)."""
    EXTENSION = "extension"
    """The lead granted or refused a later due."""
    QUESTION = "question"
    """Whoever was asked answered."""
    FOLLOW_UP = "follow-up"
    """What a sync entry agreed on is done, or has become a task (D22)."""
    ACKNOWLEDGE = "acknowledge"
    """Whoever was given the task has taken it on (R52)."""
    CRITERIA = "criteria"
    """Its acceptor knows that agreed criteria were changed (R139); due as soon as they are."""


class Target(StrEnum):
    """What kind of record an alert or a timer is about."""

    TASK = "task"
    PROJECT = "project"
    ISSUE = "issue"
    EXTENSION = "extension"
    SPELL = "spell"
    ENTRY = "entry"
    PLAN = "plan"
    DUTY = "duty"
    """Whose a task is; named by the task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One running limit; at most one open one has the same rule and target."""

    id: PartId = PartId(0)
    rule: TimerRule
    project: ProjectId
    task: TaskId | None = None
    target: Target
    object: int
    """The id of the target."""
    person: PersonId | None = None
    """Who must act; None means the project's lead."""
    started: datetime
    due: datetime
    urgent: bool = False
    """Counted day and night, and never snoozed."""
    ended: datetime | None = None
