"""A project's own limits, and the usual ones (requirements, section 5).

A project keeps them as texts by name (``Project.rules``): ``checkin`` (``17:00`` or
``eod-15m``), ``cadence`` (``realtime``, ``daily``, ``weekly``), ``urgent-stale`` and the names of
``LIMITS``, each hours with a pace (``24 workday``, ``2 workhours``, ``2 wall``) or only hours;
``retro`` counts working days, ``reconfirm`` days, of which 0 means never; ``clarity`` is
``advice`` or ``required``.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from core.domain.timers import TimerRule
from core.policies.clocks import Pace, deadline, due_instant, local_day
from core.policies.deadlines import RECONFIRM_DAYS, BadCheckin, Cadence, UpdateRules
from core.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.policies.calendar import WorkCalendar


class Limit(NamedTuple):
    """How long, and which hours count; urgent work counts day and night."""

    hours: int
    pace: Pace


REPORT: Final = "report"
"""A problem is reported so long after it occurred at the latest (D7)."""
LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        REPORT: Limit(2, Pace.WORKHOURS),
        TimerRule.SWARM: Limit(2, Pace.WORKHOURS),
        TimerRule.ISSUE_RESPOND: Limit(24, Pace.WORKDAY),
        TimerRule.ISSUE_RESOLVE: Limit(24, Pace.WORKDAY),
        TimerRule.ISSUE_SECOND: Limit(24, Pace.WORKDAY),
        TimerRule.COLLABORATOR: Limit(48, Pace.WORKDAY),
        TimerRule.DELIVERABLE: Limit(24, Pace.WORKDAY),
        TimerRule.EXTENSION: Limit(24, Pace.WORKDAY),
        TimerRule.QUESTION: Limit(24, Pace.WORKDAY),
        TimerRule.ACKNOWLEDGE: Limit(24, Pace.WORKDAY),
    }
)
"""The usual limits: D7-D13; the last three are ours, one working day each."""
RETRO_DAYS: Final = 3
"""Working days (D14)."""
RECONFIRM: Final = "reconfirm"
"""An owner says every so many days that a task is still theirs (R134)."""
CLARITY: Final = "clarity"
"""What a task that is not clear means as work on it begins (R36, R132)."""


class Clarity(StrEnum):
    """Whether a task must be clear before work on it begins."""

    ADVICE = "advice"
    REQUIRED = "required"


NAMES: Final = (
    *("checkin", "cadence", "urgent-stale", *LIMITS, TimerRule.RETRO.value, RECONFIRM),
    CLARITY,
)
"""What a project can set for itself."""
EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "checkin": ("17:00", "eod-15m"),
        "cadence": tuple(one.value for one in Cadence),
        "urgent-stale": ("2",),
        **{str(name): (f"{limit.hours} {limit.pace}",) for name, limit in LIMITS.items()},
        TimerRule.RETRO.value: (str(RETRO_DAYS),),
        RECONFIRM: (str(RECONFIRM_DAYS), "0"),
        CLARITY: tuple(one.value for one in Clarity),
    }
)
"""How each may be written, by name; all but the cadence begin with the usual limit."""
_LONGEST = 24 * 366


class BadRule(ValueError):
    """A rule of a project that cannot be read."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        super().__init__(name, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRules:
    """The limits that hold for one project."""

    updates: UpdateRules = field(default_factory=UpdateRules)
    cadence: Cadence | None = None
    """How often news of every task is owed; None goes by urgency and priority."""
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)
    retro_days: int = RETRO_DAYS
    reconfirm_days: int = RECONFIRM_DAYS
    """Days; 0 means that nobody is asked again."""
    clarity: Clarity = Clarity.ADVICE

    def by(
        self, name: str, start: datetime, calendar: WorkCalendar, *, urgent: bool = False
    ) -> datetime:
        """When (UTC) the limit of that name ends that began at ``start``."""
        if name == TimerRule.RETRO:
            last = calendar.add_workdays(local_day(start, calendar), self.retro_days)
            return due_instant(last, calendar)
        limit = self.limits[name]
        pace = Pace.WALL if urgent else limit.pace
        return deadline(start, timedelta(hours=limit.hours), pace, calendar)


def rules_of(rules: Mapping[str, str]) -> TeamRules:
    """A project's rules, read once. Raises ``BadRule``."""
    return _read(tuple(sorted(rules.items())))


@lru_cache(maxsize=256)
def _read(items: tuple[tuple[str, str], ...]) -> TeamRules:
    given = dict(items)
    for name, text in given.items():
        if name not in NAMES:
            raise BadRule(name, text)
    limits = {
        name: _limit(name, given[name], usual) if name in given else usual
        for name, usual in LIMITS.items()
    }
    return TeamRules(
        updates=_updates(given),
        cadence=_cadence(given.get("cadence", "")),
        limits=MappingProxyType(limits),
        retro_days=_whole(TimerRule.RETRO, given.get(TimerRule.RETRO, str(RETRO_DAYS))),
        reconfirm_days=_whole(RECONFIRM, given.get(RECONFIRM, str(RECONFIRM_DAYS)), least=0),
        clarity=_clarity(given.get(CLARITY, Clarity.ADVICE)),
    )


def _updates(given: Mapping[str, str]) -> UpdateRules:
    stale = timedelta(hours=_whole("urgent-stale", given.get("urgent-stale", "2")))
    try:
        return UpdateRules(checkin=given.get("checkin", "17:00"), urgent_stale=stale)
    except BadCheckin:
        raise BadRule("checkin", given["checkin"]) from None


def _cadence(text: str) -> Cadence | None:
    try:
        return Cadence(text) if text else None
    except ValueError:
        raise BadRule("cadence", text) from None


def _clarity(text: str) -> Clarity:
    try:
        return Clarity(text)
    except ValueError:
        raise BadRule(CLARITY, text) from None


def _limit(name: str, text: str, usual: Limit) -> Limit:
    hours, _, pace = text.strip().partition(" ")
    try:
        return Limit(_whole(name, hours), Pace(pace.strip()) if pace else usual.pace)
    except ValueError:
        raise BadRule(name, text) from None


def _whole(name: str, text: str, *, least: int = 1) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= _LONGEST):
        raise BadRule(name, text)
    return int(text)
