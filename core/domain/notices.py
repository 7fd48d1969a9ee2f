"""What is kept of alerts: that one was raised, acknowledged or snoozed. The rest is computed."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.domain.timers import Target
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert that became due; unique by rule, target, object and window (law 8)."""

    id: PartId = PartId(0)
    rule: str
    """The id of a rule in core.policies.rules."""
    target: Target
    object: int
    window: datetime
    """The stored instant that the rule follows, such as the due of an overdue task."""
    project: ProjectId
    task: TaskId | None = None
    since: datetime
    """When the cause began, whenever somebody noticed."""
    raised: datetime
    """When a tick noticed it."""
    told: Mapping[str, str]
    """Handle to why: owner, lead, head, manager, handler, person."""


class QuietKind(StrEnum):
    """Two verbs: acknowledge ends with the cause, snooze at a time."""

    ACK = "ack"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """One person's acknowledgement or snooze; quiet for them, seen by their lead."""

    id: PartId = PartId(0)
    person: PersonId
    kind: QuietKind
    target: Target
    object: int
    rule: str = ""
    """Of an acknowledgement: the worst rule of the line; a snooze is about whatever holds."""
    since: datetime | None = None
    """Of an acknowledgement: when that cause began; another spell of it is another cause."""
    note: str
    at: datetime
    until: datetime | None = None
    """Always set for a snooze."""
    ended: datetime | None = None
    """Taken back before its time."""
