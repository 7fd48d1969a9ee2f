"""What a call was given, by the names of its parameters."""

from collections.abc import Mapping
from typing import Any


class Given:
    """What was given, by parameter name; asking for what was left out gives nothing."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)

    def maybe(self, name: str) -> str | None:
        """A text; None if it was left out."""
        value: str | None = self.values.get(name)
        return value

    def text(self, name: str) -> str:
        """A text; empty if it was left out. Several words are joined by spaces."""
        value = self.values.get(name) or ""
        return value if isinstance(value, str) else " ".join(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that takes several."""
        return tuple(self.values.get(name) or ())

    def flag(self, name: str) -> bool:
        """Whether it was given."""
        return bool(self.values.get(name))

    def switch(self, name: str) -> bool | None:
        """Yes, no, or None if neither was given."""
        value: bool | None = self.values.get(name)
        return value

    def number(self, name: str) -> int | None:
        """A whole number; None if it was left out."""
        value: int | None = self.values.get(name)
        return value
