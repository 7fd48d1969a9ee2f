"""Queries whose text is worked out once: what a board asks at every key is asked in its words.

A query is written with marks where a value comes later; peewee puts them among its parameters,
where they are replaced.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from core.store.database import Store

Row = tuple[Any, ...]


class Prepared(NamedTuple):
    """A query's text, with marks among its values."""

    text: str
    values: tuple[Any, ...]


_KNOWN: dict[Hashable, Prepared] = {}


def rows(
    store: Store, shape: Hashable, write: Callable[[], Any], given: Mapping[Any, Any]
) -> list[Row]:
    """The rows of the query that ``write`` makes, with ``given`` instead of its marks.

    ``shape`` names everything else that the query depends on; ``write`` is only called for a new
    one. A mark is a value that a column takes, but never holds: a number below zero, or ``?``.
    """
    key = (store.postgres, shape)
    found = _KNOWN.get(key)
    if found is None:
        text, values = store.database.get_sql_context().sql(write()).query()
        found = _KNOWN[key] = Prepared(text, tuple(values))
    store.settle()
    lines: list[Row] = store.sql(
        found.text, [given.get(value, value) for value in found.values]
    ).fetchall()
    return lines
