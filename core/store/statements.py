"""The SQL of single records, written once for each kind of record.

Only names of our own tables stand in the texts; data goes through the values.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from core.store import rows

if TYPE_CHECKING:
    from core.store.database import Store


def _quoted(name: str) -> str:
    return f'"{name}"'


def _mark(*, postgres: bool) -> str:
    return "%s" if postgres else "?"


@cache
def selecting(
    kind: type[Any], named: tuple[str, ...], empty: tuple[str, ...], *, postgres: bool
) -> str:
    """All records of ``kind`` with given values in ``named`` and none in ``empty``; by id."""
    form = rows.shape(kind)
    columns = rows.fields_of(form.table)
    read = ", ".join(_quoted(column.column_name) for column in form.columns)
    mark = _mark(postgres=postgres)
    wanted = [f"{_quoted(columns[name].column_name)} = {mark}" for name in named]
    wanted += [f"{_quoted(columns[name].column_name)} IS NULL" for name in empty]
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    return f"SELECT {read} FROM {rows.name_of(form.table)}{where} ORDER BY id"  # noqa: S608


@cache
def inserting(kind: type[Any], names: tuple[str, ...], *, postgres: bool) -> str:
    """One record of ``kind`` with values for ``names``; PostgreSQL answers with its id."""
    table = rows.shape(kind).table
    columns = rows.fields_of(table)
    written = ", ".join(_quoted(columns[name].column_name) for name in names)
    marks = ", ".join([_mark(postgres=postgres)] * len(names))
    asked = " RETURNING id" if postgres else ""  # SQLite knows it anyway, and takes twice as long
    return f"INSERT INTO {rows.name_of(table)} ({written}) VALUES ({marks}){asked}"  # noqa: S608


def insert(store: "Store", kind: Any, names: tuple[str, ...], values: Sequence[Any]) -> int:
    """Write one record of ``kind``; its id."""
    done = store.sql(inserting(kind, names, postgres=store.postgres), values)
    number: int = done.fetchone()[0] if store.postgres else done.lastrowid
    return number


@cache
def placing(kind: type[Any]) -> str:
    """One record of ``kind`` under an id that is known, which is its first value; for SQLite."""
    form = rows.shape(kind)
    columns = rows.fields_of(form.table)
    names = ("id", *rows.writing(kind).names)
    written = ", ".join(_quoted(columns[name].column_name) for name in names)
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {rows.name_of(form.table)} ({written}) VALUES ({marks})"  # noqa: S608


@cache
def updating(kind: type[Any], names: tuple[str, ...], *, postgres: bool) -> str:
    """Sets ``names`` of the record of ``kind`` whose id is the last value."""
    table = rows.shape(kind).table
    columns = rows.fields_of(table)
    mark = _mark(postgres=postgres)
    written = ", ".join(f"{_quoted(columns[name].column_name)} = {mark}" for name in names)
    return f"UPDATE {rows.name_of(table)} SET {written} WHERE id = {mark}"  # noqa: S608


@cache
def removing(kind: type[Any], *, postgres: bool) -> str:
    """Deletes one record of ``kind`` by id."""
    table = rows.name_of(rows.shape(kind).table)
    return f"DELETE FROM {table} WHERE id = {_mark(postgres=postgres)}"  # noqa: S608
