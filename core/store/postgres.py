"""PostgreSQL through psycopg 3, which is imported only here."""

import logging
from typing import Any

import peewee

from core.domain.refusals import Unavailable


def database(url: str) -> peewee.PostgresqlDatabase:
    """A database for ``url``, not yet connected. Refuses ``postgres-extra-missing``."""
    _lend_driver()
    return peewee.PostgresqlDatabase(
        url.replace("postgres://", "postgresql://", 1),
        prefer_psycopg3=True,
        connect_timeout=10,
        application_name="duban",
        client_encoding="utf8",
    )


def _lend_driver() -> None:
    """Give peewee the driver that core.store hid from it at import."""
    try:
        import psycopg
        from psycopg.pq import TransactionStatus
        from psycopg.types.json import Json, Jsonb
    except ImportError as missing:
        raise Unavailable("postgres-extra-missing") from missing
    # Without a handler Python would print psycopg's warnings over the member's screen.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    module: Any = peewee
    if module.psycopg is None:
        module.psycopg, module.TransactionStatus = psycopg, TransactionStatus
        module.Json_pg3, module.Jsonb_pg3 = Json, Jsonb
        adapter = module.Psycopg3Adapter
        adapter.txn_idle = TransactionStatus.IDLE
        adapter.txn_inerror = TransactionStatus.INERROR
        adapter.txn_unknown = TransactionStatus.UNKNOWN
