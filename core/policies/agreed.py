"""When criteria are agreed (R34, R139): from then on they change only with a reason."""

from datetime import datetime

from core.domain.status import State

_BEGUN = frozenset({State.DOING, State.REVIEW, State.DONE})


def is_agreed(state: State, updated: datetime | None) -> bool:
    """Whether work has begun, or had begun before it was put back.

    ``updated``: the newest news of it; there is none before it begins.
    """
    return state in _BEGUN or updated is not None
