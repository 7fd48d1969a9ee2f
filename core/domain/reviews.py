"""Rounds of review."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from core.domain.ids import PartId, PersonId, TaskId
from core.domain.status import Verdict
from core.records import dataclass


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
    points: Mapping[str, str] = field(default_factory=dict)
    """What each criterion lacks that the findings point at, by its id."""
    results: str = ""
    """The key results that its submitter named (R102)."""
    completed: date | None = None
    """When the work was finished, as its submitter says (R102)."""
    claims: Mapping[str, str] = field(default_factory=dict)
    """The criteria that its submitter claims as met: text by id, as they stood then."""
    handed: Mapping[str, str] = field(default_factory=dict)
    """The deliverables handed over, by id, each as its name, edition and location read then."""
