"""Files that are there whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from core.domain.refusals import Rejected, Unavailable


class whole_file:  # noqa: N801 - reads like a function
    """A new file beside ``target`` that takes its place once it is whole and on the disk."""

    def __init__(self, target: Path, *, force: bool) -> None:
        self._target = target
        self._force = force
        self._draft = target.with_name(f".{target.name[:100]}.{token_hex(4)}")

    def __enter__(self) -> BinaryIO:
        if not self._force and os.path.lexists(self._target):
            raise Rejected("file-exists", path=str(self._target))
        try:
            self._file = self._draft.open("xb")
        except OSError as fault:
            raise _cannot_write(self._target, fault) from fault
        return self._file

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: object) -> None:
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
            self._file.close()
            if kind is None:
                self._put()
        except OSError as broken:
            raise _cannot_write(self._target, broken) from broken
        finally:
            self._draft.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise _cannot_write(self._target, fault) from fault

    def _put(self) -> None:
        if self._force:
            self._draft.replace(self._target)
            return
        try:
            os.link(self._draft, self._target)  # unlike a renaming, it replaces nothing
        except FileExistsError as fault:
            raise Rejected("file-exists", path=str(self._target)) from fault
        except OSError:  # a file system without links
            self._draft.replace(self._target)


def _cannot_write(path: Path, fault: OSError) -> Unavailable:
    return Unavailable("cannot-write", path=str(path), detail=fault.strerror or str(fault))
