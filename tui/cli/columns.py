"""Rows as text: a table of Rich for a terminal, aligned plain text for a pipe."""

import sys
import unicodedata
from collections.abc import Sequence
from typing import Final

from core.domain.text import visible

_BETWEEN: Final = 2
"""Cells between two columns."""
_NARROWEST: Final = 8
"""Cells that a column keeps which gives way."""


def cells(text: str) -> int:
    """Terminal cells of ``text``, which is visible already."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with columns as wide as they need to be, two spaces between them."""
    shown = [[visible(one) for one in row] for row in (heads, *rows)]
    return _lines(shown, _widths(shown))


def fitted(rows: Sequence[Sequence[str]], room: int, *, loose: Sequence[int]) -> list[str]:
    """The same in at most ``room`` cells: of the ``loose`` columns, the widest give way."""
    shown = [[visible(one) for one in row] for row in rows]
    if not shown:
        return []
    widths = _widths(shown)
    while _BETWEEN * (len(widths) - 1) + sum(widths) > room:
        widest = max(loose, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    for row in shown:
        for place in loose:
            row[place] = cut(row[place], widths[place])
    return [cut(line, room) for line in _lines(shown, widths)]


def cut(text: str, room: int) -> str:
    """``text``, which is visible already, in at most ``room`` cells; an ellipsis ends a cut one."""
    if cells(text) <= room:
        return text
    end = next(end for end in range(len(text), -1, -1) if cells(text[:end]) < room)
    return text[:end].rstrip() + "…"


def _widths(shown: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(cells, column)) for column in zip(*shown, strict=True)]


def _lines(shown: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    return [
        (" " * _BETWEEN)
        .join(one + " " * (width - cells(one)) for one, width in zip(row, widths, strict=True))
        .rstrip()
        for row in shown
    ]


def show(heads: Sequence[str], rows: Sequence[Sequence[str]], *, color: bool = True) -> None:
    """Write the table as fits where it goes."""
    if not sys.stdout.isatty():
        sys.stdout.write("".join(f"{line}\n" for line in aligned(heads, rows)))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(Text(visible(head)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(one)) for one in row))
    Console(highlight=False, markup=False, no_color=None if color else True).print(table)
