"""Projects, work types and company days."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.departments import Department
from core.domain.events import EventKind
from core.domain.ids import DEFAULT_PATTERN, DepartmentId, PersonId, ProjectId, is_pattern
from core.domain.people import Project
from core.domain.refusals import BadValue, Rejected
from core.domain.status import State
from core.policies.team_rules import EXAMPLES, NAMES, BadRule, rules_of
from core.records import dataclass, replace
from core.store.own_work import is_lone
from core.store.rare_rows import set_company_day
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProject:
    """Add a project (R3)."""

    key: str
    name: str
    pattern: str = DEFAULT_PATTERN
    goal: str = ""
    customer: str = ""
    lead: PersonId | None = None
    department: DepartmentId | None = None
    wip: Mapping[State, int] | None = None
    wip_hard: bool = False
    self_accept: bool = False
    restricted: bool = False
    time_zone: str = "Asia/Shanghai"
    calendar: str = "china"
    rules: Mapping[str, str] | None = None
    """Its own limits, by name as core.policies.team_rules reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProject:
    """Change a project's rules; None leaves a field alone."""

    project: ProjectId
    name: str | None = None
    pattern: str | None = None
    goal: str | None = None
    customer: str | None = None
    lead: PersonId | None = None
    department: DepartmentId | None = None
    wip: Mapping[State, int] | None = None
    wip_hard: bool | None = None
    self_accept: bool | None = None
    restricted: bool | None = None
    """Whether only its members and those who lead it see it."""
    time_zone: str | None = None
    calendar: str | None = None
    rules: Mapping[str, str] | None = None
    """Put over those it has; an empty text takes one away, so that the usual limit holds."""
    seen: Project | None = None
    """As its author saw it; a field that it sets must still be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWorkType:
    """Add a word that a task's type may have (R27)."""

    label: str
    kind: str = "routine"
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCalendarDay:
    """Lay a company day over a calendar: a day off, or an extra working day."""

    calendar: str
    day: date
    works: bool
    name: str = ""


def _pattern(_: Work, field: str, value: str) -> str:
    if not is_pattern(value):
        raise BadValue(field, value, reason="pattern", example=DEFAULT_PATTERN)
    return checks.line(field, value, required=True, limit=100)


def _zone(_: Work, field: str, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadValue(field, value, reason="time-zone", example="Asia/Shanghai") from error
    return value


def _calendar(_: Work, field: str, value: str) -> str:
    from core.policies.calendar import CALENDAR_NAMES

    if value not in CALENDAR_NAMES:
        raise BadValue(field, value, reason="unknown", known=CALENDAR_NAMES)
    return value


def _wip(_: Work, field: str, value: Mapping[State, int]) -> Mapping[State, int]:
    for limit in value.values():
        if not 1 <= limit <= 10_000:
            raise BadValue(field, limit, reason="range", first=1, last=10_000)
    return dict(value)


def _department(work: Work, _: str, value: DepartmentId) -> DepartmentId:
    return work.get(Department, value).id


def _person(work: Work, field: str, value: PersonId) -> PersonId | None:
    found = checks.person(work, field, value)
    return found.id if found else None


def _line(_: Work, field: str, value: str) -> str:
    return checks.line(field, value, required=field == "name")


def _rules(_: Work, field: str, value: Mapping[str, str]) -> Mapping[str, str]:
    given = {name: " ".join(text.split()) for name, text in value.items()}
    for name, text in given.items():
        if name not in NAMES:
            raise BadValue(field, name[:80], reason="unknown-rule", known=NAMES)
        try:
            rules_of({name: text} if text else {})
        except BadRule:
            right = EXAMPLES[name]
            field = f"{field}.{name}"
            raise BadValue(field, text[:80], reason="rule", example=right) from None
    return given


_CLEANERS: dict[str, Any] = {
    "name": _line,
    "pattern": _pattern,
    "goal": _line,
    "customer": _line,
    "lead": _person,
    "department": _department,
    "wip": _wip,
    "time_zone": _zone,
    "calendar": _calendar,
    "rules": _rules,
}


def _values(work: Work, command: AddProject | EditProject) -> dict[str, Any]:
    names = (*_CLEANERS, "wip_hard", "self_accept", "restricted")
    given = {name: getattr(command, name) for name in names}
    kept = {name: value for name, value in given.items() if value is not None}
    return {
        name: _CLEANERS[name](work, name, value) if name in _CLEANERS else value
        for name, value in kept.items()
    }


@handles(AddProject)
def add_project(command: AddProject, work: Work) -> Outcome:
    """Whoever begins a project leads it, where nobody is named and no department has it.

    Refuses BadValue: a key that is taken, a pattern without ``{seq}``, an unknown zone or rule. A
    rule that cannot be read is refused as the field ``rules.<name>``.
    """
    key = checks.line("key", command.key, required=True, limit=64)
    if work.all(Project, key=key):
        raise BadValue("key", key, reason="taken")
    values = {"wip": {}, **_values(work, command)}
    if "department" not in values:
        values.setdefault("lead", work.actor.id)
    values["rules"] = _merged({}, values.get("rules", {}))
    made = work.add(Project(key=key, **values))
    if made.self_accept and not is_lone(work.store, made):
        raise Rejected("not-one-person", key=key)
    changes = {"name": (None, made.name), "pattern": (None, made.pattern)}
    work.record(EventKind.PROJECT_ADDED, made, subject=key, changes=changes)
    return Outcome(made.id, key)


@handles(EditProject)
def edit_project(command: EditProject, work: Work) -> Outcome:
    """Refuses BadValue; a rule that cannot be read as the field ``rules.<name>``.

    Refuses ``not-one-person`` where several would accept their own work.
    """
    before = work.project(command.project)
    values = _values(work, command)
    if "rules" in values:
        values["rules"] = _merged(before.rules, values["rules"])
    after = replace(before, **values)
    checks.seen_as_stands(command.seen, before=before, after=after, key=before.key)
    changes = work.save(after)
    if "self_accept" in changes and after.self_accept and not is_lone(work.store, after):
        raise Rejected("not-one-person", key=before.key)
    if changes:
        work.record(EventKind.PROJECT_EDITED, before, subject=before.key, changes=changes)
    return Outcome(before.id, before.key)


def _merged(kept: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The rules in the order of NAMES; what is given empty is left out."""
    together = {**kept, **given}
    return {name: together[name] for name in NAMES if together.get(name)}


@handles(AddWorkType)
def add_work_type(command: AddWorkType, work: Work) -> Outcome:
    """Add the word; one that is known stays as it is."""
    label = checks.line("label", command.label, required=True, limit=64)
    kind = checks.line("kind", command.kind, required=True, limit=32)
    if label not in work.work_types():
        work.add_work_type(label, kind=kind, urgent=command.urgent)
        work.record(EventKind.WORK_TYPE_ADDED, subject=label)
    return Outcome(0, label)


@handles(SetCalendarDay)
def set_calendar_day(command: SetCalendarDay, work: Work) -> Outcome:
    """Set the day; it lies over the published calendar and the weekly pattern."""
    name = checks.line("name", command.name, limit=200)
    calendar = _calendar(work, "calendar", command.calendar)
    day = checks.day("day", command.day) or command.day
    set_company_day(work.store, calendar, day, works=command.works, name=name)
    changes = {"works": (None, command.works)}
    subject = f"{calendar} {day.isoformat()}"
    work.record(EventKind.CALENDAR_CHANGED, subject=subject, changes=changes)
    return Outcome(0, subject)
