"""Which keys the bottom line of each screen shows."""

from collections.abc import Mapping
from typing import Final

from tui.keyboard import Scope
from tui.words import N_

MOVE: Final = "move-previous move-next"
"""Two actions that the footer shows as one."""

READ_ON: Final = "facts-up facts-down"
"""Likewise; it is shown where the facts go on."""

HINTS: Final[Mapping[Scope, tuple[str, ...]]] = {
    Scope.BOARD: (
        *("add", "edit", MOVE, "standup", "triage", "find", "block", "filter", "alerts"),
        *("due", "owner", "progress", "project", "mine", "open", "help", "quit"),
    ),
    Scope.DETAIL: (
        *("edit", "add", "part-next", "tick", MOVE, "owner", "due", "progress", "block"),
        *("warn", "issue", "leave", "help", "quit"),
    ),
    Scope.SYNC: (
        *("add", "filter", "open", "respond", "follow-up", "minutes", "project"),
        *("leave", "help", "quit"),
    ),
    Scope.REVIEW: (
        *("move-next", "move-previous", "tick", "part-next", "delegate", "open", "mine"),
        *("leave", "help", "quit"),
    ),
    Scope.ISSUES: ("add", "respond", "escalate", "open", "project", "leave", "help", "quit"),
    Scope.TRIAGE: (
        *("respond", "owner", "nudge", "ask", "due", "help-out", "escalate", "acknowledge"),
        *("snooze", "select", "whose", "lower", "close", "open", "leave", "help", "quit"),
    ),
    Scope.RACI: ("edit", "add", "remove", "open", "project", "leave", "help", "quit"),
    Scope.HISTORY: ("filter", "open", "project", "leave", "help", "quit"),
    Scope.TEAMUP: ("open", "project", "leave", "help", "quit"),
    Scope.ALERTS: (
        *("open", "leave", "respond", "nudge", "acknowledge", "snooze", "whose", "escalate"),
        *("help", "quit"),
    ),
    Scope.ANY: ("leave", "help", "quit"),
}
"""What the footer of each screen shows, most useful first; the last two always."""

LABELS: Final = {MOVE: N_("move"), READ_ON: N_("facts")}
