"""The last line of defence: no raw control leaves for the terminal, whoever drew it.

Widgets draw what ``core.domain.text.visible`` returns, which shows more; this only makes sure
that one forgotten call cannot hand the member's terminal to the writer of a title.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from core.domain.text import is_hidden, visible

REPLACEMENT: Final = "\ufffd"
"""Drawn in place of a character that no terminal may be sent."""

_EMOJI_SELECTOR: Final = "\ufe0f"


class NoRawControls(LineFilter):
    """Replaces every hidden character and drops every hyperlink, keeping the width of each cell.

    Textual's own control segments pass: they carry no text of people.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same list when nothing had to be replaced, as is nearly always so."""
        if all(map(_is_safe, segments)):
            return segments
        return [segment if _is_safe(segment) else _made_safe(segment) for segment in segments]


_FILTER: Final = NoRawControls()  # one object, since Textual caches lines by filter


def with_last_line(filters: Sequence[LineFilter]) -> tuple[LineFilter, ...]:
    """``filters`` and, after them, ours; for the app's ``get_line_filters``."""
    return (*filters, _FILTER)


def _is_safe(segment: Segment) -> bool:
    if segment.control:
        return True
    if segment.style is not None and segment.style.link:
        return False
    return _is_plain(segment.text)


@lru_cache(maxsize=8192)
def _is_plain(text: str) -> bool:
    if visible(text) == text:
        return True
    return _EMOJI_SELECTOR not in text and not any(map(is_hidden, text))


def _made_safe(segment: Segment) -> Segment:
    style = segment.style.update_link(None) if segment.style is not None else None
    text = segment.text.replace(_EMOJI_SELECTOR, "")
    shown = "".join(REPLACEMENT if is_hidden(character) else character for character in text)
    return Segment(set_cell_size(shown, cell_len(segment.text)), style, None)
