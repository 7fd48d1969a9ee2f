"""What can be wrong with a store's log, or with its rows as the log tells of them."""

from enum import StrEnum

from core.domain.events import Plain
from core.records import dataclass


class FlawKind(StrEnum):
    """What somebody did past duban, or what damage did."""

    EVENT_CHANGED = "event-changed"
    """An event, or the hash of the one before it, is not what was hashed."""
    EVENTS_MISSING = "events-missing"
    TAIL_CUT = "tail-cut"
    """A receipt speaks of a later event than the newest one."""
    HEAD_MISSING = "head-missing"
    """The hash that was kept elsewhere is not in the chain: its end was cut off or written anew."""
    ROW_CHANGED = "row-changed"
    ROW_ADDED = "row-added"
    """No event made the row."""
    ROW_MISSING = "row-missing"
    """No event removed the row."""
    GUARD_MISSING = "guard-missing"
    """A trigger is gone that keeps events from being changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing that is wrong; what does not belong to its kind is empty."""

    kind: FlawKind
    number: int = 0
    """The event's; of several that are missing, the first."""
    until: int = 0
    """Of several that are missing, the last."""
    name: str = ""
    """The table, the trigger, or the hash that was asked for."""
    row: str = ""
    """The row's key: most often its id."""
    column: str = ""
    told: Plain = None
    """The value that the log tells of."""
    stands: Plain = None
    """The value that stands in the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """What a reading of the whole log, and of all rows, found."""

    number: int
    """The newest event's; 0 if there is none."""
    head: str
    """Its hash; kept elsewhere, it tells later whether the log's end is still there."""
    events: int
    rows: int
    """How many were read."""
    count: int
    """How many flaws there are."""
    flaws: tuple[Flaw, ...]
    """The first of them."""
