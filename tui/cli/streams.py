"""Standard streams as they come: closed, full, or with nobody at their other end.

The exit code tells what became of the store. An answer that nobody takes any more (a closed
stream, a reader that left) changes nothing about it. One that could not be written (a full disk)
ends 6 where something was saved - sending it again under the same ``--cmd-id`` tells the answer
and changes nothing - and 5 where not.
"""

import errno
import os
import sys
from typing import Final

_LEFT: Final = frozenset({errno.EPIPE, errno.ECONNRESET})
_FULL: Final = frozenset(
    {errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
)


def make_ready() -> None:
    """Give every stream that this process was started without a place that takes anything.

    Else the next file to be opened, such as the store, would become standard output.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is not None:
            continue
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
        stream = os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False)
        setattr(sys, name, stream)


def beside(text: str) -> None:
    """Write to standard error; if that cannot be, nothing is said and nothing else changes."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def lost(error: OSError, *, saved: bool) -> int:
    """The exit code of a call whose answer could not be written; raises any other error again."""
    if error.errno not in _LEFT | _FULL:
        raise error
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    if error.errno in _LEFT:
        return 0
    from tui.words import Words, choose_language

    words, detail = Words(choose_language()), error.strerror or ""
    said = words("The answer could not be written: {detail}.", detail=detail)
    if saved:
        said = words.joined(said, words("What it tells of is saved."))
    beside(f"duban: {said}\n")
    return 6 if saved else 5
