"""Rows as text: a table of Rich for a terminal, aligned plain text for a pipe."""

import sys
import unicodedata
from collections.abc import Sequence

from core.domain.text import visible


def cells(text: str) -> int:
    """Terminal cells of ``text``, which is visible already."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with columns as wide as they need to be, two spaces between them."""
    shown = [[visible(one) for one in row] for row in (heads, *rows)]
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(
            one + " " * (width - cells(one)) for one, width in zip(row, widths, strict=True)
        ).rstrip()
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
