"""Times in which work could not go on."""

from datetime import datetime

from core.domain.ids import DepartmentId, PartId, PersonId, TaskId
from core.domain.status import BlockKind
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpell:
    """A time in which a task could not go on (R80); old spells are kept."""

    id: PartId = PartId(0)
    task: TaskId
    reason: str
    waiting_for: str
    """Whom or what it waits for, in words; never empty."""
    waiting_person: PersonId | None = None
    """The same as a person, where it is one; so are the next two."""
    waiting_department: DepartmentId | None = None
    waiting_task: TaskId | None = None
    kind: BlockKind = BlockKind.WAITING
    critical: bool = False
    """Sudden and critical: those concerned meet at once and set a time (D8, R81)."""
    met: datetime | None = None
    """When they met."""
    resolve_by: datetime | None = None
    """By when they said it would be resolved."""
    started: datetime
    started_by: PersonId
    ended: datetime | None = None
    resolution: str = ""
