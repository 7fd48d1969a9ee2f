"""Queries about given records, however many: their ids are one value, so that the text stays."""

import json
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

from peewee import SQL, NodeList, Value

from core.store import prepared
from core.store.database import Store

_IDS: Final = "\0ids"
"""The mark for them; see core.store.prepared."""


def among_ids(column: Any, *, postgres: bool) -> Any:
    """Whether ``column`` holds one of the ids that are given."""
    if postgres:
        return NodeList((column, SQL("= ANY("), Value(_IDS), SQL(")")))
    return NodeList((column, SQL("IN (SELECT value FROM json_each("), Value(_IDS), SQL("))")))


def given_ids(store: Store, ids: Sequence[int]) -> dict[Any, Any]:
    """What the mark stands for."""
    return {_IDS: list(ids) if store.postgres else json.dumps(list(ids))}


def rows_of(
    store: Store, name: Hashable, write: Callable[[], Any], ids: Sequence[int]
) -> list[tuple[Any, ...]]:
    """The rows of a query about these records; none, and nothing is asked, without any.

    ``name`` is all that the query depends on.
    """
    if not ids:
        return []
    return prepared.rows(store, name, write, given_ids(store, ids))
