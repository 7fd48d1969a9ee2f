"""One card, drawn into strips of an exact width.

A card has four lines: key and marks, the title on two lines, owner and due; or, compact, one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.domain.status import State
from core.queries.board import CardRow
from tui.cells import ELLIPSIS, fit, measure, wrap
from tui.theming import Theme, paint
from tui.widgets.marks import Look, Piece, due, late, light_mark, marks, progress

LINES: Final = 4
"""Lines of a card that is not compact."""

_OWNER: Final = 8  # cells of an owner's name on a compact card
_TITLE: Final = 12  # cells that a compact card keeps for its title
_FORMS: Final = 3
_AMISS: Final = frozenset({"duban-danger", "duban-warning", "duban-overdue", "duban-blocked"})

Text = tuple[str, str]
"""Text and the name of its color."""


class Pen(NamedTuple):
    """How one card is told from the others."""

    look: Look
    chosen: bool
    focused: bool
    """Whether keys go to the board; it shows on a chosen card only."""


def strips(row: CardRow, pen: Pen, width: int) -> tuple[Strip, ...]:
    """The card's lines, each exactly ``width`` cells: ``LINES`` of them, or one if compact."""
    look = pen.look
    lines = _compact(row, look, width - 1) if look.compact else _full(row, look, width - 1)
    head = "surface" if look.compact else "duban-card"
    grounds = (head, *["surface"] * (LINES - 1))
    return tuple(
        _strip(
            _gutter(row, pen, line[0][1], head=place == 0), line, pen, ground
        ).adjust_cell_length(width)
        for place, (line, ground) in enumerate(zip(lines, grounds, strict=False))
    )


@lru_cache(maxsize=512)
def style(theme: Theme, color: str, ground: str) -> Style:
    """One color of the theme on another."""
    return Style.parse(paint(theme, color, on=ground) or "none")


def _lighter(segment: Segment) -> Segment:
    """The segment; if blank, without a color for text, which then need not be sent."""
    if segment.style is None or not segment.text.isspace():
        return segment
    return Segment(segment.text, _ground(segment.style))


@lru_cache(maxsize=64)
def _ground(drawn: Style) -> Style:
    return Style(bgcolor=drawn.bgcolor)


def _ink(pen: Pen, color: str, ground: str) -> Style:
    """The style of a text; on a chosen card only what is amiss has a color, to send less."""
    if not pen.chosen:
        return style(pen.look.theme, color, ground)
    if color not in _AMISS:
        color = "duban-card-selected-text"
    return style(pen.look.theme, color, "duban-card-selected")


def _gutter(row: CardRow, pen: Pen, color: str, *, head: bool) -> Text:
    """The first cell of a line: in the first the card's light; without one, of ``color``."""
    mark, lit = light_mark(row, pen.look) if head else (" ", "")
    if pen.chosen and pen.look.theme.mono and head and not lit:
        return ">", color
    return mark, lit or color


def _strip(first: Text, line: Sequence[Text], pen: Pen, ground: str) -> Strip:
    """One line; neighbours of one style become one segment, to send less."""
    theme = pen.look.theme
    if pen.chosen and not theme.mono:
        bar = style(theme, "background", "primary" if pen.focused else "duban-muted")
    else:
        bar = _ink(pen, first[1], ground)
    segments = [Segment(first[0], bar)]
    for text, color in line:
        drawn = _ink(pen, color, ground)
        if segments[-1].style == drawn:
            segments[-1] = Segment(segments[-1].text + text, drawn)
        elif text:
            segments.append(Segment(text, drawn))
    return Strip(segments if theme.mono else map(_lighter, segments))


def _full(row: CardRow, look: Look, width: int) -> tuple[Sequence[Text], ...]:
    ink = "duban-muted" if row.state is State.DONE else "foreground"
    first, second = (*wrap(row.title, width, 2), " " * width, " " * width)[:2]
    below = (second, ink)
    if row.findings:  # they matter more than the end of a long title
        said = " ".join(row.findings.split())
        first, below = fit(row.title, width), (fit(f"↶ {said}", width), "duban-warning")
    return (_head(row, look, width), ((first, ink),), (below,), _foot(row, look, width))


def _head(row: CardRow, look: Look, width: int) -> Sequence[Text]:
    """Key and marks to the left, progress to the right.

    Where all that finds no room, the marks that matter least go first, then the progress, then
    the beginning of the key: that a task is blocked is always said.
    """
    found, key = marks(row, look), fit(row.key, measure(row.key))
    must = int(row.blocked_since is not None)
    for done in (progress(row, width), None):
        for kept in range(len(found), must - 1, -1):
            for shortened in range(_FORMS):
                left = [(key, "duban-muted")]
                left += [(piece.form(shortened), piece.color) for piece in found[:kept]]
                right = done.form(shortened) if done else ""
                free = width - sum(measure(text) + 1 for text, _ in left) + 1 - measure(right)
                if free >= bool(right):
                    return _spread(left, (right, "duban-muted"), free, look)
    texts = [(piece.form(_FORMS), piece.color) for piece in found[:must]]
    room = width - sum(measure(text) + 1 for text, _ in texts)
    return _spread([(_tail(row.key, room), "duban-muted"), *texts], ("", "duban-muted"), 0, look)


def _spread(left: Sequence[Text], right: Text, free: int, look: Look) -> Sequence[Text]:
    """Texts with a cell between them, what is free, and the text at the right."""
    line: list[Text] = [left[0]]
    for text in left[1:]:
        line += [(" ", "duban-muted"), text]
    # Without colors a rule tells where a card begins.
    filling = " " + "-" * (free - 2) + " " if look.theme.mono and free > 2 else " " * free
    return (*line, (filling, "duban-muted"), right)


def _tail(key: str, width: int) -> str:
    """The end of a key that is too long, since that tells it from others."""
    shown = fit(key, measure(key))
    while shown and measure(shown) > width - 1:
        shown = shown[1:]
    return fit(ELLIPSIS + shown, width)


def _foot(row: CardRow, look: Look, width: int) -> Sequence[Text]:
    """Owner to the left, due to the right; the owner is cut first."""
    owner = row.owner_name or look.words("no owner")
    piece = due(row, look) or Piece("duban-muted", ("",))
    text = piece.form(0 if measure(owner) + 1 + measure(piece.form(0)) <= width else 1)
    text = fit(text, min(measure(text), width))
    left = width - measure(text)
    return ((fit(owner, max(0, left - 1)) + " " * min(1, left), "duban-muted"), (text, piece.color))


def _compact(row: CardRow, look: Look, width: int) -> tuple[Sequence[Text], ...]:
    """Key, the mark that matters most, title, and the due if it presses."""
    key = fit(row.key, measure(row.key))
    left: list[Text] = [
        (key if measure(key) <= width // 2 else _tail(key, width // 2), "duban-muted")
    ]
    left += [(piece.form(_FORMS), piece.color) for piece in marks(row, look)[:1]]
    line: list[Text] = []
    for text, color in left:
        line += [(text, color), (" ", "duban-muted")]
    room = width - sum(measure(text) for text, _ in line)
    right = _compact_right(row, look, room - _TITLE)
    room -= sum(measure(text) for text, _ in right)
    ink = "duban-muted" if row.state is State.DONE else "foreground"
    return ([*line, (fit(row.title, room), ink), *right],)


def _compact_right(row: CardRow, look: Look, room: int) -> Sequence[Text]:
    """Owner and pressing due, as far as the title leaves ``room`` for them."""
    right: list[Text] = []
    if (piece := late(row, look)) is not None:
        text = next((form for form in piece.forms if measure(form) < room), piece.forms[-1])
        right = [(" ", "duban-muted"), (text, piece.color)]
        room -= measure(text) + 1
    if room > _OWNER:
        right = [(" " + fit(row.owner_name, _OWNER), "duban-muted"), *right]
    return right
