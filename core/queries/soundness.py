"""Whether every stored value is one that its column can have: what ``duban doctor`` asks."""

from collections.abc import Iterator
from typing import Any

from core.domain.refusals import Unavailable
from core.records import dataclass
from core.store import registry, rows
from core.store.database import Store
from core.store.fields import shown, unreadable
from core.store.veiled import unveiled

CHUNK = 1_000
"""How many rows are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A stored value that duban cannot read, changed by hand or by damage."""

    table: str
    row: str
    """The value of the table's primary key."""
    column: str
    value: str
    """Shortened, and safe to show."""


@unveiled
def unreadable_values(store: Store, *, limit: int = 100) -> tuple[Unreadable, ...]:
    """The first ``limit`` unreadable values of the store; reads every row of every table."""
    found: list[Unreadable] = []
    for table in registry.all_tables():
        for one in _of_table(store, table):
            found.append(one)
            if len(found) == limit:
                return tuple(found)
    return tuple(found)


def _of_table(store: Store, table: Any) -> Iterator[Unreadable]:
    columns = tuple(rows.fields_of(table).values())
    key = table._meta.primary_key
    place = columns.index(key)
    query = table.select(*columns).order_by(key).limit(CHUNK)
    page = store.rows(query)
    while page:
        for row in page:
            yield from _of_row(columns, row, name=shown(row[place]))
        page = store.rows(query.where(key > page[-1][place])) if len(page) == CHUNK else []


def _of_row(columns: tuple[Any, ...], row: tuple[Any, ...], *, name: str) -> Iterator[Unreadable]:
    for column, value in zip(columns, row, strict=True):
        try:
            _read(column, value)
        except Unavailable as refusal:
            facts = {fact: str(refusal.facts[fact]) for fact in ("table", "column", "value")}
            yield Unreadable(row=name, **facts)


def _read(column: Any, value: Any) -> None:
    """Read ``value`` as records do. Refuses ``row-unreadable``."""
    read = rows.converter(column)
    made = value if read is None else read(value)
    check = rows.CHECKS.get(column.name)
    if check is None or made is None:
        return
    try:
        check(made)
    except (ValueError, TypeError):
        raise unreadable(column, value) from None
