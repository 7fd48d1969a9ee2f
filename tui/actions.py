"""Every action a key can do, declared once.

Bindings, footer hints, the help screen and the key sheets in ``docs`` are made from this table.
An id is the name of the screen's method (``move-next`` is ``act_move_next``), the binding's id
and the name under ``[keys]`` in the settings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from tui.words import N_, Words

if TYPE_CHECKING:
    from textual.binding import Binding


class Scope(StrEnum):
    """Where an action is possible; the same key means the same thing in each."""

    ANY = "any"
    BOARD = "board"
    DETAIL = "detail"
    SYNC = "sync"
    REVIEW = "review"


class Group(StrEnum):
    """Under which heading the help shows an action."""

    MOVE_ABOUT = "move-about"
    CARD = "card"
    VIEW = "view"
    GO = "go"


GROUPS: Final = {
    Group.MOVE_ABOUT: N_("Moving about"),
    Group.CARD: N_("The chosen task"),
    Group.VIEW: N_("What is shown"),
    Group.GO: N_("Screens and the program"),
}
"""The headings, in the order of the help."""

ANY: Final = frozenset({Scope.ANY})
BOARD: Final = frozenset({Scope.BOARD})
DETAIL: Final = frozenset({Scope.DETAIL})
CARD: Final = frozenset({Scope.BOARD, Scope.DETAIL})
VERDICT: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.REVIEW})
PARTS: Final = frozenset({Scope.DETAIL, Scope.REVIEW})
LISTS: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.SYNC, Scope.REVIEW})
FILTERED: Final = frozenset({Scope.BOARD, Scope.SYNC})
MADE: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.SYNC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a key can do."""

    id: str
    keys: tuple[str, ...]
    """Textual's names or single characters; the first one is shown."""
    label: str
    """One or two words for the footer; an English sentence of the catalogue, as is ``help``."""
    help: str
    group: Group
    scopes: frozenset[Scope]
    hints: frozenset[Scope] = field(default_factory=frozenset)
    """The screens whose footer shows it."""


def _action(id: str, keys: str, label: str, help: str, **kept: object) -> Action:
    return Action(id=id, keys=tuple(keys.split()), label=label, help=help, **kept)  # type: ignore[arg-type]


ACTIONS: Final[tuple[Action, ...]] = (
    _action("cursor-up", "up k", N_("up"), N_("One line up"), group=Group.MOVE_ABOUT, scopes=LISTS),
    _action(
        "cursor-down",
        "down j",
        N_("down"),
        N_("One line down"),
        group=Group.MOVE_ABOUT,
        scopes=LISTS,
    ),
    _action(
        "cursor-left",
        "left h",
        N_("left"),
        N_("To the column or part on the left"),
        group=Group.MOVE_ABOUT,
        scopes=VERDICT,
    ),
    _action(
        "cursor-right",
        "right l",
        N_("right"),
        N_("To the column or part on the right"),
        group=Group.MOVE_ABOUT,
        scopes=VERDICT,
    ),
    _action(
        "page-up",
        "pageup ctrl+u",
        N_("page up"),
        N_("One page up"),
        group=Group.MOVE_ABOUT,
        scopes=LISTS,
    ),
    _action(
        "page-down",
        "pagedown ctrl+d",
        N_("page down"),
        N_("One page down"),
        group=Group.MOVE_ABOUT,
        scopes=LISTS,
    ),
    _action(
        "cursor-first",
        "home <",
        N_("first"),
        N_("To the first line"),
        group=Group.MOVE_ABOUT,
        scopes=LISTS,
    ),
    _action(
        "cursor-last",
        "end >",
        N_("last"),
        N_("To the last line"),
        group=Group.MOVE_ABOUT,
        scopes=LISTS,
    ),
    _action(
        "open",
        "enter",
        N_("open"),
        N_("Open the task"),
        group=Group.CARD,
        scopes=LISTS,
        hints=BOARD | {Scope.REVIEW},
    ),
    _action(
        "add",
        "a",
        N_("add"),
        N_("Add a task, or an entry to the list in front of you"),
        group=Group.CARD,
        scopes=MADE,
        hints=MADE,
    ),
    _action(
        "edit",
        "e",
        N_("edit"),
        N_("Edit title, owner, due and priority"),
        group=Group.CARD,
        scopes=CARD,
        hints=CARD,
    ),
    _action(
        "move-next",
        "L shift+right",
        N_("on"),
        N_("Move the task on: start it, submit it for review, accept it"),
        group=Group.CARD,
        scopes=VERDICT,
        hints=VERDICT,
    ),
    _action(
        "move-previous",
        "H shift+left",
        N_("back"),
        N_("Move the task back: withdraw it, send it back with findings, reopen it"),
        group=Group.CARD,
        scopes=VERDICT,
        hints=VERDICT,
    ),
    _action(
        "move-up",
        "K shift+up",
        N_("higher"),
        N_("Put the card higher in its column"),
        group=Group.CARD,
        scopes=BOARD,
    ),
    _action(
        "move-down",
        "J shift+down",
        N_("lower"),
        N_("Put the card lower in its column"),
        group=Group.CARD,
        scopes=BOARD,
    ),
    _action(
        "owner",
        "o",
        N_("owner"),
        N_("Choose the owner"),
        group=Group.CARD,
        scopes=CARD,
        hints=CARD,
    ),
    _action(
        "due",
        "d",
        N_("due"),
        N_("Set the due date"),
        group=Group.CARD,
        scopes=CARD,
        hints=CARD,
    ),
    _action(
        "progress",
        "p",
        N_("progress"),
        N_("Say how far the work is"),
        group=Group.CARD,
        scopes=CARD,
        hints=CARD,
    ),
    _action(
        "block",
        "b",
        N_("block"),
        N_("Block the task, with reason and for whom it waits; or unblock it"),
        group=Group.CARD,
        scopes=CARD,
        hints=CARD,
    ),
    _action(
        "close",
        "x",
        N_("archive"),
        N_("Archive a done task, or cancel an open one with the reason"),
        group=Group.CARD,
        scopes=CARD,
    ),
    _action(
        "filter",
        "/ 、",
        N_("filter"),
        N_("Filter as you type; @name finds an owner; esc clears"),
        group=Group.VIEW,
        scopes=FILTERED,
        hints=FILTERED,
    ),
    _action(
        "mine",
        "m",
        N_("mine"),
        N_("Show only my own tasks, or everybody's"),
        group=Group.VIEW,
        scopes=BOARD | {Scope.REVIEW},
        hints=BOARD,
    ),
    _action(
        "subtasks",
        "z",
        N_("subtasks"),
        N_("Show subtasks as cards, or hide them"),
        group=Group.VIEW,
        scopes=BOARD,
    ),
    _action(
        "compact",
        "c",
        N_("compact"),
        N_("One line a card, or three"),
        group=Group.VIEW,
        scopes=BOARD,
    ),
    _action(
        "alerts",
        "!",
        N_("alerts"),
        N_("Open or close the alert pane"),
        group=Group.VIEW,
        scopes=BOARD,
        hints=BOARD,
    ),
    _action(
        "part-next",
        "tab ]",
        N_("next part"),
        N_("To the next part of the screen"),
        group=Group.MOVE_ABOUT,
        scopes=PARTS,
        hints=DETAIL,
    ),
    _action(
        "part-previous",
        "shift+tab [",
        N_("previous part"),
        N_("To the previous part of the screen"),
        group=Group.MOVE_ABOUT,
        scopes=PARTS,
    ),
    _action(
        "tick",
        "space",
        N_("tick"),
        N_("Tick a criterion or a milestone, or take the tick back"),
        group=Group.CARD,
        scopes=PARTS,
        hints=PARTS,
    ),
    _action(
        "remove",
        "delete",
        N_("remove"),
        N_("Remove the chosen part of a task"),
        group=Group.CARD,
        scopes=DETAIL,
    ),
    _action("board", "1", N_("board"), N_("The board"), group=Group.GO, scopes=ANY),
    _action("sync", "2", N_("sync log"), N_("The sync log"), group=Group.GO, scopes=ANY),
    _action(
        "review",
        "3",
        N_("review"),
        N_("What waits for my acceptance"),
        group=Group.GO,
        scopes=ANY,
    ),
    _action(
        "project",
        "g",
        N_("project"),
        N_("Look at another project, or at all"),
        group=Group.GO,
        scopes=ANY,
        hints=BOARD | {Scope.SYNC},
    ),
    _action(
        "settings",
        "w",
        N_("settings"),
        N_("Who I am, language, theme"),
        group=Group.GO,
        scopes=ANY,
    ),
    _action("theme", "T", N_("theme"), N_("Dark or light, at once"), group=Group.GO, scopes=ANY),
    _action("help", "?", N_("help"), N_("All keys"), group=Group.GO, scopes=ANY, hints=LISTS),
    _action(
        "leave",
        "escape",
        N_("back to the board"),
        N_("Clear the filter, close what is open, go back"),
        group=Group.GO,
        scopes=ANY,
        hints=DETAIL | {Scope.SYNC, Scope.REVIEW},
    ),
    _action(
        "quit", "q ctrl+q", N_("quit"), N_("Leave duban"), group=Group.GO, scopes=ANY, hints=LISTS
    ),
)
"""In the order in which footer and help show them."""

BY_ID: Final = {action.id: action for action in ACTIONS}


def of_scope(scope: Scope) -> Iterator[Action]:
    """What is possible on a screen, that which is possible everywhere included."""
    return (one for one in ACTIONS if scope in one.scopes or Scope.ANY in one.scopes)


@cache
def with_twins(keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` and, after them, what a Chinese input method sends in their place."""
    twins = [chr(ord(key) + 0xFEE0) for key in keys if len(key) == 1 and "!" <= key <= "~"]
    return (*keys, *twins)


def bindings(scope: Scope) -> "list[Binding]":
    """Textual's bindings for a screen; each runs ``action_act`` with the action's id."""
    from textual.binding import Binding

    return [
        Binding(",".join(map(_named, with_twins(one.keys))), f"act('{one.id}')", id=one.id)
        for one in of_scope(scope)
    ]


def _named(key: str) -> str:
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


def label(words: Words, action: Action) -> str:
    """The words of the footer."""
    return words(action.label)
