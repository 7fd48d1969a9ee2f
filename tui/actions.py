"""Every action a key can do, declared once.

Bindings, the help screen and the key sheets in ``docs`` are made from this table.
An id is the name of the screen's method (``move-next`` is ``act_move_next``), the binding's id
and the name under ``[keys]`` in the settings.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tui.keyboard import Action, Group, Scope, named, rows, with_twins
from tui.words import N_

if TYPE_CHECKING:
    from textual.binding import BindingType

ANY: Final = frozenset({Scope.ANY})
BOARD: Final = frozenset({Scope.BOARD})
DETAIL: Final = frozenset({Scope.DETAIL})
CARD: Final = frozenset({Scope.BOARD, Scope.DETAIL})
VERDICT: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.REVIEW})
LISTS: Final = frozenset(
    {
        *(Scope.BOARD, Scope.DETAIL, Scope.SYNC, Scope.REVIEW),
        *(Scope.ISSUES, Scope.TRIAGE, Scope.TEAMUP, Scope.ALERTS, Scope.RACI, Scope.HISTORY),
    }
)
FILTERED: Final = frozenset({Scope.BOARD, Scope.SYNC, Scope.HISTORY})
MADE: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.SYNC, Scope.ISSUES, Scope.RACI})
SIDEWAYS: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.REVIEW, Scope.RACI})
EDITED: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.RACI})
REMOVED: Final = frozenset({Scope.DETAIL, Scope.RACI})
TROUBLE: Final = frozenset(
    {
        *(Scope.BOARD, Scope.DETAIL, Scope.SYNC),
        *(Scope.ISSUES, Scope.TRIAGE, Scope.ALERTS),
    }
)
CAUSED: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.TRIAGE, Scope.ALERTS})
ESCALATED: Final = frozenset({Scope.ISSUES, Scope.TRIAGE, Scope.ALERTS})
QUIET: Final = frozenset({Scope.ALERTS, Scope.TRIAGE})
TRIAGE: Final = frozenset({Scope.TRIAGE})
DECIDED: Final = frozenset({Scope.BOARD, Scope.DETAIL, Scope.TRIAGE})
LOGGED: Final = frozenset({Scope.SYNC})
HISTORY: Final = frozenset({Scope.HISTORY})
FACTS: Final = frozenset({Scope.TRIAGE, Scope.ISSUES, Scope.SYNC})

MINE: Final = frozenset({Scope.BOARD, Scope.REVIEW})
PARTS: Final = frozenset({Scope.DETAIL, Scope.REVIEW})


ACTIONS: Final[tuple[Action, ...]] = (
    *rows(
        Group.MOVE_ABOUT,
        LISTS,
        ("cursor-up", "up k", N_("up"), N_("One line up")),
        ("cursor-down", "down j", N_("down"), N_("One line down")),
    ),
    *rows(
        Group.MOVE_ABOUT,
        SIDEWAYS,
        ("cursor-left", "left h", N_("left"), N_("To the column or part on the left")),
        ("cursor-right", "right l", N_("right"), N_("To the column or part on the right")),
    ),
    *rows(
        Group.MOVE_ABOUT,
        LISTS,
        ("page-up", "pageup ctrl+u", N_("page up"), N_("One page up")),
        ("page-down", "pagedown ctrl+d", N_("page down"), N_("One page down")),
        ("cursor-first", "home <", N_("first"), N_("To the first line")),
        ("cursor-last", "end >", N_("last"), N_("To the last line")),
    ),
    *rows(
        Group.MOVE_ABOUT,
        FACTS,
        ("facts-up", ",", N_("back"), N_("Back in the facts of the chosen line")),
        ("facts-down", ". 。", N_("read on"), N_("Read on in the facts of the chosen line")),
    ),
    *rows(
        Group.CARD,
        LISTS,
        ("open", "enter", N_("open"), N_("Open the task")),
    ),
    *rows(
        Group.CARD,
        MADE,
        ("add", "a", N_("add"), N_("Add a task, or an entry to the list in front of you")),
    ),
    *rows(
        Group.CARD,
        EDITED,
        ("edit", "e", N_("edit"), N_("Edit title, owner, due and priority; or the chosen cell")),
    ),
    *rows(
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
    *rows(
        Group.CARD,
        CARD,
        (
            "take-on",
            "y",
            N_("take on"),
            N_("Take the task on, claim what nobody has, confirm that it is still mine"),
        ),
        ("give-back", "Y", N_("ask or return"), N_("Ask back before taking it on, or return it")),
    ),
    *rows(
        Group.CARD,
        VERDICT,
        ("delegate", "D", N_("delegate"), N_("Have somebody else accept the task")),
    ),
    *rows(
        Group.CARD,
        BOARD,
        ("move-up", "K shift+up", N_("higher"), N_("Put the card higher in its column")),
        ("move-down", "J shift+down", N_("lower"), N_("Put the card lower in its column")),
    ),
    *rows(
        Group.CARD,
        DECIDED,
        ("owner", "o", N_("owner"), N_("Choose the owner")),
        ("due", "d", N_("due"), N_("Set the due date")),
        (
            "close",
            "x",
            N_("archive"),
            N_("Archive a done task, or cancel an open one with the reason"),
        ),
    ),
    *rows(
        Group.CARD,
        CARD,
        ("progress", "p", N_("progress"), N_("Say how far the work is")),
        (
            "block",
            "b",
            N_("block"),
            N_("Block the task, with reason and for whom it waits; or unblock it"),
        ),
    ),
    *rows(
        Group.TROUBLE,
        CARD,
        ("warn", "W", N_("warn"), N_("Warn that it will be late, and ask for a later due")),
        ("issue", "i", N_("issue"), N_("Raise an issue")),
    ),
    *rows(
        Group.TROUBLE,
        CAUSED,
        ("nudge", "n", N_("nudge"), N_("Nudge whom the task waits for")),
    ),
    *rows(
        Group.TROUBLE,
        TROUBLE,
        (
            "respond",
            "r",
            N_("respond"),
            N_("Take the next step: grant or refuse, answer, respond, resolve, set a time"),
        ),
    ),
    *rows(
        Group.TROUBLE,
        ESCALATED,
        ("escalate", "E", N_("escalate"), N_("Take it to the next level now, with the reason")),
    ),
    *rows(
        Group.TROUBLE,
        QUIET,
        ("acknowledge", "A", N_("acknowledge"), N_("Say that you know; quiet until it ends")),
        ("snooze", "Z", N_("snooze"), N_("Quiet until a time, with the reason")),
        ("whose", "v", N_("whose"), N_("Mine, my team's, or everybody's")),
    ),
    *rows(
        Group.TROUBLE,
        TRIAGE,
        ("select", "space", N_("select"), N_("Select the line, to decide several at once")),
        ("help-out", "+", N_("helper"), N_("Assign somebody who helps")),
        ("lower", "-", N_("lower"), N_("Lower the priority")),
        ("ask", "a", N_("ask"), N_("Ask a question; it stands in the sync log")),
    ),
    *rows(
        Group.CARD,
        LOGGED,
        ("follow-up", "F", N_("to task"), N_("Make a task of what was agreed")),
        ("minutes", "M", N_("minutes"), N_("Write down a meeting and what it decided")),
    ),
    *rows(
        Group.VIEW,
        FILTERED,
        (
            "filter",
            "/ 、",
            N_("filter"),
            N_("Filter as you type; @name finds an owner; esc clears"),
        ),
        apart=(
            (LOGGED, N_("Show one kind, author or span of days only, or the meetings")),
            (HISTORY, N_("Show one person's deeds, one kind, or a span of days only")),
        ),
    ),
    *rows(
        Group.VIEW,
        MINE,
        ("mine", "m", N_("mine"), N_("Show only my own tasks, or everybody's")),
    ),
    *rows(
        Group.VIEW,
        BOARD,
        ("unassigned", "U", N_("unassigned"), N_("Show only what nobody has, or all")),
        ("subtasks", "z", N_("subtasks"), N_("Show subtasks as cards, or hide them")),
        ("compact", "c", N_("compact"), N_("One line a card, or four")),
        ("alerts", "!", N_("alerts"), N_("Open or close the alert pane")),
    ),
    *rows(
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
    *rows(
        Group.CARD,
        PARTS,
        ("tick", "space", N_("tick"), N_("Tick a criterion or a milestone, or take the tick back")),
    ),
    *rows(
        Group.CARD,
        REMOVED,
        ("remove", "delete", N_("remove"), N_("Remove the chosen part of a task")),
    ),
    *rows(
        Group.CARD,
        DETAIL,
        ("restore", "u", N_("restore"), N_("Bring an archived or cancelled task back")),
    ),
    *rows(
        Group.GO,
        ANY,
        ("board", "1", N_("board"), N_("The board")),
        ("sync", "2", N_("sync log"), N_("The sync log")),
        ("review", "3", N_("review"), N_("What waits for my acceptance")),
        ("issues", "4", N_("issues"), N_("The issue register")),
        ("raci", "5", N_("RACI"), N_("Who is what to each task: R does it, A answers for it")),
        ("history", "6", N_("history"), N_("Who did what; of one task where one is open")),
        ("standup", "s", N_("standup"), N_("Say how my tasks stand, one after another")),
        ("teamup", "S", N_("team standup"), N_("Who has said what, for the morning meeting")),
        ("triage", "t", N_("triage"), N_("Decide what waits, worst first")),
        ("find", "f", N_("find"), N_("Find words in tasks, updates, issues, log and minutes")),
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


def of_scope(scope: Scope) -> Iterator[Action]:
    """What is possible on a screen, that which is possible everywhere included."""
    return (one for one in ACTIONS if scope in one.scopes or Scope.ANY in one.scopes)


def bindings(scope: Scope) -> "list[BindingType]":
    """Textual's bindings for a screen; each runs ``action_act`` with the action's id."""
    from textual.binding import Binding

    return [
        Binding(",".join(map(named, with_twins(one.keys))), f"act('{one.id}')", id=one.id)
        for one in of_scope(scope)
    ]
