"""Rows and events that somebody changed past duban: each is found, on both engines."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core.domain.flaws import Flaw, FlawKind
from core.queries.verifying import verify
from core.store import ledger
from core.store.database import Store
from core.store.fields import DayField, JsonField
from core.store.registry import all_tables
from core.store.rows import fields_of, name_of
from tests.ledgers import flaws, tamper
from tests.office import Office
from tests.store.full_office import ROWS, Full

TABLES = sorted({name_of(table) for table in all_tables()} - ledger.NOT_KEPT)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One store for all; what is done to it is taken back."""
    if request.param == "sqlite":
        office = Full(f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'full.db'}")
        office.store.sql("PRAGMA foreign_keys = 0")
        yield office
        office.close()
        return
    databases = request.getfixturevalue("databases")
    url = databases.create(None)
    office = Full(url)
    yield office
    office.close()
    databases.drop(url)


def after(office: Office, *statements: str, **asked: Any) -> tuple[Flaw, ...]:
    """What is found wrong after these statements, which are taken back."""
    store = office.store
    with store.database.atomic() as transaction:
        tamper(store, *statements)
        found = flaws(office.desk, **asked)
        transaction.rollback()
    return found


def key_of(table: Any) -> str:
    return str(table._meta.primary_key.column_name)


def edits(store: Store, table: Any) -> Iterator[tuple[str, str]]:
    """A statement for each column that changes it in one row, and the column."""
    name, key = name_of(table), key_of(table)
    left_out = ledger.DERIVED.get(name, frozenset()) | {key}
    for column in fields_of(table).values():
        if column.column_name in left_out:
            continue
        quoted = f'"{column.column_name}"'
        new = "77"
        if column.field_type == "BOOL":
            new = f"NOT {quoted}"
        elif isinstance(column, DayField):
            new = "'2031-01-02'"
        elif isinstance(column, JsonField):
            new = '\'{"x":"y"}\''
        elif column.field_type in {"VARCHAR", "TEXT"}:
            new = "'他'"
        where = f'"{key}" = (SELECT max("{key}") FROM {name})'
        yield f"UPDATE {name} SET {quoted} = {new} WHERE {where}", column.column_name


def test_the_full_store_is_sound(full: Full) -> None:
    assert flaws(full.desk) == ()
    for table in TABLES:
        assert full.store.sql(f"SELECT count(*) FROM {table}").fetchone()[0], table


@pytest.mark.parametrize("name", TABLES)
def test_each_field_of_each_table(full: Full, name: str) -> None:
    table = next(one for one in all_tables() if name_of(one) == name)
    for statement, column in edits(full.store, table):
        found = after(full, statement)
        assert [(one.kind, one.name, one.column) for one in found] == [
            (FlawKind.ROW_CHANGED, name, column)
        ], statement
        assert found[0].stands != found[0].told


@pytest.mark.parametrize("name", TABLES)
def test_rows_that_come_and_go(full: Full, name: str) -> None:
    table = next(one for one in all_tables() if name_of(one) == name)
    key = key_of(table)
    newest = f'(SELECT max("{key}") FROM {name})'
    (gone,) = after(full, f'DELETE FROM {name} WHERE "{key}" = {newest}')
    assert (gone.kind, gone.name) == (FlawKind.ROW_MISSING, name)
    (key_before,) = full.store.sql(f'SELECT min("{key}") FROM {name}').fetchone()
    other = "'另一个'" if isinstance(key_before, str) else "987654"
    found = after(full, f'UPDATE {name} SET "{key}" = {other} WHERE "{key}" = {newest}')
    assert {(one.kind, one.name) for one in found} == {
        (FlawKind.ROW_ADDED, name),
        (FlawKind.ROW_MISSING, name),
    }
    assert {one.row for one in found if one.kind is FlawKind.ROW_ADDED} == {other.strip("'")}


SWAPPED = (
    "UPDATE event SET number = -3 WHERE number = 3",
    "UPDATE event SET number = 3 WHERE number = 4",
    "UPDATE event SET number = 4 WHERE number = -3",
)
CLOSED_UP = (
    "DELETE FROM event WHERE number = 3",
    "UPDATE event SET number = -number WHERE number > 3",
    "UPDATE event SET number = -number - 1 WHERE number < 0",
)
EVENT_EDITS = (
    ("at", "at + 1"),
    ("actor_id", "4"),
    ("actor_id", "NULL"),
    ("command_id", "'x'"),
    ("kind", "'task-moved'"),
    ("project_id", "9"),
    ("task_id", "9"),
    ("subject", "'别人'"),
    ("changes", "'{}'"),
    ("reason", "'因为'"),
    ("rows", "''"),
    ("hash", "'0000'"),
    ("hash", "''"),
)


@pytest.mark.parametrize(("column", "value"), EVENT_EDITS)
def test_an_event_that_was_changed(full: Full, column: str, value: str) -> None:
    numbers = {1, 3, full.desk.mark()} if column != "actor_id" or value != "NULL" else {3}
    for number in numbers:
        if column == "rows" and not value and number == 1:
            continue
        found = after(full, f"UPDATE event SET {column} = {value} WHERE number = {number}")
        same = full.store.sql(f"SELECT {column} = {value} FROM event WHERE number = {number}")
        if same.fetchone()[0]:
            continue
        kinds = {(one.kind, one.number) for one in found if one.kind is FlawKind.EVENT_CHANGED}
        assert (FlawKind.EVENT_CHANGED, number) in kinds
        assert kinds <= {(FlawKind.EVENT_CHANGED, one) for one in (number, number + 1)}


def test_an_event_that_was_hashed_again(full: Full) -> None:
    """It is the next one then that does not follow."""
    line = list(
        full.store.sql(
            "SELECT number, at, actor_id, command_id, kind, project_id, task_id, subject, changes,"
            " reason, rows FROM event WHERE number = 3"
        ).fetchone()
    )
    before = full.store.sql("SELECT hash FROM event WHERE number = 2").fetchone()[0]
    line[9] = "另一个原因"
    forged = ledger.chained(before, line)
    found = after(
        full, f"UPDATE event SET reason = '另一个原因', hash = '{forged}' WHERE number = 3"
    )
    assert [(one.kind, one.number) for one in found] == [(FlawKind.EVENT_CHANGED, 4)]


def test_events_that_were_cut_out(full: Full) -> None:
    found = after(full, "DELETE FROM event WHERE number IN (3, 4)")
    assert (FlawKind.EVENTS_MISSING, 3, 4) in {(one.kind, one.number, one.until) for one in found}
    found = after(full, "DELETE FROM event WHERE number = 1")
    assert (FlawKind.EVENTS_MISSING, 1, 1) in {(one.kind, one.number, one.until) for one in found}


@pytest.mark.parametrize("statements", [SWAPPED, CLOSED_UP])
def test_events_in_another_order(full: Full, statements: tuple[str, ...]) -> None:
    found = after(full, *statements)
    assert FlawKind.EVENT_CHANGED in {one.kind for one in found}


def test_a_tail_that_was_cut(full: Full) -> None:
    newest = full.desk.mark()
    head = full.desk.ask(verify).head
    cut = (f"DELETE FROM event WHERE number = {newest}",)
    receipts = ("DELETE FROM receipt",)
    rows = {one.kind for one in after(full, *cut, *receipts)}
    assert rows == {FlawKind.ROW_ADDED}, "rows that no event made"
    assert after(full, *cut, head=head)[0].kind is FlawKind.HEAD_MISSING
    office = {FlawKind.ROW_ADDED, FlawKind.TAIL_CUT}
    last = f"UPDATE receipt SET last = {newest} WHERE last = {newest - 1}"
    assert {one.kind for one in after(full, last, *cut)} == office


def test_a_head_of_before_is_still_there(full: Full) -> None:
    (known,) = full.store.sql("SELECT hash FROM event WHERE number = 3").fetchone()
    assert flaws(full.desk, head=known.upper() + " ") == ()
    (found,) = flaws(full.desk, head="0" * 64)
    assert (found.kind, found.name) == (FlawKind.HEAD_MISSING, "0" * 64)


def test_guards_that_are_gone(full: Full) -> None:
    drop = "DROP TRIGGER event_kept ON event" if full.store.postgres else ""
    name = "event_kept" if full.store.postgres else "event_not_removed"
    with full.store.database.atomic() as transaction:
        full.store.sql(drop or f"DROP TRIGGER {name}")
        assert [(one.kind, one.name) for one in flaws(full.desk)] == [
            (FlawKind.GUARD_MISSING, name)
        ]
        transaction.rollback()


def test_what_is_told_and_what_stands(full: Full) -> None:
    title = full.store.sql("SELECT title FROM task WHERE id = 2").fetchone()[0]
    statement = "UPDATE task SET title = '假', external_id = '假', version = 5 WHERE id = 2"
    found = {one.column: (one.told, one.stands) for one in after(full, statement)}
    assert found == {"title": (title, "假"), "external_id": ("", "假"), "version": (1, 5)}
    hidden = after(full, statement, values=False)
    assert {(one.told, one.stands) for one in hidden} == {(None, None)}


def test_types_that_only_look_alike(full: Full) -> None:
    if full.store.postgres:
        pytest.skip("PostgreSQL keeps no such value")
    for value in ("'0'", "x'30'", "0.5", "''"):
        found = after(full, f"UPDATE task SET slips = {value}, position = position WHERE id = 2")
        same = value == "'0'"  # SQLite makes a number of it
        assert [one.column for one in found] == ([] if same else ["slips"]), value


def test_many_flaws_are_counted(full: Full, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.store import verifying

    monkeypatch.setattr(verifying, "LIMIT", 2)
    with full.store.database.atomic() as transaction:
        full.store.sql("UPDATE task SET note = '假'")
        found = full.desk.ask(verify)
        transaction.rollback()
    assert (len(found.flaws), found.count) == (2, ROWS)


def test_an_event_that_cannot_be_read(full: Full) -> None:
    for text in (
        "{",
        "[1]",
        '[["task"]]',
        '{"a": 1}',
        '[["task", [1], {}]]',
        '[[["task"], 1, null]]',
        "[" * 5_000,
    ):
        found = after(full, f"UPDATE event SET rows = '{text}' WHERE number = 3")
        assert FlawKind.EVENT_CHANGED in {one.kind for one in found}


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The time zone of this process while the test runs."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"], indirect=True
)
def test_no_false_alarm_in_another_time_zone(full: Full, zone: str) -> None:
    head = full.desk.ask(verify).head
    if full.store.postgres:
        full.store.sql(f"SET TIME ZONE '{zone}'")
    try:
        found = full.desk.ask(verify, head=head)
        assert (found.count, found.head) == (0, head)
        full.task(title=zone, due=datetime(2024, 4, 1, tzinfo=UTC))
        assert flaws(full.desk, head=head) == ()
    finally:
        if full.store.postgres:
            full.store.sql("SET TIME ZONE 'UTC'")
