"""A store in which more goes wrong than usual, made from a usual one."""

from datetime import datetime

from core.store.database import Store


def worsen(url: str, lines: int, *, now: datetime) -> None:
    """Let so many tasks of a SQLite store be overdue, blocked or due soon that were well."""
    store = Store(url)
    store.open()
    given = (lines, int(now.timestamp() * 1_000_000))
    with store.writing():
        store.sql(f"CREATE TEMP TABLE chosen AS {_WELL}", given)
        for statement in _WORSE:
            store.sql(statement, given)
    store.close()


_WELL = (
    "SELECT id, id / 7 % 20 AS kind FROM task WHERE state = 'doing' AND timers = 0"
    " AND blocked_since IS NULL AND due > ?2 + 72 * 3600000000 ORDER BY id % 997 LIMIT ?1"
)
_WORSE = (
    "UPDATE task SET due = ?2 - 86400000000 * (id % 20 + 1)"
    " WHERE id IN (SELECT id FROM chosen WHERE kind < 9)",
    "UPDATE task SET due = ?2 + 3600000000 * (id % 18 + 2)"
    " WHERE id IN (SELECT id FROM chosen WHERE kind BETWEEN 9 AND 13)",
    "UPDATE task SET blocked_since = ?2 - 3600000000 * (id % 100 + 1)"
    " WHERE id IN (SELECT id FROM chosen WHERE kind > 13)",
    "INSERT INTO block_spell (task_id, reason, waiting_for, kind, critical, started,"
    " started_by_id, resolution) SELECT id, '等待客户确认', '客户部', 'waiting', 0, blocked_since,"
    " owner_id, '' FROM task WHERE ?2 AND id IN (SELECT id FROM chosen WHERE kind > 13)",
)
"""Nine of twenty overdue, five due soon, six blocked. ``?1`` is how many, ``?2`` now."""
