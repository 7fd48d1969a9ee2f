"""What tests do to logs and rows past duban, and what they ask of its ledger."""

from typing import Any

from core.desk import Desk
from core.domain.flaws import Flaw
from core.queries.verifying import verify
from core.store.database import Store
from core.store.first_ledger import SQLITE_GUARDS


def unguard(store: Store) -> None:
    """Take away what keeps events from being changed, as an attacker would who owns the store."""
    if store.postgres:
        store.sql("ALTER TABLE event DISABLE TRIGGER USER")
        return
    for name in SQLITE_GUARDS:
        store.sql(f"DROP TRIGGER IF EXISTS {name}")


def guard(store: Store) -> None:
    """Put it back."""
    if store.postgres:
        for name in ("event_written", "event_kept"):
            store.sql(f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}")
        return
    for statement in SQLITE_GUARDS.values():
        store.sql(statement)


def tamper(store: Store, *statements: str) -> None:
    """Execute SQL with the guards and the references out of the way; both are put back."""
    if not store.postgres:
        store.sql("PRAGMA foreign_keys = 0")
    with store.database.atomic():
        if store.postgres:
            store.sql("SET LOCAL session_replication_role = replica")
        unguard(store)
        for statement in statements:
            store.sql(statement)
        guard(store)
    if not store.postgres:
        store.sql("PRAGMA foreign_keys = 1")


def flaws(desk: Desk, **asked: Any) -> tuple[Flaw, ...]:
    """What is wrong with the desk's store."""
    return desk.ask(verify, **asked).flaws
