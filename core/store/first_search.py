"""The search of migration 0002: its index, and the lines of what a store held before.

Frozen with it: it reads the columns that tables had then, not those of core.store.searching.
"""

from collections.abc import Iterable
from typing import Any, Final

from core.domain.text import BREAK, spaced

_CHUNK: Final = 1_000
_SQLITE: Final = (
    "CREATE VIRTUAL TABLE search_index USING fts5(kind, project_id, text,"
    " content='search_line', content_rowid='id', tokenize='ascii', columnsize=0, prefix='2')"
)
"""``ascii``: words are parted by spaces only, and every other character is part of a word."""
_POSTGRES: Final = (
    "CREATE INDEX search_index ON search_line"
    " USING gin (array_to_tsvector(string_to_array(text, ' ')))"
    " WITH (gin_pending_list_limit = 256)"
)
"""Without positions: those that PostgreSQL keeps end at 256 of a word, and at the 16,383rd.
What was written last is read from end to end at each search: let it be little."""
_LAID_OUT: Final = (
    "INSERT INTO search_line (kind, object_id, task_id, project_id, text)"
    " SELECT kind, number, task, project, '' FROM ("
    "SELECT 'task' AS kind, id AS number, id AS task, project_id AS project, created AS at"
    " FROM task UNION ALL "
    "SELECT 'update', one.id, one.task_id, task.project_id, one.at"
    " FROM progress_update one JOIN task ON task.id = one.task_id UNION ALL "
    "SELECT 'sync', id, task_id, project_id, at FROM sync_entry"
    ") told ORDER BY at, kind, number"
)
"""Issues and meetings come with this migration: there are none yet."""
_FIELDS: Final = {
    "task": (
        *("task", "key", "external_id", "title", "description", "background", "outcome"),
        *("value", "note", "status_note", "risk_note"),
    ),
    "update": ("progress_update", "done", "next", "problems", "support"),
    "sync": (*("sync_entry", "topic", "content", "follow_up", "audience", "reference", "remarks"),),
}
"""By kind: the table, and its searched columns."""


def make(db: Any) -> None:
    """Make the index, and fill it; ``search_line`` and the columns of 0002 are there."""
    is_sqlite = db.param == "?"
    db.execute_sql(_LAID_OUT)
    for kind in _FIELDS:
        _fill(db, kind)
    if not is_sqlite:
        db.execute_sql(_POSTGRES)
    elif "fts5" in {row[0] for row in db.execute_sql("PRAGMA module_list").fetchall()}:
        db.execute_sql(_SQLITE)
        db.execute_sql("INSERT INTO search_index (search_index) VALUES ('rebuild')")


def _fill(db: Any, kind: str) -> None:
    table, *names = _FIELDS[kind]
    columns = ", ".join(f'one."{name}"' for name in names)
    sql = (
        f"SELECT line.id, {columns} FROM search_line line JOIN {table} one"  # noqa: S608
        f" ON one.id = line.object_id WHERE line.kind = '{kind}' AND line.id > {db.param}"
        f" ORDER BY line.id LIMIT {_CHUNK}"
    )
    last = 0
    while found := db.execute_sql(sql, (last,)).fetchall():
        last = found[-1][0]
        lines = [(_words(row[1:]), row[0]) for row in found]
        write = f"UPDATE search_line SET text = {db.param} WHERE id = {db.param}"  # noqa: S608
        db.cursor().executemany(write, lines)


def _words(texts: Iterable[str]) -> str:
    return f" {BREAK} ".join(filter(None, map(spaced, texts)))
