"""What openpyxl's flat reading leaves out: merged cells, and formulas without a stored result."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from core.exchange.cells import EMPTY, Cell, Row
from core.exchange.files.limits import CELL_TEXT, COLUMNS
from core.exchange.unreadable import OverLimit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

_MOST_AREAS: Final = 20_000
_WORTH_A_PASS: Final = re.compile(rb"<(?:[\w.-]+:)?(?:mergeCell|f)[\s/>]")


class Area(NamedTuple):
    """Merged cells; rows count from 1, columns from 0, both ends belong to it."""

    left: int
    top: int
    right: int
    bottom: int


class Extras(NamedTuple):
    """What a second pass over a sheet found."""

    areas: list[Area]
    formulas: dict[int, dict[int, str]]
    """Those without a stored result, by row from 1 and column from 0."""


def read_extras(archive: "ZipFile", part: str) -> Extras:
    """The merged cells and unreckoned formulas of sheet ``part``, if it has any.

    Not through openpyxl's ``data_only=False``: it writes a shared formula out for every cell that
    names it, and a formula of megabytes can be named by every cell.
    """
    extras = Extras([], {})
    if not _WORTH_A_PASS.search(archive.read(part)):
        return extras
    with archive.open(part) as source:
        for _, element in iterparse(source, forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if name == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                if left and top and right and bottom:  # not whole columns
                    extras.areas.append(Area(left - 1, top, right - 1, bottom))
            elif name == "c":
                _note_formula(element, extras.formulas)
            elif name == "row":
                element.clear()
    if len(extras.areas) > _MOST_AREAS:
        raise OverLimit("too-many-cells", limit=_MOST_AREAS)
    return extras


def _note_formula(cell: "Element", formulas: dict[int, dict[int, str]]) -> None:
    formula, place = cell.findtext("{*}f"), cell.get("r")
    if formula and place and not cell.findtext("{*}v"):
        row, column = coordinate_to_tuple(place)
        formulas.setdefault(row, {})[column - 1] = f"={formula[:CELL_TEXT]}"


def fill_merged(rows: Mapping[int, list[Cell]], areas: list[Area], *, most: int) -> tuple[Row, ...]:
    """``rows`` in their order, with empty cells of ``areas`` filled in from the corner.

    A row in which nothing else is written stays unwritten, so a claim of a million merged rows
    costs nothing. ``most`` cells may be filled in; refuses ``too-many-cells``.
    """
    numbers = sorted(rows)
    left = most
    for area in areas:
        corner = rows.get(area.top, [])
        if area.left >= len(corner) or corner[area.left].value is None:
            continue
        covered = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        right = min(area.right, COLUMNS - 1)
        left -= len(covered) * (right - area.left + 1)
        if left < 0:
            raise OverLimit("too-many-cells", limit=most)
        filling = corner[area.left]._replace(merged=True)
        for number in covered:
            _fill(rows[number], filling, left=area.left, right=right)
    return tuple(Row(number, tuple(rows[number])) for number in numbers)


def _fill(cells: list[Cell], filling: Cell, *, left: int, right: int) -> None:
    if len(cells) <= right:
        cells.extend([EMPTY] * (right + 1 - len(cells)))
    for column in range(left, right + 1):
        if cells[column].value is None:
            cells[column] = filling
