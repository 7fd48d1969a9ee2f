"""What a parser made of a cell: a value, and what is doubtful about it."""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Reading(NamedTuple, Generic[T]):
    """A value read from a cell; parsers give one for whatever stands there and never raise."""

    value: T
    doubts: tuple[str, ...] = ()
    """Codes, most important first; none if the cell was clear."""
