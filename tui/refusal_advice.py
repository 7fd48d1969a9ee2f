"""What to press after a refusal: the action whose key it is, and the sentence."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "owner-needed": ("owner", N_("Press {key} to choose the owner.")),
    "verdict-needed": ("move-next", N_("Submit it with {key}, then it can be accepted.")),
    "submission-needed": ("move-next", N_("Press {key} to submit it.")),
    "not-taken-on": ("take-on", N_("Press {key} to take it on.")),
    "unknown-actor": ("settings", N_("Press {key} to say who you are.")),
    "wip-full": ("move-next", N_("Finish one first: {key} moves it on.")),
    "open-subtasks": ("open", N_("Press {key} to see them.")),
    "criteria-open": ("open", N_("Press {key} to tick them off.")),
    "already-blocked": ("block", N_("Press {key} to unblock it.")),
    "not-ended": ("move-next", N_("Move it on with {key}.")),
    "changed-meanwhile": ("", N_("The board is fresh again: please decide anew.")),
    "store-busy": ("", N_("Please try again.")),
    "connection-lost": ("", N_("Please try again in a moment.")),
}
"""By the refusal's code; an action may be empty."""
