"""A terminal that is gone ends the program also where no signal says so."""

import os
import sys

import pytest

from core import demo
from core.desk import Desk
from tests.bench.programs import environment
from tests.bench.terminal import NARROW, Terminal


@pytest.fixture
def start(tmp_path):
    """Opens the board on a terminal that is not its controlling one: there is no SIGHUP."""
    url = f"sqlite:///{tmp_path}/demo.db"
    with Desk(url, actor="p01") as desk:
        demo.fill(desk, language="en", handle="p01", name="Wang Qiang")
    started = []

    def run(**more):
        told = environment(tmp_path, DUBAN_STORE=url, **more)
        started.append(Terminal((sys.executable, "-m", "tui"), size=NARROW, environment=told))
        started[-1].first("CSAT-003")
        started[-1].settle()
        return started[-1]

    yield run
    for board in started:
        if board.process.poll() is None:
            board.process.kill()
            board.process.wait()


def hang_up(board):
    """Take the other end of the line away; how the program ended."""
    os.close(board._master)
    board._master = -1
    return board.process.wait(timeout=30)


@pytest.mark.parametrize("keys", ["", "?", "o"])
def test_it_ends_whatever_is_open(start, keys):
    board = start()
    if keys:
        board.press(keys, patience=30)

    assert hang_up(board) == 129


def test_no_error_is_logged(start, tmp_path):
    hang_up(start())

    assert list(tmp_path.rglob("errors.log")) == []
