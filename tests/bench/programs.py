"""What is measured: duban itself, and the floors under it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV")

PASS = (sys.executable, "-c", "pass")
CLICK = (sys.executable, "-c", "import click")
EMPTY_MARK = "an empty app"
ECHO_MARK = "<q>"
EMPTY_APP = (sys.executable, "-m", "tests.bench.empty_app")
"""Shows EMPTY_MARK, then each key between angle brackets."""


def duban(*arguments: str) -> tuple[str, ...]:
    """The command line as people run it: the installed script, else the module."""
    script = Path(sys.executable).with_name("duban")
    start: Sequence[str] = (str(script),) if script.exists() else (sys.executable, "-m", "tui")
    return (*start, *arguments)


def environment(home: Path, *, handle: str = "p01", **more: str) -> dict[str, str]:
    """The usual environment of the member ``handle``, with a home folder of its own."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "COLORTERM": "truecolor",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LOGNAME": handle,
        "TERM": "xterm-256color",
        "TZ": "Asia/Shanghai",
        **more,
    }
