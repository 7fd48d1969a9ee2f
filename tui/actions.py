"""Every action a key can do, declared once.

Bindings, footer hints, the help screen and the key sheets in ``docs`` are made from this table.
An id is the name of the screen's method (``move-next`` is ``act_move_next``), the binding's id
and the name under ``[keys]`` in the settings.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.words import N_

if TYPE_CHECKING:
    from textual.binding import BindingType


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
    Group.CARD: N_("The chosen task"),
    Group.VIEW: N_("What is shown"),
    Group.GO: N_("Screens and the program"),
    Group.MOVE_ABOUT: N_("Moving about"),
}
"""The headings, in the order of the help."""

ANY: Final = frozenset({Scope.ANY})
BOARD: Final = frozenset({Scope.BOARD})
DETAIL: Final = frozenset({Scope.DETAIL})
CARD: Final = frozenset({Scope.BOARD, Scope.DETAIL})
VERDICT: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.REVIEW})
LISTS: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.SYNC, Scope.REVIEW})
FILTERED: Final = frozenset({Scope.BOARD, Scope.SYNC})
MADE: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.SYNC})

MINE: Final = frozenset({Scope.BOARD, Scope.REVIEW})
PARTS: Final = frozenset({Scope.DETAIL, Scope.REVIEW})


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


def _rows(
    group: Group, scopes: frozenset[Scope], *rows: tuple[str, str, str, str]
) -> Iterator[Action]:
    """Actions of one group and scope: id, keys, label, help."""
    for name, keys, label, said in rows:
        yield Action(
            id=name, keys=tuple(keys.split()), label=label, help=said, group=group, scopes=scopes
        )


ACTIONS: Final[tuple[Action, ...]] = (
    *_rows(
        Group.MOVE_ABOUT,
        LISTS,
        ("cursor-up", "up k", N_("up"), N_("One line up")),
        ("cursor-down", "down j", N_("down"), N_("One line down")),
    ),
    *_rows(
        Group.MOVE_ABOUT,
        VERDICT,
        ("cursor-left", "left h", N_("left"), N_("To the column or part on the left")),
        ("cursor-right", "right l", N_("right"), N_("To the column or part on the right")),
    ),
    *_rows(
        Group.MOVE_ABOUT,
        LISTS,
        ("page-up", "pageup ctrl+u", N_("page up"), N_("One page up")),
        ("page-down", "pagedown ctrl+d", N_("page down"), N_("One page down")),
        ("cursor-first", "home <", N_("first"), N_("To the first line")),
        ("cursor-last", "end >", N_("last"), N_("To the last line")),
    ),
    *_rows(
        Group.CARD,
        LISTS,
        ("open", "enter", N_("open"), N_("Open the task")),
    ),
    *_rows(
        Group.CARD,
        MADE,
        ("add", "a", N_("add"), N_("Add a task, or an entry to the list in front of you")),
    ),
    *_rows(
        Group.CARD,
        CARD,
        ("edit", "e", N_("edit"), N_("Edit title, owner, due and priority")),
    ),
    *_rows(
        Group.CARD,
        VERDICT,
        (
            "move-next",
            "L shift+right",
            N_("on"),
            N_("Move the task on: start it, submit it for review, accept it"),
        ),
        (
            "move-previous",
            "H shift+left",
            N_("back"),
            N_("Move the task back: withdraw it, send it back with findings, reopen it"),
        ),
    ),
    *_rows(
        Group.CARD,
        BOARD,
        ("move-up", "K shift+up", N_("higher"), N_("Put the card higher in its column")),
        ("move-down", "J shift+down", N_("lower"), N_("Put the card lower in its column")),
    ),
    *_rows(
        Group.CARD,
        CARD,
        ("owner", "o", N_("owner"), N_("Choose the owner")),
        ("due", "d", N_("due"), N_("Set the due date")),
        ("progress", "p", N_("progress"), N_("Say how far the work is")),
        (
            "block",
            "b",
            N_("block"),
            N_("Block the task, with reason and for whom it waits; or unblock it"),
        ),
        (
            "close",
            "x",
            N_("archive"),
            N_("Archive a done task, or cancel an open one with the reason"),
        ),
    ),
    *_rows(
        Group.VIEW,
        FILTERED,
        (
            "filter",
            "/ 、",
            N_("filter"),
            N_("Filter as you type; @name finds an owner; esc clears"),
        ),
    ),
    *_rows(
        Group.VIEW,
        MINE,
        ("mine", "m", N_("mine"), N_("Show only my own tasks, or everybody's")),
    ),
    *_rows(
        Group.VIEW,
        BOARD,
        ("subtasks", "z", N_("subtasks"), N_("Show subtasks as cards, or hide them")),
        ("compact", "c", N_("compact"), N_("One line a card, or four")),
        ("alerts", "!", N_("alerts"), N_("Open or close the alert pane")),
    ),
    *_rows(
        Group.MOVE_ABOUT,
        PARTS,
        ("part-next", "tab ]", N_("next part"), N_("To the next part of the screen")),
        (
            "part-previous",
            "shift+tab [",
            N_("previous part"),
            N_("To the previous part of the screen"),
        ),
    ),
    *_rows(
        Group.CARD,
        PARTS,
        ("tick", "space", N_("tick"), N_("Tick a criterion or a milestone, or take the tick back")),
    ),
    *_rows(
        Group.CARD,
        DETAIL,
        ("remove", "delete", N_("remove"), N_("Remove the chosen part of a task")),
        ("restore", "u", N_("restore"), N_("Bring an archived or cancelled task back")),
    ),
    *_rows(
        Group.GO,
        ANY,
        ("board", "1", N_("board"), N_("The board")),
        ("sync", "2", N_("sync log"), N_("The sync log")),
        ("review", "3", N_("review"), N_("What waits for my acceptance")),
        ("project", "g", N_("project"), N_("Look at another project, or at all")),
        ("settings", "w", N_("settings"), N_("Who I am, language, theme")),
        ("theme", "T", N_("theme"), N_("Dark or light, at once")),
        ("help", "?", N_("help"), N_("All keys")),
        (
            "leave",
            "escape",
            N_("back to the board"),
            N_("Clear the filter, close what is open, go back"),
        ),
        ("quit", "q ctrl+q", N_("quit"), N_("Leave duban")),
    ),
)
"""In the order in which the help shows them."""

BY_ID: Final = {action.id: action for action in ACTIONS}

MOVE: Final = "move-previous move-next"
"""Two actions that the footer shows as one."""

HINTS: Final[Mapping[Scope, tuple[str, ...]]] = {
    Scope.BOARD: (
        *("add", "edit", MOVE, "owner", "due", "block", "filter", "progress", "alerts"),
        *("project", "mine", "open", "help", "quit"),
    ),
    Scope.DETAIL: (
        *("edit", "add", "part-next", "tick", MOVE, "owner", "due", "progress", "block"),
        *("leave", "help", "quit"),
    ),
    Scope.SYNC: ("add", "filter", "open", "project", "leave", "help", "quit"),
    Scope.REVIEW: (
        *("move-next", "move-previous", "tick", "part-next", "open", "mine"),
        *("leave", "help", "quit"),
    ),
    Scope.ANY: ("leave", "help", "quit"),
}
"""What the footer of each screen shows, most useful first; the last two always."""

LABELS: Final = {MOVE: N_("move")}


def of_scope(scope: Scope) -> Iterator[Action]:
    """What is possible on a screen, that which is possible everywhere included."""
    return (one for one in ACTIONS if scope in one.scopes or Scope.ANY in one.scopes)


@cache
def with_twins(keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` and, after them, what a Chinese input method sends in their place."""
    twins = [chr(ord(key) + 0xFEE0) for key in keys if len(key) == 1 and "!" <= key <= "~"]
    return (*keys, *twins)


def bindings(scope: Scope) -> "list[BindingType]":
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
