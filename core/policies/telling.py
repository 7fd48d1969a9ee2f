"""Which alerts a tick raises, and whom an alert names; who is told stands in the table of rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from core.domain.ids import PersonId
from core.domain.timers import TimerRule
from core.policies.rules import RULES
from core.policies.timer_causes import CAUSES, When


class Parties(NamedTuple):
    """Those whom one alert names, as far as it does; the others follow from its project."""

    owner: PersonId | None = None
    acceptor: PersonId | None = None
    awaited: PersonId | None = None
    person: PersonId | None = None
    """Whom its limit names."""
    assigner: PersonId | None = None
    """Who gave the task to its owner, where that is not taken on."""


TOLD: Final = frozenset(rule.id for rule in RULES if rule.tells)
"""The rules that somebody is told of; the others are only shown."""


def _by_timer(when: When) -> Mapping[TimerRule, str]:
    """The rule that a timer in this part of its life raises; worst first."""
    found = {
        cause.timer: rule.id
        for rule in reversed(RULES)
        if rule.id in TOLD
        for cause in CAUSES.get(rule.id, ())[:1]
        if cause.when is when
    }
    return MappingProxyType(dict(reversed(found.items())))


PASSED: Final = _by_timer(When.LATE)
"""The alert that a limit raises once it has run out, by the limit."""
RUNNING: Final = _by_timer(When.RUNNING)
"""The alert that it raises as soon as it runs."""
