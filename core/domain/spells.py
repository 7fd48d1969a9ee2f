"""Times in which work could not go on."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import PartId, PersonId, TaskId


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpell:
    """A time in which a task could not go on (R80); old spells are kept."""

    id: PartId = PartId(0)
    task: TaskId
    reason: str
    waiting_for: str
    """Whom or what it waits for, in words; never empty."""
    waiting_person: PersonId | None = None
    """The same as a person, where it is one."""
    started: datetime
    started_by: PersonId
    ended: datetime | None = None
    resolution: str = ""
