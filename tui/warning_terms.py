"""The words of early warnings and blocks: why work is late, what it lacks, what was decided."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_, NC_, Words

DELAY_REASONS: Final[Mapping[str, str]] = {
    "requirements": N_("Changed requirements"),
    "resources": N_("Too few resources"),
    "priority": N_("Misjudged priority"),
    "communication": N_("Cost of communication"),
    "material": N_("Late material"),
    "other": NC_("delay reason", "Other"),
}
"""Why work is late (R79)."""
BLOCK_KINDS: Final[Mapping[str, str]] = {
    "waiting": N_("Somebody"),
    "resource": N_("Resources"),
    "decision": NC_("block kind", "A decision"),
    "technical": N_("Technical"),
    "external": N_("Outside"),
}
"""What a blocked task lacks, in a word."""
REQUESTS: Final[Mapping[str, str]] = {
    "asked": N_("asked for"),
    "granted": N_("granted"),
    "refused": N_("refused"),
    "withdrawn": N_("taken back"),
}
"""What became of a request for a later due."""


def delay_word(words: Words, code: str) -> str:
    """Why work is late."""
    return words(DELAY_REASONS[code])


def block_kind_word(words: Words, kind: str) -> str:
    """What a blocked task lacks."""
    return words(BLOCK_KINDS[kind])


def request_word(words: Words, state: str) -> str:
    """What became of a request for a later due."""
    return words(REQUESTS[state])
