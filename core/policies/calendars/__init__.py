"""Official days, shipped as data: one JSON file a country, read on first use."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from core.policies.days import DayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIPPED = ("china",)
"""Names of the data files."""


class OfficialDays(NamedTuple):
    """What a government has announced, and what is expected of it after that."""

    days: Mapping[date, DayKind]
    """Weekdays off and weekend days worked; nothing for a day that follows the week."""
    years: frozenset[int]
    """The announced years; the days of any other year are an estimate."""


@cache
def official_days(name: str) -> OfficialDays:
    """Read the data file of one of ``SHIPPED``."""
    import json

    path = Path(__file__).with_name(f"{name}.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    announced: dict[str, dict[str, str]] = content["announced"]
    days: dict[date, DayKind] = {}
    for year, marked in [*announced.items(), *content["estimated"].items()]:
        for key, kind in (("off", DayKind.DAYOFF), ("work", DayKind.WORKDAY)):
            for month_day in marked[key].split():
                days[date(int(year), int(month_day[:2]), int(month_day[3:]))] = kind
    return OfficialDays(days=MappingProxyType(days), years=frozenset(map(int, announced)))
