"""Who works here, and what the work belongs to."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from core.domain.ids import DEFAULT_PATTERN, DepartmentId, PersonId, ProjectId
from core.domain.status import Role, State
from core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member, or a placeholder that an import made from a name it did not know."""

    id: PersonId = PersonId(0)
    handle: str
    """Short, unique, case-folded: the account name of a real member."""
    name: str
    role: Role = Role.MEMBER
    department: DepartmentId | None = None
    manager: PersonId | None = None
    placeholder: bool = False
    """Made by an import (``*经理``, ``客户对接人``); may be merged with a real person later."""
    merged_into: PersonId | None = None
    away_until: date | None = None
    """Away up to that day, counted in; what is escalated to them goes to the next one up."""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What tasks belong to (R3), with the rules that hold for them."""

    id: ProjectId = ProjectId(0)
    key: str
    name: str
    pattern: str = DEFAULT_PATTERN
    """How keys are made, such as ``{key}-{seq:03}``; see core.domain.ids."""
    goal: str = ""
    customer: str = ""
    lead: PersonId | None = None
    """Accepts where a task names no acceptor (R65)."""
    department: DepartmentId | None = None
    wip: Mapping[State, int]
    """Most cards a column should hold; a state that is absent has no limit."""
    wip_hard: bool = False
    """Whether a full column refuses cards instead of warning."""
    self_accept: bool = False
    """Whether an owner may accept their own work; each such case is logged."""
    time_zone: str = "Asia/Shanghai"
    calendar: str = "china"
    restricted: bool = False
    """Whether only its members, and those who lead it, see it."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Its own limits, by name as core.policies.team_rules reads them; absent means the usual."""
    version: int = 1
