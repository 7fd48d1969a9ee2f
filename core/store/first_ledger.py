"""The ledger of migration 0003: the chain over what a store held before, its seals, its guards.

Frozen with it: what is hashed, and which tables and columns are kept, are those of that time.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, Final
from uuid import uuid4

from core.clock import SystemClock

_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_AT_ONCE: Final = 1_000
_ROWS: Final = 200
"""How many rows one seal holds: some tens of kilobytes."""
_KEYS: Final = {"work_type": "label", "meta": "name"}
"""Tables without an id, by table."""
_DERIVED: Final = frozenset({"folded", "timers"})
_JSON: Final = frozenset({"wip", "rules", "told", "points", "claims", "handed"})
TABLES: Final = (
    *("department", "person", "project", "task", "collaborator", "milestone", "dependency"),
    *("criterion", "deliverable", "progress_update", "block_spell", "review", "sync_entry"),
    *("sync_audience", "extension", "issue", "nudge", "timer", "raised_alert", "quiet"),
    *("meeting", "meeting_plan", "assignment", "raci", "sign_off", "project_member"),
    *("close_out", "work_type", "calendar_day", "meta"),
)
"""What seals hold."""
SEEDED: Final = ("项目型", "事务型", "协作型", "专项任务", "常规任务", "紧急任务")
"""Work types that the first migration wrote, and no event."""
_HASHED: Final = (
    *("number", "at", "actor_id", "command_id", "kind", "project_id", "task_id"),
    *("subject", "changes", "reason", "rows"),
)
_EVENT: Final = ", ".join(_HASHED)
_SEALED: Final = "log-sealed"
SQLITE_GUARDS: Final = {
    "event_not_changed": (
        "CREATE TRIGGER event_not_changed BEFORE UPDATE ON event"
        " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    ),
    "event_not_removed": (
        "CREATE TRIGGER event_not_removed BEFORE DELETE ON event"
        " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    ),
    "task_not_removed": (
        "CREATE TRIGGER task_not_removed BEFORE DELETE ON task"
        " BEGIN SELECT RAISE(ABORT, 'a task is cancelled or archived, never removed'); END"
    ),
    "event_in_order": (
        "CREATE TRIGGER event_in_order BEFORE INSERT ON event"
        " WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM event)"
        " BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END"
    ),
}
"""By name. The last catches what would replace an event in a connection without
``recursive_triggers``."""
_POSTGRES_HASH: Final = (
    "encode(sha256(convert_to(concat_ws(chr(31), {previous}, {row}.number, {row}.at,"
    " coalesce({row}.actor_id::text, ''), {row}.command_id, {row}.kind,"
    " coalesce({row}.project_id::text, ''), coalesce({row}.task_id::text, ''), {row}.subject,"
    " {row}.changes, {row}.reason, {row}.rows), 'UTF8')), 'hex')"
)
_BEFORE: Final = "coalesce(previous, '')"
_POSTGRES_CHAIN: Final = (
    "DO $$ DECLARE one record; previous text := ''; BEGIN"  # noqa: S608
    " FOR one IN SELECT * FROM event ORDER BY number LOOP"
    f" previous := {_POSTGRES_HASH.format(previous='previous', row='one')};"
    " UPDATE event SET hash = previous WHERE number = one.number;"
    " END LOOP; END $$"
)
POSTGRES_GUARDS: Final = ("event_written", "event_kept")
"""Triggers that hold for everybody, the table's owner and superusers included."""
_POSTGRES_TRIGGERS: Final = (
    # Whoever inserts may not see the event before; whoever owns the table does.
    "CREATE FUNCTION event_chained() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"  # noqa: S608
    " SET search_path = {schema}, pg_temp AS $$ DECLARE last bigint; previous text; BEGIN"
    " SELECT number, hash INTO last, previous FROM event ORDER BY number DESC LIMIT 1;"
    " IF NEW.number IS DISTINCT FROM coalesce(last, 0) + 1 THEN"
    " RAISE EXCEPTION 'the log only grows at its end' USING ERRCODE = '42501'; END IF;"
    f" NEW.hash := {_POSTGRES_HASH.format(previous=_BEFORE, row='NEW')};"
    " RETURN NEW; END $$",
    "CREATE FUNCTION event_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'the log only grows' USING ERRCODE = '42501'; END $$",
    # The last by name: those that stamp an event run before it is hashed.
    "CREATE TRIGGER event_written BEFORE INSERT ON event"
    " FOR EACH ROW EXECUTE FUNCTION event_chained()",
    "CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_kept()",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_written",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_kept",
)


def make(db: Any) -> None:
    """Chain what is there, seal its rows, and let nobody change events from now on."""
    is_sqlite = db.param == "?"
    if is_sqlite:
        _chain(db)
        guards = list(SQLITE_GUARDS.values())
    else:
        db.execute_sql(_POSTGRES_CHAIN)
        schema = db.execute_sql("SELECT quote_ident(current_schema())").fetchone()[0]
        guards = [one.replace("{schema}", schema) for one in _POSTGRES_TRIGGERS]
    for statement in guards:
        db.execute_sql(statement)
    if db.execute_sql("SELECT 1 FROM event LIMIT 1").fetchone() or _has_rows(db):
        seal(db, now=SystemClock().now())


def _has_rows(db: Any) -> bool:
    """Whether there is more than every new store has."""
    person = db.execute_sql("SELECT 1 FROM person LIMIT 1").fetchone()
    return bool(person or db.execute_sql("SELECT 1 FROM project LIMIT 1").fetchone())


def _chain(db: Any) -> None:
    last, previous = -1, ""
    sql = f"SELECT {_EVENT} FROM event WHERE number > ? ORDER BY number LIMIT {_AT_ONCE}"  # noqa: S608
    while found := db.execute_sql(sql, (last,)).fetchall():
        last, hashes = found[-1][0], []
        for line in found:
            previous = _hashed(previous, line)
            hashes.append((previous, line[0]))
        db.cursor().executemany("UPDATE event SET hash = ? WHERE number = ?", hashes)


def _hashed(previous: str, line: Iterable[Any]) -> str:
    text = "\x1f".join([previous, *("" if one is None else str(one) for one in line)])
    return sha256(text.encode()).hexdigest()


def seal(db: Any, *, now: datetime) -> None:
    """Add events that hold every row as it stands; none is older than the one before."""
    number, previous, at = db.execute_sql(
        "SELECT number, hash, at FROM event ORDER BY number DESC LIMIT 1"
    ).fetchone() or (0, "", 0)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    at = max(at if type(at) is int else 0, (now - epoch) // timedelta(microseconds=1))
    command, names = str(uuid4()), (*_HASHED, "hash")
    marks = ", ".join([db.param] * len(names))
    write = f"INSERT INTO event ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    told = _present(db)
    while some := list(islice(told, _ROWS)):
        number += 1
        rows = _as_text(some)
        line = (number, at, None, command, _SEALED, None, None, "", "{}", "", rows)
        previous = _hashed(previous, line)
        db.execute_sql(write, (*line, previous))


def _present(db: Any) -> Iterator[tuple[str, Any, dict[str, Any] | None]]:
    """Every row that is kept: its table, its key, its values; None for a seed that is gone."""
    known = {row[0] for row in db.execute_sql("SELECT label FROM work_type").fetchall()}
    yield from (("work_type", label, None) for label in SEEDED if label not in known)
    for table in TABLES:
        yield from _of_table(db, table)


def _of_table(db: Any, table: str) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    key = _KEYS.get(table, "id")
    kept = [one for one in db.get_columns(table) if one.name not in {key, *_DERIVED}]
    nothing = [None if one.null else "{}" if one.name in _JSON else "" for one in kept]
    columns = ", ".join(f'"{one.name}"' for one in kept)
    sql = f'SELECT "{key}", {columns} FROM "{table}"'  # noqa: S608
    end = f' ORDER BY "{key}" LIMIT {_AT_ONCE}'
    found = db.execute_sql(sql + end).fetchall()
    while found:
        for row in found:
            given = zip(kept, row[1:], nothing, strict=True)
            told = {one.name: _plain(value) for one, value, none in given if value != none}
            yield (table, row[0], told)
        later = f'{sql} WHERE "{key}" > {db.param}{end}'
        found = db.execute_sql(later, (found[-1][0],)).fetchall()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
