"""Other members at work: how soon this screen shows it, on both engines."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.clock import SystemClock
from core.desk import Desk
from tests.bench.figures import Budget, Failed, Figure
from tests.bench.programs import duban
from tests.bench.questions import measure, on_postgresql
from tests.bench.setting import Setting
from tests.bench.stores import fill, first_key
from tests.bench.team import ME
from tests.bench.terminal import Terminal
from tests.postgres import Databases
from tests.postgres_server import NoServer

OTHER = "p02"


def sqlite(setting: Setting) -> Iterator[Figure]:
    """From the change to the first byte here; SQLite is asked, so it takes its turn."""
    figures = _figures("SQLite", Budget(most=200))
    for size in setting.sizes:
        _watch(setting, setting.shelf.copy(size), size, figures)
    yield from figures


def postgresql(setting: Setting) -> Iterator[Figure]:
    """The same where the store tells by itself, and searches; nothing without a server."""
    figures, asked = _figures("PostgreSQL", Budget(most=30)), on_postgresql()
    with _databases() as databases:
        for size in setting.sizes:
            try:
                url = databases.create(None)
            except NoServer as error:
                raise Failed(str(error)) from error
            fill(url, size, now=SystemClock().now())
            with Desk(url, actor=ME) as desk:
                measure(desk, asked, size, turns=2 * setting.runs)
            _watch(setting, url, size, figures)
            databases.drop(url)
    yield from (*figures, *(one.figure for one in asked))


def _figures(engine: str, budget: Budget) -> tuple[Figure, Figure]:
    return (
        Figure(name=f"another's change on my screen, {engine}", budget=budget),
        Figure(name=f"another's `duban update`, from its start, {engine}"),
    )


def _watch(setting: Setting, url: str, size: int, figures: tuple[Figure, Figure]) -> None:
    key = first_key(url)
    with setting.board(url) as board:
        board.first(key)
        board.settle()
        with Writer(setting, url, key) as writer:
            for turn in range(2 * setting.runs):
                # Not in step with a board that asks at regular times.
                board.rest(0.3 + 0.037 * turn)
                figures[0].add(size, _change(board, writer))
        for turn in range(setting.runs):
            board.rest(0.3)
            taken = _command(setting, board, key, percent=11 + turn, url=url)
            figures[1].add(size, taken)


def _change(board: Terminal, writer: "Writer") -> float:
    before = len(board.chunks)
    writer.say("\n")
    return _arrived(board, before, float(writer.hear()))


def _command(setting: Setting, board: Terminal, key: str, *, percent: int, url: str) -> float:
    before, begin = len(board.chunks), time.monotonic()
    with subprocess.Popen(
        duban("update", key, str(percent)),
        env=dict(setting.environment(url)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ):
        return _arrived(board, before, begin)


def _arrived(board: Terminal, before: int, begin: float) -> float:
    chunks = board.await_change(before, within=5)
    if not chunks:
        raise Failed("the board did not show another's change within 5 s")
    return (chunks[0].at - begin) * 1000


class Writer:
    """Another member, who does something when told to."""

    def __init__(self, setting: Setting, url: str, key: str) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-m", "tests.bench.writer", url, OTHER, key),
            env=dict(setting.environment()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Writer":
        """Wait until the store is open. Raises Failed."""
        if self.hear() != "ready\n":
            raise Failed("the other member could not open the store")
        return self

    def __exit__(self, *_: object) -> None:
        """No more to do."""
        self.process.communicate()

    def say(self, text: str) -> None:
        """Send a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def hear(self) -> str:
        """Wait for a line."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def _databases() -> Iterator[Databases]:
    run = Path(tempfile.mkdtemp(prefix="duban-bench-pg-"))
    databases = Databases(run, controller=os.getpid())
    try:
        yield databases
    finally:
        databases.end()
