"""Kinds of days and office hours: what the layers of a calendar are made of."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from core.records import dataclass

Span = tuple[time, time]
"""From and until, on the wall clock of the calendar; until 00:00 means midnight after the day."""

OfficeHours = tuple[Span, ...]
"""In order, without overlap, never empty."""

MIDNIGHT = time()
DEFAULT_OFFICE: OfficeHours = ((time(9), time(12)), (time(13), time(18)))


class BadOfficeHours(ValueError):
    """Office hours that are empty, overlap, run backwards or cannot be read."""

    def __init__(self, given: object) -> None:
        self.given = given
        super().__init__(str(given))


class DayKind(StrEnum):
    """What a single day is, whatever its weekday."""

    WORKDAY = "workday"
    """Worked, a make-up day on a weekend included."""
    HALFDAY = "halfday"
    """Worked, the first span of the office hours only."""
    DAYOFF = "dayoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOverride:
    """The company's own word on one day; stronger than the official one."""

    day: date
    kind: DayKind
    office: OfficeHours | None = None
    """The hours of this day; None for the usual ones. Only on a day that is worked."""
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse hours on a day off, and hours that are none."""
        if self.office is not None:
            check_office(self.office)
            if self.kind is DayKind.DAYOFF:
                raise BadOfficeHours(self.office)


def check_office(office: OfficeHours) -> None:
    """Raise ``BadOfficeHours`` unless the spans are in order and none is empty."""
    edges = [edge for span in office for edge in span]
    if any(edge.tzinfo for edge in edges):
        raise BadOfficeHours(office)
    if edges and edges[-1] == MIDNIGHT:
        edges[-1] = time.max
    in_order = all(start < end for start, end in zip(edges[::2], edges[1::2], strict=True))
    apart = all(end <= start for end, start in zip(edges[1::2], edges[2::2], strict=False))
    if not (edges and in_order and apart):
        raise BadOfficeHours(office)


def parse_office(text: str) -> OfficeHours:
    """Read ``09:00-12:00, 13:00-18:00``; an end of ``24:00`` is midnight.

    Raises ``BadOfficeHours`` with the whole text.
    """
    try:
        office = tuple(_span(part) for part in text.split(","))
        check_office(office)
    except ValueError:
        raise BadOfficeHours(text) from None
    return office


def _span(text: str) -> Span:
    start, end = (part.strip() for part in text.split("-"))
    return time.fromisoformat(start), MIDNIGHT if end == "24:00" else time.fromisoformat(end)
