"""Rounds of review."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import PartId, PersonId, TaskId
from core.domain.status import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One round of submission and verdict (R102-R107); every round is kept."""

    id: PartId = PartId(0)
    task: TaskId
    round: int
    submitted: datetime
    submitted_by: PersonId
    verdict: Verdict = Verdict.PENDING
    decided: datetime | None = None
    decided_by: PersonId | None = None
    findings: str = ""
