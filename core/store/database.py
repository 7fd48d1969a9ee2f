"""A store from its URL: SQLite by default, PostgreSQL for teams."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any, Protocol

import peewee

from core.domain.refusals import Unavailable
from core.store.faults import driver_errors, translated
from core.store.urls import is_postgres, shown_url, sqlite_file
from core.store.veiled import lift

if TYPE_CHECKING:
    from pathlib import Path

_A_MOMENT = 0.05
BUSY_SECONDS = 5
"""How long a SQLite writer waits for another one."""
CACHE_KB = -1024
"""SQLite's own page cache, as its pragma wants it; the system keeps the file in memory anyway."""
_WRITER_LOCK = 0x6475_6261_6E01
"""PostgreSQL advisory lock that makes writers take turns: commit order is event order."""
_MIGRATION_LOCK = 0x6475_6261_6E02
_OURS = frozenset({"task", "person", "project", "event"})
"""Tables that a PostgreSQL database of others may not have; it may have any other."""
CHANNEL = "duban"
"""What PostgreSQL calls the news of changes."""


class Waiting(Protocol):
    """Writes that a transaction has put off; see core.store.book."""

    def flush(self) -> None:
        """Write them, so that a query sees them."""


class Store:
    """One connection to one store; belongs to the thread that opened it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.postgres = is_postgres(url)
        self.file = "" if self.postgres else sqlite_file(url)
        """The SQLite file; empty on PostgreSQL."""
        self.waiting: Waiting | None = None
        """What the open transaction has put off; None outside of one."""
        self.hidden: frozenset[int] = frozenset()
        """Projects that are out of sight on this connection; see core.store.veil."""
        self.schema: str | None = None
        """Where PostgreSQL keeps the tables, once it was asked."""
        self._seen: tuple[int, int] | None = None
        self._opened = False
        self.database: peewee.Database = self._postgres() if self.postgres else self._sqlite()

    @property
    def path(self) -> "Path | None":
        """The SQLite file; None on PostgreSQL."""
        from pathlib import Path

        return Path(self.file) if self.file else None

    def _sqlite(self) -> peewee.Database:
        _prepare_file(self.file)
        return peewee.SqliteDatabase(
            self.file,
            pragmas={
                "journal_mode": "wal",
                "synchronous": "full",
                "foreign_keys": 1,
                "busy_timeout": BUSY_SECONDS * 1000,
                "cache_size": CACHE_KB,
                "recursive_triggers": 1,
            },
            lock_type="IMMEDIATE",
            timeout=BUSY_SECONDS,
        )

    def _postgres(self) -> peewee.Database:
        from core.store import postgres

        return postgres.database(self.url)

    def open(self) -> None:
        """Connect, and bring the tables up to date."""
        from core.store.migrate import bring_up_to_date

        self._connect()
        with translated():
            bring_up_to_date(self.database, alone=self.migrating)
            if self.file:
                found = os.stat(self.file)
                self._seen = (found.st_dev, found.st_ino)

    def _connect(self) -> None:
        """Connect. Refuses with the place in the facts, so that it can be told."""
        try:
            self._reach()
            if self.file:
                self.database.connection().text_factory = _as_text
        except Unavailable as error:
            refusal = None
            if self.postgres and error.__cause__ is not None:
                from core.store.postgres import connect_refusal

                refusal = connect_refusal(error.__cause__, url=self.url, again=self._opened)
            elif error.code == "store-cannot-open":
                error.facts["path"] = self.file
            if refusal is None:
                raise
            raise refusal from error
        self._opened = True
        self.hidden = frozenset()

    def _reach(self) -> None:
        """Connect, waiting for whoever makes the same file: turning WAL on heeds no timeout."""
        for left in reversed(range(int(BUSY_SECONDS / _A_MOMENT))):
            try:
                with translated():
                    self.database.connect(reuse_if_open=True)
            except Unavailable as error:
                if error.code != "store-busy" or not left:
                    raise
                self.database.close()
                sleep(_A_MOMENT)
            else:
                return

    def close(self) -> None:
        """Close the connection; the store can be opened again."""
        with translated():
            self.database.close()

    @property
    def busy(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.database.in_transaction())

    def settle(self) -> None:
        """Write what the open transaction has put off, so that what is asked next sees it."""
        if self.waiting is not None:
            self.waiting.flush()

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        """The stored values of every row of a query; see rows.converter for their meaning."""
        self.settle()
        found: list[tuple[Any, ...]] = self.database.execute(query).fetchall()
        return found

    def row(self, query: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        self.settle()
        found: tuple[Any, ...] | None = self.database.execute(query).fetchone()
        return found

    def value(self, query: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(query)
        return None if found is None else found[0]

    def run(self, query: Any) -> int:
        """Execute an insert, update or delete; returns how many rows it touched."""
        self.settle()
        count: int = self.database.execute(query).rowcount
        return count

    def sql(self, text: str, values: Sequence[Any] = ()) -> Any:
        """Execute our own SQL text; data only ever goes through ``values``.

        Unlike the others it does not see what the open transaction has put off.
        """
        return self.database.execute_sql(text, values)

    def many(self, text: str, lines: Iterable[Sequence[Any]]) -> None:
        """Execute our own SQL text once for each line of values."""
        self.database.cursor().executemany(text, lines)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction; writers take turns on both engines (laws 2 and 5)."""
        outer, transaction = self.waiting, self.database.atomic()
        with translated():
            if not self.busy:
                lift(self)
            self.settle()
            transaction.__enter__()
        try:
            with translated():
                if self.postgres and outer is None:
                    self.sql("SELECT pg_advisory_xact_lock(%s)", (_WRITER_LOCK,))
                yield
                self.settle()
        except BaseException:
            self.waiting = None
            self._abandon(transaction)
            raise
        self.waiting = outer
        with translated(committing=True):
            transaction.__exit__(None, None, None)

    def _abandon(self, transaction: Any) -> None:
        """Roll back. What went wrong before is what counts, even if that fails too.

        After a full disk SQLite has rolled back by itself, and a lost connection cannot.
        """
        try:
            transaction.__exit__(*sys.exc_info())
        except driver_errors():
            if not self.busy:
                self.database.close()

    @contextmanager
    def migrating(self) -> Iterator[None]:
        """One transaction in which nobody else migrates. Refuses somebody else's database."""
        with self.database.atomic():
            if self.postgres:
                self.sql("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
            tables = set(self.database.get_tables())
            foreign = tables if self.file else tables & _OURS
            if foreign and "schema_migration" not in tables:
                raise Unavailable("store-not-a-database", path=shown_url(self.url))
            yield

    def check_file(self) -> None:
        """Refuse ``store-replaced`` if the SQLite file is no longer the one that was opened.

        A deleted file keeps taking writes that nobody will ever see.
        """
        if not self.file or self._seen is None:
            return
        try:
            with translated():
                found = os.stat(self.file)
        except Unavailable:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._seen:
            raise Unavailable("store-replaced", path=self.file)


def _as_text(stored: bytes) -> str:
    """What is no UTF-8 shows as U+FFFD instead of hiding the row that it stands in."""
    return stored.decode("utf-8", "replace")


def _prepare_file(path: str) -> None:
    """Make the file 0600 in a 0700 folder.

    Refuses a symbolic link or a folder in its place, and what everybody on the machine may write.
    """
    folder = os.path.dirname(path) or "."
    try:
        if not os.path.exists(folder):
            _make_folder(folder)
        if os.path.islink(path):
            raise Unavailable("store-is-a-link", path=path)
        if not os.path.exists(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR))
        elif not os.path.isfile(path):
            raise Unavailable("store-cannot-open", path=path, detail="not a file")
        _refuse_open_to_others(path, folder)
    except FileExistsError:
        return
    except OSError as error:
        raise Unavailable("store-cannot-open", path=path, detail=error.strerror) from error


def _make_folder(folder: str) -> None:
    from pathlib import Path

    wanted = Path(folder)
    for one in reversed([one for one in (wanted, *wanted.parents) if not one.exists()]):
        one.mkdir(mode=0o700, exist_ok=True)


def _refuse_open_to_others(path: str, folder: str) -> None:
    """Refuse a file that everybody may write, or may replace; a group's own is its choice.

    In a sticky folder, such as the system's for temporary files, nobody replaces what is others'.
    """
    if os.name != "posix":
        return
    for one in (path, folder):
        mode = os.stat(one).st_mode
        if mode & stat.S_IWOTH and not (one is not path and mode & stat.S_ISVTX):
            fix = f"chmod o-w {one}"
            raise Unavailable("store-open-to-others", path=one, fix=fix)
