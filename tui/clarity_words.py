"""How clear a task is, in words (R36, R132)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui.terms import field_word, state_word
from tui.words import N_, Words

if TYPE_CHECKING:
    from core.queries.similar import Similar

GAPS: Final[Mapping[str, str]] = {
    "title": N_("a concrete title"),
    "outcome": N_("expected outcome"),
    "form": N_("criterion on the form"),
    "scope": N_("criterion on the scope"),
    "quality": N_("criterion on quality"),
    "due": N_("due date"),
    "value": N_("why it matters"),
    "owner": N_("one owner"),
}
"""By core.policies.clarity.Gap; a test holds them against it."""


def listed(words: Words, missing: Iterable[str]) -> str:
    """What is missing, one after the other; gaps, or fields by their names."""
    separator = "、" if words.language == "zh_CN" else ", "
    return separator.join(
        words(GAPS[one]) if one in GAPS else field_word(words, one) for one in missing
    )


def meter(words: Words, missing: Iterable[str]) -> str:
    """How much of what makes a task clear there is, and what is missing."""
    gaps = tuple(missing)
    return _meter(words, gaps, named=len(gaps))


def meter_within(words: Words, missing: Iterable[str], width: int) -> str:
    """``meter`` in a line of ``width`` cells: as many gaps as fit by name, the others counted."""
    from tui.cells import measure

    gaps = tuple(missing)
    forms = (_meter(words, gaps, named=named) for named in range(len(gaps), -1, -1))
    return next((said for said in forms if measure(said) <= width), meter(words, gaps))


def _meter(words: Words, gaps: Sequence[str], *, named: int) -> str:
    facts = {"count": len(GAPS) - len(gaps), "total": len(GAPS)}
    if not named:
        return words("clear: {count} of {total}", **facts)
    rest = f" +{len(gaps) - named}" if named < len(gaps) else ""
    return words(
        "clear: {count} of {total} · missing: {missing}",
        **facts,
        missing=listed(words, gaps[:named]) + rest,
    )


def similar_words(words: Words, one: "Similar") -> str:
    """A similar task with its state and owner, or a lesson with its day."""
    if one.state is None:
        day = one.day.isoformat() if one.day else ""
        said = words("lesson of {day}: {title}", day=day, title=one.title)
        return " · ".join(filter(None, (f"{one.key} {said}", one.owner)))
    owner = one.owner or words("nobody")
    return f"{one.key} {one.title} · {state_word(words, one.state)} · {owner}"
