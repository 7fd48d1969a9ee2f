"""Rows that no record stands for: work types and company days."""

from datetime import date

from core.store.book import book_of
from core.store.database import Store
from core.store.day_tables import CalendarDayTable
from core.store.rare_tables import WorkTypeTable


def work_types(store: Store) -> frozenset[str]:
    """The words that a task's type may have (R27)."""
    return frozenset(row[0] for row in store.rows(WorkTypeTable.select(WorkTypeTable.label)))


def add_work_type(store: Store, label: str, *, kind: str, urgent: bool) -> None:
    """Add a word that a task's type may have; the command records why."""
    given = {"kind": kind, "urgent": urgent}
    store.run(WorkTypeTable.insert({"label": label, **given}))
    book_of(store).told.append(("work_type", label, given))


def set_company_day(store: Store, calendar: str, day: date, *, works: bool, name: str) -> None:
    """Lay a company day over a calendar, over what was said of that day; the command records it."""
    given = {"calendar": calendar, "day": day, "works": works, "name": name}
    made = store.rows(
        CalendarDayTable.insert(given)
        .on_conflict(
            conflict_target=[CalendarDayTable.calendar, CalendarDayTable.day],
            update={CalendarDayTable.works: works, CalendarDayTable.name: name},
        )
        .returning(CalendarDayTable.id)
    )
    given["day"] = day.isoformat()
    book_of(store).told.append(("calendar_day", made[0][0], given))
