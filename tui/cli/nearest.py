"""A name that is not known: which one may have been meant, else some that there are."""

from collections.abc import Sequence
from typing import Final

from tui.words import Words

KNOWN: Final = 8
"""Most names that are told where one is not known."""


def some(known: Sequence[str]) -> str:
    """The first of ``known``, and whether there are more."""
    return ", ".join(known[:KNOWN]) + (", ..." if len(known) > KNOWN else "")


def near(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Those of ``known`` that ``word`` may have been meant to be, the nearest first."""
    from difflib import get_close_matches

    spelled = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), list(spelled), n=3, cutoff=0.6)
    return tuple(spelled[one] for one in found)


def no_such(words: Words, word: str, *, known: Sequence[str]) -> str:
    """That ``word`` is no command, and which was meant, else some that there are."""
    if meant := near(word, known):
        told = ", ".join(meant)
        return words("“{word}” is no command. Did you mean: {known}?", word=word, known=told)
    return words("“{word}” is no command. Known: {known}.", word=word, known=some(known))
