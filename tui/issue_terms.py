"""The words for issues: where they stand, how bad they are."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_, NC_, Words

ISSUE_STATES: Final[Mapping[str, str]] = {
    "open": NC_("issue", "open"),
    "responded": N_("responded"),
    "resolved": N_("resolved"),
    "closed": NC_("issue", "closed"),
    "reopened": N_("reopened"),
}
SEVERITIES: Final[Mapping[str, str]] = {
    "low": NC_("severity", "low"),
    "medium": NC_("severity", "medium"),
    "high": NC_("severity", "high"),
    "critical": NC_("severity", "critical"),
}


def issue_state_word(words: Words, state: str) -> str:
    """Where an issue stands."""
    return words(ISSUE_STATES[state])


def severity_word(words: Words, severity: str) -> str:
    """How bad an issue is."""
    return words(SEVERITIES[severity])
