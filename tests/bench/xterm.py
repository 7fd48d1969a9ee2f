"""What a plain xterm answers when a program asks it something."""

import re
from collections.abc import Callable

_TAIL = 64
"""No query is longer: what is kept of a text that may end inside one."""
_DEVICE = b"\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"

Answer = Callable[[re.Match[bytes], tuple[int, int]], bytes]

_ANSWERS: tuple[tuple[bytes, Answer], ...] = (
    (rb"\x1b\[0?c", lambda _found, _size: _DEVICE),
    (rb"\x1b\[>0?c", lambda _found, _size: b"\x1b[>41;379;0c"),
    (rb"\x1b\[>0?q", lambda _found, _size: b"\x1bP>|XTerm(379)\x1b\\"),
    (rb"\x1b\[5n", lambda _found, _size: b"\x1b[0n"),
    (rb"\x1b\[6n", lambda _found, _size: b"\x1b[1;1R"),
    # Synchronized output (2026) and the rest of the modes: not known here.
    (rb"\x1b\[\?(?P<mode>\d+)\$p", lambda found, _size: b"\x1b[?%s;0$y" % found["mode"]),
    (
        rb"\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)",
        lambda found, _size: b"\x1b]%s;rgb:0000/0000/0000\x1b\\" % found["colour"],
    ),
    (rb"\x1b\[18t", lambda _found, size: b"\x1b[8;%d;%dt" % (size[1], size[0])),
)
_QUERIES = re.compile(b"|".join(b"(?:%s)" % pattern for pattern, _ in _ANSWERS))


def answered(text: bytes, size: tuple[int, int]) -> tuple[list[bytes], bytes]:
    """The answers to the queries in ``text``, and the end of it, which may begin another.

    ``size`` is columns and rows.
    """
    answers, end = [], 0
    for found in _QUERIES.finditer(text):
        end = found.end()
        for pattern, answer in _ANSWERS:
            if match := re.fullmatch(pattern, found[0]):
                answers.append(answer(match, size))
                break
    return answers, text[end:][-_TAIL:]
