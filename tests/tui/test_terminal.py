"""The whole program on a real terminal: what only shows there."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import demo
from core.desk import Desk
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal

Start = Callable[..., Terminal]
MARK = "CSAT-003"


@pytest.fixture
def store(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/demo.db"
    with Desk(url, actor="p01") as desk:
        demo.fill(desk, language="en", handle="p01", name="Wang Qiang")
    return url


@pytest.fixture
def start(tmp_path: Path, store: str) -> Iterator[Start]:
    """Opens the board; more of the environment by name."""
    started: list[Terminal] = []

    def run(**more: str) -> Terminal:
        settings = environment(tmp_path, DUBAN_STORE=store, **more)
        started.append(Terminal((sys.executable, "-m", "tui"), size=NARROW, environment=settings))
        started[-1].first(MARK)
        started[-1].settle()
        return started[-1]

    yield run
    for terminal in started:
        terminal.close()


def mark(store: str) -> int:
    """The newest event's number."""
    with Desk(store, actor="p01") as desk:
        return desk.mark()


def test_a_paste_into_the_board_moves_no_card(start: Start, store: str) -> None:
    board, before = start(), mark(store)

    board.press("\x1b[200~hello\x1bLLL\x1bq\x1b[2J2\x1b[201~")
    board.press("j")

    assert mark(store) == before
    assert MARK.encode() in board.output


def test_without_colors_the_board_stands(start: Start) -> None:
    board = start(NO_COLOR="1")

    assert board.press("j").size > 0
    assert b"\x1b[38;2;" not in board.output


def test_a_terminated_program_gives_the_terminal_back(start: Start) -> None:
    board = start()

    os.kill(board.process.pid, signal.SIGTERM)

    assert board.wait() == 143
    assert b"\x1b[?1049l" in board.output
    assert b"\x1b[?25h" in board.output


@pytest.mark.parametrize("key", ["a", "/"])
def test_what_is_typed_into_stands_still(start: Start, key: str) -> None:
    board = start()

    board.press(key)
    board.press("季度 report")
    board.settle(within=2)

    assert board.rest(0.7).size == 0  # a cursor that blinks does so every half second
