"""The tables that views lie over while somebody reads who does not see all; see core.store.veil."""

from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

BY_PROJECT: Final = (
    *("task", "tally", "sync_entry", "issue", "meeting", "meeting_plan", "timer"),
    *("raised_alert", "project_member", "search_line"),
)
BY_TASK: Final = (
    *("collaborator", "milestone", "criterion", "deliverable", "progress_update"),
    *("block_spell", "review", "extension", "nudge", "assignment", "raci", "sign_off"),
    "close_out",
)
NAME_TASKS: Final = "('dependency-added', 'dependency-removed')"
"""Kinds of events that tell the key of another task, as SQL."""
OTHERS: Final = ("project", "dependency", "sync_audience", "event")
Question = TypeVar("Question", bound=Callable[..., object])

VEILED: Final = (*BY_PROJECT, *BY_TASK, *OTHERS)
"""Every table that tells of a project; a test holds it against the registry."""


class Connection(Protocol):
    """What lifting needs of a store."""

    postgres: bool
    hidden: frozenset[int]

    def sql(self, text: str) -> Any:
        """Execute our own SQL text."""


def unveiled(question: Question) -> Question:
    """Mark a question that must see everything and tells nobody what it sees, such as a check."""
    question.unveiled = True  # type: ignore[attr-defined]
    return question


def lift(store: Connection) -> None:
    """Take the views away: before anything is written."""
    if store.hidden:
        temp = "pg_temp" if store.postgres else "temp"
        for name in VEILED:
            store.sql(f'DROP VIEW IF EXISTS {temp}."{name}"')
        store.hidden = frozenset()
