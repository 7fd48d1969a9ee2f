"""News from other connections: somebody else has changed the store.

SQLite is asked (``PRAGMA data_version``, two microseconds); PostgreSQL tells by itself.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from core.store.database import CHANNEL, Store
from core.store.faults import translated

POLL_SECONDS = 0.15
"""How often SQLite should be asked."""
_LISTEN_SECONDS = 0.5
"""How long the listener waits before it looks whether it should end."""
_RECONNECT_SECONDS = 5.0


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
        with translated():
            self._own: int = store.sql("SELECT pg_backend_pid()").fetchone()[0]
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
        self._thread.join(timeout=2 * _LISTEN_SECONDS)

    def _run(self) -> None:
        """Listen until closed; after a lost connection something may have been missed."""
        import psycopg

        while not self._ended.is_set():
            try:
                self._listen(psycopg)
            except (psycopg.Error, OSError):
                self._ended.wait(_RECONNECT_SECONDS)
                if not self._ended.is_set():
                    self._tell()

    def _listen(self, psycopg: Any) -> None:
        with psycopg.connect(self._url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.ready.set()
            while not self._ended.is_set():
                notes = connection.notifies(timeout=_LISTEN_SECONDS, stop_after=1)
                if any(note.pid != self._own for note in notes):
                    self._tell()
