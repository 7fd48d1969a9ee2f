"""The texts that the sheets of a workbook share, and the way Excel escapes characters in them."""

import re
from typing import TYPE_CHECKING, Final

from core.exchange.limits import CELL_TEXT
from core.exchange.xml_parts import local, stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """``text`` with Excel's ``_x001B_`` made the character it stands for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


class _Strings:
    """Joins the runs of each string and leaves out the reading aids (``rPh``)."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._heard = False
        self._aid = False

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:  # noqa: ARG002
        name = local(tag)
        if name == "si":
            self._pieces, self._length = [], 0
        elif name == "t":
            self._heard = not self._aid
        elif name == "rPh":
            self._aid = True

    def data(self, text: str) -> None:
        if self._heard and self._length < CELL_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._heard = False
        elif name == "rPh":
            self._aid = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces)))

    def close(self) -> None:
        pass


def read_strings(archive: "ZipFile", part: str) -> tuple[str, ...]:
    """The shared strings in their order; sheets refer to them by number from 0."""
    strings = _Strings()
    stream(archive, part, strings)
    return tuple(strings.texts)
