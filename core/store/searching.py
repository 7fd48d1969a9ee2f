"""The index that words are found by; see docs/architecture.md.

A line of ``search_line`` holds the words of one record. SQLite finds lines by an FTS5 table
beside it, PostgreSQL by a GIN index on the words; where SQLite has no FTS5, each line is read.
Words are made by core alone: neither engine's own idea of a word can differ from the other's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.domain.searching import FIELDS, RECORDS, FoundKind
from core.domain.text import BREAK, spaced

if TYPE_CHECKING:
    from core.store.database import Store

INDEX: Final = "search_index"
_COLUMNS: Final = "kind, project_id, text"
CHUNK: Final = 1_000
"""How many lines are written at once."""


class Noted(NamedTuple):
    """A record whose words are still to be written."""

    record: Any
    """None if it was removed."""
    task: int | None
    project: int


def kind_of(record: object) -> FoundKind | None:
    """What a hit in ``record`` is; None if it is not searched."""
    return RECORDS.get(type(record).__name__)


def words_of(kind: FoundKind, record: object) -> str:
    """The words of a record, as the index holds them; no phrase goes over the end of a field."""
    return joined(getattr(record, name) for name in FIELDS[kind])


def joined(texts: Iterable[str]) -> str:
    """The words of several texts."""
    return f" {BREAK} ".join(filter(None, map(spaced, filter(None, texts))))


def is_fast(store: "Store") -> bool:
    """Whether the engine finds words by an index; a SQLite without FTS5 does not."""
    if store.postgres:
        return True
    known = {row[0] for row in store.sql("PRAGMA module_list").fetchall()}
    made = f"SELECT 1 FROM sqlite_master WHERE name = '{INDEX}'"  # noqa: S608
    return "fts5" in known and store.sql(made).fetchone() is not None


def write(store: "Store", noted: Mapping[tuple[FoundKind, int], Noted]) -> None:
    """Bring the lines of these records up to date, by kind and id; in a transaction."""
    keys = [(kind.value, number) for kind, number in noted]
    gone = [(kind.value, number) for (kind, number), one in noted.items() if one.record is None]
    lines = [
        (kind.value, number, one.task, one.project, words_of(kind, one.record))
        for (kind, number), one in noted.items()
        if one.record is not None
    ]
    fast = not store.postgres and is_fast(store)
    if fast:
        _forget(store, keys)
    if lines:
        _put(store, lines)
    if gone:
        mark = "%s" if store.postgres else "?"
        where = f"kind = {mark} AND object_id = {mark}"
        store.many(f"DELETE FROM search_line WHERE {where}", gone)  # noqa: S608
    if fast:
        _learn(store, keys)


def _put(store: "Store", lines: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s" if store.postgres else "?"] * 5)
    store.many(
        "INSERT INTO search_line (kind, object_id, task_id, project_id, text)"  # noqa: S608
        f" VALUES ({marks}) ON CONFLICT (kind, object_id) DO UPDATE SET"
        " task_id = excluded.task_id, project_id = excluded.project_id, text = excluded.text",
        lines,
    )


def _forget(store: "Store", keys: Iterable[tuple[str, int]]) -> None:
    """FTS5 forgets the words of a line if it is told them; so before the line is changed."""
    columns, told = f"{INDEX}, rowid, {_COLUMNS}", f"'delete', id, {_COLUMNS}"
    _tell(store, keys, columns=columns, told=told)


def _learn(store: "Store", keys: Iterable[tuple[str, int]]) -> None:
    _tell(store, keys, columns=f"rowid, {_COLUMNS}", told=f"id, {_COLUMNS}")


def _tell(store: "Store", keys: Iterable[tuple[str, int]], *, columns: str, told: str) -> None:
    """In one statement a kind: after each, FTS5 writes down what it holds, which takes longest."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for kind, number in keys:
        numbers[kind].append(number)
    for kind, found in numbers.items():
        marks = ", ".join("?" * len(found))
        store.sql(
            f"INSERT INTO {INDEX} ({columns}) SELECT {told} FROM search_line"  # noqa: S608
            f" WHERE kind = ? AND object_id IN ({marks}) ORDER BY id",
            [kind, *found],
        )


class Source(NamedTuple):
    """Where the words of one kind stand, in SQL: as ``one``."""

    table: str
    at: str
    """When it was written down: hits come newest first."""
    task: str = "one.task_id"
    project: str = "one.project_id"
    joined: str = ""
    """What else must be read."""


SOURCES: Final[Mapping[FoundKind, Source]] = {
    FoundKind.TASK: Source("task", at="created", task="one.id"),
    FoundKind.UPDATE: Source(
        "progress_update",
        at="at",
        project="task.project_id",
        joined=" JOIN task ON task.id = one.task_id",
    ),
    FoundKind.ISSUE: Source("issue", at="reported"),
    FoundKind.SYNC: Source("sync_entry", at="at"),
    FoundKind.MEETING: Source("meeting", at="at"),
}


def rebuild(store: "Store") -> int:
    """Write every line anew, oldest first; how many there are. In one transaction."""
    with store.writing():
        store.sql("DELETE FROM search_line")
        store.sql(laid_out(SOURCES))
        for kind in SOURCES:
            for lines in _read(store, kind):
                mark = "%s" if store.postgres else "?"
                sql = f"UPDATE search_line SET text = {mark} WHERE id = {mark}"  # noqa: S608
                store.many(sql, [(text, number) for number, _, text in lines])
        if is_fast(store) and not store.postgres:
            store.sql(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")  # noqa: S608
        count: int = store.sql("SELECT count(*) FROM search_line").fetchone()[0]
    return count


def laid_out(sources: Mapping[FoundKind, Source]) -> str:
    """The statement that adds a line without words for each record, oldest first."""
    each = " UNION ALL ".join(
        f"SELECT '{kind.value}' AS kind, one.id AS number, {source.task} AS task,"  # noqa: S608
        f" {source.project} AS project, one.{source.at} AS at"
        f" FROM {source.table} one{source.joined}"
        for kind, source in sources.items()
    )
    return (
        "INSERT INTO search_line (kind, object_id, task_id, project_id, text)"  # noqa: S608
        f" SELECT kind, number, task, project, '' FROM ({each}) told ORDER BY at, kind, number"
    )


def _read(store: "Store", kind: FoundKind) -> Iterator[list[tuple[int, str, str]]]:
    """(line, kept words, right words) of all records of a kind, CHUNK at a time."""
    mark = "%s" if store.postgres else "?"
    columns = ", ".join(f'one."{name}"' for name in FIELDS[kind])
    sql = (
        f"SELECT line.id, line.text, {columns} FROM search_line line"  # noqa: S608
        f" JOIN {SOURCES[kind].table} one ON one.id = line.object_id"
        f" WHERE line.kind = '{kind.value}' AND line.id > {mark} ORDER BY line.id LIMIT {CHUNK}"
    )
    last = 0
    while found := store.sql(sql, (last,)).fetchall():
        last = found[-1][0]
        yield [(row[0], row[1], joined(row[2:])) for row in found]


def wrong_lines(store: "Store", *, limit: int = 20) -> tuple[str, ...]:
    """Records whose words the index does not hold as they are, as ``kind id``; ``limit`` at most.

    Reads everything that is searched.
    """
    found: list[str] = []
    for kind, source in SOURCES.items():
        missing = (
            f"SELECT one.id FROM {source.table} one WHERE NOT EXISTS"  # noqa: S608
            " (SELECT 1 FROM search_line line WHERE line.object_id = one.id"
            f" AND line.kind = '{kind.value}') LIMIT {limit}"
        )
        found += [f"{kind.value} {row[0]}" for row in store.sql(missing).fetchall()]
        for lines in _read(store, kind):
            found += [f"{kind.value} line {row[0]}" for row in lines if row[1] != row[2]]
            if len(found) >= limit:
                return tuple(found[:limit])
        left = (
            f"SELECT line.id FROM search_line line WHERE line.kind = '{kind.value}' AND NOT EXISTS"  # noqa: S608
            f" (SELECT 1 FROM {source.table} one WHERE one.id = line.object_id) LIMIT {limit}"
        )
        found += [f"{kind.value} line {row[0]}" for row in store.sql(left).fetchall()]
    return tuple(found[:limit]) or _unsound(store)


def _unsound(store: "Store") -> tuple[str, ...]:
    """Whether FTS5 holds what the lines say."""
    from core.domain.refusals import Unavailable
    from core.store.faults import translated

    if store.postgres or not is_fast(store):
        return ()
    check = f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
    try:
        with translated(), store.writing():
            store.sql(check)
    except Unavailable:
        return (INDEX,)
    return ()
