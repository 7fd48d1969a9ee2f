"""A world of its own for each test: home folder, words, time zone, databases."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Databases

RUN = "DUBAN_TEST_RUN"
"""The folder of this run of the tests; set by its first process for its workers."""

KEPT = ("DUBAN_TEST_", "DUBAN_BENCH_")
DROPPED = ("DUBAN_", "PG", "LC_", "XDG_")
UNSET = ("LANGUAGE", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "SSH_TTY")
FIXED = {
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "TEXTUAL_ANIMATION": "none",
    "TZ": "UTC",
}
PICTURED_ON = ((3, 11), "8.2.8")
"""The Python and the Textual that the stored pictures of screens were taken with."""

settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("nightly", deadline=None, max_examples=500)


def pytest_configure(config: pytest.Config) -> None:
    """Leave the member's own files and environment out of every test, imports included."""
    _refuse_other_pictures(config)
    for name in list(os.environ):
        dropped = name.startswith(DROPPED) and not name.startswith(KEPT)
        if dropped or name in UNSET:
            del os.environ[name]
    os.environ.update(FIXED)
    time.tzset()
    if not _is_worker(config):
        os.environ[RUN] = tempfile.mkdtemp(prefix="duban-run-")
        os.environ["DUBAN_TEST_CONTROLLER"] = str(os.getpid())
    _move_home(Path(os.environ[RUN]) / "home")
    if config.getoption("--hypothesis-profile") is None:
        settings.load_profile("ci")


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what this run has started."""
    if not _is_worker(config) and RUN in os.environ:
        _databases().end()


def _refuse_other_pictures(config: pytest.Config) -> None:
    here = (sys.version_info[:2], version("textual"))
    if config.getoption("update_snapshots", default=False) and here != PICTURED_ON:
        (major, minor), textual = PICTURED_ON
        raise pytest.UsageError(
            f"Pictures of screens are stored with Python {major}.{minor} and Textual {textual}"
            f" only; here are Python {here[0][0]}.{here[0][1]} and Textual {here[1]}."
        )


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _move_home(home: Path) -> None:
    home.mkdir(exist_ok=True)
    os.environ["HOME"] = str(home)
    os.environ["USERPROFILE"] = str(home)


def _databases() -> Databases:
    return Databases(Path(os.environ[RUN]), controller=int(os.environ["DUBAN_TEST_CONTROLLER"]))


def _with_tables(url: str) -> None:
    from core.store.database import Store

    store = Store(url)
    store.open()
    store.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of whoever runs duban in this test; empty."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


@pytest.fixture(scope="session")
def databases() -> Databases:
    """The PostgreSQL databases of this run; the server starts with the first of them."""
    return _databases()


@pytest.fixture
def empty_postgres_url(databases: Databases) -> Iterator[str]:
    """A PostgreSQL database without tables, this test's own."""
    url = databases.create(None)
    yield url
    databases.drop(url)


@pytest.fixture
def postgres_url(databases: Databases) -> Iterator[str]:
    """A PostgreSQL database with today's tables, this test's own."""
    url = databases.create(_with_tables)
    yield url
    databases.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file of this test's own, which does not exist yet."""
    return f"sqlite:///{tmp_path / 'duban.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A store of this test's own; the test runs once on each engine."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url
