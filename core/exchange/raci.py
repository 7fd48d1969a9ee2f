"""RACI tables: recognised and checked, not imported yet."""

from collections.abc import Iterator
from typing import Final

from core.exchange.cells import Row, Sheet, plain
from core.exchange.planned import Doubt

RACI: Final = "T3-R"
RACI_NODE: Final = "任务节点"
"""The heading of the first column; the others are roles."""


def raci_doubts(sheet: Sheet) -> Iterator[Doubt]:
    """Nodes that break R142: ``raci-without-a``, ``raci-several-a``, ``raci-without-r``."""
    for row in _nodes(sheet):
        letters = [plain(cell.value).strip()[:1].upper() for cell in row.cells[1:]]
        for code in _codes(letters):
            yield Doubt(
                sheet=sheet.name,
                cell=f"A{row.number}",
                heading=RACI_NODE,
                value=plain(row.cells[0].value)[:80],
                code=code,
            )


def _nodes(sheet: Sheet) -> Iterator[Row]:
    """The rows below the headings that name a node."""
    below = False
    for row in sheet.rows:
        name = plain(row.cells[0].value).strip()
        if below and name:
            yield row
        below = below or name == RACI_NODE


def _codes(letters: list[str]) -> Iterator[str]:
    if letters.count("A") != 1:
        yield "raci-several-a" if "A" in letters else "raci-without-a"
    if "R" not in letters:
        yield "raci-without-r"
