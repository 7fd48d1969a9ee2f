"""A file as sheets of plain values, whatever its format; the only way in for imported files."""

import stat
from pathlib import Path
from typing import Final

from core.exchange.cells import Sheet
from core.exchange.files.delimited import read_delimited
from core.exchange.files.limits import FILE_BYTES
from core.exchange.unreadable import OverLimit, UnknownFormat, UnreadableFile

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_bytes(path: Path) -> bytes:
    """The bytes of the regular file at ``path``.

    Refuses ``cannot-open``, ``not-a-file`` (a folder, a pipe, a device) and ``file-too-large``.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("not-a-file", path=str(path))
        if found.st_size > FILE_BYTES:
            raise OverLimit("file-too-large", limit=FILE_BYTES, bytes=found.st_size)
        with path.open("rb") as file:
            return file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as fault:  # ValueError: a path with a NUL
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFile("cannot-open", path=str(path), reason=reason) from fault


def read_sheets(raw: bytes, *, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file called ``name``; the format is told from the bytes, not the name.

    A text file is one sheet, named like the file without its ending. Refuses ``UnreadableFile``.
    """
    if len(raw) > FILE_BYTES:
        raise OverLimit("file-too-large", limit=FILE_BYTES, bytes=len(raw))
    if raw.startswith(_OLE):
        raise UnknownFormat("encrypted" if _ENCRYPTED in raw else "old-xls")
    if raw.startswith(_ZIP):
        from core.exchange.files.workbook import read_workbook

        return read_workbook(raw)
    if name.lower().endswith(".json"):
        raise UnknownFormat("json")
    return (Sheet(name=Path(name).stem, rows=read_delimited(raw)),)
