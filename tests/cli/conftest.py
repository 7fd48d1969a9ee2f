"""Two ways to call duban: in this process for breadth, in one of its own for the edges."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.__main__ import answered

ROOT = Path(__file__).parents[2]
START = "from tui.__main__ import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a call ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, of a call with --json."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The answers, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Call = Callable[..., Said]


@pytest.fixture
def as_wang(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls is wang."""
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, "wang")


@pytest.fixture
def store(store_url: str, monkeypatch: pytest.MonkeyPatch, as_wang: None) -> str:
    """An empty store on each engine; DUBAN_STORE names it."""
    monkeypatch.setenv("DUBAN_STORE", store_url)
    return store_url


@pytest.fixture
def lite(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, as_wang: None) -> str:
    """An empty SQLite store; DUBAN_STORE names it."""
    monkeypatch.setenv("DUBAN_STORE", sqlite_url)
    return sqlite_url


@pytest.fixture
def duban(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call duban in this process."""

    def call(*arguments: str, given: str | bytes = "") -> Said:
        raw = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        code = answered(list(arguments))
        said = capsys.readouterr()
        return Said(code=code, out=said.out, err=said.err)

    return call


@pytest.fixture
def process() -> Call:
    """Call duban in a process of its own, whose streams are no terminal."""

    def call(
        *arguments: str,
        given: str = "",
        env: Mapping[str, str] | None = None,
        start: str = START,
    ) -> Said:
        done = subprocess.run(
            [sys.executable, "-c", start, *arguments],
            cwd=ROOT,
            input=given,
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return Said(code=done.returncode, out=done.stdout, err=done.stderr)

    return call
