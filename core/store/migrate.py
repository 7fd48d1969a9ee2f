"""Numbered migrations, run at start in one transaction under a lock."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.refusals import Unavailable

if TYPE_CHECKING:
    from core.store.database import Store

FOLDER = Path(__file__).parent / "migrations"
LATEST = "0001_first"
"""The newest migration's name; a test holds it against the folder."""
_HISTORY = "schema_migration"


def newest(store: "Store") -> str | None:
    """The newest migration that the store has; None if it is empty."""
    if not store.database.table_exists(_HISTORY):
        return None
    name: str | None = store.sql(f"SELECT max(name) FROM {_HISTORY}").fetchone()[0]  # noqa: S608
    return name


def bring_up_to_date(store: "Store") -> None:
    """Apply what is missing. Refuses ``store-newer`` if a newer duban wrote the store."""
    found = newest(store)
    if found == LATEST:
        return
    if found is not None and found > LATEST:
        raise Unavailable("store-newer", found=found, known=LATEST)
    from playhouse.migrations import Runner

    with store.migrating():
        if newest(store) != LATEST:
            Runner(store.database, directory=str(FOLDER), table_name=_HISTORY).up()
