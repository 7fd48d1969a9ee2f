"""Numbered migrations, run at start in one transaction under a lock."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager

import peewee

from core.domain.refusals import Unavailable

FOLDER = os.path.join(os.path.dirname(__file__), "migrations")
LATEST = "0004_queue"
"""The newest migration's name; a test holds it against the folder."""
_HISTORY = "schema_migration"


def newest(database: peewee.Database) -> str | None:
    """The newest migration that the store has; None if it is empty."""
    if not database.table_exists(_HISTORY):
        return None
    last = f"SELECT max(name) FROM {_HISTORY}"  # noqa: S608
    name: str | None = database.execute_sql(last).fetchone()[0]
    return name


def bring_up_to_date(
    database: peewee.Database, *, alone: Callable[[], AbstractContextManager[None]]
) -> None:
    """Apply what is missing, in the transaction that ``alone`` opens.

    Refuses ``store-newer`` if a newer duban wrote the store.
    """
    found = newest(database)
    if found == LATEST:
        return
    if found is not None and found > LATEST:
        raise Unavailable("store-newer", found=found, known=LATEST)
    from playhouse.migrations import Runner

    with alone():
        if newest(database) != LATEST:
            runner = Runner(database, directory=FOLDER, table_name=_HISTORY)
            runner.up()
