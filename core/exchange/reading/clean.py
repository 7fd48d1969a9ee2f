"""Text from cells as fields may hold it: what is refused elsewhere is dropped here and reported."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from core.domain.text import LINE_LIMIT, TEXT_LIMIT, UnsafeText, clean_line, clean_text

T = TypeVar("T")


class Reading(NamedTuple, Generic[T]):
    """A value read from a cell; parsers give one for whatever stands there and never raise."""

    value: T
    doubts: tuple[str, ...] = ()
    """Codes, most important first; none if the cell was clear."""


@lru_cache(maxsize=4096)
def line(text: str, *, limit: int = LINE_LIMIT) -> Reading[str]:
    """``text`` for a one-line field; empty if nothing of it can be seen.

    Doubts: ``raw-control-character``, ``text-cut``.
    """
    if not text or text.isspace():
        return Reading("")
    return _cleaned(clean_line, text, limit)


@lru_cache(maxsize=4096)
def lines(text: str, *, limit: int = TEXT_LIMIT) -> Reading[str]:
    """``text`` for a long field. Doubts as ``line``."""
    return _cleaned(clean_text, text, limit)


def _cleaned(clean: Callable[..., str], text: str, limit: int) -> Reading[str]:
    doubts: tuple[str, ...] = ()
    for _ in range(3):  # controls, then length: each is mended once
        try:
            found = clean(text, limit=limit)
            return Reading(text if found == text else found, doubts)  # one copy in memory is enough
        except UnsafeText as unsafe:
            if unsafe.reason == "empty":
                return Reading("", doubts)
            if unsafe.reason == "too-long":
                text = _cut(text, limit)
                doubts = (*doubts, "text-cut")
            else:
                text = "".join(c for c in text if not _is_control(c))
                doubts = (*doubts, "raw-control-character")
    return Reading("", doubts)


def _cut(text: str, limit: int) -> str:
    """So much of ``text`` that it fits in ``limit`` however it composes."""
    return unicodedata.normalize("NFC", text.replace("\ufe0f", "").strip()[:limit])[:limit]


def _is_control(character: str) -> bool:
    return character not in "\t\n\v\f\r" and unicodedata.category(character) in {"Cc", "Cs"}
