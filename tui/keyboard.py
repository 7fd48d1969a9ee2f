"""What an action is, where it is possible, and how keys are written."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from tui.words import N_


class Scope(StrEnum):
    """Where an action is possible; the same key means the same thing in each."""

    ANY = "any"
    BOARD = "board"
    DETAIL = "detail"
    SYNC = "sync"
    REVIEW = "review"
    ISSUES = "issues"
    TRIAGE = "triage"
    TEAMUP = "teamup"
    RACI = "raci"
    HISTORY = "history"
    ALERTS = "alerts"
    """The alert pane, while the keys go to it."""


class Group(StrEnum):
    """Under which heading the help shows an action."""

    MOVE_ABOUT = "move-about"
    CARD = "card"
    TROUBLE = "trouble"
    VIEW = "view"
    GO = "go"


GROUPS: Final = {
    Group.CARD: N_("The chosen task"),
    Group.TROUBLE: N_("When it does not go as planned"),
    Group.VIEW: N_("What is shown"),
    Group.GO: N_("Screens and the program"),
    Group.MOVE_ABOUT: N_("Moving about"),
}
"""The headings, in the order of the help."""


class Action(NamedTuple):
    """One thing a key can do."""

    id: str
    keys: tuple[str, ...]
    """Textual's names or single characters; the first one is shown."""
    label: str
    """One or two words for the footer; an English sentence of the catalogue, as is ``help``."""
    help: str
    group: Group
    scopes: frozenset[Scope]
    apart: tuple[tuple[frozenset[Scope], str], ...] = ()
    """On which of its screens it does something else, and ``help`` for those."""

    def helps(self) -> Iterator[tuple[frozenset[Scope], str]]:
        """What it does, and on which screens, as the help and the key sheets list it."""
        others = frozenset[Scope]().union(*(scopes for scopes, _ in self.apart))
        yield self.scopes - others, self.help
        yield from self.apart


def rows(
    group: Group,
    scopes: frozenset[Scope],
    *rows: tuple[str, str, str, str],
    apart: tuple[tuple[frozenset[Scope], str], ...] = (),
) -> Iterator[Action]:
    """Actions of one group and scope: id, keys, label, help; ``apart`` is as in an action."""
    for name, keys, label, said in rows:
        pressed = tuple(keys.split())
        yield Action(name, pressed, label, said, group, scopes, apart)


@cache
def with_twins(keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` and, after them, what a Chinese input method sends in their place."""
    twins = [chr(ord(key) + 0xFEE0) for key in keys if len(key) == 1 and "!" <= key <= "~"]
    return (*keys, *twins)


def named(key: str) -> str:
    """A key as Textual names it in a binding."""
    return {",": "comma", "，": "fullwidth_comma"}.get(key, key)


_SHOWN: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "⏎",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "delete": "del",
}


def shown(key: str) -> str:
    """A key as the footer, the help and the key sheets write it."""
    return "+".join(_SHOWN.get(part, part) for part in key.split("+"))


def shown_keys(keys: Iterable[str]) -> str:
    """Several keys, without the twins that go without saying."""
    return " ".join(shown(key) for key in keys if len(key) > 1 or key.isascii())
