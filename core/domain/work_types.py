"""The six work types of the guides (R27) in the languages of duban.

They are data, not translations: a task keeps the word that was written.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple


class KnownType(NamedTuple):
    """One of the six, by its word in each language."""

    zh: str
    """In every store from the start."""
    en: str
    """In a store once it is used."""
    kind: str
    urgent: bool = False


SIX: Final = (
    KnownType("项目型", "Project work", "project"),
    KnownType("事务型", "Routine work", "routine"),
    KnownType("协作型", "Joint work", "collaboration"),
    KnownType("专项任务", "Special task", "project"),
    KnownType("常规任务", "Regular task", "routine"),
    KnownType("紧急任务", "Urgent task", "routine", urgent=True),
)

KNOWN: Final = {word: one for one in SIX for word in (one.zh, one.en)}
"""By word, in whatever language."""


def offered(labels: Iterable[str], language: str) -> tuple[str, ...]:
    """What is suggested in ``language``: the six in it, then the store's own words by label.

    ``labels`` are the words that the store has. A language that the six have no words in is
    answered in English.
    """
    own = sorted(one for one in set(labels) if one not in KNOWN)
    return (*(one.zh if language.startswith("zh") else one.en for one in SIX), *own)
