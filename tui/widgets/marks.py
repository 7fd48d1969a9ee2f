"""What a card says beside its title: marks and short words, each with its color.

No mark has an ambiguous width, so that columns stand straight in every terminal; what matters is
said by a mark or a word, and by a color only beside it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from core.domain.status import Light, Priority, State
from core.queries.board import CardRow
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
        found.append(_blocked(look, look.now - row.blocked_since))
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
        age = _overdue_age(words, row.due, days, look.now)
        short = words("late {age}", age=age)
        return Piece("duban-overdue", (long, short))
    return Piece("duban-soon" if days <= 1 else "duban-muted", (long,))


def late(row: CardRow, look: Look) -> Piece | None:
    """Its due on a compact card, where only what presses is said."""
    if (piece := due(row, look)) is None or piece.color == "duban-muted" or row.due is None:
        return None
    if row.due >= look.now:
        return piece
    days = (row.due.astimezone(look.zone).date() - look.now.astimezone(look.zone).date()).days
    age = _overdue_age(look.words, row.due, days, look.now)
    return Piece(piece.color, (*piece.forms, f"-{age}"))


def _overdue_age(words: Words, due: datetime, days: int, now: datetime) -> str:
    """As ``due_words`` counts: in days of the calendar, within a day in hours."""
    return words("{count}d", count=-days) if days else _short_age(words, max(now - due, _HOUR))
