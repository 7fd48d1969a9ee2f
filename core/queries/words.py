"""From what people type to the words that the index is asked for, and back to their places.

Everything typed is data: what reaches an engine are words of letters and digits, each quoted.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from core.domain.text import BREAK, SINGLE, fold, spaced

LONGEST: Final = 500
"""Characters of a question that are looked at; as many as a title may have."""
_MOST: Final = 40
"""How many words are looked for; a question that has more is narrowed by the first of them."""
_TYPED: Final = re.compile(r'["“”„]([^"“”„]*)["“”„]?|([^\s"“”„]+)')
_SHORTEST_BEGINNING: Final = 2
_SLOW: Final = 2_000
"""Characters of a text that are compared one by one."""


class Term(NamedTuple):
    """One word or phrase of a question."""

    tokens: tuple[str, ...]
    """As ``spaced`` parts them."""
    begins: bool
    """Whether the last one may be the beginning of a word: so of two letters on, unquoted."""

    @property
    def text(self) -> str:
        """The tokens as a line of the index has them."""
        return " ".join(self.tokens)


class Place(NamedTuple):
    """Where a hit stands in a text, in characters from 0."""

    start: int
    length: int


def terms(words: str) -> tuple[Term, ...]:
    """What must all occur; none if nothing that was typed is a word."""
    found = []
    for quoted, word in _TYPED.findall(words[:LONGEST]):
        tokens = tuple(spaced(quoted or word).strip(f"{BREAK} ").split())
        if tokens:
            last = tokens[-1]
            found.append(Term(tokens, begins=bool(word) and _may_go_on(last)))
    return tuple(dict.fromkeys(found[:_MOST]))


def _may_go_on(token: str) -> bool:
    return len(token) >= _SHORTEST_BEGINNING


def sqlite_match(asked: Sequence[Term], *, kinds: Iterable[str], project: int | None) -> str:
    """The question in FTS5's words."""
    phrases = (f'"{one.text}"{" *" if one.begins else ""}' for one in asked)
    parts = [f"text : ({' AND '.join(phrases)})"]
    if kinds := tuple(kinds):
        named = " OR ".join(f'"{kind}"' for kind in kinds)
        parts.append(f"kind : ({named})")
    if project is not None:
        parts.append(f'project_id : "{project}"')
    return " AND ".join(parts)


def postgres_match(asked: Sequence[Term]) -> str:
    """The question as a tsquery: every word, in any order; ``like`` says the rest."""
    found: dict[str, None] = {}
    for one in asked:
        *whole, last = one.tokens
        found |= dict.fromkeys(f"'{token}'" for token in whole)
        found[f"'{last}':*" if one.begins else f"'{last}'"] = None
    return " & ".join(found)


def like(term: Term) -> str:
    """The pattern of a term in a line that has a space at each end. No word holds % or _."""
    return f"% {term.text}%" if term.begins else f"% {term.text} %"


@lru_cache(maxsize=64)
def _pattern(term: Term) -> re.Pattern[str]:
    """``term`` in a text as it was written; capitals do not matter."""
    written = ""
    for place, token in enumerate(term.tokens):
        if token == BREAK:
            written += r"[\W_]+"
            continue
        before = place and term.tokens[place - 1] != BREAK
        written += (r"\s*" if before else "") + _edge(token, "<!") + re.escape(token)
    last = term.tokens[-1]
    return re.compile(written + ("" if term.begins else _edge(last, "!")), re.IGNORECASE)


def _edge(token: str, look: str) -> str:
    """Where a word of letters, or of digits, begins or ends; a CJK character is one anywhere."""
    if token[0].isdecimal():
        return rf"(?{look}\d)"
    return "" if _is_single(token) else rf"(?{look}[^\W\d_{SINGLE}])"


def _is_single(token: str) -> bool:
    return len(token) == 1 and re.match(f"[{SINGLE}]", token) is not None


def first_place(text: str, term: Term) -> Place | None:
    """Where ``term`` stands in ``text`` first; None if it does not."""
    if match := _pattern(term).search(text):
        return Place(match.start(), match.end() - match.start())
    hits = _by_character(text, term)
    return Place(hits[0][0], hits[0][1] - hits[0][0]) if hits else None


def places(text: str, asked: Iterable[Term]) -> tuple[Place, ...]:
    """Where the terms stand in ``text``; in order, not over each other."""
    found: list[Place] = []
    for term in asked:
        hits = [match.span() for match in _pattern(term).finditer(text)]
        hits = hits or _by_character(text, term)
        found += [Place(start, end - start) for start, end in hits]
    kept: list[Place] = []
    for one in sorted(found, key=lambda place: (place.start, -place.length)):
        if one.length and (not kept or one.start >= kept[-1].start + kept[-1].length):
            kept.append(one)
    return tuple(kept)


def _by_character(text: str, term: Term) -> list[tuple[int, int]]:
    """The same where letters are written in another width, such as Ｑ３."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return []
    folded, origins = [], []
    for place, sign in enumerate(text[:_SLOW]):
        for made in fold(sign) or " ":
            folded.append(made)
            origins.append(place)
    matches = _pattern(term).finditer("".join(folded))
    return [(origins[one.start()], origins[one.end() - 1] + 1) for one in matches]
