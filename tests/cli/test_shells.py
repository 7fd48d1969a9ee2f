"""Completion as the shells themselves do it: the script is read, a key is pressed."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import ROOT

ASKS = {
    "show T0": "show T001",
    "show 产": "show 产品迭代2024-2",
    "assign T001 zh": "assign T001 zhao",
    "ls --owner zh": "ls --owner zhao",
    "ls --owner=zh": "ls --owner=zhao",
    "ls --owner=": "ls --owner=",
    "--as wang move T001 rev": "--as wang move T001 review",
    "import gui": "import guide.csv",
    "export T1-1 gui": "export T1-1 guide.csv",
}
"""What is typed, and what stands there after the key; of several possibilities none is taken."""
STAND_IN = """\
#!/bin/sh
if [ "$1" = completion ]; then
    cd {root} && exec {python} -m tui "$@"
fi
echo "called<$*>"
"""


@pytest.fixture
def told(lite, duban, tmp_path, monkeypatch):
    """The environment of a shell whose ``duban`` completes, and else only says what is asked."""
    duban("add", "Write the report")
    duban("people", "add", "zhao", "赵敏")
    duban("projects", "edit", "T", "--pattern", "产品迭代2024-{seq}")
    duban("add", "新版")
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "duban"
    places = {"root": shlex.quote(str(ROOT)), "python": shlex.quote(sys.executable)}
    script.write_text(STAND_IN.format(**places))
    script.chmod(0o755)
    (tmp_path / "guide.csv").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def shell(name):
    found = shutil.which(name)
    return found or pytest.skip(f"there is no {name} here")


class Keyboard:
    """Somebody at a shell."""

    def __init__(self, *command):
        self._shell = pexpect.spawn(
            command[0], list(command[1:]), encoding="utf-8", timeout=60, dimensions=(40, 200)
        )

    def says(self, line):
        self._shell.sendline(f"{line}; echo rea''dy")
        self._shell.expect("ready")

    def asks(self, begun):
        self._shell.send(f"duban {begun}\t")
        self._shell.send("\n")
        self._shell.expect(r"called<(.*?) ?>")
        return self._shell.match[1]

    def leaves(self):
        self._shell.close(force=True)


def test_bash_completes(told):
    keyboard = Keyboard(shell("bash"), "--norc", "--noprofile", "-i")
    keyboard.says("bind 'set bell-style none'; bind 'set enable-bracketed-paste off'")
    keyboard.says('eval "$(duban completion bash)"')

    assert {begun: keyboard.asks(begun) for begun in ASKS} == ASKS
    keyboard.leaves()


def test_zsh_completes(told):
    keyboard = Keyboard(shell("zsh"), "-f", "-i")
    keyboard.says("unsetopt zle_bracketed_paste beep auto_menu list_ambiguous; PS1=; bindkey -e")
    keyboard.says("autoload -Uz compinit; compinit -u -D; source <(duban completion zsh)")

    assert {begun: keyboard.asks(begun) for begun in ASKS} == ASKS
    keyboard.leaves()


def test_fish_completes(told, tmp_path):
    script = Path(tmp_path / "script.fish")
    lines = [f"complete -C {shlex.quote(f'duban {begun}')}; echo ==" for begun in ASKS]
    script.write_text("\n".join(["duban completion fish | source", *lines]), encoding="utf-8")

    said = subprocess.run(
        [shell("fish"), "--no-config", str(script)], capture_output=True, text=True, check=True
    )

    found = [part.splitlines() for part in said.stdout.split("==\n")]
    offered = [[line.partition("\t")[0] for line in part] for part in found]
    for (begun, whole), words in zip(ASKS.items(), offered, strict=False):
        if begun == "ls --owner=":
            assert words == ["--owner=wang", "--owner=zhao"]
        else:
            assert words == [whole.split()[-1]]
