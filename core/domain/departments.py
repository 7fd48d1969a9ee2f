"""The parts of the office."""

from core.domain.ids import DepartmentId, PersonId
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A part of the office; its lead hears of delays first (R58)."""

    id: DepartmentId = DepartmentId(0)
    name: str
    lead: PersonId | None = None
    version: int = 1
