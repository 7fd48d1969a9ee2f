"""The closed vocabularies: states, priorities, roles, kinds."""

from enum import StrEnum


class State(StrEnum):
    """Where a task stands in the workflow; blocked, delayed and overdue lie over it."""

    DRAFT = "draft"
    TODO = "todo"
    DOING = "doing"
    REVIEW = "review"
    DONE = "done"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


BOARD_STATES = (State.TODO, State.DOING, State.REVIEW, State.DONE)
"""The columns of a board, left to right."""

OPEN_STATES = (State.DRAFT, State.TODO, State.DOING, State.REVIEW)
"""States in which work is still owed."""


def progress_shown(state: State, progress: int, *, before: State | None = None) -> int:
    """The percent that is shown: what is done is done, whatever was told of it last.

    The percent that was told stays stored: it and the state are independent. ``before`` is the
    state from which a task was archived.
    """
    return 100 if State.DONE in {state, before} else progress


class Priority(StrEnum):
    """R28; medium unless somebody says otherwise."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Role(StrEnum):
    """What a person is on the team."""

    OBSERVER = "observer"
    MEMBER = "member"
    LEAD = "lead"
    ADMIN = "admin"


class SyncKind(StrEnum):
    """What a sync entry tells (R93)."""

    PROGRESS = "progress"
    PROBLEM = "problem"
    DECISION = "decision"
    DELIVERABLE = "deliverable"
    NOTE = "note"


class Verdict(StrEnum):
    """How a review round ended; pending while it waits."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"


class Facet(StrEnum):
    """What a criterion speaks of (R35)."""

    FORM = "form"
    SCOPE = "scope"
    QUALITY = "quality"
    OTHER = "other"


class BlockKind(StrEnum):
    """What kind of thing a blocked task lacks."""

    WAITING = "waiting"
    """Somebody's part or answer."""
    RESOURCE = "resource"
    DECISION = "decision"
    TECHNICAL = "technical"
    EXTERNAL = "external"
    """Something outside the team."""


class Bucket(StrEnum):
    """The parts of the alert pane, worst first."""

    OVERDUE = "overdue"
    ESCALATED = "escalated"
    WAITING = "waiting"
    SOON = "soon"


class Light(StrEnum):
    """Green, yellow, red; never shown without its mark and word."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
