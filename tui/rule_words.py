"""What the rules of attention are called, in sentences and in lists."""

from collections.abc import Mapping
from typing import Final

from tui.words import N_, Words

RULES: Final[Mapping[str, str]] = {
    "overdue": N_("overdue"),
    "follow-up-late": N_("follow-up late"),
    "retro-late": N_("retrospective late"),
    "issue-second": N_("issue at level 2"),
    "issue-escalated": N_("issue at level 1"),
    "swarm-late": N_("critical block, not met yet"),
    "resolution-late": N_("block not resolved in time"),
    "blocked-long": N_("blocked for a day"),
    "issue-unanswered": N_("issue unanswered"),
    "collaborator-late": N_("collaborator has not responded"),
    "acceptance-late": N_("not accepted for a day"),
    "extension-late": N_("extension request undecided"),
    "question-late": N_("question unanswered"),
    "unacknowledged": N_("not taken on for a day"),
    "criteria-changed": N_("criteria changed"),
    "swarm": N_("critical block: meet and set a time"),
    "issue-respond": N_("issue waits for a response"),
    "extension": N_("extension request"),
    "question": N_("question"),
    "blocked-by-you": N_("waits for you"),
    "acceptance": N_("waits for acceptance"),
    "at-risk": N_("behind, and due soon"),
    "due-soon": N_("due soon"),
    "issue-open": N_("issue unresolved"),
    "blocked": N_("blocked"),
    "deliverable-late": N_("deliverable not registered"),
    "retro": N_("retrospective due today"),
    "follow-up": N_("follow-up due soon"),
    "update-missing": N_("no update"),
    "reconfirm": N_("still yours?"),
    "meeting": N_("meeting today"),
    "reported-late": N_("issue reported late"),
}
"""By the rule's id."""


def rule_word(words: Words, rule: str) -> str:
    """What a rule is called; its id where it is not known."""
    return words(RULES[rule]) if rule in RULES else rule
