"""Working time that a task took, and how much of it the task was blocked (cycle time)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from core.domain.spells import BlockSpell
from core.policies.calendar import WorkCalendar
from core.policies.clocks import NO_TIME, Pace, elapsed
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTime:
    """Office hours from the beginning of work to its end."""

    total: timedelta
    blocked: timedelta

    @property
    def worked(self) -> timedelta:
        """Without the time in which it was blocked."""
        return self.total - self.blocked


def cycle_time(
    begun: datetime, ended: datetime, spells: Iterable[BlockSpell], calendar: WorkCalendar
) -> CycleTime:
    """What passed from ``begun`` to ``ended``, both counted in office hours.

    Spells that overlap count once, one that is open up to ``ended``.
    """
    spans = _clipped(((one.started, one.ended or ended) for one in spells), begun, ended)
    blocked = sum((elapsed(*span, Pace.WORKHOURS, calendar) for span in spans), NO_TIME)
    return CycleTime(total=elapsed(begun, ended, Pace.WORKHOURS, calendar), blocked=blocked)


def _clipped(
    spans: Iterable[tuple[datetime, datetime]], begun: datetime, ended: datetime
) -> Sequence[tuple[datetime, datetime]]:
    """The parts of ``spans`` that lie between both, in order, without overlap."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        first = max(start, begun, found[-1][1] if found else begun)
        last = min(end, ended)
        if first < last:
            found.append((first, last))
    return found
