"""The log as a ledger: what became of every stored row, and a chain of hashes over the events.

The last event of a command says in ``rows`` what the command did to rows, in order: as JSON,
``["task",17,{"title":"..."}]`` with the stored values of the columns that were given, and null in
place of them for a row that is gone. What a row that was not there before does not name is empty:
NULL, or where a column has none ``''``, 0, false or ``{}``; a migration that adds a column gives
the same. Stores from before this was kept begin with events of kind LOG_SEALED, which hold the
rows as they stood; see core.store.first_ledger.

Left out is what follows from the rest: the tables tally, counter, receipt and search_line, and a
task's ``folded`` and ``timers``.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import compress
from operator import ne
from typing import Any, Final, NamedTuple

import peewee

from core.store import rows
from core.store.fields import JsonField

Told = tuple[str, int | str, Mapping[str, Any] | None]
"""What became of one row: its table, its key, what was written; None if it was removed."""
UNIT: Final = "\x1f"
"""Between the parts of what is hashed; no text of the log has it, and JSON escapes it."""
DERIVED: Final[Mapping[str, frozenset[str]]] = {"task": frozenset({"folded", "timers"})}
"""Columns that follow from others, by table."""
NOT_KEPT: Final = frozenset({"event", "receipt", "tally", "counter", "search_line"})
"""Tables whose rows follow from others, and the log itself."""
as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Form(NamedTuple):
    """How rows of one kind of record are told."""

    table: str
    columns: Mapping[str, str]
    """By the record's field."""
    added: tuple[str, ...]
    """Columns in the order in which a new record's values come, without its id."""
    empty: tuple[Any, ...]
    """What each of them has where nothing was given."""


def form(kind: type[Any]) -> Form:
    """How rows of ``kind`` are told."""
    known: Any = kind
    return _form(known)


@cache
def _form(kind: type[Any]) -> Form:
    shape = rows.shape(kind)
    fields = [rows.fields_of(shape.table)[name] for name in rows.writing(kind).names]
    return Form(
        rows.name_of(shape.table),
        dict(zip(shape.names, [str(column.column_name) for column in shape.columns], strict=True)),
        tuple(field.column_name for field in fields),
        tuple(empty(field) for field in fields),
    )


def empty(column: "peewee.Field[Any]") -> object:
    """The stored value of ``column`` in a row for which none was given."""
    if column.null:
        return None
    if isinstance(column, JsonField):
        return "{}"
    if isinstance(column, peewee.BooleanField):
        return False
    return 0 if isinstance(column, peewee.IntegerField | peewee.ForeignKeyField) else ""


def added(kind: type[Any], number: int, values: Sequence[Any]) -> Told:
    """A new row; stored values in the order of ``rows.writing(kind).names``, or more."""
    told = form(kind)
    given = compress(zip(told.added, values, strict=False), map(ne, values, told.empty))
    return (told.table, number, dict(given))


def changed(kind: type[Any], number: int, names: Sequence[str], values: Sequence[Any]) -> Told:
    """New stored values of some fields."""
    told = form(kind)
    return (
        told.table,
        number,
        dict(zip([told.columns[name] for name in names], values, strict=True)),
    )


def removed(kind: type[Any], number: int) -> Told:
    """A row that is gone."""
    return (form(kind).table, number, None)


def chained(previous: str, line: Sequence[Any]) -> str:
    """The hash of an event: over that of the one before (empty for the first) and its values.

    ``line`` has them in the order of ``core.store.book.EVENT_NAMES``. PostgreSQL works out the
    same in a trigger of core.store.first_ledger.
    """
    number, at, actor, command, kind, project, task, subject, changes, reason, told = line
    text = (
        f"{previous}\x1f{number}\x1f{at}\x1f{'' if actor is None else actor}\x1f{command}"
        f"\x1f{kind}\x1f{'' if project is None else project}"
        f"\x1f{'' if task is None else task}\x1f{subject}\x1f{changes}\x1f{reason}\x1f{told}"
    )
    return sha256(text.encode()).hexdigest()
