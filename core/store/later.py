"""Rows that a command adds and need not read again: SQLite is given many of them at once.

Whoever writes is alone, so their numbers are known before they are written. PostgreSQL gives
numbers itself, and is asked for each.
"""

from collections.abc import Sequence
from typing import Any

from core.store import rows, statements
from core.store.database import Store


class Later:
    """Belongs to the book of one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[type[Any], int] = {}
        self._lines: dict[type[Any], list[Sequence[Any]]] = {}

    def add(self, kind: Any, values: Sequence[Any]) -> int:
        """Have a row written; values in the order of ``rows.writing(kind).names``. Its id."""
        if self._store.postgres:
            return statements.insert(self._store, kind, rows.writing(kind).names, values)
        if kind not in self._lines:
            table = rows.name_of(rows.shape(kind).table)
            (last,) = self._store.sql(f"SELECT max(id) FROM {table}").fetchone()  # noqa: S608
            self._last[kind] = last or 0
            self._lines[kind] = []
        self._last[kind] += 1
        self._lines[kind].append((self._last[kind], *values))
        return self._last[kind]

    def settle(self, kind: Any) -> None:
        """Write what waits of one kind: it is read next, or numbered by the engine."""
        lines = self._lines.pop(kind, None)
        if lines:
            self._store.many(statements.placing(kind), lines)

    def flush(self) -> None:
        """Write all that waits."""
        for kind in tuple(self._lines):
            self.settle(kind)
