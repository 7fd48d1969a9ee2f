"""From stored rows to the frozen records of core.domain, and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple, TypeVar

import peewee

from core.domain.status import State
from core.store import logs, tables

Record = TypeVar("Record")

_TABLES: dict[str, type[tables.Table]] = {
    "Department": tables.DepartmentTable,
    "Person": tables.PersonTable,
    "Project": tables.ProjectTable,
    "Task": tables.TaskTable,
    "SyncEntry": logs.SyncTable,
    "Event": logs.EventTable,
}
_PARTS = {
    "Collaborator": "CollaboratorTable",
    "Milestone": "MilestoneTable",
    "Dependency": "DependencyTable",
    "Criterion": "CriterionTable",
    "Deliverable": "DeliverableTable",
    "ProgressUpdate": "ProgressTable",
    "BlockSpell": "BlockTable",
    "Review": "ReviewTable",
}
"""Loaded when they are needed first: the board is there before it asks for any of them."""


def _table(record: str) -> type[tables.Table]:
    """Which table keeps records of that name."""
    if record in _TABLES:
        return _TABLES[record]
    from core.store import part_tables

    found: type[tables.Table] = getattr(part_tables, _PARTS[record])
    return found


def all_tables() -> tuple[type[tables.Table], ...]:
    """Every table; one that refers to another stands behind it."""
    return (
        *(_table(name) for name in ("Department", "Person", "Project", "Task")),
        *map(_table, _PARTS),
        logs.SyncTable,
        logs.EventTable,
        logs.ReceiptTable,
        logs.TallyTable,
        logs.CounterTable,
        logs.WorkTypeTable,
        logs.CalendarDayTable,
        logs.MetaTable,
    )


class Shape(NamedTuple):
    """How one kind of record lies in its table."""

    table: Any
    """A class of core.store.tables or core.store.logs."""
    names: tuple[str, ...]
    """Field names, in the record's order."""
    columns: tuple[Any, ...]
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]
    """(place, conversion) for the columns whose stored value is not the record's."""
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
    """What turns a stored value of ``column`` into the record's; None if nothing needs to."""
    if isinstance(column, peewee.BooleanField):
        return bool
    if not _is_ours(column):
        return None
    reader: Callable[[Any], Any] = column.python_value
    return reader


def _is_ours(column: "peewee.Field[Any]") -> bool:
    """Whether the column's kind is one of core.store.fields, which convert; peewee's need not."""
    return type(column).__module__ != "peewee"


def shape(kind: type[Any]) -> Shape:
    """The shape of ``kind``, whose records a table keeps."""
    known: Any = kind
    return _shape(known)


@cache
def _shape(kind: type[Any]) -> Shape:
    table = _table(kind.__name__)
    names = tuple(field.name for field in fields(kind))
    columns = tuple(fields_of(table)[name] for name in names)
    found = ((place, converter(column)) for place, column in enumerate(columns))
    return Shape(
        table,
        names,
        columns,
        readers=tuple((at, read) for at, read in found if read),
        writers={
            name: column.db_value
            for name, column in zip(names, columns, strict=True)
            if _is_ours(column)
        },
    )


def record(kind: type[Record], row: Sequence[Any]) -> Record:
    """The record in ``row``, whose columns are those of ``shape(kind)``."""
    form = shape(kind)
    values = list(row)
    for place, read in form.readers:
        values[place] = read(values[place])
    made = dict(zip(form.names, values, strict=True))
    if "wip" in made:
        made["wip"] = {State(name): limit for name, limit in made["wip"].items()}
    return kind(**made)


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
