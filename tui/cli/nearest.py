"""A name that is not known: which one may have been meant, else some that there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from core.domain.refusals import NotFound
from tui.closeness import closest
from tui.words import Words

if TYPE_CHECKING:
    from core.domain.people import Person

KNOWN: Final = 8
"""Most names that are told where one is not known."""


def some(known: Sequence[str]) -> str:
    """The first of ``known``, and whether there are more."""
    return ", ".join(known[:KNOWN]) + (", …" if len(known) > KNOWN else "")


_BEGUN: Final = 3
"""From so many letters on, the beginning of a name means it."""


def near(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """Those of ``known`` that ``word`` is close to, else those that it begins."""
    begun = [one for one in known if one.casefold().startswith(word.casefold())]
    return closest(word, known) or tuple(begun[:KNOWN] if len(word) >= _BEGUN else ())


def found_nothing(refusal: NotFound, known: Sequence[str]) -> NotFound:
    """The same refusal with those of ``known`` that are close, else with the first of them."""
    what, text = str(refusal.facts["what"]), str(refusal.facts["text"])
    return NotFound(what, text, near=closest(text, known) or tuple(known[:KNOWN]))


def no_such_person(refusal: NotFound, people: "Sequence[Person]") -> NotFound:
    """The same of a person, who goes by handle and by name."""
    return found_nothing(refusal, [*(one.handle for one in people), *(one.name for one in people)])


def no_such(words: Words, word: str, *, known: Sequence[str]) -> str:
    """That ``word`` is no command, and which was meant, else some that there are."""
    if meant := near(word, known):
        told = ", ".join(meant)
        return words("“{word}” is no command. Did you mean: {known}?", word=word, known=told)
    if len(known) > KNOWN:
        return words("“{word}” is no command. Known: {known}", word=word, known=some(known))
    return words("“{word}” is no command. Known: {known}.", word=word, known=some(known))
