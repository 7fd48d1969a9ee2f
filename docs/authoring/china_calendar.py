"""Print `core/policies/calendars/china.json`, from the Python package `holidays`.

Run by hand when a new year has been announced (usually in November), after raising
`ANNOUNCED`; never at run time:

    python docs/authoring/china_calendar.py > core/policies/calendars/china.json

Years after the announced ones hold what the package expects: the statutory days, no make-up days.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import holidays

ANNOUNCED = range(2018, 2027)
ESTIMATED = range(2027, 2029)


def year_days(year: int) -> Iterator[date]:
    """Every day of ``year``, in order."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def marked_days(year: int, china: holidays.HolidayBase) -> dict[str, str]:
    """Weekdays off and weekend days worked of ``year``, as ``MM-DD MM-DD ...``."""
    days = list(year_days(year))
    off = [day for day in days if day.isoweekday() <= 5 and not china.is_working_day(day)]
    work = [day for day in days if day.isoweekday() > 5 and china.is_working_day(day)]
    return {
        "off": " ".join(f"{day:%m-%d}" for day in off),
        "work": " ".join(f"{day:%m-%d}" for day in work),
    }


def render() -> str:
    """The whole data file; one line a year, so that a new year is one line of difference."""
    years = range(ANNOUNCED.start, ESTIMATED.stop)
    china = holidays.country_holidays("CN", years=years)
    source = (
        f"State Council notices, as recorded by the Python package holidays {holidays.__version__}"
    )
    parts = [f'{{\n  "source": {json.dumps(source)}']
    for name, span in (("announced", ANNOUNCED), ("estimated", ESTIMATED)):
        lines = [f'    "{year}": {json.dumps(marked_days(year, china))}' for year in span]
        parts.append(f'  "{name}": {{\n' + ",\n".join(lines) + "\n  }")
    return ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(render())
