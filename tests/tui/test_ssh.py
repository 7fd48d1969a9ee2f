"""The board over SSH, as the command that a key is allowed: what only shows there."""

import json
import os
import select
import subprocess
import sys
from contextlib import contextmanager

import pytest

from core import demo
from core.desk import Desk
from tests.tui.ssh_host import Host

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the processes are looked at as Linux shows them"
)
MARK = "CSAT-003"


@pytest.fixture(scope="module")
def shared_host(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ssh")
    url = f"sqlite:///{folder}/demo.db"
    with Desk(url, actor="p01") as desk:
        demo.fill(desk, language="en", handle="p01", name="Wang Qiang")
    return Host(folder / "host", url)


@pytest.fixture
def host(shared_host):
    if shared_host.trouble:
        pytest.skip(f"nobody can come over SSH: {shared_host.trouble}")
    return shared_host


@contextmanager
def open_board(host, **more):
    with host.open(**more) as board:
        board.first(MARK)
        board.settle()
        yield board


@contextmanager
def ends(number, *, within=15):
    """A process of somebody else that has ended when this does."""
    watched = os.pidfd_open(number)
    try:
        yield
        assert select.select([watched], [], [], within)[0], f"process {number} is still there"
    finally:
        os.close(watched)


@pytest.mark.parametrize("term", ["xterm-256color", "linux", "vt100", "screen"])
def test_every_terminal_is_shown_a_board(host, term):
    with open_board(host, TERM=term) as board:
        assert board.press("j", patience=30).size > 0
        board.press("q")

        assert board.wait() == 0
        assert b"\x1b[?1049l" in board.output


def test_without_colors_none_is_sent(host):
    with open_board(host, NO_COLOR="1") as board:
        assert b"\x1b[38;" not in board.output
        assert b"\x1b[48;" not in board.output


def test_the_members_language_comes_along(host):
    with host.open(LANG="zh_CN.UTF-8") as board:
        board.first("全部项目")


@pytest.mark.parametrize(("options", "term"), [((), "xterm-256color"), (("-tt",), "dumb")])
def test_without_a_terminal_the_board_is_text_and_ends(host, options, term):
    said = host.run(*options, TERM=term)

    assert said.returncode == 0
    assert MARK.encode() in said.stdout
    assert b"\x1b" not in said.stdout + said.stderr


def test_a_terminal_of_no_size_is_one_of_the_usual(host):
    with subprocess.Popen(
        host.command("-tt"),
        env=dict(host.environment()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as client:
        shown = b""
        while MARK.encode() not in shown:
            shown += client.stdout.read1()
        client.stdin.write(b"q")
        client.stdin.flush()
        shown += client.stdout.read()

        assert client.wait(timeout=30) == 0
    assert b"\x1b[24;1H" in shown


def draft(host):
    """What the topic of a new entry in the sync log was kept as; empty before."""
    for kept in (host.home / ".local/state/duban/drafts/p01").glob("entry-*.json"):
        return json.loads(kept.read_text())["fields"]["topic-input"]
    return ""


def test_a_lost_connection_ends_the_board_and_keeps_what_was_typed(host):
    typed = "half a thought"
    with open_board(host) as board:
        for keys in ("2", "a", "\r", typed):
            board.press(keys, patience=30)
        for _ in range(100):
            if draft(host) == typed:
                break
            board.rest(0.2)
        with ends(host.board):
            board.process.kill()

    assert draft(host) == typed


def test_a_window_may_change_its_size(host):
    with open_board(host) as board:
        board.resize(120, 40)
        board.first("\x1b[40;1H")
        before = len(board.chunks)
        board.resize(60, 15)

        assert board.await_change(before, within=30)
        board.settle()
        assert board.press("j", patience=30).size > 0
