"""The terminal's driver: what is pasted stays one paste, and no terminal means the end.

Textual ends a paste at the first escape character inside it and takes the rest as key presses,
so that text from a web page could move cards or leave the program. And it goes on without a
terminal where a lost connection does not end it by SIGHUP: under nohup, or first in a container.
"""

import os
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

_LONGEST: Final = len(BRACKETED_PASTE_START) - 1
_READ_BYTES: Final = 4096
_WAIT_SECONDS: Final = 0.1
_KEPT: Final = "\t\n\r"
_GONE: Final = 129  # as a shell tells of a program that SIGHUP ended
_LEAVE_SECONDS: Final = 5.0
"""How long an app whose terminal is gone may take to leave by itself."""


class PasteGuard:
    """Takes the terminal's input piece by piece and drops the controls inside pastes."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""
        """Outside: the last characters, already handed on. Inside: what may begin the end."""

    def feed(self, piece: str) -> str:
        """``piece`` as it may be parsed; the end of a paste may be held back for the next one."""
        passed: list[str] = []
        while piece:
            piece = self._in_paste(piece, passed) if self._inside else self._outside(piece, passed)
        return "".join(passed)

    def _outside(self, piece: str, passed: list[str]) -> str:
        seen = self._tail + piece
        start = seen.find(BRACKETED_PASTE_START)
        if start < 0:
            self._tail = seen[-_LONGEST:]
            passed.append(piece)
            return ""
        begun = start + len(BRACKETED_PASTE_START) - len(self._tail)
        self._inside, self._tail = True, ""
        passed.append(piece[:begun])
        return piece[begun:]

    def _in_paste(self, piece: str, passed: list[str]) -> str:
        text = self._tail + piece
        end = text.find(BRACKETED_PASTE_END)
        if end < 0:
            held = _beginning(text)
            self._tail = text[len(text) - held :]
            passed.append(_without_controls(text[: len(text) - held]))
            return ""
        self._inside, self._tail = False, ""
        passed.append(_without_controls(text[:end]) + BRACKETED_PASTE_END)
        return text[end + len(BRACKETED_PASTE_END) :]


def _beginning(text: str) -> int:
    """How many characters at the end of ``text`` may be the first of the end of a paste."""
    sizes = range(min(_LONGEST, len(text)), 0, -1)
    return next((size for size in sizes if BRACKETED_PASTE_END.startswith(text[-size:])), 0)


def _without_controls(text: str) -> str:
    return "".join(one for one in text if one.isprintable() or one in _KEPT or ord(one) > 0x9F)


class PasteSafeDriver(LinuxDriver):
    """Textual's driver for Unix terminals, with the guard between terminal and parser."""

    def run_input_thread(self) -> None:
        """Wait for input and hand on what it means, until the app ends."""
        decode, guard = getincrementaldecoder("utf-8")("replace").decode, PasteGuard()
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_WAIT_SECONDS):
                    if not (raw := self._read()):
                        self._leave()
                        break
                    if heard := guard.feed(decode(raw)):  # nothing would mean the end
                        self._hand_on(parser.feed(heard))
                self._hand_on(parser.tick())

    def _read(self) -> bytes:
        """What the terminal has sent; nothing if it is gone."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:  # how Linux says that nobody holds the other end
            return b""

    def _leave(self) -> None:
        """End the app without a terminal; what it writes from now on goes nowhere.

        It leaves as always, so that what was typed is kept, unless it waits for the terminal.
        """
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        self._app.call_later(self._app.exit, None, _GONE)
        if not self.exit_event.wait(_LEAVE_SECONDS):
            os._exit(_GONE)

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
