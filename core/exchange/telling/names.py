"""People by the names that files use for them, and back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from core.domain.ids import PersonId
from core.domain.people import Person
from core.exchange.reading import clean
from core.exchange.reading.parse import read_people

NAME_LIMIT: Final = 100
_ROLES: Final = ("人", "组", "部", "部门", "员", "方", "团队", "客户", "供应商", "全体", "team")


def bare(label: str) -> str:
    """``label`` as a person's name may be; empty if nothing of it can be seen."""
    return clean.line(label, limit=NAME_LIMIT).value


def is_role(label: str) -> bool:
    """Whether ``label`` reads like a role or a group, such as 客户对接人, and not like a name."""
    return "*" not in label and len(label) > 2 and label.casefold().endswith(_ROLES)


class Names:
    """Who is meant by a name of a file, and by which name a table tells of somebody."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people: dict[PersonId, Person] = {}
        self._handles: dict[str, PersonId] = {}
        self._members: dict[str, list[PersonId]] = defaultdict(list)
        self._placeholders: dict[str, PersonId] = {}
        self._told: dict[PersonId, str] = {}
        for person in sorted(people, key=lambda one: one.id):
            self.add(person)

    def add(self, person: Person) -> None:
        """Know ``person`` too."""
        self._people[person.id] = person
        self._told.clear()
        if not person.placeholder:
            self._handles[person.handle] = person.id
            self._members[person.name].append(person.id)
            return
        self._placeholders.setdefault(person.name, person.id)
        if read_people(person.name) != (person.name,):  # no table can hold such a name
            self._handles.setdefault(person.handle, person.id)

    def real(self, number: PersonId) -> Person:
        """The person, or whom they turned out to be."""
        found = self._people[number]
        while found.merged_into is not None:
            found = self._people[found.merged_into]
        return found

    def find(self, label: str) -> Person | None:
        """Who is meant by ``label``: a handle, a member's name that nobody shares, a placeholder.

        None if nobody is known by it: the import makes a placeholder.
        """
        number = self._handles.get(label.casefold())
        if number is None and not self.is_shared(label) and label in self._members:
            number = self._members[label][0]
        if number is None:
            number = self._placeholders.get(label)
        return None if number is None else self.real(number)

    def is_shared(self, label: str) -> bool:
        """Whether several members bear the name ``label``, so that it tells none of them."""
        return len(self._members.get(label, ())) > 1

    def told(self, number: PersonId | None) -> str:
        """The name in a table: such that reading it finds the same person; else the handle."""
        if number is None:
            return ""
        if number not in self._told:
            person = self.real(number)
            clear = self.find(person.name) == person and read_people(person.name) == (person.name,)
            self._told[number] = person.name if clear else person.handle
        return self._told[number]

    def means(self, label: str, number: PersonId | None) -> bool:
        """Whether ``label`` may stand for that person; a name that several share may."""
        if number is None:
            return False
        person = self.real(number)
        if label in (person.name, self.told(number)):
            return True
        return self.find(label) == person
