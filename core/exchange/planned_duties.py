"""What a table of responsibilities (T3-R) would make, as values; see ``planned``."""

from typing import NamedTuple

from core.domain.duties import Letter
from core.records import dataclass


class PlannedDuty(NamedTuple):
    """One written cell."""

    heading: str
    """Whose column it is, as written: a person, a role, or a person in a role."""
    letters: tuple[Letter, ...] = ()
    """None says that they are nothing to the task; cells without a word are left out."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNode:
    """A row: a task by its title, and who is what to it."""

    sheet: str
    row: int
    text: str
    """The node as written; a task with this very title is meant first."""
    title: str
    """The same without an id behind it: ``现场访谈`` of ``现场访谈 [CSAT-002]``."""
    external_id: str = ""
    duties: tuple[PlannedDuty, ...]
