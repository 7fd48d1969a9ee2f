"""From stored rows to the frozen records of core.domain, and back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import peewee

from core.domain.status import State
from core.records import names_of
from core.store import tables
from core.store.fields import DayField, unreadable
from core.store.registry import table_named

Record = TypeVar("Record")


class Shape(NamedTuple):
    """How one kind of record lies in its table."""

    table: Any
    """A class of core.store.tables or core.store.logs."""
    names: tuple[str, ...]
    """Field names, in the record's order."""
    columns: tuple[Any, ...]
    reading: "Reading"
    """From the stored values of ``columns`` to the record's."""
    writers: Mapping[str, Callable[[Any], Any]]
    """The way back, by field name."""


def fields_of(table: type[tables.Table]) -> "Mapping[str, peewee.Field[Any]]":
    """The columns of ``table`` by the name of their field."""
    found: dict[str, Any] = table._meta.fields
    return found


def name_of(table: type[tables.Table]) -> str:
    """What the engine calls ``table``."""
    name: str = table._meta.table_name
    return name


def converter(column: "peewee.Field[Any]") -> Callable[[Any], Any] | None:
    """What turns a stored value of ``column`` into the record's; None if nothing needs to.

    It refuses ``row-unreadable`` for a value that the column cannot have.
    """
    convert, allowed = _conversion(column), _allowed(column)
    if convert is not None and convert is not bool:
        return convert
    if not allowed:
        return None

    def read(value: Any) -> Any:
        if type(value) not in allowed:
            raise unreadable(column, value)
        return value if convert is None or value is None else convert(value)

    return read


def _conversion(column: Any) -> Callable[[Any], Any] | None:
    if isinstance(column, peewee.BooleanField):
        return bool
    if not _is_ours(column):
        return None
    reader: Callable[[Any], Any] = column.python_value
    return reader


_TEXT: frozenset[type] = frozenset({str, type(None)})
_NUMBER: frozenset[type] = frozenset({int, bool, type(None)})
_DAY: frozenset[type] = frozenset({str, date, type(None)})


def _allowed(column: Any) -> frozenset[type]:
    """The Python types in which drivers give values of ``column``; empty if any will do.

    SQLite keeps whatever it is given: a number column can hold a text, and each a BLOB.
    """
    if isinstance(column, peewee.FieldAlias):
        column = column.field
    if isinstance(column, DayField):
        return _DAY
    if isinstance(column, peewee.CharField | peewee.TextField):
        return _TEXT
    kinds = (peewee.IntegerField, peewee.BooleanField, peewee.ForeignKeyField)
    return _NUMBER if isinstance(column, kinds) else frozenset()


class Reading:
    """Reads rows of the same columns; what no driver gives for a sound row is refused."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self._columns = tuple(columns)
        self._readers = tuple(
            (place, read)
            for place, column in enumerate(columns)
            if (read := _conversion(column)) is not None
        )
        self._sound: set[tuple[type, ...]] = set()
        """Types of rows that were checked value by value: nearly all rows are alike."""

    def values(self, row: Sequence[Any]) -> list[Any]:
        """The values of ``row``. Refuses ``row-unreadable``."""
        kinds = tuple(map(type, row))
        if kinds not in self._sound:
            self._check(row)
            self._sound.add(kinds)
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return values

    def _check(self, row: Sequence[Any]) -> None:
        for column, value in zip(self._columns, row, strict=True):
            allowed = _allowed(column)
            if allowed and type(value) not in allowed:
                raise unreadable(column, value)


def _is_ours(column: "peewee.Field[Any]") -> bool:
    """Whether the column's kind is one of core.store.fields, which convert; peewee's need not."""
    return type(column).__module__ != "peewee"


def shape(kind: type[Any]) -> Shape:
    """The shape of ``kind``, whose records a table keeps."""
    known: Any = kind
    return _shape(known)


@cache
def _shape(kind: type[Any]) -> Shape:
    table = table_named(kind.__name__)
    names = names_of(kind)
    columns = tuple(fields_of(table)[name] for name in names)
    return Shape(
        table,
        names,
        columns,
        reading=Reading(columns),
        writers={
            name: column.db_value
            for name, column in zip(names, columns, strict=True)
            if _is_ours(column)
        },
    )


def record(kind: type[Record], row: Sequence[Any]) -> Record:
    """The record in ``row``, whose columns are those of ``shape(kind)``.

    Refuses ``row-unreadable``.
    """
    form = shape(kind)
    made = dict(zip(form.names, form.reading.values(row), strict=True))
    for name, check in CHECKS.items():
        if name in made:
            try:
                made[name] = check(made[name])
            except (ValueError, TypeError):
                column = form.columns[form.names.index(name)]
                raise unreadable(column, str(made[name])) from None
    return kind(**made)


def limits(value: Mapping[str, Any]) -> dict[State, int]:
    """A project's limits as they were stored. Raises ValueError."""
    if not all(type(limit) is int for limit in value.values()):
        raise ValueError(value)
    return {State(name): limit for name, limit in value.items()}


def changes(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """An event's changes as they were stored, each a pair of plain values. Raises ValueError."""
    for pair in value.values():
        if type(pair) is not list or len(pair) != 2 or any(type(one) in _NESTED for one in pair):
            raise ValueError(value)
    return value


def words(value: Mapping[str, Any]) -> Mapping[str, str]:
    """A project's rules, or who was told, as they were stored. Raises ValueError."""
    if not all(type(one) is str for one in value.values()):
        raise ValueError(value)
    return value


_NESTED = frozenset({list, dict})
CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "wip": limits,
    "changes": changes,
    "rules": words,
    "told": words,
    "points": words,
    "claims": words,
    "handed": words,
}
"""What is right as JSON can still be wrong as what it stands for."""


class Writing:
    """From new records of one kind to what their columns keep; the engine gives the id."""

    def __init__(self, form: Shape) -> None:
        self._all = form.names
        self.names = tuple(name for name in form.names if name != "id")
        self._values = attrgetter(*self.names)
        self._writers = tuple(
            (place, form.writers[name])
            for place, name in enumerate(self.names)
            if name in form.writers
        )

    def numbered(self, record: Record, number: int) -> Record:
        """A copy of ``record`` with its id; quicker than ``replace``, which asks each field."""
        made: Record = object.__new__(type(record))
        for name in self._all:
            object.__setattr__(made, name, getattr(record, name))
        object.__setattr__(made, "id", number)
        return made

    def values(self, record: object) -> list[Any]:
        """The stored values of ``names``."""
        values = list(self._values(record))
        for place, write in self._writers:
            if values[place] is not None:
                values[place] = write(values[place])
        return values


def writing(kind: type[Any]) -> Writing:
    """How new records of ``kind`` are written."""
    known: Any = kind
    return _writing(known)


@cache
def _writing(kind: type[Any]) -> Writing:
    return Writing(shape(kind))


def columns_of(one: object) -> "dict[peewee.Field[Any], Any]":
    """What to write for ``one``; a new record's id is left to the engine."""
    form = shape(type(one))
    return {
        column: getattr(one, name)
        for name, column in zip(form.names, form.columns, strict=True)
        if not (name == "id" and not getattr(one, name))
    }


def stored(kind: type[Any], name: str, value: object) -> object:
    """``value`` of one field as its column keeps it."""
    write = shape(kind).writers.get(name)
    return value if write is None else write(value)
