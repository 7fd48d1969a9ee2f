"""What every measurement is given: the stores, the sizes, how often, and a home of its own."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import programs
from tests.bench.figures import Failed
from tests.bench.stores import Shelf
from tests.bench.team import ME
from tests.bench.terminal import ROOMY, Terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One run of the benchmarks."""

    folder: Path
    shelf: Shelf
    sizes: Sequence[int]
    runs: int
    """How often to take what is taken once a program: starts, commands."""
    rest: float
    """Seconds to watch an idle board."""

    def environment(self, url: str = "", **more: str) -> Mapping[str, str]:
        """A member's environment, looking at the store ``url`` if one is given."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        store = {"DUBAN_STORE": url} if url else {}
        return programs.environment(home, handle=ME, **store, **more)

    def board(self, url: str) -> Terminal:
        """The board of that store, on a terminal."""
        return Terminal(programs.duban(), size=ROOMY, environment=self.environment(url))

    def once(self, command: Sequence[str], url: str = "") -> float:
        """Milliseconds that a command takes from start to end. Raises Failed."""
        begin = time.monotonic()
        done = subprocess.run(
            command,
            env=dict(self.environment(url)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        taken = (time.monotonic() - begin) * 1000
        if done.returncode:
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise Failed(f"`{' '.join(command[-6:])}` ended with {done.returncode}: {words[-1:]}")
        return taken
