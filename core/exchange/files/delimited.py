"""Separated text (CSV and its kin): encoding, separator and rows."""

import csv
import re
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import Final, TextIO

from core.exchange.cells import EMPTY, Cell, Row
from core.exchange.files.limits import CELLS, COLUMNS, ROWS
from core.exchange.reading.foreign import SEARCHED_ROWS
from core.exchange.reading.headings import as_header
from core.exchange.unreadable import DamagedFile, OverLimit, UnknownEncoding, UnknownFormat

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS: Final = ",;\t"
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def read_delimited(raw: bytes) -> tuple[Row, ...]:
    """The rows of ``raw`` in which something is written; rows may differ in length.

    Headings may repeat, so rows stay rows. An apostrophe that keeps spreadsheet programs from
    taking a text for a formula is removed. Refuses ``UnreadableFile``.
    """
    encoding, start = _recognised(raw)
    told = (start[4:5] or ",") if start[:4].lower() == "sep=" else ""
    for mark in told or _SEPARATORS:
        if raw.count(mark.encode()) > ROWS * COLUMNS:  # empty fields take memory before a row ends
            raise OverLimit("too-many-columns", limit=COLUMNS)
    if told:
        return _rows(_lines(raw, encoding), separator=told, told=True)
    most = max(_SEPARATORS, key=lambda mark: _sense(_lines(raw, encoding), mark))
    return _rows(_lines(raw, encoding), separator=most, told=False)


def _recognised(raw: bytes) -> tuple[str, str]:
    """The encoding of ``raw`` and how its text starts."""
    encoding, text = decoded(raw)
    if "\0" in text:
        raise UnknownFormat("binary")
    start = text[:64].lstrip()
    if start.startswith("<"):
        raise UnknownFormat("markup")
    if "".join(start.split()).startswith(("{", "[{")):
        raise UnknownFormat("json")
    return encoding, start


def decoded(raw: bytes) -> tuple[str, str]:
    """The encoding of ``raw``, and its text. Refuses UnknownEncoding."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded_as(raw, (encoding,))
    if raw[:64].count(0) > len(raw[:64]) // 4:  # every second byte of Latin text in UTF-16
        return _decoded_as(raw, ("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be",))
    return _decoded_as(raw, ("utf-8", "gb18030"))


def _decoded_as(raw: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            return encoding, raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnknownEncoding


def _lines(raw: bytes, encoding: str) -> TextIO:
    """The lines of ``raw``, decoded as they are read: a whole text would take four times more."""
    return TextIOWrapper(BytesIO(raw), encoding=encoding, newline="")


def _sense(lines: TextIO, separator: str) -> tuple[int, int]:
    """How many headings ``separator`` makes of the first rows, and how many fields beyond one."""
    headings = more = 0
    try:
        for fields in islice(csv.reader(lines, delimiter=separator), SEARCHED_ROWS):
            header = as_header(Row(1, tuple(map(Cell, fields[:COLUMNS]))))
            headings = max(headings, len(header.columns) if header else 0)
            more += len(fields) - 1
    except csv.Error:
        return 0, 0
    return headings, more


def _rows(lines: TextIO, *, separator: str, told: bool) -> tuple[Row, ...]:
    """The written rows; ``told`` if the first one only tells the separator."""
    rows: list[Row] = []
    left = CELLS
    reader = csv.reader(lines, delimiter=separator)
    try:
        for number, fields in enumerate(reader, start=1):
            if not any(fields) or (told and number == 1):
                continue
            if len(rows) >= ROWS:
                raise OverLimit("too-many-rows", limit=ROWS, row=number)
            cells = _cells(fields, number)
            left -= len(cells)
            if left < 0:
                raise OverLimit("too-many-cells", limit=CELLS, row=number)
            rows.append(Row(number, cells))
    except (csv.Error, TypeError) as fault:  # a field without end; a separator that cannot be one
        raise DamagedFile("", reason=f"line {reader.line_num}") from fault
    return tuple(rows)


def _cells(fields: list[str], number: int) -> tuple[Cell, ...]:
    while not fields[-1]:
        fields.pop()
    if len(fields) > COLUMNS:
        raise OverLimit("too-many-columns", limit=COLUMNS, row=number)
    return tuple(Cell(_unguarded(field)) if field else EMPTY for field in fields)


def _unguarded(field: str) -> str:
    return field[1:] if _GUARDED.match(field) else field
