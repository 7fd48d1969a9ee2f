"""What the actions come to, as far as not everybody may do them."""

from collections.abc import Mapping
from typing import Final

from core.policies.rights import Act

NEEDS: Final[Mapping[str, Act]] = {
    name: act
    for act, names in {
        Act.LOG: "add move-up move-down respond escalate acknowledge snooze select ask minutes "
        "standup nudge tick",
        Act.CREATE: "follow-up",
        Act.EDIT: "edit due help-out lower remove",
        Act.ASSIGN: "owner",
        Act.TAKE_ON: "take-on give-back",
        Act.NOTE: "progress",
        Act.WORK: "block move-next move-previous",
        Act.RAISE: "issue",
        Act.ASK_LATER: "warn",
        Act.JUDGE: "delegate",
        Act.KEEP: "close restore",
    }.items()
    for name in names.split()
}
"""By action; those that are not here only look, or change nothing of others.

Some come to something else for the chosen card: see tui.screens.permitted.
"""
ONGOING: Final = frozenset({"nudge", "help-out", "lower"})
"""Those that are for an open task only, though their act is not."""
