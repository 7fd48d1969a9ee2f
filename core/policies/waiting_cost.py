"""What waiting costs: why one item stands before another in the list for leads (R74, R84, R88).

The cost is told in working hours, so that its parts can be added and said in words::

    (waited + late + 8 a task that needs it + 4 a person kept waiting + 40 a level) x weight

``waited`` are the office hours since the cause began, ``late`` those since the limit passed, so
that an hour late costs two. The weight is 2 for urgent work, else 1.5, 1 or 0.5 by priority.
Nothing that gets worse ever costs less; each part has a most, so that one old item of no
consequence does not stand above everything for ever.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.status import Priority
from core.policies.calendar import end_of_span
from core.policies.clocks import local_day
from core.policies.wall_time import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.policies.calendar import WorkCalendar

MOST_HOURS: Final = 480.0
"""Sixty days of eight hours: what has waited longer costs no more."""
A_TASK: Final = 8
"""Working hours that each task counts for which cannot go on without this one: a day."""
MOST_TASKS: Final = 20
A_PERSON: Final = 4
"""Working hours for each person who is kept waiting."""
MOST_PEOPLE: Final = 10
A_LEVEL: Final = 40
"""Working hours for each level of escalation: a week."""
URGENT_WEIGHT: Final = 2.0
WEIGHTS: Final = {Priority.HIGH: 1.5, Priority.MEDIUM: 1.0, Priority.LOW: 0.5}

_HOUR = timedelta(hours=1)
_LONGEST_WALK = 400
"""Days that are looked at before an office is taken to be shut for good."""


class Waiting(NamedTuple):
    """An item, as far as its place in the list goes."""

    waited: float
    """Office hours since the cause began."""
    late: float = 0.0
    """Office hours since its limit passed; 0 before."""
    priority: Priority = Priority.MEDIUM
    urgent: bool = False
    level: int = 0
    """Of escalation: 0, 1 or 2."""
    tasks: int = 0
    """How many open tasks need it, those that need these included."""
    people: int = 0
    """How many people are kept waiting: who owns those tasks, and who asked."""


class Part(StrEnum):
    """What a cost is made of."""

    LATE = "late"
    WAITED = "waited"
    TASKS = "tasks"
    PEOPLE = "people"
    LEVEL = "level"


class Cost(NamedTuple):
    """What an item costs while nobody decides; ``hours`` orders the list."""

    hours: float
    """Working hours, weighted."""
    weight: float
    parts: tuple[tuple[Part, float], ...]
    """The working hours of each part that counts, before the weight; most first."""


def weight_of(priority: Priority, *, urgent: bool) -> float:
    """How much an hour of it counts."""
    return URGENT_WEIGHT if urgent else WEIGHTS[priority]


def hours_of(item: Waiting) -> float:
    """Its cost alone, for thousands of items."""
    counted = min(item.waited, MOST_HOURS) + min(item.late, MOST_HOURS) + A_LEVEL * item.level
    if item.tasks or item.people:
        counted += A_TASK * min(item.tasks, MOST_TASKS) + A_PERSON * min(item.people, MOST_PEOPLE)
    return counted * weight_of(item.priority, urgent=item.urgent)


def cost_of(item: Waiting) -> Cost:
    """Its cost with what it is made of."""
    amounts = {
        Part.LATE: min(item.late, MOST_HOURS),
        Part.WAITED: min(item.waited, MOST_HOURS),
        Part.TASKS: float(A_TASK * min(item.tasks, MOST_TASKS)),
        Part.PEOPLE: float(A_PERSON * min(item.people, MOST_PEOPLE)),
        Part.LEVEL: float(A_LEVEL * item.level),
    }
    parts = sorted(amounts.items(), key=lambda part: -part[1])
    return Cost(
        hours=hours_of(item),
        weight=weight_of(item.priority, urgent=item.urgent),
        parts=tuple((part, hours) for part, hours in parts if hours > 0),
    )


class _Span(NamedTuple):
    """A time of work."""

    begins: datetime
    ends: datetime
    after: float
    """Hours of work after its end."""


class OfficeClock:
    """Office hours from any instant to one moment: asked for thousands of instants at once.

    Says the same as ``clocks.elapsed`` at the pace ``workhours``, up to ``most``.
    """

    def __init__(self, now: datetime, calendar: WorkCalendar, *, most: float = MOST_HOURS) -> None:
        self.now = now.astimezone(UTC)
        self.most = most
        spans = list(_spans_back(self.now, calendar, most=most))
        spans.reverse()
        self._starts = [one.begins.timestamp() for one in spans]
        self._spans = [(one.ends.timestamp(), one.after) for one in spans]

    def hours(self, since: datetime | None) -> float:
        """Office hours from ``since``; 0 for what is still to come, and for None."""
        if since is None or since >= self.now:
            return 0.0
        moment = since.timestamp()
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return self._before
        ends, after = self._spans[place]
        return min(after + max(ends - moment, 0.0) / 3600, self.most)

    @property
    def _before(self) -> float:
        """From any time before the first span that was looked at."""
        if not self._starts:
            return 0.0
        ends, after = self._spans[0]
        return min(after + (ends - self._starts[0]) / 3600, self.most)


def _spans_back(now: datetime, calendar: WorkCalendar, *, most: float) -> Iterator[_Span]:
    """The times of work before ``now``, newest first, until they are ``most`` hours together."""
    day, after = local_day(now, calendar), 0.0
    for _ in range(_LONGEST_WALK):
        for opens, closes in reversed(calendar.office_on(day)):
            begins = calendar.instant(day, opens)
            ends = min(instant_of(end_of_span(day, closes), calendar.zone), now)
            if begins < ends:
                yield _Span(begins, ends, after)
                after += (ends - begins) / _HOUR
        if after >= most:
            return
        day -= timedelta(days=1)
