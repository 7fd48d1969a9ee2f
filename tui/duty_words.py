"""The words for what is refused of assignments; a part of ``tui.refusals.SENTENCES``."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

DUTIES: Final[Mapping[str, str]] = {
    "has-owner": N_("{key} is {person}’s; only what nobody has can be claimed."),
    "only-looks-on": N_("{name} only looks on here, and cannot do that."),
    "handover-notes": N_(
        "{key} is in progress: write down what its next owner must know to go on."
    ),
    "unclear": N_("{key} is not clear enough to begin; still missing: {missing}."),
    "taken-on": N_("{key} is taken on; its lead can give it to somebody else."),
    "not-taken-on": N_("{key} is not taken on yet."),
    "nobody-to-ask": N_("{key}: nobody gave it to you whom you could ask."),
    "not-your-department": N_("{key}: only the lead of {department} signs for it."),
    "department-not-concerned": N_(
        "{key}: nobody of {department} owns or supports a part of it, so there is nothing to sign."
    ),
}
"""By the refusal's code."""
