"""A machine with duban on it, reached over SSH: a real client and a real server, without a network.

The server talks to the client over a pipe (``ProxyCommand``), so that there is no port to find
and nothing left running. Whoever comes is shown the board and nothing else (a forced command).
"""

import getpass
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.terminal import NARROW, Terminal

_SBIN = "/usr/sbin:/usr/local/sbin:/sbin"
_PRIVILEGED = Path("/run/sshd")
"""Where a server that root starts goes; a system's service makes it, which is not run here."""
_SERVER = """\
HostKey {folder}/host
AuthorizedKeysFile {folder}/welcome
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
AcceptEnv LANG NO_COLOR
PrintMotd no
PrintLastLog no
LogLevel ERROR
"""
_BOARD = """\
#!/bin/sh
echo $$ > {folder}/pid
for name in $(env | sed -n 's/^\\(LC_[A-Z]*\\|LANGUAGE\\|PYTHON[A-Z]*\\|COLORTERM\\)=.*/\\1/p'); do
    unset "$name"
done
cd {root} || exit 1
export HOME={folder}/home DUBAN_STORE={store} LOGNAME=p01 TZ=UTC
exec {python} -m tui
"""


class Host:
    """The machine; ``trouble`` says why there is none."""

    def __init__(self, folder: Path, store: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        self._ssh = shutil.which("ssh")
        self._sshd = shutil.which("sshd") or shutil.which("sshd", path=_SBIN)
        self.trouble = "" if self._ssh and self._sshd else "there is no ssh or no sshd here"
        if not self.trouble:
            self._prepare(store)
            self.trouble = self._tried()

    @property
    def board(self) -> int:
        """The number of the process that serves whoever came last."""
        return int((self.folder / "pid").read_text())

    def command(self, *options: str) -> list[str]:
        """What the member calls on their own machine."""
        server = shlex.join([str(self._sshd), "-i", "-e", "-f", str(self.folder / "server")])
        given = {
            "ProxyCommand": server,
            "IdentityFile": str(self.folder / "key"),
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": str(self.folder / "known"),
            "StrictHostKeyChecking": "accept-new",
            "SendEnv": "LANG NO_COLOR",
            "LogLevel": "ERROR",
        }
        said = [word for name, value in given.items() for word in ("-o", f"{name}={value}")]
        return [str(self._ssh), "-F", os.devnull, *said, *options, f"{getpass.getuser()}@duban"]

    def environment(self, **more: str) -> Mapping[str, str]:
        """The member's own; only what is sent along arrives."""
        return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **more}

    def open(self, **more: str) -> Terminal:
        """Come with a terminal."""
        return Terminal(self.command("-tt"), size=NARROW, environment=self.environment(**more))

    def run(self, *options: str, **more: str) -> "subprocess.CompletedProcess[bytes]":
        """Come without a terminal of one's own; what was said, once the server has ended."""
        return subprocess.run(
            self.command(*options),
            env=dict(self.environment(**more)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def _prepare(self, store: str) -> None:
        if os.geteuid() == 0:
            _PRIVILEGED.mkdir(mode=0o755, exist_ok=True)
        for name in ("host", "key"):
            made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)]
            subprocess.run(made, check=True, stdin=subprocess.DEVNULL)
        root = Path(__file__).parents[2]
        places = {"folder": self.folder, "root": root, "python": sys.executable, "store": store}
        script = self.folder / "board"
        script.write_text(_BOARD.format(**{k: shlex.quote(str(v)) for k, v in places.items()}))
        script.chmod(0o755)
        (self.folder / "server").write_text(_SERVER.format(folder=self.folder))

    def _tried(self) -> str:
        """Why nobody can come here at all; then what duban shows them is not the question."""
        self._welcome("echo here")
        tried = self.run()
        self._welcome(shlex.quote(str(self.folder / "board")))
        return "" if tried.stdout == b"here\n" else tried.stderr.decode(errors="replace").strip()

    def _welcome(self, command: str) -> None:
        key = (self.folder / "key.pub").read_text()
        (self.folder / "welcome").write_text(f'command="{command}" {key}')
