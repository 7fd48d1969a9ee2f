"""Streams that are closed or full: the exit code tells what became of the store."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, START

pytestmark = [
    pytest.mark.usefixtures("lite"),
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here"),
]
NUMBER = "0b6f5b3e-8d2a-4b0e-9c1c-0123456789ab"


def shell(arguments):
    """Call duban through a shell, which can close streams."""
    return subprocess.run(
        f'"{sys.executable}" -c "{START}" {arguments}',
        shell=True,
        cwd=ROOT,
        env=os.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def begun(lite, duban):
    assert duban("add", "first").code == 0


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    ("call", "code", "lines"),
    [
        ("add x >&-", 0, 0),
        ("add x >&- 2>&- <&-", 0, 0),
        (f"add x --cmd-id {NUMBER} >/dev/full", 6, 1),
        ("ls >/dev/full", 5, 1),
        (">/dev/full", 5, 1),
        ("events --json >/dev/full", 5, 1),
        ("--help >/dev/full", 5, 1),
        ("--version >/dev/full", 5, 1),
        ("export T1-1 - >/dev/full", 5, 1),
        ("ls >&-", 0, 0),
        ("batch <&-", 0, 0),
        ("show NOPE 2>&-", 3, 0),
        ("show NOPE 2>/dev/full", 3, 0),
    ],
)
def test_a_stream_that_takes_nothing(call, code, lines):
    done = shell(call)

    assert (done.returncode, done.stderr.count("\n")) == (code, lines)
    assert "went wrong" not in done.stderr


@pytest.mark.usefixtures("begun")
def test_what_was_saved_unheard_is_saved_once(duban):
    first = shell(f"add x --cmd-id {NUMBER} --json >/dev/full")
    again = duban("add", "x", "--cmd-id", NUMBER, "--json")

    assert (first.returncode, again.json["repeated"]) == (6, True)
    assert "saved" in first.stderr


@pytest.mark.usefixtures("begun")
def test_a_batch_that_cannot_answer_says_so():
    line = '{\\"command\\": \\"CreateTask\\", \\"title\\": \\"x\\", \\"project\\": \\"T\\"}'
    done = subprocess.run(
        f'echo "{line}" | "{sys.executable}" -c "{START}" batch >/dev/full',
        shell=True,
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)


def test_the_store_never_becomes_standard_output(lite):
    assert shell("add x >&- 2>&- <&-").returncode == 0

    content = Path(lite.removeprefix("sqlite:///")).read_bytes()
    assert content.startswith(b"SQLite format 3")
    assert b"T001 added" not in content
