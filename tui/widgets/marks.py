"""What a card says beside its title: marks and short words, each with its color.

No mark has an ambiguous width, so that columns stand straight in every terminal; what matters is
said by a mark or a word, and by a color only beside it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from core.domain.status import OPEN_STATES, Light, Priority, State
from core.queries.board import CardRow
from tui.durations import lasted
from tui.theming import Theme
from tui.words import Words, age_words, due_words

LIGHTS: Final = {Light.RED: ("!", "duban-danger"), Light.YELLOW: ("~", "duban-warning")}
"""Mark and color of a light; green needs none."""

_PRIORITIES: Final = {
    Priority.HIGH: ("▴", "duban-priority-high"),
    Priority.LOW: ("▾", "duban-priority-low"),
}
_ROOMY: Final = 26  # cells from which there is room for a bar
_BAR: Final = 5
_HOUR: Final = timedelta(hours=1)


class Look(NamedTuple):
    """Everything that drawing a card needs beside the card."""

    theme: Theme
    words: Words
    zone: tzinfo
    """Where days begin and end."""
    now: datetime
    """UTC."""
    closing: time
    """When the working day ends; a due at that hour is shown as a day."""
    light: Callable[[CardRow], Light | None]
    """The light on a card at ``now``."""
    compact: bool = False
    """Whether a card has one line."""


class Piece(NamedTuple):
    """Text in one color of the theme, in its forms from the longest to the shortest."""

    color: str
    forms: tuple[str, ...]

    def form(self, shortened: int) -> str:
        """The text, ``shortened`` so many times, as far as it can be."""
        return self.forms[min(shortened, len(self.forms) - 1)]


def light_mark(row: CardRow, look: Look) -> tuple[str, str]:
    """The mark of the card's light, one cell, and its color; neither for a green one."""
    return LIGHTS.get(look.light(row) or Light.GREEN, (" ", ""))


def marks(row: CardRow, look: Look) -> tuple[Piece, ...]:
    """What stands beside the key, the most important first."""
    found = []
    if row.blocked_since is not None:
        found.append(_blocked(look, lasted(row.blocked_since, now=look.now, zone=look.zone)))
    found += _unsettled(row, look)
    if row.urgent:
        found.append(Piece("duban-danger", (look.words("urgent"), "!!")))
    if row.priority in _PRIORITIES:
        mark, color = _PRIORITIES[row.priority]
        found.append(Piece(color, (mark,)))
    if row.slips:
        found.append(Piece("duban-muted", (f"↻{row.slips}",)))
    if row.subtasks:
        found.append(Piece("duban-muted", (f"[{row.subtasks_done}/{row.subtasks}]",)))
    return tuple(found)


def _unsettled(row: CardRow, look: Look) -> list[Piece]:
    """What somebody still has to do before the work goes its way."""
    found = []
    if row.findings:
        found.append(Piece("duban-warning", (f"↶ {look.words('sent back')}", "↶")))
    if row.not_ready:
        found.append(Piece("duban-muted", (f"◌ {look.words('not yet ready')}", "◌")))
    if row.untaken and row.state in OPEN_STATES:
        found.append(Piece("duban-warning", ("? " + look.words("not taken on"), "?")))
    return found


def _blocked(look: Look, age: timedelta) -> Piece:
    word, short = look.words("blocked"), _short_age(look.words, age)
    long = f"⊘ {word} {age_words(look.words, age)}"
    return Piece("duban-blocked", (long, f"⊘ {word} {short}", f"⊘{short}"))


def _short_age(words: Words, age: timedelta) -> str:
    if days := age // timedelta(days=1):
        return words("{count}d", count=days)
    return words("{count}h", count=max(0, age // timedelta(hours=1)))


def progress(row: CardRow, width: int) -> Piece | None:
    """How far the work is, once it is begun and until it is done."""
    if not row.progress or row.state is State.DONE:
        return None
    percent = f"{row.progress}%"
    if width < _ROOMY:
        return Piece("duban-muted", (percent,))
    filled = min(_BAR, max(1, row.progress * _BAR // 100))
    return Piece("duban-muted", (f"{'▰' * filled}{'▱' * (_BAR - filled)} {percent}", percent))


def due(row: CardRow, look: Look) -> Piece | None:
    """How far off its due is; nothing once it is done, or where nothing is due."""
    if row.due is None or row.state is State.DONE:
        return None
    words = look.words
    long = due_words(words, row.due, now=look.now, zone=look.zone, closing=look.closing)
    days = (row.due.astimezone(look.zone).date() - look.now.astimezone(look.zone).date()).days
    if row.due < look.now:
        age = _overdue_age(row.due, look)
        short = words("late {age}", age=age)
        return Piece("duban-overdue", (long, short))
    return Piece("duban-soon" if days <= 1 else "duban-muted", (long,))


def late(row: CardRow, look: Look) -> Piece | None:
    """Its due on a compact card, where only what presses is said."""
    if (piece := due(row, look)) is None or piece.color == "duban-muted" or row.due is None:
        return None
    if row.due >= look.now:
        return piece
    return Piece(piece.color, (*piece.forms, f"-{_overdue_age(row.due, look)}"))


def _overdue_age(due: datetime, look: Look) -> str:
    """An hour at least."""
    return _short_age(look.words, max(lasted(due, now=look.now, zone=look.zone), _HOUR))
