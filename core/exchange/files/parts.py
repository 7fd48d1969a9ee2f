"""The parts of a workbook, each checked before openpyxl parses it."""

import re
from io import BytesIO
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Final, Literal
from zipfile import ZipFile

from core.exchange.files.limits import COLUMNS, OTHER_TAGS, ROWS, ROWS_MET, TAGS
from core.exchange.unreadable import OverLimit, UnknownFormat, UnsafeXml

if TYPE_CHECKING:
    from zipfile import ZipInfo

_BEFORE_XML: Final = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ROW: Final = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]|</(?:[\w.-]+:)?sheetData>")
_STRING: Final = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_OF_CELLS: Final = re.compile(rb"</?(?:[\w.-]+:)?(?:row|c|v|f|is|si|t|r)[\s/>]")


class Parts(ZipFile):
    """The archive of a workbook; it hands out no part that would cost too much to parse."""

    def __init__(self, raw: bytes) -> None:
        self.file = BytesIO(raw)
        super().__init__(self.file)
        self.part = ""
        """The part opened last: where the fault lies if there is one."""
        self._tags: dict[str, int] = {}
        self._left = 6 * TAGS

    def open(
        self,
        name: "str | ZipInfo",
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """As ``ZipFile.open``. Refuses ``UnreadableFile``."""
        self.part = name if isinstance(name, str) else name.filename
        if self.part not in self._tags:
            with super().open(name) as source:
                self._tags[self.part] = _check(source.read(), part=self.part)
        # Each part is opened a few times, but a hundred sheets can be one and the same part.
        self._left -= self._tags[self.part] + 1_000
        if self._left < 0:
            raise OverLimit("too-many-cells", limit=TAGS, part=self.part)
        return super().open(name, mode, pwd, force_zip64=force_zip64)


def _check(content: bytes, *, part: str) -> int:
    """The number of tags in ``content``, 0 if it is not XML; refuses what is not to be parsed."""
    if not content.lstrip(_BEFORE_XML).startswith(b"<"):
        return 0
    if b"<!DOCTYPE" in content:
        raise UnsafeXml(part)
    if _STRICT in content[:4096]:  # openpyxl would find no cells in it
        raise UnknownFormat("strict-xlsx")
    tags = content.count(b"<")
    if tags > TAGS:
        raise OverLimit("too-many-cells", limit=TAGS, part=part)
    if tags > OTHER_TAGS:
        _check_long(content, tags, part=part)
    return tags


def _check_long(content: bytes, tags: int, *, part: str) -> None:
    """Refuse floods that the number of tags alone does not tell from a long table.

    openpyxl makes an object of everything that is not a cell, at 30 times the cost of one, and
    holds a row in memory until it ends.
    """
    rows = [found.start() for found in _ROW.finditer(content)]
    if len(rows) > ROWS_MET:
        raise OverLimit("too-many-rows", limit=ROWS, part=part)
    starts = rows or [found.start() for found in _STRING.finditer(content)]
    for start, end in pairwise((0, *starts, len(content))):
        if content.count(b"<", start, end) > OTHER_TAGS:
            if rows and 0 < start < rows[-1]:
                raise OverLimit("too-many-columns", limit=COLUMNS, part=part)
            raise OverLimit("too-many-cells", limit=OTHER_TAGS, part=part)
    if tags - sum(1 for _ in _OF_CELLS.finditer(content)) > OTHER_TAGS:
        raise OverLimit("too-many-cells", limit=OTHER_TAGS, part=part)
