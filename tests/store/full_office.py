"""An office whose every table has rows, whatever commands there are."""

from dataclasses import MISSING, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Union, get_args, get_origin, get_type_hints

from core import domain
from core.domain.events import EventKind
from core.domain.people import Project
from core.store.facts import keep
from core.store.rare_rows import add_work_type, set_company_day
from core.store.registry import _LATER
from core.store.work import Work
from tests.office import MORNING, Office

RECORDS = ("Department", "Person", "Project", "Task", *_LATER)
ROWS = 3
"""How many of each the store has; at least."""


def record(name: str) -> type[Any]:
    """The record of that name, wherever in core.domain it is."""
    for module in iter_modules(domain.__path__):
        found = import_module(f"core.domain.{module.name}")
        if hasattr(found, name):
            kind: type[Any] = getattr(found, name)
            return kind
    raise LookupError(name)


def value_of(hint: Any, number: int) -> Any:
    """Some value of that type."""
    if get_origin(hint) is Union or type(hint).__name__ == "UnionType":
        return value_of(next(one for one in get_args(hint) if one is not type(None)), number)
    if get_origin(hint) is not None:
        return {}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[number % len(hint)]
    by_type = {
        datetime: MORNING,
        date: date(2024, 3, 25),
        str: f"值 {number}",
        bool: bool(number % 2),
        int: number + 1,
    }
    return by_type.get(hint, 1)


def made(kind: type[Any], number: int) -> Any:
    """A record with all that it must have, and nothing that two may not share."""
    hints = get_type_hints(kind)
    given = {
        one.name: value_of(hints[one.name], number)
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    }
    known = {field.name for field in fields(kind)}
    one_each = {"handle", "key", "external_id", "task", "person", "needs", "window", "object"}
    for name in one_each & known & given.keys():
        distinct = {str: f"{name}{number}", datetime: MORNING + timedelta(days=number)}
        given[name] = distinct.get(hints[name], number + 1)
    return kind(**given)


class Full(Office):
    """An office whose every table has rows, told by events."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        with self.store.writing():
            work = Work(self.store, now=MORNING, actor=self.desk.me(), handle="wang")
            for name in RECORDS:
                kind = record(name)
                for number in range(ROWS):
                    if kind is Project and number == 0:
                        continue
                    work.add(made(kind, number))
            add_work_type(self.store, "巡检", kind="routine", urgent=True)
            set_company_day(self.store, "china", date(2024, 3, 30), works=True, name="")
            keep(self.store, "impersonation", "closed")
            work.record(EventKind.IMPORT_APPLIED)
            work.write_log("all of it")
