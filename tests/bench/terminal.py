"""A terminal to measure with: runs a program on a pty and times what it sends.

It shows nothing; it answers what programs ask a terminal, as a plain xterm would.
"""

import contextlib
import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.bench.xterm import answered

ROOMY = (120, 40)
NARROW = (80, 24)
"""Columns and rows."""

_READ = 1 << 16
_TICKS = os.sysconf("SC_CLK_TCK")


class Silent(RuntimeError):
    """What was waited for did not come; the words show the end of what came instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What one read gave."""

    at: float
    """Seconds on the monotonic clock, which all processes share."""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a program sent for a key; both times are None if it sent nothing."""

    first: float | None
    """Milliseconds from the key to the first byte."""
    last: float | None
    """Milliseconds from the key to the last byte before it was quiet."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a program did while nobody did anything."""

    size: int
    """Bytes."""
    cpu: float | None
    """Share of one core, 0 to 1; None where the system does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a process holds, in MB; None where the system does not tell."""

    resident: float | None
    proportional: float | None


class Terminal:
    """A program on a pty: standard input, output and errors."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = ROOMY,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start ``command``; the clock of ``first`` and ``settle`` starts just before."""
        self.size = size
        self.chunks: list[Chunk] = []
        self.ended = False
        """Whether the program has closed its end."""
        self._unanswered = b""
        self._master, inner = os.openpty()
        self.resize(*size)
        self.started = time.monotonic()
        try:
            self.process = subprocess.Popen(
                command,
                stdin=inner,
                stdout=inner,
                stderr=inner,
                env=None if environment is None else dict(environment),
                start_new_session=True,
            )
        finally:
            os.close(inner)

    def __enter__(self) -> Self:
        """Nothing more: it runs already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the program."""
        self.close()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, and tell the program if it runs already."""
        self.size = (columns, rows)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "process") and self.process.poll() is None:
            self.process.send_signal(signal.SIGWINCH)

    @property
    def output(self) -> bytes:
        """All that came so far."""
        return b"".join(chunk.data for chunk in self.chunks)

    def first(self, marker: str, *, within: float = 30) -> float:
        """Milliseconds from the start until ``marker`` was there. Raises Silent."""
        wanted, tail, seen = marker.encode(), b"", 0
        for _ in self._pumping(within):
            for chunk in self.chunks[seen:]:
                tail += chunk.data
                if wanted in tail:
                    return (chunk.at - self.started) * 1000
                tail = tail[-len(wanted) :]
            seen = len(self.chunks)
        raise Silent(f"{marker!r} did not come: ...{self.output[-2000:]!r}")

    def settle(self, quiet_ms: float = 300, *, within: float = 30) -> float:
        """Milliseconds from the start to the last byte before ``quiet_ms`` of nothing."""
        while self._pump(0):
            pass
        since = self.chunks[-1].at if self.chunks else self.started
        return (self._last(since, quiet_ms, within) - self.started) * 1000

    def press(self, keys: str, *, quiet_ms: float = 120, patience: float = 2) -> Reply:
        """Send ``keys`` at once; the reply ends with ``quiet_ms`` of nothing.

        ``patience``: seconds to wait for the first byte.
        """
        while self._pump(0):
            pass
        before = len(self.chunks)
        sent = time.monotonic()
        os.write(self._master, keys.encode())
        return self._reply(self.await_change(before, within=patience, quiet_ms=quiet_ms), sent)

    def await_change(
        self, before: int, *, within: float = 10, quiet_ms: float = 120
    ) -> list[Chunk]:
        """The chunks after the first ``before``, up to ``quiet_ms`` of nothing; [] if none came."""
        for _ in self._pumping(within):
            if len(self.chunks) > before:
                self._last(self.chunks[-1].at, quiet_ms, 30)
                break
        return self.chunks[before:]

    def hold(self, key: str, *, presses: int = 30, per_second: float = 30) -> float:
        """Hold ``key`` down; milliseconds from the last repetition to the last byte."""
        begin = sent = time.monotonic()
        for number in range(presses):
            self._until(begin + number / per_second)
            sent = time.monotonic()
            os.write(self._master, key.encode())
        return (self._last(sent, 300, 30) - sent) * 1000

    def rest(self, seconds: float) -> Rest:
        """Watch the program for ``seconds`` without doing anything."""
        self._pump(0)
        size, cpu, begin = len(self.output), self._cpu(), time.monotonic()
        self._until(begin + seconds)
        passed, after = time.monotonic() - begin, self._cpu()
        share = None if cpu is None or after is None else (after - cpu) / passed
        return Rest(size=len(self.output) - size, cpu=share)

    def memory(self) -> Memory:
        """What the process holds now."""
        folder = Path("/proc") / str(self.process.pid)
        return Memory(
            resident=_megabytes(folder / "status", "VmRSS:"),
            proportional=_megabytes(folder / "smaps_rollup", "Pss:"),
        )

    def wait(self, *, within: float = 30) -> int:
        """Read until the program ends; its exit code. Raises Silent if it does not end."""
        limit = time.monotonic() + within
        while not self.ended and self.process.poll() is None and time.monotonic() < limit:
            self._pump(0.1)
        while self._pump(0.1):  # what it said last
            pass
        try:
            return self.process.wait(timeout=max(limit - time.monotonic(), 0))
        except subprocess.TimeoutExpired as error:
            raise Silent(f"it did not end: ...{self.output[-500:]!r}") from error

    def close(self) -> None:
        """End the program if it still runs, and take the terminal away."""
        if self._master < 0:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(Silent):
                self.wait(within=2)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)
        self._master = -1

    def _reply(self, chunks: Sequence[Chunk], sent: float) -> Reply:
        if not chunks:
            return Reply(first=None, last=None, size=0)
        return Reply(
            first=(chunks[0].at - sent) * 1000,
            last=(chunks[-1].at - sent) * 1000,
            size=sum(len(chunk.data) for chunk in chunks),
        )

    def _last(self, since: float, quiet_ms: float, within: float) -> float:
        """When the last byte came (``since`` if none came), once it has been quiet."""
        quiet, limit, last = quiet_ms / 1000, since + within, since
        while not self.ended and (now := time.monotonic()) < min(last + quiet, limit):
            if self._pump(min(last + quiet, limit) - now):
                last = self.chunks[-1].at
        return max(since, self.chunks[-1].at) if self.chunks else since

    def _until(self, moment: float) -> None:
        """Read until ``moment``."""
        while (now := time.monotonic()) < moment:
            if self.ended:
                raise Silent(f"it has ended: ...{self.output[-500:]!r}")
            self._pump(moment - now)

    def _pumping(self, within: float) -> Iterator[None]:
        """Once now, and again whenever something came, until time is up or the program ended."""
        limit = time.monotonic() + within
        yield
        while not self.ended and (left := limit - time.monotonic()) > 0:
            if self._pump(min(left, 0.5)) or self.process.poll() is not None:
                yield
        yield

    def _pump(self, seconds: float) -> bool:
        """Read what comes within ``seconds``, once; whether anything came."""
        if self.ended or not select.select([self._master], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._master, _READ)
        except OSError:  # how Linux says that nobody holds the other end
            data = b""
        if not data:
            self.ended = True
            return False
        self.chunks.append(Chunk(at=time.monotonic(), data=data))
        self._answer(data)
        return True

    def _answer(self, data: bytes) -> None:
        """Answer what the program asks in ``data``, be a query cut in two."""
        answers, self._unanswered = answered(self._unanswered + data, self.size)
        for answer in answers:
            with contextlib.suppress(OSError):  # it asked, and ended
                os.write(self._master, answer)

    def _cpu(self) -> float | None:
        """Seconds of work so far, all threads."""
        try:
            text = (Path("/proc") / str(self.process.pid) / "stat").read_text()
        except FileNotFoundError:
            return None
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS


def _megabytes(file: Path, name: str) -> float | None:
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return None
    found = next((line for line in lines if line.startswith(name)), None)
    return None if found is None else int(found.split()[1]) / 1024
