"""Writes docs/review.txt: a review of two rounds in a real tmux, by owner and acceptor.

PYTHONPATH=. python docs/authoring/review.py
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from core.clock import SetClock
from core.commands.projects import EditProject
from core.desk import Desk
from docs.authoring.standup import Tmux
from tests.tui.stage import NOW, OPS, set_stage

TARGET = Path(__file__).parents[1] / "review.txt"
TAB, DOWN, END, CTRL_S, CTRL_U = "\t", "\x1b[B", "\x1b[F", "\x13", "\x15"
HOME = "\x1b[H"
SHOWN = {
    "\r": "⏎",
    HOME: "home",
    TAB: "tab",
    DOWN: "↓",
    END: "end",
    CTRL_S: "ctrl+s",
    CTRL_U: "ctrl+u",
    " ": "space",
}
HEAD = """\
A review of two rounds

Li has handed over a survey report; wang accepts. The first round goes back: wang points at the
criterion that is not met and says what it lacks. The finding stands on li's card until li submits
again, with another edition. In the second round wang sees what is new since the first one, ticks
both criteria, and accepts.

Seen in tmux, 80 x 24. Made by docs/authoring/review.py.
"""


class Step(NamedTuple):
    """What is pressed and typed, what it is for, and what then is on the screen."""

    said: str
    keys: tuple[str, ...]
    marker: str


class Sitting(NamedTuple):
    """Somebody at the terminal, an hour of the day."""

    who: str
    hour: int
    steps: tuple[Step, ...]


SITTINGS = (
    Sitting(
        "wang",
        0,
        (
            Step("Wang looks at what waits for acceptance.", ("3",), "Key results"),
            Step(
                "The second criterion is not met: wang goes there and sends the work back.",
                (TAB, DOWN, "H", "only 91 % against the ledger"),
                "against the ledger",
            ),
            Step("It goes back to its owner.", (CTRL_S,), "was sent back"),
        ),
    ),
    Sitting(
        "li",
        3,
        (
            Step("Three hours later: li's board.", ("m",), "sent back"),
            Step(
                "Li submits again: the results in other words, and another edition.",
                (
                    *("/", "Survey", "\r", "L", CTRL_U, "14 interviews, accuracy 96 % recounted"),
                    *(TAB, TAB, "《调研报告》", TAB, "V1.1"),
                ),
                "V1.1",
            ),
            Step("It waits for wang again.", (CTRL_S,), "waits for"),
        ),
    ),
    Sitting(
        "wang",
        4,
        (
            Step("The second round: what is new stands below.", ("3", TAB, END), "Since round 1"),
            Step("Both criteria are met.", (HOME, " ", DOWN, " "), "2/2"),
            Step("Accepted.", ("L",), "Nothing waits for you."),
        ),
    ),
)


def board(store: str, who: str, hour: str) -> int:
    """The board as somebody sees it."""
    from tui.app import run
    from tui.session import SessionOptions

    clock = SetClock(NOW + timedelta(hours=int(hour)))
    return run(SessionOptions(store=store, handle=who, clock=clock))


def capture() -> str:
    """The whole text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = f"sqlite:///{folder}/review.db"
        set_stage(store)
        with Desk(store, actor="wang", clock=SetClock(NOW)) as desk:
            desk.do(EditProject(project=OPS, self_accept=False))
        parts = [HEAD.rstrip() + "\n"]
        for number, one in enumerate(SITTINGS):
            parts += seen(folder / str(number), store, one)
        return "\n\n".join(parts)


def seen(folder: Path, store: str, sitting: Sitting) -> Iterator[str]:
    """The screens of one sitting, each under what led to it."""
    folder.mkdir()
    script = str(Path(__file__).absolute())
    tmux = Tmux(folder, (sys.executable, script, store, sitting.who, str(sitting.hour)))
    try:
        tmux.seen.first("quit")
        tmux.seen.settle()
        for step in sitting.steps:
            for key in step.keys:
                tmux.seen.press(key)
            tmux.seen.first(step.marker)
            tmux.seen.settle()
            keys = " ".join(SHOWN.get(key, key) for key in step.keys)
            yield f"{sitting.who}: {keys}\n{step.said}\n\n{tmux.screen()}\n"
    finally:
        tmux.close()


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(board(*sys.argv[1:]))
    TARGET.write_text(capture(), encoding="utf-8")
