"""How long something has lasted, in days as people count them."""

from datetime import datetime, timedelta, tzinfo


def lasted(since: datetime, *, now: datetime, zone: tzinfo) -> timedelta:
    """From ``since`` to ``now``: days of the calendar; the time itself within one day.

    What began yesterday evening has lasted a day this morning, as a due of yesterday is a day
    late. Days begin and end on the wall clock of ``zone``. Nothing for what is yet to come.
    """
    days = (now.astimezone(zone).date() - since.astimezone(zone).date()).days
    return timedelta(days=days) if days > 0 else max(now - since, timedelta())
