"""What the engines raise, as refusals. Told apart by code, not by class."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import peewee

from core.domain.refusals import OutcomeUnknown, Unavailable

_SQLITE = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-error",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-cannot-open",
    sqlite3.SQLITE_NOTADB: "store-not-a-database",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
}
_POSTGRES = {
    "53100": "disk-full",
    "53300": "too-many-connections",
    "55P03": "store-busy",
    "57014": "store-busy",
    "57P01": "connection-lost",
    "57P03": "store-starting",
    "25006": "store-read-only",
    "28P01": "login-refused",
    "28000": "login-refused",
    "3D000": "store-cannot-open",
    "42501": "not-allowed-by-store",
}


def _driver_errors() -> tuple[type[Exception], ...]:
    """The exceptions of sqlite3, peewee and, once loaded, psycopg: some escape unwrapped."""
    import sys

    psycopg = sys.modules.get("psycopg")
    own: tuple[type[Exception], ...] = (peewee.PeeweeException, sqlite3.Error, OSError)
    return (*own, psycopg.Error) if psycopg is not None else own


def code_of(error: BaseException) -> str:
    """The refusal code for what an engine raised."""
    cause: BaseException | None = error
    while cause is not None:
        primary = getattr(cause, "sqlite_errorcode", None)
        if primary is not None:
            return _SQLITE.get(primary & 0xFF, "store-failed")
        state = getattr(cause, "sqlstate", None)
        if state:
            return _POSTGRES.get(state, "connection-lost" if state[:2] == "08" else "store-failed")
        if isinstance(cause, OSError):
            return {errno.ENOSPC: "disk-full", errno.EACCES: "store-cannot-open"}.get(
                cause.errno or 0, "store-failed"
            )
        cause = cause.__cause__ or cause.__context__
    operational = isinstance(error, peewee.OperationalError | peewee.InterfaceError)
    return "connection-lost" if operational else "store-failed"


@contextmanager
def translated(*, committing: bool = False) -> Iterator[None]:
    """Turn what the engines raise into Unavailable, or OutcomeUnknown while ``committing``."""
    try:
        yield
    except _driver_errors() as error:
        code = code_of(error)
        lost = code in {"connection-lost", "store-failed"}
        kind = OutcomeUnknown if committing and lost else Unavailable
        raise kind(code, detail=str(error).splitlines()[0][:200] if str(error) else "") from error
