"""Who answers for what: letters of RACI, signatures, members, results; see assignments too."""

from datetime import datetime
from enum import StrEnum

from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.records import dataclass


class Letter(StrEnum):
    """What somebody is to a task (R54): does it, answers for it, is asked, is told."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciEntry:
    """One letter of a person, or of a role such as 客户对接人, for one task or node (R54)."""

    id: PartId = PartId(0)
    task: TaskId
    person: PersonId | None = None
    label: str = ""
    """The role's name; beside a person, the role in which they have it. One of the two is given."""
    letter: Letter
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A department's lead signed who does what of a task and its subtasks (R53)."""

    id: PartId = PartId(0)
    task: TaskId
    department: DepartmentId
    person: PersonId
    at: datetime
    note: str = ""
    event: int
    """The log's newest number at that moment: an allocation changed since is not signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMember:
    """Who sees a restricted project, besides those who lead it."""

    id: PartId = PartId(0)
    project: ProjectId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOut:
    """What came of a task against what was expected of it (R108-R110); at most one a task."""

    id: PartId = PartId(0)
    task: TaskId
    target: str = ""
    """The expected outcome as it stood then."""
    actual: str
    at: datetime
    by: PersonId
