"""Which project each task of a plan belongs to, among those of the store and those to be made."""

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from core.domain.ids import DEFAULT_PATTERN, ProjectId, is_pattern, read_key
from core.domain.people import Project
from core.exchange.planned import ImportPlan, PlannedTask
from core.exchange.reading import clean
from core.exchange.reading.identifiers import read_id
from core.policies.calendar import WorkCalendar, calendar_named
from core.records import dataclass, replace

KEY_LIMIT: Final = 64
_GRAM: Final = 4
"""So many characters in common tie a sync entry to a project's task titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A project for imported tasks."""

    id: ProjectId | None
    """None while it has to be made."""
    key: str
    name: str
    pattern: str
    goal: str = ""
    calendar: WorkCalendar

    def fits(self, identity: str) -> bool:
        """Whether ``identity`` can be the key of one of its tasks."""
        if len(identity) > KEY_LIMIT:
            return False
        if self.id is None and read_id(identity) is not None:
            return True
        return read_key(self.pattern, key=self.key, text=identity) is not None


class Homes:
    """Finds homes; a project that is missing is planned once."""

    def __init__(
        self,
        projects: Mapping[ProjectId, Project],
        *,
        calendars: Mapping[ProjectId, WorkCalendar],
        plan: ImportPlan,
        chosen: Project | None,
    ) -> None:
        self._calendars = calendars
        self._source = plan.source
        first = min(projects.values(), key=lambda one: one.id, default=None)
        self._usual = calendars[first.id] if first else calendar_named("china")
        self._by_key = {one.key: self._home(one) for one in projects.values()}
        self._by_id = {home.id: home for home in self._by_key.values()}
        self._by_name = {home.name: home for home in reversed(self._by_key.values())}
        self._first = self._by_key[first.key] if first else None
        self.chosen = self._by_key[chosen.key] if chosen else None
        self.used: dict[str, Home] = {}
        """Homes that something went to, by key, in the order of their first use."""
        self._plan(plan)

    def _home(self, one: Project) -> Home:
        return Home(
            id=one.id,
            key=one.key,
            name=one.name,
            pattern=one.pattern,
            goal=one.goal,
            calendar=self._calendars[one.id],
        )

    def _plan(self, plan: ImportPlan) -> None:
        largest = sorted(plan.projects, key=lambda one: -one.tasks)
        for planned in plan.projects:
            if planned.key and len(planned.key) <= KEY_LIMIT and planned.key not in self._by_key:
                name = planned.name or planned.key
                self._new(planned.key, name=name, pattern=planned.pattern)
        keys = (one.key for one in largest if one.key in self._by_key)
        self._largest = next(keys, None)
        self._grams = _grams(plan)

    def _new(self, key: str, *, name: str, pattern: str = "") -> Home:
        home = Home(
            id=None,
            key=key,
            name=clean.line(name).value or key,
            pattern=pattern if pattern and is_pattern(pattern) else DEFAULT_PATTERN,
            calendar=self._usual,
        )
        self._by_key[key] = home
        self._by_name.setdefault(home.name, home)
        return home

    def existing(self, number: ProjectId) -> Home:
        """A project of the store."""
        return self._use(self._by_id[number])

    def of(self, task: PlannedTask) -> tuple[Home, bool]:
        """The home of a task without a parent, and whether it is a guess."""
        if self.chosen is not None:
            return self._use(self.chosen), False
        if task.project_key in self._by_key:
            return self._use(self._by_key[task.project_key]), False
        if name := task.project_name or ("" if task.project_key else task.process):
            return self._use(self._named(name)), False
        return self.somewhere(), True

    def _named(self, name: str) -> Home:
        found = self._by_key.get(name) or self._by_name.get(name)
        return found or self._new(self._free_key(name), name=name)

    def _free_key(self, name: str) -> str:
        stem = "".join(sign for sign in name if sign.isalnum())[:20] or "T"
        key, number = stem, 1
        while key in self._by_key:
            number += 1
            key = f"{stem}{number}"
        return key

    def somewhere(self) -> Home:
        """Where things go that name no project: the file's largest, else the store's first."""
        if self.chosen is not None:
            return self._use(self.chosen)
        if self._largest is not None:
            return self._use(self._by_key[self._largest])
        return self._use(self._first or self._named(PurePath(self._source).stem or "T"))

    def about(self, text: str) -> tuple[Home, bool]:
        """The project that ``text`` speaks of, and whether it is a guess."""
        if self.chosen is not None:
            return self._use(self.chosen), False
        for home in self._by_key.values():
            if len(home.name) > 1 and home.name in text:
                return self._use(home), False
        votes: Counter[str] = Counter()
        for start in range(len(text) - _GRAM + 1):
            votes.update(self._grams.get(text[start : start + _GRAM], ()))
        known = (key for key, _ in votes.most_common() if key in self._by_key)
        key = next(known, None)
        return (self._use(self._by_key[key]) if key else self.somewhere()), True

    def _use(self, home: Home) -> Home:
        return self.used.setdefault(home.key, home)

    def made(self, home: Home, number: ProjectId) -> None:
        """Note that a planned home is a project now."""
        self._by_key[home.key] = self.used[home.key] = replace(home, id=number)


def _grams(plan: ImportPlan) -> dict[str, frozenset[str]]:
    """Project keys by every run of characters in the titles of their tasks."""
    found: dict[str, set[str]] = {}
    for task in plan.tasks[:2000]:
        for start in range(len(task.title) - _GRAM + 1):
            found.setdefault(task.title[start : start + _GRAM], set()).add(task.project_key)
    return {gram: frozenset(keys) for gram, keys in found.items()}
