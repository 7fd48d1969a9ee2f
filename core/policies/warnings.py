"""Early warnings (R78, D6): which dues are agreed, and when work is behind its time."""

from datetime import datetime

from core.domain.status import State


def due_is_agreed(state: State, due: datetime | None) -> bool:
    """Whether moving ``due`` needs a reason: people plan with it, unless it is of a draft."""
    return due is not None and state is not State.DRAFT
