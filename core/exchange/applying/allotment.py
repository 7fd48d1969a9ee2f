"""What a row of a table of responsibilities changes of a task's letters."""

from dataclasses import field
from typing import Any

from core.domain.duties import Letter
from core.exchange.planned_duties import PlannedNode
from core.policies.raci import Holder, written
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetters:
    """One holder's letters as they shall be; none takes away what was set."""

    heading: str
    """As the file has it."""
    label: str
    """The name of the person, else of the role."""
    role: str = ""
    """In which a person has them."""
    holder: Holder | None = None
    """Who it is, where the store has them in a matrix already."""
    is_person: bool
    letters: tuple[Letter, ...]
    note: str
    old: str
    """What was set for them, as a cell; empty if nothing was."""

    @property
    def new(self) -> str:
        """What shall be set, as a cell."""
        return written(self.letters, self.note)


@dataclass(slots=True, kw_only=True)
class Allotment:
    """The letters of one task that differ from what is stored."""

    node: PlannedNode
    place: Any
    """A place of ``weighing``: the task, stored or to be made."""
    parts: list[NewLetters] = field(default_factory=list)

    @property
    def changes(self) -> tuple[NewLetters, ...]:
        """Those that replace or take away what was set."""
        return tuple(one for one in self.parts if one.old)

    @property
    def made(self) -> tuple[NewLetters, ...]:
        """Those of people and roles that had none."""
        return tuple(one for one in self.parts if not one.old)
