"""How much of a file is read, checked before anything is parsed.

A file of 150 kB can expand to gigabytes and a sheet of one cell can claim 17 billion. So a claim
is never believed where it would cost, and never doubted where it already refuses.
"""

from typing import TYPE_CHECKING, Final

from core.exchange.unreadable import DamagedFile, OverLimit, UnknownFormat

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

FILE_BYTES: Final = 20_000_000
EXPANDED_BYTES: Final = 32_000_000
"""Of all parts of a workbook together."""
RATIO: Final = 100
"""Expanded to packed size of one part; parts below ``RATIO_FLOOR`` may be denser."""
RATIO_FLOOR: Final = 1_000_000
PARTS: Final = 2_000
TAGS: Final = 1_700_000
"""Opening and closing tags of one XML part; they, not bytes, are what parsing costs. A number
takes four of them."""
OTHER_TAGS: Final = 50_000
"""Tags of one part that are no cells, or of one row: what is held in memory together."""
ROWS_MET: Final = 100_000
"""Of one sheet, rows in which nothing is written included."""
ROWS: Final = 20_000
"""Of one sheet; rows in which nothing is written do not count."""
COLUMNS: Final = 200
SHEETS: Final = 100
CELLS: Final = 400_000
"""Written cells of one file, copies filled in from merged cells included."""
VALUES: Final = 800_000
"""Of a JSON file: commas and opening brackets, those in texts not counted."""
CONTAINERS: Final = 250_000
"""Objects and lists of a JSON file; each costs as much memory as four texts."""
DEPTH: Final = 60
"""Objects and lists within each other; the parser takes stack for each."""
CELL_TEXT: Final = 100_000
"""Characters of one cell that are looked at; Excel itself allows 32,767."""

_ENCRYPTED_FLAG: Final = 0x1
_STORED, _DEFLATED = 0, 8


def check_archive(archive: "ZipFile") -> None:
    """Refuse a workbook that would expand too far, from its table of contents alone.

    zipfile hands out no more bytes of a part than the table of contents says, so a lie there
    ends in a damaged part and not in a full memory.
    """
    parts = archive.infolist()
    if len(parts) > PARTS:
        raise OverLimit("expands-too-much", limit=PARTS, parts=len(parts))
    expanded = sum(part.file_size for part in parts)
    if expanded > EXPANDED_BYTES:
        raise OverLimit("expands-too-much", limit=EXPANDED_BYTES, bytes=expanded)
    for part in parts:
        _check_part(part)


def _check_part(part: "ZipInfo") -> None:
    if part.flag_bits & _ENCRYPTED_FLAG:
        raise UnknownFormat("encrypted")
    if part.compress_type not in (_STORED, _DEFLATED):
        raise DamagedFile(part.filename, reason="compression")
    if part.file_size > max(RATIO_FLOOR, RATIO * part.compress_size):
        raise OverLimit("expands-too-much", limit=RATIO, part=part.filename, bytes=part.file_size)
