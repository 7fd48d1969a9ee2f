"""Meetings with minutes (R22, R98), and the plan of them (R97)."""

from datetime import date, datetime
from enum import StrEnum

from core.domain.ids import PartId, PersonId, ProjectId, TaskId
from core.records import dataclass


class MeetingKind(StrEnum):
    """The occasions of the guides; the weekly report is one that is written."""

    KICK_OFF = "kick-off"
    STANDUP = "standup"
    WEEKLY = "weekly"
    AD_HOC = "ad-hoc"
    RETRO = "retro"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting that was held; what it decided stands in the sync log."""

    id: PartId = PartId(0)
    project: ProjectId
    task: TaskId | None = None
    kind: MeetingKind
    day: date
    topic: str
    attendees: str = ""
    minutes: str = ""
    author: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """When a project's people meet, and over which channel (R97, D15, D16, D18, D24)."""

    id: PartId = PartId(0)
    project: ProjectId
    kind: MeetingKind
    days: str
    """``daily``, ``last`` (the week's last working day) or days of the week: ``mon,wed,fri``."""
    time: str = "09:30"
    """``HH:MM`` on the project's wall clock."""
    channel: str = ""
    """文档, 电话, 群 ... as written."""
