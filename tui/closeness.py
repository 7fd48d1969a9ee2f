"""Which known name a mistyped one may have been meant to be: only what is close is offered."""

from collections.abc import Iterable
from typing import Final

from core.domain.refusals import NotFound
from tui.words import Words

MOST: Final = 3
"""Most names that are offered."""
_SLIPS: Final = 2
_SIGNS_A_SLIP: Final = 3
"""How many signs a name has at least for each slip: no two-letter name is like another."""
_LONGEST: Final = 100


def closest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of ``known`` that are one slip away from ``word``; where none is, those that are two.

    A slip is a sign too many, too few, another one, or two that changed places.
    """
    wanted = word.casefold()
    found = []
    for one in dict.fromkeys(known):
        name = one.casefold()
        allowed = min(_SLIPS, max(len(wanted), len(name)) // _SIGNS_A_SLIP)
        if len(name) <= _LONGEST and abs(len(name) - len(wanted)) <= allowed:
            slips = _slips(wanted, name)
            if slips <= allowed:
                found.append((slips, one))
    fewest = min(found, default=(0, ""))[0]
    return tuple(one for slips, one in found if slips == fewest)[:MOST]


_LISTED: Final = frozenset({"person", "project", "department"})
"""What there are so few of that some are named where none is close."""
_MANY: Final = 7


def with_names(words: Words, sentence: str, refusal: NotFound) -> str:
    """The sentence, and what was meant perhaps, else some that there are."""
    near = refusal.facts["near"]
    known = near if isinstance(near, tuple) else ()
    between = "、" if words.language == "zh_CN" else ", "
    if meant := closest(str(refusal.facts["text"]), known):
        return words("{sentence} Did you mean {near}?", sentence=sentence, near=between.join(meant))
    if not known or refusal.facts["what"] not in _LISTED:
        return sentence
    if len(known) > _MANY:
        some = between.join((*known[:_MANY], "…"))
        return words("{sentence} Known: {known}", sentence=sentence, known=some)
    return words("{sentence} Known: {known}.", sentence=sentence, known=between.join(known))


def _slips(one: str, other: str) -> int:
    """The distance of two words, neighbours that changed places counting once."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        line = [row]
        for place, wanted in enumerate(other, 1):
            step = min(last[place] + 1, line[-1] + 1, last[place - 1] + (sign != wanted))
            crossed = row > 1 and place > 1 and sign == other[place - 2] and wanted == one[row - 2]
            line.append(min(step, before[place - 2] + 1) if crossed else step)
        before, last = last, line
    return last[-1]
