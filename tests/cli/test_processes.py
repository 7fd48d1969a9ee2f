"""What only a process of its own shows: no terminal, imports, pipes, signals, several at once."""

import os
import pty
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, START

pytestmark = pytest.mark.usefixtures("lite")

HEAVY = {"textual", "psycopg", "openpyxl", "pendulum", "rich", "click", "platformdirs"}
RARE = {
    "core.commands.editing",
    "core.domain.departments",
    "core.domain.log",
    "core.domain.reviews",
    "core.domain.spells",
    "core.domain.synclog",
    "core.store.part_tables",
    "core.store.rare_tables",
    "pathlib",
    "urllib.parse",
}
"""Each is light, but the quick commands do without: a class of values takes half a millisecond."""


def telling(modules):
    """A program that runs duban and then tells which of ``modules`` it has loaded."""
    return f"""
import os, sys
def told():
    sys.stderr.write(" ".join(sorted({modules!r} & set(sys.modules))))
    sys.stderr.flush()
leave, os._exit = os._exit, lambda code: (told(), leave(code))
from tui.__main__ import main
main()
"""


@pytest.mark.parametrize("term", ["xterm-256color", "dumb", ""])
def test_without_a_terminal_the_board_is_text(process, term):
    process("demo")

    said = process(env={"TERM": term}, start=telling(HEAVY))

    assert said.code == 0
    assert said.err == ""
    for told in ("== To do", "== Doing", "== In review", "== Done", "== Alerts", "Next: duban"):
        assert told in said.out
    assert "\x1b" not in said.out


def test_an_empty_board_says_what_to_type(process):
    said = process()

    assert said.code == 0
    assert "duban demo" in said.out
    assert "duban add" in said.out


def test_a_dumb_terminal_gets_text_too(process):
    """All three streams are a terminal, but TERM says that it cannot draw."""
    controller, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=ROOT,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(terminal)
    shown = read_all(controller)
    assert child.wait(timeout=30) == 0
    assert b"duban add" in shown
    assert b"\x1b" not in shown


def read_all(controller):
    shown = b""
    while select.select([controller], [], [], 30)[0]:
        try:
            part = os.read(controller, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(controller)
    return shown


@pytest.mark.parametrize(
    "arguments", [["add", "x"], ["update", "T001", "40"], ["ls"], ["ls", "--json"], ["--version"]]
)
def test_the_quick_path_loads_nothing_heavy(process, arguments):
    process("add", "first")

    said = process(*arguments, start=telling(HEAVY | RARE))

    assert (said.code, said.err) == (0, "")


def test_a_list_to_a_terminal_is_a_table(process):
    process("add", "[red]no markup[/red]", "--owner", "me")
    controller, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", START, "ls"], cwd=ROOT, stdout=terminal, env={**os.environ}
    )
    os.close(terminal)
    shown = read_all(controller).decode()
    assert child.wait(timeout=30) == 0
    assert "\x1b[1m" in shown
    assert "[red]no markup[/red]" in shown


def test_a_reader_that_leaves_early_is_no_error(process):
    process("demo")
    done = subprocess.run(
        f'"{sys.executable}" -c "{START}" events --json | head -n 1; echo "${{PIPESTATUS[0]}}"',
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    first, code = done.stdout.splitlines()
    assert '"number": 1' in first
    assert code == "0"
    assert done.stderr == ""


def test_an_interrupt_ends_without_a_traceback():
    child = subprocess.Popen(
        [sys.executable, "-c", START, "batch"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    child.stdin.write("{}\n")
    child.stdin.flush()
    assert '"ok": false' in child.stdout.readline()
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out, err) == (130, "", "")


def test_what_nobody_expected_is_a_line_and_a_log(process, home):
    start = (
        "import tui.cli.listing as l\n"
        "def broken(request):\n"
        "    secret = 'postgresql://wang:sesame@db'\n"
        "    raise RuntimeError(secret)\n"
        "l.COMMANDS['ls'].run = broken\n"
    ) + START

    said = process("ls", start=start)

    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "RuntimeError" in said.err
    log = home / ".local" / "state" / "duban" / "errors.log"
    assert str(log) in said.err
    assert log.stat().st_mode & 0o777 == 0o600
    assert "sesame" not in said.err + log.read_text().replace(repr(start), "")


def test_several_at_once_lose_nothing(process):
    """Two at a time, two hundred in all: each is stored, with a key of its own."""
    process("add", "first")
    lines = "".join(
        f'{{"command": "CreateTask", "project": "T", "title": "{number}"}}\n'
        for number in range(100)
    )
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: process("batch", given=lines), range(2)))

    keys = [one["id"] for said in answers for one in said.lines]
    assert [said.code for said in answers] == [0, 0]
    assert len(set(keys)) == 200
    assert len(process("ls", "--limit", "0", "--json").json) == 201


def test_two_first_tasks_at_once_begin_one_team(process):
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda title: process("add", title), ("one", "other")))

    assert [one.code for one in said] == [0, 0]
    assert len(process("people", "--json").json) == 1
    assert {one["id"] for one in process("ls", "--json").json} == {"T001", "T002"}


def test_chinese_is_spoken_where_it_is_set(process):
    env = {"LANG": "zh_CN.UTF-8"}

    assert process("add", "报告", env=env).out == "T001 已添加：报告\n"
    assert "未开始" in process("ls", env=env).out
    assert process("move", "T9", "doing", env=env).code == 3
    assert "用法" in process("add", "--help", env=env).out
    assert "已完成" in process(env=env).out


def test_the_module_can_be_run_as_well():
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("duban ")


def test_the_store_lies_where_the_platform_wants_it(process, home, monkeypatch):
    from platformdirs import user_config_path, user_data_path, user_state_path

    from tui.cli import account
    from tui.crash import log_file
    from tui.settings import settings_file

    monkeypatch.delenv("DUBAN_STORE")
    assert account.data_folder() == user_data_path("duban", appauthor=False)
    assert log_file().parent == user_state_path("duban", appauthor=False)
    assert account.settings_file() == settings_file()
    assert account.settings_file().parent == user_config_path("duban", appauthor=False)

    process("add", "first")

    file = account.data_folder() / "duban.db"
    assert Path(file).is_relative_to(home)
    assert file.parent.stat().st_mode & 0o777 == 0o700
