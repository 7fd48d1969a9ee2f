"""What the engines raise, as refusals. Told apart by code, not by class."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import peewee

from core.domain.refusals import BadValue, OutcomeUnknown, Unavailable

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
CLOCK_STATE: Final = "DU001"
"""What guards of core.store.roles raise where a time is not about now."""
CLASH_STATE: Final = "DU002"
"""The same where a role is another database's, or was somebody else's."""
_POSTGRES = {
    "53100": "disk-full",
    "53300": "too-many-connections",
    "55P03": "store-busy",
    "57014": "store-busy",
    "57P01": "connection-lost",
    "57P02": "connection-lost",
    "57P05": "connection-lost",
    "25P03": "connection-lost",
    "57P03": "store-starting",
    "25006": "store-read-only",
    "28P01": "login-refused",
    "28000": "login-refused",
    "3D000": "store-cannot-open",
    "23505": "taken-unseen",
    "42501": "not-allowed-by-store",
    CLOCK_STATE: "clocks-differ",
    CLASH_STATE: "roles-clash",
}
_SYSTEM = {
    errno.ENOSPC: "disk-full",
    errno.EACCES: "store-cannot-open",
    errno.ENOENT: "store-cannot-open",
}


def driver_errors() -> tuple[type[Exception], ...]:
    """The exceptions of sqlite3, peewee and, once loaded, psycopg: some escape unwrapped."""
    import sys

    psycopg = sys.modules.get("psycopg")
    own: tuple[type[Exception], ...] = (peewee.PeeweeException, sqlite3.Error, OSError)
    return (*own, psycopg.Error) if psycopg is not None else own


def code_of(error: BaseException) -> str:
    """The refusal code for what an engine raised."""
    return _told(error)[0]


def _told(error: BaseException) -> tuple[str, BaseException]:
    """The refusal code, and the error of the chain that it is about.

    peewee wraps what a driver raised, and a rollback that fails hides what it was for: the first
    error of the chain that we have a code for is what counts.
    """
    cause: BaseException | None = error
    coded = False
    while cause is not None:
        found, known = _own_code(cause)
        if known is not None:
            return known, cause
        coded = coded or found
        cause = cause.__cause__ or cause.__context__
    # psycopg's own errors may come unwrapped; their names are those of peewee's.
    names = {kind.__name__ for kind in type(error).__mro__}
    lost = bool(names & {"OperationalError", "InterfaceError"}) and not coded
    return "connection-lost" if lost else "store-failed", error


def _own_code(error: BaseException) -> tuple[bool, str | None]:
    """Whether ``error`` says what it is, and the refusal code for that if there is one."""
    primary = getattr(error, "sqlite_errorcode", None)
    if primary is not None:
        return True, _SQLITE.get(primary & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state:
        return True, _POSTGRES.get(state) or ("connection-lost" if state[:2] == "08" else None)
    if isinstance(error, OSError):
        return True, _SYSTEM.get(error.errno or 0)
    return False, None


@contextmanager
def translated(*, committing: bool = False) -> Iterator[None]:
    """Turn what the engines raise into Unavailable, or OutcomeUnknown while ``committing``."""
    try:
        yield
    except driver_errors() as error:
        code, about = _told(error)
        lost = code in {"connection-lost", "store-failed"}
        kind = OutcomeUnknown if committing and lost else Unavailable
        said = str(getattr(about, "strerror", "") or about).strip()
        raise kind(code, detail=said.splitlines()[0][:200] if said else "") from error
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        shown = error.object[:80].encode("utf-8", "backslashreplace").decode()
        raise BadValue("text", shown, reason="surrogate", code_point=half) from error
