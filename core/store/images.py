"""The rows of a table as the log tells of them, small enough for a million.

One number is kept a value: a mark, which tells whether two values are the same, and not what they
are. The same marks of two different values would be a chance of one in 2**64.
"""

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from core.store import ledger
from core.store.rows import fields_of, name_of

Key = int | str
_TEXT: Final = 0x5DB1_7A3C_9E24_F608
_OTHER: Final = 0x1C6F_52D9_A87B_0E33
_NOTHING: Final = -0x7A91_3C5E_02D4_B86F
_BIGGEST: Final = 1 << 62


def mark(value: Any) -> int:
    """A number of 64 bits that is the same for equal values, in this process."""
    kind = type(value)
    if kind is str:
        return hash(value) ^ _TEXT
    if value is None:
        return _NOTHING
    if (kind is int and -_BIGGEST < value < _BIGGEST) or kind is bool:
        return value  # type: ignore[no-any-return]
    if isinstance(value, date):
        return hash(value.isoformat()) ^ _TEXT
    return hash(repr(value)) ^ _OTHER


class Image:
    """The rows of one table as the log says they are, in marks."""

    def __init__(self, table: Any) -> None:
        self.name = name_of(table)
        self.key = str(table._meta.primary_key.column_name)
        derived = ledger.DERIVED.get(self.name, frozenset())
        kept = [
            one
            for one in fields_of(table).values()
            if one.column_name != self.key and one.column_name not in derived
        ]
        self.columns = tuple(str(one.column_name) for one in kept)
        self._places = {name: place for place, name in enumerate(self.columns)}
        self._empty = array("q", [mark(ledger.empty(one)) for one in kept])
        self._cells = array("q")
        self._starts: dict[Key, int] = {}

    def tell(self, key: Key, given: Mapping[str, Any] | None, *, whole: bool) -> None:
        """What became of a row; ``whole`` if that is all there is of it."""
        if given is None:
            self._starts.pop(key, None)
            return
        start = self._starts.get(key)
        if start is None or whole:
            start = self._starts[key] = len(self._cells)
            self._cells.extend(self._empty)
        cells, place_of = self._cells, self._places.get
        for name, value in given.items():
            place = place_of(name)
            if place is not None:
                cells[start + place] = mark(value)

    def wrong(self, key: Key, values: Sequence[Any]) -> tuple[str, ...] | None:
        """The columns whose values are not as told; None for a row that should not be there.

        Each row is asked for once.
        """
        start = self._starts.pop(key, None)
        if start is None:
            return None
        told = self._cells[start : start + len(self.columns)]
        stands = array("q", map(mark, values))
        if told == stands:
            return ()
        pairs = zip(self.columns, told, stands, strict=True)
        return tuple(name for name, one, other in pairs if one != other)

    def left(self) -> tuple[Key, ...]:
        """The rows that should be there and were not asked for."""
        return tuple(self._starts)
