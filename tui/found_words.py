"""How hits are called and marked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from core.domain.searching import FoundKind
from core.domain.status import State
from core.queries.searching import Hit
from tui.terms import state_word
from tui.words import N_, Words

KINDS: Final[Mapping[FoundKind, str]] = {
    FoundKind.TASK: N_("Task"),
    FoundKind.UPDATE: N_("Update"),
    FoundKind.ISSUE: N_("Issue"),
    FoundKind.SYNC: N_("Sync log"),
    FoundKind.MEETING: N_("Minutes"),
}
MARKS: Final[Mapping[FoundKind, tuple[str, str]]] = {
    FoundKind.TASK: ("#", "duban-key"),
    FoundKind.UPDATE: (">", "duban-ok"),
    FoundKind.ISSUE: ("!", "duban-danger"),
    FoundKind.SYNC: ("=", "duban-review"),
    FoundKind.MEETING: ("*", "duban-soon"),
}
"""One cell, and its color."""


def kind_word(words: Words, kind: FoundKind) -> str:
    """What a hit is."""
    return words(KINDS[kind])


def ended_word(words: Words, hit: Hit) -> str:
    """That its task is archived or cancelled; empty if it is neither."""
    return state_word(words, hit.state or State.TODO) if hit.ended else ""


def day_word(hit: Hit, now: datetime) -> str:
    """The day in its project's time zone, with the year where it is another one."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(hit.time_zone)
    local = hit.when.astimezone(zone)
    return f"{local:%m-%d}" if local.year == now.astimezone(zone).year else f"{local:%Y-%m-%d}"
