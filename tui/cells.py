"""Text cut and padded to an exact number of terminal cells.

Everything is measured as Rich measures it, after ``visible``: what comes out of here is safe to
put into a segment, and never wider or narrower than it says.
"""

from functools import lru_cache
from typing import Final, Literal

from rich.cells import cell_len, split_graphemes

from core.domain.text import visible

Align = Literal["left", "right", "center"]
"""Where the free cells go: after the text, before it, or on both sides."""

ELLIPSIS: Final = "…"

_NO_LINE_START: Final = frozenset("，。、；：？！…）》」』】〉〕”’％·,.;:?!)]}%")
_NO_LINE_END: Final = frozenset("（《「『【〈〔“‘([{#")
_POINTS_PER_CELL: Final = 4  # more than any real text needs; hostile combining marks stop here


def measure(text: str) -> int:
    """Cells that ``text`` takes when drawn."""
    return cell_len(visible(text))


def fit(text: str, width: int, *, align: Align = "left") -> str:
    """``text`` in exactly ``width`` cells, with an ellipsis where it is cut."""
    return _fit(text, width, align)


def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """``text`` in at most ``lines`` lines of exactly ``width`` cells; none for a blank text.

    Lines break at spaces, and between wide characters where Chinese typesetting allows it; a
    word longer than a line is broken anywhere. What does not fit ends in an ellipsis.
    """
    return _wrap(text, width, lines)


@lru_cache(maxsize=8192)
def _fit(text: str, width: int, align: Align) -> str:
    if width <= 0:
        return ""
    shown = _drawn(text)
    used = cell_len(shown)
    if used > width:
        shown = _head(shown, width - 1).rstrip(" ") + ELLIPSIS
        used = cell_len(shown)
    free = width - used
    before = {"left": 0, "right": free, "center": free // 2}[align]
    return " " * before + shown + " " * (free - before)


def _drawn(text: str) -> str:
    """``text`` made visible; no joiner is left at an end, to swallow whatever stands there."""
    return visible(text).strip("\u200d")


def _head(text: str, width: int) -> str:
    """The longest start of ``text`` within ``width`` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for start, _, cells in split_graphemes(text)[0]:
        used += cells
        if used > width:
            return text[:start]
    return text


@lru_cache(maxsize=4096)
def _wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    if width <= 0 or lines <= 0 or not text.strip():
        return ()
    rest = text.strip()[: width * lines * _POINTS_PER_CELL + len(ELLIPSIS)]
    shown: list[str] = []
    while rest and len(shown) < lines - 1:
        paragraph, _, below = rest.partition("\n")
        line, left = _split_line(_drawn(paragraph), width)
        shown.append(_fit(line, width, "left"))
        rest = "\n".join(filter(None, (left, below)))
    if rest:
        shown.append(_last_line(rest, width))
    return tuple(shown)


def _last_line(rest: str, width: int) -> str:
    """All that is left, in one line; an ellipsis says that more lines would follow."""
    paragraph, _, below = rest.partition("\n")
    return _fit(_drawn(paragraph) + (" " * width if below else ""), width, "left")


def _split_line(text: str, width: int) -> tuple[str, str]:
    """The first line of ``text``, and what is left for the next ones."""
    if cell_len(text) <= width:
        return text, ""
    used = best = last = 0
    previous = ""
    for start, end, cells in split_graphemes(text)[0]:
        if _may_break(previous, text[start], cells + last):
            best = start
        used += cells
        if used > width:
            cut = best or start or end
            return text[:cut].rstrip(" "), text[cut:].lstrip(" ")
        previous, last = text[end - 1], cells
    return text, ""


def _may_break(before: str, after: str, cells: int) -> bool:
    """Whether a line may end between two characters that together take ``cells``."""
    if not before or after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return " " in {before, after} or cells > 2
