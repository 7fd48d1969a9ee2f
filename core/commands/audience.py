"""For whom a sync entry is: people and departments, found by the names that were written (R95)."""

import re
from dataclasses import field
from typing import Final

from core.commands import checks
from core.domain.departments import Department
from core.domain.ids import DepartmentId, PartId, PersonId
from core.domain.people import Person
from core.domain.refusals import Ambiguous, BadValue
from core.domain.synclog import SyncAudience
from core.records import dataclass
from core.store.work import Work

EVERYONE: Final = frozenset({"全员", "全体", "项目组全体", "所有人", "all", "everyone"})
"""What people write for everybody; so does an empty text."""
_BETWEEN: Final = re.compile(r"[、,，;；/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An audience as it was asked for."""

    text: str = ""
    people: tuple[PersonId, ...] = ()
    departments: tuple[DepartmentId, ...] = ()
    restricted: bool = False
    imported: bool = False
    """Names in the text of a public entry are not looked up for a whole table."""
    concerned: tuple[PersonId | None, ...] = ()
    """Who must see a restricted entry whether they were named or not: whoever shall answer."""
    like: PartId | None = None
    """The restricted entry whose audience this one has too."""


@dataclass(slots=True)
class Audience:
    """Whom an entry is for; dictionaries keep the order and each only once."""

    text: str
    people: dict[PersonId, str] = field(default_factory=dict)
    """By id, with their names."""
    departments: dict[DepartmentId, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """As it was written, else the names."""
        return self.text or "、".join((*self.people.values(), *self.departments.values()))


def audience_of(work: Work, wanted: Wanted) -> Audience:
    """Find everybody who was asked for.

    Refuses NotFound and, for a restricted entry, an audience that is empty, everyone, a name
    that nobody has, or Ambiguous.
    """
    found = Audience(checks.line("audience", wanted.text))
    for number in wanted.people:
        _add(work, found, number)
    for department in wanted.departments:
        found.departments[department] = work.get(Department, department).name
    if wanted.restricted or not wanted.imported:
        for name in filter(None, map(str.strip, _BETWEEN.split(found.text))):
            _find(work, found, name, restricted=wanted.restricted)
    if wanted.restricted:
        _complete(work, found, wanted)
    return found


def _complete(work: Work, found: Audience, wanted: Wanted) -> None:
    for number in filter(None, wanted.concerned):
        _add(work, found, number)
    if wanted.like is not None:
        for one in work.all(SyncAudience, entry=wanted.like):
            if one.person is not None:
                _add(work, found, one.person)
            if one.department is not None:
                name = work.get(Department, one.department).name
                found.departments[one.department] = name
    if not (found.people or found.departments):
        raise BadValue("audience", "", reason="empty")


def _add(work: Work, found: Audience, number: PersonId) -> None:
    person = checks.person(work, "people", number)
    if person is not None:
        found.people[person.id] = person.name


def _find(work: Work, found: Audience, name: str, *, restricted: bool) -> None:
    if name.casefold() in EVERYONE:
        if restricted:
            raise BadValue("audience", name, reason="everyone")
        return
    people = _people_called(work, name)
    departments = work.all(Department, name=name)
    if len(people) == 1:
        found.people[people[0].id] = people[0].name
    for department in departments:
        found.departments[department.id] = department.name
    if restricted and len(people) > 1:
        raise Ambiguous("person", name, matches=tuple(one.handle for one in people))
    if restricted and not people and not departments:
        raise BadValue("audience", name, reason="unknown")


def _people_called(work: Work, name: str) -> tuple[Person, ...]:
    called = work.all(Person, handle=name.lstrip("@").casefold())
    called = called or work.all(Person, name=name)
    return tuple(one for one in called if one.merged_into is None)
