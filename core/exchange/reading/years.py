"""Which year a day without one belongs to."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from core.exchange.reading.dates import FIRST, LAST
from core.exchange.reading.identifiers import read_id

if TYPE_CHECKING:
    from core.exchange.cells import Sheet

_WRITTEN: Final = re.compile(r"(?<!\d)(20\d\d)\s*[-/.年]\s*\d{1,2}")
_IN_NAME: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d{5})")
_LONGEST: Final = 60
"""Longer cells tell stories; their dates are about something else."""


class YearContext:
    """Answers from what is nearest: the row's id, the sheet, the file's name, the file, today."""

    def __init__(self, sheets: Iterable["Sheet"], *, name: str, today: date) -> None:
        self._sheets = tuple(sheets)
        self._name = name
        self._today = today
        self._known: dict[int, int] = {}

    def year(self, sheet: "Sheet", identity: str) -> int:
        """The year for a day in ``sheet``, in the row whose id is ``identity``."""
        parts = read_id(identity) if identity else None
        if parts is not None and parts.year is not None:
            return parts.year
        key = id(sheet)
        if key not in self._known:
            self._known[key] = self._of_sheet(sheet)
        return self._known[key]

    def _of_sheet(self, sheet: "Sheet") -> int:
        if year := _most_common((sheet,)):
            return year
        if match := _IN_NAME.search(self._name):
            return int(match.group(1))
        return _most_common(self._sheets) or self._today.year


def _most_common(sheets: Iterable["Sheet"]) -> int | None:
    """The year written most often; the latest of equals."""
    counted = Counter(_years(sheets))
    return max(counted, key=lambda year: (counted[year], year)) if counted else None


def _years(sheets: Iterable["Sheet"]) -> Iterable[int]:
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if isinstance(cell.value, date):
                    if FIRST <= cell.value <= LAST:
                        yield cell.value.year
                elif isinstance(cell.value, str) and len(cell.value) <= _LONGEST:
                    yield from (int(year) for year in _WRITTEN.findall(cell.value))
