"""A hit as the list of hits shows it: two rows, the hits in bold."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textual.content import Content

from core.domain.text import visible
from core.queries.searching import Hit
from core.queries.words import Place
from tui.cells import ELLIPSIS, fit, measure
from tui.durations import lasted
from tui.found_words import MARKS, ended_word, kind_word
from tui.words import Words

_KEY = 12
"""Cells that a key takes at least, so that titles stand under each other."""


def hit_lines(words: Words, hit: Hit, *, now: datetime, width: int) -> Content:
    """Kind, key, title and age; below, who wrote it, and the snippet."""
    mark, color = MARKS[hit.kind]
    kinds = max(measure(kind_word(words, kind)) for kind in MARKS)
    head = Content.styled(f"{mark} {fit(kind_word(words, hit.kind), kinds)}  ", f"${color}")
    key = hit.key or hit.project_key
    named = Content.styled(f"{fit(key, max(_KEY, min(measure(key), width // 4)))} ", "$duban-muted")
    told = filter(None, (ended_word(words, hit), _age(words, hit, now)))
    tail = Content.styled(f"  {visible(' · '.join(told))}", "$duban-muted")
    room = max(width - head.cell_length - named.cell_length - tail.cell_length, 1)
    first = head + named + marked(hit.title, hit.title_places, room) + tail
    indent = " " * head.cell_length
    person = f"{visible(hit.person)}  " if hit.person else ""
    below = Content.styled(indent + person, "$duban-muted")
    second = below + marked(hit.snippet, hit.places, max(width - below.cell_length, 1))
    return first + Content("\n") + second


def _age(words: Words, hit: Hit, now: datetime) -> str:
    age = lasted(hit.when, now=now, zone=ZoneInfo(hit.time_zone))
    if age.days:
        return words("{count}d", count=age.days)
    return words("{count}h", count=age // timedelta(hours=1))


def marked(text: str, places: Sequence[Place], width: int) -> Content:
    """``text`` in exactly ``width`` cells, ``places`` in bold; what is drawn never acts."""
    made, used = Content(""), 0
    for piece, is_hit in _pieces(text, places):
        shown = visible(piece)
        cells = measure(shown)
        if used + cells > width:
            rest = width - used
            shown = fit(shown, rest) if rest > 1 else ELLIPSIS[:rest]
            cells = measure(shown)
        made += Content.styled(shown, "bold $duban-key") if is_hit else Content(shown)
        used += cells
        if used >= width:
            break
    return made + Content(" " * (width - used))


def _pieces(text: str, places: Sequence[Place]) -> Iterable[tuple[str, bool]]:
    at = 0
    for start, length in places:
        if start > at:
            yield text[at:start], False
        yield text[start : start + length], True
        at = start + length
    if at < len(text):
        yield text[at:], False
