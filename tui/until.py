"""Until when something shall be quiet, as people type it: 2h, 30m, tomorrow, fri, 12-01 15:00."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Final

from core.policies.calendar import WorkCalendar
from tui.due import read_due

_AFTER: Final = re.compile(
    r"\+?\s*(\d{1,3})\s*(h|hour|hours|小时|时|min|mins|minutes|m|分钟|分)(?:后)?"
)
_MINUTES: Final = frozenset({"m", "min", "mins", "minutes", "分钟", "分"})


def read_until(text: str, *, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """The instant (UTC); None for an empty text.

    A day without an hour begins as the office opens: what is snoozed comes back in the morning.
    Raises NotADue.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    if found := _AFTER.fullmatch(wanted):
        unit = "minutes" if found[2] in _MINUTES else "hours"
        return now + timedelta(**{unit: int(found[1])})
    due = read_due(text, now=now, calendar=calendar)
    if due is None:
        return None
    return due.at if ":" in wanted else calendar.opening(due.day)
