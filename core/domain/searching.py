"""What can be searched, and by which of its fields."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class FoundKind(StrEnum):
    """What a hit is."""

    TASK = "task"
    UPDATE = "update"
    ISSUE = "issue"
    SYNC = "sync"
    MEETING = "meeting"


RECORDS: Final[Mapping[str, FoundKind]] = {
    "Task": FoundKind.TASK,
    "ProgressUpdate": FoundKind.UPDATE,
    "Issue": FoundKind.ISSUE,
    "SyncEntry": FoundKind.SYNC,
    "Meeting": FoundKind.MEETING,
}
"""By the name of the record."""

FIELDS: Final[Mapping[FoundKind, tuple[str, ...]]] = {
    FoundKind.TASK: (
        *("key", "external_id", "title", "description", "background", "outcome", "value"),
        *("note", "status_note", "risk_note"),
    ),
    FoundKind.UPDATE: ("done", "next", "problems", "support"),
    FoundKind.ISSUE: (
        *("key", "title", "detail", "impact", "proposal", "parties", "response", "resolution"),
    ),
    FoundKind.SYNC: (*("topic", "content", "follow_up", "audience", "reference", "remarks"),),
    FoundKind.MEETING: ("topic", "attendees", "minutes"),
}
"""The searched fields, in the order in which a hit shows them."""
