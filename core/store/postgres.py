"""PostgreSQL through psycopg 3, which is imported only here."""

import logging
import socket
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote

import peewee

from core.domain.refusals import Unavailable
from core.store.urls import password_of, shown_url

_SHORT_QUESTIONS: Final = (
    "SELECT set_config('jit', 'off', false), set_config('random_page_cost', '1.1', false)"
)
"""What every connection asks is short and answered from memory: compiling it takes longer than
the answer, and a server that expects to wait for a disk reads whole tables instead of indexes."""
_HAS_LOGINS: Final = "to_regprocedure('duban_handle()') IS NOT NULL"
"""Whether members have roles of their own here: core.store.pg_roles."""


class Database(peewee.PostgresqlDatabase):
    """Knows its newest connection in every thread; peewee's own keeps one for each."""

    line: Any = None
    """psycopg's connection; None before the first."""
    login: str = ""
    """Whose role is connected, as a handle; empty for an account that acts for anybody."""

    def _connect(self) -> Any:
        """Connect. Refuses ``login-of-nobody`` for a role that is nobody's any more."""
        self.line = super()._connect()  # type: ignore[misc]
        if self.line.execute(f"{_SHORT_QUESTIONS}, {_HAS_LOGINS}").fetchone()[-1]:
            self.login = self.line.execute("SELECT duban_handle()").fetchone()[0]
            if self.login is None:
                self.login, role = "", self.line.info.user
                self.line.close()
                raise Unavailable("login-of-nobody", person=role)
        return self.line

    @property
    def backend(self) -> int:
        """The process that serves the connection; 0 without one."""
        lost = self.line is None or self.line.closed
        return 0 if lost else self.line.info.backend_pid

    def sever(self) -> None:
        """End the connection under a statement that gets no answer; from any thread.

        Closing it would free what the waiting thread uses, and would not wake it. The statement
        ends as if the server had hung up.
        """
        if self.line is None or self.line.closed:
            return
        wire = socket.socket(fileno=self.line.fileno())
        with suppress(OSError):  # it has ended by itself
            wire.shutdown(socket.SHUT_RDWR)
        wire.detach()


def database(url: str) -> Database:
    """A database for ``url``, not yet connected. Refuses ``postgres-extra-missing``."""
    _lend_driver()
    return Database(
        url.replace("postgres://", "postgresql://", 1),
        prefer_psycopg3=True,
        connect_timeout=10,
        application_name="duban",
        client_encoding="utf8",
    )


_LOGIN: Final = (
    "password authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "authentication failed for user",
    "pg_hba.conf rejects",
)
_AWAY: Final = (
    "connection refused",
    "could not translate host name",
    "failed to resolve host",
    "name or service not known",
    "timeout expired",
    "no such file or directory",
    "no route to host",
    "network is unreachable",
    "connection timeout",
)


def connect_refusal(error: BaseException, *, url: str, again: bool) -> Unavailable | None:
    """Why a connection could not be made; None where the driver does not tell.

    It has no code for that, only a text. ``again`` if there was a connection before: then a
    server that does not answer is most likely restarting. The password is never among the facts.
    """
    shown = shown_url(url)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    detail = _without_secrets(lines[0] if lines else "", url)
    said = str(error).casefold()
    if any(one in said for one in _LOGIN) or _is_unknown_role(said):
        return Unavailable("login-refused", detail=detail)
    if again:
        return None
    if any(one in said for one in _AWAY):
        return Unavailable("store-unreachable", path=shown, detail=detail)
    bad_url = "connection option" in said or "connection info string" in said or "invalid " in said
    if bad_url or ("database" in said and "does not exist" in said):
        return Unavailable("store-cannot-open", path=shown, detail=detail)
    return None


def _is_unknown_role(said: str) -> bool:
    return 'role "' in said and "does not exist" in said and 'database "' not in said


def _without_secrets(detail: str, url: str) -> str:
    """What a driver said, without the password and without what it repeats of the URL."""
    password = password_of(url)
    rest = password.partition("@")[2]  # what a driver takes for the host's beginning
    for secret in filter(None, (url, password, unquote(password), rest and f"{rest}@")):
        detail = detail.replace(secret, "***")
    return detail[:200]


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
