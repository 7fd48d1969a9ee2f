"""Databases for the tests: each test its own, copied from one prepared once a run."""

import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from tests.postgres_server import EXTERNAL_URL, NoServer

KEEPER = Path(__file__).with_name("postgres_server.py")


class Databases:
    """What the workers of one run share; ``run`` is a folder of that run alone."""

    def __init__(self, run: Path, *, controller: int) -> None:
        self.run = run
        self.controller = controller
        self._numbers = count(1)

    @property
    def prefix(self) -> str:
        """How the names of this run's databases begin."""
        return f"duban_test_{self.controller}"

    def create(self, prepare: Callable[[str], None] | None) -> str:
        """The URL of a new database; a copy of what ``prepare`` makes of an empty one.

        ``prepare`` is given a URL and runs once a run. Refuses NoServer.
        """
        template = "template1" if prepare is None else self._template(prepare)
        return self._create(f"{self.prefix}_{os.getpid()}_{next(self._numbers)}", template)

    def drop(self, url: str) -> None:
        """Remove the database of ``url``, whoever is still connected."""
        name = urlsplit(url).path.removeprefix("/")
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def end(self) -> None:
        """For the end of the run: stop the server, or clear up in one that is not ours."""
        with self._locked():
            if EXTERNAL_URL in os.environ:
                self._drop_all()
            elif (self.run / "keeper").exists():
                self._end_keeper()
        shutil.rmtree(self.run, ignore_errors=True)

    def _template(self, prepare: Callable[[str], None]) -> str:
        name, done = f"{self.prefix}_template", self.run / "template"
        with self._locked():
            if not done.exists():
                self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                prepare(self._create(name, "template1"))
                done.touch()
        return name

    def _create(self, name: str, template: str) -> str:
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return urlsplit(self._server())._replace(path=f"/{name}").geturl()

    def _execute(self, statement: str) -> list[tuple[str, ...]]:
        import psycopg

        with psycopg.connect(self._server(), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _drop_all(self) -> None:
        if (self.run / "url").exists():
            pattern = f"{self.prefix}%"
            names = self._execute(f"SELECT datname FROM pg_database WHERE datname LIKE '{pattern}'")
            for (name,) in names:
                self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _server(self) -> str:
        url = self.run / "url"
        if not url.exists():
            with self._locked("server"):
                if not url.exists():
                    url.write_text(os.environ.get(EXTERNAL_URL) or self._start_keeper())
        return url.read_text()

    def _start_keeper(self) -> str:
        reading, writing = os.pipe()
        try:
            os.posix_spawn(
                sys.executable,
                [sys.executable, str(KEEPER), str(self.run), str(self.controller)],
                os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1)],
            )
        finally:
            os.close(writing)
        with os.fdopen(reading) as answer:
            if (first := answer.readline()).startswith("postgresql://"):
                return first.strip()
            raise NoServer(first + answer.read())

    def _end_keeper(self) -> None:
        with (self.run / "alive").open("r+") as alive:
            try:
                fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.kill(int((self.run / "keeper").read_text()), signal.SIGTERM)
                fcntl.flock(alive, fcntl.LOCK_EX)

    @contextmanager
    def _locked(self, name: str = "lock") -> Iterator[None]:
        with (self.run / name).with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
