"""Which way a task may go (R65, R66, R103-R106)."""

from core.domain.status import State

_MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.TODO}),
    State.TODO: frozenset({State.DRAFT, State.DOING}),
    State.DOING: frozenset({State.TODO, State.REVIEW}),
    State.REVIEW: frozenset({State.DOING, State.DONE}),
    State.DONE: frozenset({State.DOING}),
    State.ARCHIVED: frozenset(),
    State.CANCELLED: frozenset(),
}


def may_move(before: State, after: State) -> bool:
    """Whether the workflow has a step from ``before`` to ``after``."""
    return after in _MOVES[before]


def next_states(state: State) -> tuple[State, ...]:
    """Where a task may go from ``state``, in the order of the workflow."""
    return tuple(other for other in State if other in _MOVES[state])


def may_archive(state: State) -> bool:
    """Only what has ended leaves the board for the archive."""
    return state in {State.DONE, State.CANCELLED}


def may_cancel(state: State) -> bool:
    """Only what is still owed can be given up."""
    return state in {State.DRAFT, State.TODO, State.DOING, State.REVIEW}


def over_limit(cards: int, limit: int | None) -> bool:
    """Whether one more card is more than the column should hold."""
    return limit is not None and cards >= limit
