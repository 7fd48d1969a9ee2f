"""Labels and tags: a few are priorities or work types here, the others are kept in the note."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from core.exchange.reading.words import WORK_TYPES, read_priority

_NOISE: Final = re.compile(r"\b(?:priority|prio)\b|[\W_]+")
_SHORTEST: Final = 2
"""A label of one letter, or a number, means anything; 高, 中, 低 do not."""

Doubted = Callable[[str, str, str], None]
"""Takes a code, the label, and how it was read."""


def read_labels(labels: Iterable[str], *, doubted: Doubted) -> dict[str, Any]:
    """Priority, urgency and type, so far as ``labels`` tell them; the others under ``rest``."""
    facts: dict[str, Any] = {}
    rest: list[str] = []
    for label in dict.fromkeys(labels):
        if label in WORK_TYPES and "type" not in facts:
            facts["type"] = label
            doubted("label-as-type", label, label)
        elif not _take_priority(label, facts, doubted):
            rest.append(label)
    return {**facts, "rest": tuple(rest)}


def _take_priority(label: str, facts: dict[str, Any], doubted: Doubted) -> bool:
    word = " ".join(_NOISE.sub(" ", label.casefold()).split())
    if not word or (word.isascii() and (len(word) < _SHORTEST or word == "normal")):
        return False
    reading = read_priority(word)
    if reading.doubts:
        return False
    if "priority" in facts:
        doubted("several-priorities", label, facts["priority"])
        return False
    facts |= {"priority": reading.value.priority, "urgent": reading.value.urgent}
    doubted("label-as-priority", label, reading.value.priority)
    return True
