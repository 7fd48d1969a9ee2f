"""Merged cells: the corner's value in every cell that the area covers."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from core.exchange.cells import EMPTY, Cell, Row
from core.exchange.limits import COLUMNS
from core.exchange.unreadable import OverLimit


class Area(NamedTuple):
    """Merged cells; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    bottom: int
    left: int
    right: int


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
