"""JSON: told from its first bytes, measured before it is parsed, then plain values."""

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from core.exchange.files.delimited import decoded
from core.exchange.files.limits import CONTAINERS, DEPTH, FILE_BYTES, VALUES
from core.exchange.unreadable import DamagedFile, OverLimit

_SPACE: Final = b" \t\r\n"
_BEFORE: Final = _SPACE + b"\0\xef\xbb\xbf\xfe\xff"
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
_WHOLE: Final = re.compile(rb'(?:[^"]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_BLOCK: Final = 500_000
_SIGNS: Final = b"{}[],"
_OTHERS: Final = bytes(set(range(256)) - set(_SIGNS))
_STEPS: Final = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}
_LONGEST_WHOLE: Final = 18
"""Digits; Python refuses to read numbers of thousands of them, and nobody counts so far."""


def is_json(raw: bytes, *, name: str) -> bool:
    """Whether ``raw`` is to be read as JSON: by its start, else by the ending of ``name``."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    start = raw[:256].lstrip(_BEFORE).translate(None, _SPACE + b"\0")
    return start.startswith((b"{", b"[{")) or name.lower().endswith(".json")


def read_json(raw: bytes) -> object:
    """The value that ``raw`` tells; of one object a line, all of them as a list.

    Numbers of endless length and NaN are no values of other programs' files: they become infinite
    or None. Refuses ``UnreadableFile``: what is not JSON, ``too-deep``, ``too-many-values``.
    """
    if len(raw) > FILE_BYTES:
        raise OverLimit("file-too-large", limit=FILE_BYTES, bytes=len(raw))
    encoding, text = decoded(raw)
    _check(raw if encoding.startswith("utf-8") else text.encode("utf-8", "replace"))
    try:
        return _value(text)
    except json.JSONDecodeError as fault:
        if fault.msg == "Extra data" and text.lstrip().startswith("{"):
            return _by_line(text)
        raise DamagedFile("", reason=f"line {fault.lineno}") from fault


def _value(text: str) -> object:
    value: object = json.loads(text, parse_int=_whole, parse_constant=lambda _: None)
    return value


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else float(digits)


def _by_line(text: str) -> list[object]:
    """One object a line, commas between them or not, as older Taskwarriors export."""
    values = []
    for number, line in enumerate(text.splitlines(), start=1):
        if bare := line.strip().removesuffix(","):
            try:
                values.append(_value(bare))
            except json.JSONDecodeError as fault:
                raise DamagedFile("", reason=f"line {number}") from fault
    return values


def _check(raw: bytes) -> None:
    """Refuse what would take too much memory or stack, from its signs alone."""
    openings = closings = commas = depth = 0
    for signs in _signs(raw):
        openings += signs.count(b"{") + signs.count(b"[")
        closings += signs.count(b"}") + signs.count(b"]")
        commas += signs.count(b",")
        if max(openings, closings) > CONTAINERS or openings + commas > VALUES:
            raise OverLimit("too-many-values", limit=VALUES)
        steps = (_STEPS[sign] for sign in signs.translate(None, b","))
        depths = list(accumulate(steps, initial=depth))
        depth = depths[-1]
        if max(depths) > DEPTH:
            raise OverLimit("too-deep", limit=DEPTH)


def _signs(raw: bytes) -> Iterator[bytes]:
    """The brackets and commas of ``raw`` outside of its texts, block by block."""
    start = 0
    while start < len(raw):
        whole = _WHOLE.match(raw, start, start + _BLOCK)
        end = whole.end() if whole else start
        if end == start and (text := _STRING.match(raw, start)):  # longer than a block
            end = text.end()
        yield _STRING.sub(b"", raw[start:end]).translate(None, _OTHERS)
        start = max(end, start + 1)
