"""News from other connections: somebody else has changed the store.

SQLite is asked (``PRAGMA data_version``, two microseconds); PostgreSQL tells by itself.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol

from core.store.database import CHANNEL, Store
from core.store.faults import translated

POLL_SECONDS = 0.15
"""How often SQLite should be asked."""
_LISTEN_SECONDS = 0.5
"""How long the listener waits before it looks whether it should end."""
_RECONNECT_SECONDS = (1.0, 2.0, 4.0, 5.0)
"""How long the listener waits after each attempt to connect again; the last one from then on."""


class Feed(Protocol):
    """Tells that others have changed the store; one's own changes are no news."""

    poll_seconds: float
    """How often to ask ``moved``; 0 where the feed tells by itself."""

    def moved(self) -> bool:
        """Whether the store was changed since the last time; on the store's own thread."""

    def close(self) -> None:
        """Tell nothing more."""


def watch(store: Store, tell: Callable[[], None]) -> Feed:
    """The feed that fits the store; ``tell`` may be called from a thread of the feed's own."""
    return ListeningFeed(store, tell) if store.postgres else PollingFeed(store)


class PollingFeed:
    """Asks SQLite for the number that counts up with the commits of other connections."""

    poll_seconds = POLL_SECONDS

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = self._version()

    def moved(self) -> bool:
        """Whether another connection has committed since the last time. May refuse Unavailable."""
        found = self._version()
        moved, self._seen = found != self._seen, found
        return moved

    def close(self) -> None:
        """Nothing is held."""

    def _version(self) -> int:
        with translated():
            number: int = self._store.sql("PRAGMA data_version").fetchone()[0]
        return number


class ListeningFeed:
    """Listens to PostgreSQL on a connection and a thread of its own."""

    poll_seconds = 0.0

    def __init__(self, store: Store, tell: Callable[[], None]) -> None:
        self._url = store.url.replace("postgres://", "postgresql://", 1)
        self._tell = tell
        self._database: Any = store.database
        self._ended = threading.Event()
        self.ready = threading.Event()
        """Set once the listener is connected: nothing that is stored from now on is missed."""
        self._thread = threading.Thread(target=self._run, name="duban-feed", daemon=True)
        self._thread.start()

    def moved(self) -> bool:
        """Never: it tells by itself."""
        return False

    def close(self) -> None:
        """End the thread; waits for it, half a second at most."""
        self._ended.set()
        self._thread.join(timeout=_LISTEN_SECONDS)

    def _run(self) -> None:
        """Listen until closed. A lost connection is news, and so is a new one.

        Whoever shows the store should look after their own connection at once, and again for
        what may have been missed in between.
        """
        import psycopg

        attempt = 0
        while not self._ended.is_set():
            with suppress(psycopg.Error, OSError):
                for _ in self._listening(psycopg):
                    attempt = 0
            if not self._ended.is_set():
                self._tell()
                self._ended.wait(_RECONNECT_SECONDS[min(attempt, len(_RECONNECT_SECONDS) - 1)])
                attempt += 1

    def _listening(self, psycopg: Any) -> Iterator[None]:
        """Listen; yields whenever the server is known to be there."""
        with psycopg.connect(self._url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            if self.ready.is_set():
                self._tell()
            self.ready.set()
            while not self._ended.is_set():
                notes = connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1)
                if any(note.pid != self._database.backend for note in notes):
                    self._tell()
                yield
