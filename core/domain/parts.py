"""The parts that belong to one task."""

from datetime import date, datetime

from core.domain.ids import DepartmentId, PartId, PersonId, TaskId
from core.domain.status import Facet
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """Supports without main responsibility (R44): a person, a department or a role name."""

    id: PartId = PartId(0)
    task: TaskId
    person: PersonId | None = None
    department: DepartmentId | None = None
    label: str = ""
    """A role such as 客户对接人 where neither person nor department is known."""
    scope: str = ""
    """What they answer for (R45)."""
    response_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A key node with a day (R6, R48)."""

    id: PartId = PartId(0)
    task: TaskId
    title: str
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """``task`` starts after ``needs`` is finished (R7, R49)."""

    id: PartId = PartId(0)
    task: TaskId
    needs: TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing the acceptor checks (R9, R34, R35)."""

    id: PartId = PartId(0)
    task: TaskId
    text: str
    facet: Facet = Facet.OTHER
    met: bool = False
    met_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """What is handed over, such as 《访谈问题清单V1.0》 (R8)."""

    id: PartId = PartId(0)
    task: TaskId
    name: str
    edition: str = ""
    """Version of the artefact as its author counts it, such as V1.0."""
    location: str = ""
    """A link or path, as text."""
    registered: datetime | None = None
    registered_by: PersonId | None = None
