"""Writes docs/standup.txt: a standup for five tasks in a real tmux, every key counted.

PYTHONPATH=. python docs/authoring/standup.py
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from core.clock import SetClock
from core.commands.progress import UpdateProgress
from core.desk import Desk
from core.domain.ids import TaskId
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal
from tests.tui.stage import NOW
from tests.tui.standup_stage import (
    FIFTH,
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    TITLES,
    YESTERDAY,
    set_standup,
)

TARGET = Path(__file__).parents[1] / "standup.txt"
WHO = "li"
SAID = (
    (
        FIRST,
        40,
        "Test environment is up, 12 of 30 interfaces pass",
        "Joint test of login and payment",
    ),
    (SECOND, 20, "Tags of three customer tiers", "Interview the two largest customers"),
    (THIRD, 55, "118 answers are in", "Remind the east region, clean the data"),
    (FOURTH, 70, "Figures up to February", "Add March, check against finance"),
    (FIFTH, 80, "访谈提纲二稿", "按客户部意见定稿"),
)
"""What li told of each task the day before: percent, done, next."""
RIGHT, ENTER = "\x1b[C", "\r"
SHOWN = {"s": "s", RIGHT: "→", ENTER: "⏎"}
HEAD = """\
A standup for five tasks: {count} keys

Li owes five updates. s opens the first; the form begins with what was planned the last time, so
that → → ⏎ says “10 % further, done as planned” and goes on. At the end stands what was said, to
copy into the team's chat; ⏎ closes it. What is typed in the other fields comes on top.

Seen in tmux, 80 x 24. Made by docs/authoring/standup.py.
"""


class Step(NamedTuple):
    """Some keys, and what is on the screen once they are done."""

    keys: tuple[str, ...]
    marker: str


STEPS = (
    Step(("s",), "1 of 5"),
    *(Step((RIGHT, RIGHT, ENTER), f"{number} of 5") for number in range(2, 6)),
    Step((RIGHT, RIGHT, ENTER), "Said today"),
    Step((ENTER,), ""),
)
ALIKE = range(2, 5)
"""The steps of which only the beginning is shown."""


def board(store: str) -> int:
    """The board as li sees it on the morning of the stage."""
    from tui.app import run
    from tui.session import SessionOptions

    return run(SessionOptions(store=store, handle=WHO, clock=SetClock(NOW)))


class Tmux:
    """A server of its own, seen through a pty."""

    def __init__(self, folder: Path, command: tuple[str, ...]) -> None:
        settings = folder / "tmux.conf"
        settings.write_text("set -g status off\nset -g escape-time 0\n", encoding="utf-8")
        self._settings = environment(folder, PYTHONPATH=os.pathsep.join(sys.path))
        self._tmux = ("tmux", "-u", "-S", str(folder / "tmux"), "-f", str(settings))
        line = (*self._tmux, "new-session", *command)
        self.seen = Terminal(line, size=NARROW, environment=self._settings)

    def screen(self) -> str:
        """What stands on it, without blank lines around."""
        said = subprocess.run(
            [*self._tmux, "capture-pane", "-p"],
            check=True,
            capture_output=True,
            text=True,
            env=self._settings,
        )
        return "\n".join(line.rstrip() for line in said.stdout.splitlines()).strip("\n")

    def close(self) -> None:
        """End the server, and what it runs."""
        self.seen.close()
        end = [*self._tmux, "kill-server"]
        subprocess.run(end, check=False, capture_output=True, env=self._settings)


def capture() -> str:
    """The whole text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = f"sqlite:///{folder}/standup.db"
        stage(store)
        tmux = Tmux(folder, (sys.executable, str(Path(__file__).absolute()), store))
        try:
            return written(tmux)
        finally:
            tmux.close()


def written(tmux: Tmux) -> str:
    """The steps with their keys, numbered, and the screens after them."""
    tmux.seen.first(TITLES[0])
    tmux.seen.settle()
    parts, count = [], 0
    for place, step in enumerate(STEPS):
        for key in step.keys:
            tmux.seen.press(key)
        if step.marker:
            tmux.seen.first(step.marker)
        tmux.seen.settle()
        first, count = count + 1, count + len(step.keys)
        numbers = f"Keys {first}-{count}" if count > first else f"Key {first}"
        keys = " ".join(SHOWN[key] for key in step.keys)
        shown = begun(tmux.screen()) if place in ALIKE else tmux.screen()
        parts.append(f"{numbers}: {keys}\n\n{shown}\n")
    return "\n\n".join((HEAD.format(count=count).rstrip() + "\n", *parts))


def begun(screen: str) -> str:
    """The window down to its first field; the rest is as in the one before."""
    lines = screen.splitlines()[1:]
    last = next(at for at, line in enumerate(lines) if "Progress %" in line)
    return "\n".join(lines[: last + 1])


def stage(store: str) -> None:
    """The team of the tests, and what li told yesterday."""
    set_standup(store)
    with Desk(store, actor=WHO, clock=SetClock(YESTERDAY)) as desk:
        for task, percent, done, following in SAID:
            said = UpdateProgress(task=TaskId(task), progress=percent, done=done, next=following)
            desk.do(said)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(board(sys.argv[1]))
    TARGET.write_text(capture(), encoding="utf-8")
