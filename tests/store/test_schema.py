"""The migrations make the tables that core.store.tables declares, once, whoever comes first."""

import importlib.util
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import peewee
import psycopg
import pytest
from playhouse.migrations import Runner

from core.domain.people import Person, Project
from core.domain.refusals import Unavailable
from core.store import migrate, rows
from core.store.database import Store
from core.store.registry import all_tables
from core.store.rows import fields_of, name_of
from tests.architecture.sources import ROOT

AT_ONCE = 4
APPLIED = 4
"""How many migrations there are."""
OPEN = (
    "import sys; from core.store.database import Store;"
    " store = Store(sys.argv[1]); store.open(); store.close()"
)


def declared(database: peewee.Database) -> dict[str, set[str]]:
    """The statements that would make today's tables, by table, without what is no difference."""
    made: dict[str, set[str]] = {}
    for table in all_tables():
        with table.bind_ctx(database, bind_refs=False, bind_backrefs=False):
            schema = table._schema
            contexts = [schema._create_table(safe=False), *schema._create_indexes(safe=False)]
            made[name_of(table)] = {_plain(context.query()[0]) for context in contexts}
    return made


def frozen(database: peewee.Database) -> dict[str, set[str]]:
    """The same of the migrations' own models, but for tables that gained columns later."""
    made: dict[str, set[str]] = {}
    for path in sorted(Path(migrate.FOLDER).glob("[0-9]*.py")):
        module = loaded(path)
        for table in module.models(database) if hasattr(module, "models") else ():
            contexts = [
                table._schema._create_table(safe=False),
                *table._schema._create_indexes(safe=False),
            ]
            made[table._meta.table_name] = {_plain(context.query()[0]) for context in contexts}
        for name, *_ in getattr(module, "COLUMNS", ()):
            made.pop(name, None)
    return made


def loaded(path: Path) -> Any:
    """A migration, as the runner loads it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _plain(sql: str) -> str:
    """Without the names of indexes, which follow the names of classes."""
    return re.sub(r'INDEX "\w+" ON', "INDEX ON", sql)


def columns(store: Store, table: str) -> dict[str, tuple[str, bool, bool]]:
    """(type, null, primary key) by column, as the engine tells."""
    found = store.database.get_columns(table)
    return {one.name: (one.data_type.upper(), one.null, one.primary_key) for one in found}


def expected(store: Store, table: Any) -> dict[str, tuple[str, bool, bool]]:
    """The same from the declaration."""
    names = {"VARCHAR": "CHARACTER VARYING"} if store.postgres else {}
    numbers = {"BIGSERIAL": "BIGINT", "AUTO": "INTEGER"}
    wanted = {}
    for field in fields_of(table).values():
        context = store.database.get_sql_context()
        text = context.sql(field.ddl_datatype(context)).query()[0].upper()
        bare = text if not store.postgres else re.sub(r"\(\d+\)", "", text)
        kind = numbers.get(names.get(bare, bare), names.get(bare, bare))
        wanted[field.column_name] = (kind, field.null, field.primary_key)
    return wanted


def test_the_migration_is_the_declaration(store_url: str) -> None:
    store = Store(store_url)
    kept, now = frozen(store.database), declared(store.database)
    assert kept == {name: said for name, said in now.items() if name in kept}
    gained = {"person", "project", "task", "block_spell", "sync_entry", "review", "event"}
    assert set(now) - set(kept) == gained, "their columns are held below"


def test_the_store_has_the_columns_and_indexes(store_url: str) -> None:
    store = Store(store_url)
    store.open()
    try:
        for table in all_tables():
            assert columns(store, name_of(table)) == expected(store, table)
            made = {
                (one.unique, tuple(one.columns))
                for one in store.database.get_indexes(name_of(table))
            }
            for index in table._meta.fields_to_index():
                names = tuple(each.column_name for each in index._expressions)
                assert (bool(index._unique), names) in made
    finally:
        store.close()


@pytest.mark.parametrize(
    ("column", "value"), [("title", "x" * 501), ("progress", 101), ("progress", -1)]
)
def test_the_engine_checks_too(store_url: str, column: str, value: object) -> None:
    from core.store.tables import PersonTable, ProjectTable, TaskTable

    store = Store(store_url)
    store.open()
    try:
        with store.writing():
            store.run(
                ProjectTable.insert(
                    key="T", name="T", pattern="p", wip={}, time_zone="UTC", calendar="china"
                )
            )
            store.run(PersonTable.insert(handle="x", name="x", role="member"))
        row = {
            "project": 1,
            "key": "T1",
            "title": "t",
            "priority": "low",
            "state": "todo",
            "position": 1,
            "created": None,
        }
        with pytest.raises(Unavailable), store.writing():
            store.run(TaskTable.insert({**row, column: value}))
    finally:
        store.close()


def test_latest_is_the_newest_file() -> None:
    names = sorted(path.stem for path in Path(migrate.FOLDER).glob("[0-9]*.py"))
    assert names[-1] == migrate.LATEST


def opened_at_once(url: str) -> None:
    """Open ``url`` from several processes at once; every one must succeed."""
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], stderr=subprocess.PIPE, cwd=ROOT)
        for _ in range(AT_ONCE)
    ]
    said = [one.communicate(timeout=60)[1].decode() for one in running]
    assert [one.returncode for one in running] == [0] * AT_ONCE, said


def test_several_come_first_at_once_sqlite(sqlite_url: str) -> None:
    opened_at_once(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT count(*) FROM schema_migration").fetchone() == (APPLIED,)
        assert connection.execute("SELECT count(*) FROM work_type").fetchone() == (6,)
    connection.close()


def test_several_come_first_at_once_postgres(empty_postgres_url: str) -> None:
    opened_at_once(empty_postgres_url)
    with psycopg.connect(empty_postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM schema_migration").fetchone() == (APPLIED,)
        assert connection.execute("SELECT count(*) FROM work_type").fetchone() == (6,)


def test_a_newer_store_is_refused(store_url: str) -> None:
    store = Store(store_url)
    store.open()
    with store.writing():
        store.sql(
            f"UPDATE schema_migration SET name = '9999_later' WHERE name = '{migrate.LATEST}'"
        )
    store.close()
    later = Store(store_url)
    with pytest.raises(Unavailable) as caught:
        later.open()
    assert (caught.value.code, caught.value.facts) == (
        "store-newer",
        {"found": "9999_later", "known": migrate.LATEST},
    )
    later.close()


def brought_up_to_date(url: str) -> None:
    """Make a store as the first migration left it, put rows in, and open it with today's duban."""
    before = Store(url)
    before.database.connect()
    with before.database.atomic():
        Runner(before.database, directory=migrate.FOLDER, table_name="schema_migration").up(
            "0001_first"
        )
    for sql in (
        "INSERT INTO person (handle, name, role, placeholder, version)"
        " VALUES ('li', '李娜', 'member', FALSE, 1)",
        "INSERT INTO project (key, name, pattern, goal, customer, wip, wip_hard, self_accept,"
        " time_zone, calendar, version) VALUES ('T', 'T', '{key}-{seq:03}', '', '', '{}', FALSE,"
        " FALSE, 'Asia/Shanghai', 'china', 3)",
    ):
        before.database.execute_sql(sql.replace("%", "%%"))
    before.database.close()
    store = Store(url)
    store.open()
    person = rows.shape(Person)
    found = store.rows(person.table.select(*person.columns))
    assert [rows.record(Person, row).away_until for row in found] == [None]
    project = rows.shape(Project)
    found = store.rows(project.table.select(*project.columns))
    assert [
        (one.key, one.version, one.rules) for one in (rows.record(Project, row) for row in found)
    ] == [("T", 3, {})]
    assert newest_name(store) == migrate.LATEST
    store.close()


def newest_name(store: Store) -> str | None:
    return migrate.newest(store.database)


def test_a_store_of_before_is_brought_up_to_date_sqlite(sqlite_url: str) -> None:
    brought_up_to_date(sqlite_url)


def test_a_store_of_before_is_brought_up_to_date_postgres(empty_postgres_url: str) -> None:
    brought_up_to_date(empty_postgres_url)
