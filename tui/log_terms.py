"""The names of fields that are told in the log only; a part of ``tui.terms.FIELDS``."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_

LOGGED: Final[Mapping[str, str]] = {
    "wip_hard": N_("Hard WIP limit"),
    "self_accept": N_("Self-acceptance"),
    "restricted": N_("Restricted"),
    "merged_into": N_("Merged into"),
    "submitted": N_("Submitted"),
    "submitted_by": N_("Submitted by"),
    "accepted_by": N_("Accepted by"),
    "closed": N_("Closed"),
    "notes": N_("Handover notes"),
    "records": N_("Records"),
    "works": N_("Working day"),
    "created": N_("New"),
    "changed": N_("Changed"),
    "skipped": N_("Left out"),
    "doubts": N_("Doubts"),
}
"""By the core's name for them."""
