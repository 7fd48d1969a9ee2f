"""Working days as the store has them: a published calendar with the company's days on top."""

from collections import defaultdict
from typing import TYPE_CHECKING

from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.days import DayKind, DayOverride
from core.store.database import Store
from core.store.day_tables import CalendarDayTable
from core.store.rows import Reading

if TYPE_CHECKING:
    from core.domain.people import Project


def calendar_of(store: Store, project: "Project") -> WorkCalendar:
    """The working days of a project; one statement."""
    days = company_days(store)[project.calendar]
    return calendar_named(project.calendar, time_zone=project.time_zone, overrides=days)


def company_days(store: Store) -> dict[str, tuple[DayOverride, ...]]:
    """The company's own days, in order, by calendar."""
    columns = (CalendarDayTable.calendar, CalendarDayTable.day, CalendarDayTable.works)
    query = CalendarDayTable.select(*columns, CalendarDayTable.name).order_by(CalendarDayTable.day)
    reading = Reading((*columns, CalendarDayTable.name))
    found: dict[str, tuple[DayOverride, ...]] = defaultdict(tuple)
    for calendar, day, works, name in map(reading.values, store.rows(query)):
        kind = DayKind.WORKDAY if works else DayKind.DAYOFF
        found[calendar] += (DayOverride(day=day, kind=kind, name=name),)
    return found
