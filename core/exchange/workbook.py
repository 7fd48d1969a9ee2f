"""Workbooks (xlsx, xlsm): which sheets there are, and what their numbers mean.

Read here and not through a library: merged ranges, stored results and formulas come in one pass,
memory stays flat whatever the file claims, and what can go wrong is a short list.
"""

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from core.exchange.cells import Sheet
from core.exchange.limits import CELLS, SHEETS, check_archive
from core.exchange.shared_strings import read_strings
from core.exchange.unreadable import DamagedFile, OverLimit, UnknownFormat
from core.exchange.worksheet import NumberKind, Styles, read_rows
from core.exchange.xml_parts import elements

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE_FORMATS: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_PERCENT_FORMATS: Final = frozenset({9, 10})
_NOT_CODE: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a number format that are shown as they are, and its colours and conditions."""


def read_workbook(raw: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the workbook ``raw``, in its order; hidden ones are marked.

    Refuses ``UnreadableFile``.
    """
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, NotImplementedError) as fault:
        raise DamagedFile("", reason="archive") from fault
    with archive:
        check_archive(archive)
        return tuple(_sheets(archive))


def _sheets(archive: ZipFile) -> "Iterator[Sheet]":
    main = _main_part(archive)
    listed = elements(archive, main, ("workbookPr", "sheet"))
    found = [attributes for name, attributes in listed if name == "sheet"]
    if len(found) > SHEETS:
        raise OverLimit("too-many-cells", limit=SHEETS, sheets=len(found))
    parts = _relations(archive, main)
    strings = _shared_strings(archive, parts)
    styles = _styles(archive, parts, since_1904=_counts_from_1904(listed))
    left = CELLS
    for attributes in found:
        kind, part = parts.get(attributes.get("id", ""), ("", ""))
        if kind != "worksheet":
            continue  # a chart has no cells
        rows = read_rows(archive, part, strings=strings, styles=styles, most=left)
        left -= sum(len(row.cells) for row in rows)
        hidden = attributes.get("state", "visible") != "visible"
        yield Sheet(name=attributes.get("name", ""), rows=rows, hidden=hidden)


def _main_part(archive: ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    if "_rels/.rels" not in names:
        raise UnknownFormat("zip")
    for _, attributes in elements(archive, "_rels/.rels", ("Relationship",)):
        if attributes.get("Type", "").endswith("/officeDocument"):
            part = attributes.get("Target", "").lstrip("/")
            if part.lower().endswith(".xml") and not part.startswith("word"):
                return part
    raise UnknownFormat("zip")


def _relations(archive: ZipFile, main: str) -> dict[str, tuple[str, str]]:
    """What the main part refers to: by id, the kind (``worksheet``) and the part's name."""
    folder, name = posixpath.split(main)
    listed = elements(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), ("Relationship",))
    relations = {}
    for _, attributes in listed:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
        relations[attributes.get("Id", "")] = (kind, target.lstrip("/"))
    return relations


def _shared_strings(archive: ZipFile, parts: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    for kind, part in parts.values():
        if kind == "sharedStrings":
            return read_strings(archive, part)
    return ()


def _counts_from_1904(listed: tuple[tuple[str, dict[str, str]], ...]) -> bool:
    return any(
        name == "workbookPr" and attributes.get("date1904", "0") in ("1", "true")
        for name, attributes in listed
    )


def _styles(archive: ZipFile, parts: dict[str, tuple[str, str]], *, since_1904: bool) -> Styles:
    """How each cell format shows numbers, by the format's index."""
    for kind, part in parts.values():
        if kind == "styles":
            return Styles(kinds=_number_kinds(archive, part), since_1904=since_1904)
    return Styles(kinds=(), since_1904=since_1904)


def _number_kinds(archive: ZipFile, part: str) -> tuple[NumberKind, ...]:
    codes: dict[str, str] = {}
    kinds = []
    section = ""
    wanted = ("numFmt", "xf", "cellXfs", "cellStyleXfs", "cellStyles", "dxfs")
    for name, attributes in elements(archive, part, wanted):
        if name == "xf":
            if section == "cellXfs":
                number = attributes.get("numFmtId", "0")
                kinds.append(_number_kind(number, codes.get(number, "")))
        elif name == "numFmt":
            codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        else:
            section = name
    return tuple(kinds)


def _number_kind(number: str, code: str) -> NumberKind:
    builtin = int(number) if number.isdecimal() and len(number) < 6 else 0
    if not code:
        if builtin in _DATE_FORMATS:
            return NumberKind.DATE
        return NumberKind.PERCENT if builtin in _PERCENT_FORMATS else NumberKind.PLAIN
    bare = _NOT_CODE.sub("", code).lower()
    if "%" in bare:
        return NumberKind.PERCENT
    with_day = "y" in bare or "d" in bare or ("m" in bare and "h" not in bare and "s" not in bare)
    # "General" holds no y, d or m that would count, "standard" in other tongues does.
    return NumberKind.DATE if with_day and "general" not in bare else NumberKind.PLAIN
