"""People and departments."""

import re
from datetime import date
from typing import Final

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.departments import Department
from core.domain.events import EventKind, Plain
from core.domain.ids import DepartmentId, PersonId
from core.domain.people import Person, Project
from core.domain.refusals import BadValue, NotFound, Rejected
from core.domain.status import Role
from core.policies import permissions
from core.records import dataclass, replace
from core.store import finding, merging
from core.store.own_work import is_lone
from core.store.work import Work

BACK: Final = date(2000, 1, 1)
"""``EditPerson.away_until`` for somebody who is here again: long past, so it is cleared."""
_HANDLE = re.compile(r"\w[\w.\-]{0,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson:
    """Add a member, or with ``placeholder`` a name that nobody is known to bear yet."""

    handle: str
    name: str
    role: Role = Role.MEMBER
    department: DepartmentId | None = None
    manager: PersonId | None = None
    placeholder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPerson:
    """Correct a person; None leaves a field alone."""

    person: PersonId
    handle: str | None = None
    name: str | None = None
    role: Role | None = None
    department: DepartmentId | None = None
    manager: PersonId | None = None
    away_until: date | None = None
    """Their last day away; a day before today, such as ``BACK``, clears it."""
    seen: Person | None = None
    """As its author saw them; a field that it sets must still be so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePerson:
    """Say who a placeholder is: all that was theirs becomes the real person's."""

    placeholder: PersonId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDepartment:
    """Add a department."""

    name: str
    lead: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDepartment:
    """Rename a department or name its lead; None leaves a field alone."""

    department: DepartmentId
    name: str | None = None
    lead: PersonId | None = None
    seen: Department | None = None
    """As its author saw it; a field that it sets must still be so."""


def _handle(work: Work, value: str, *, owner: PersonId | None = None) -> str:
    handle = checks.line("handle", value, required=True, limit=64).casefold()
    if not _HANDLE.fullmatch(handle):
        raise BadValue("handle", value, reason="handle")
    try:
        other = finding.by_handle(work.store, handle)
    except NotFound:
        return handle
    if other.id != owner:
        raise BadValue("handle", handle, reason="taken")
    return handle


@handles(AddPerson, strangers=True)
def add_person(command: AddPerson, work: Work) -> Outcome:
    """Refuses a handle that is taken or is not letters, digits, ``.``, ``-`` and ``_``.

    Whoever is not known may add themselves as a member, and the first person of a store may be
    anybody; else refuses ``unknown-actor``.
    """
    if work.someone is None:
        _may_come(command, work)
    if command.placeholder:
        handle = finding.free_handle(work.store, command.handle)
    else:
        handle = _handle(work, command.handle)
    if command.department is not None:
        work.get(Department, command.department)
    manager = checks.person(work, "manager", command.manager)
    made = work.add(
        Person(
            handle=handle,
            name=checks.line("name", command.name, required=True, limit=100),
            role=command.role,
            department=command.department,
            manager=manager.id if manager else None,
            placeholder=command.placeholder,
        )
    )
    if work.someone is None and handle == work.handle:
        work.someone = made
    changes = {"name": (None, made.name), "role": (None, made.role.value)}
    work.record(EventKind.PERSON_ADDED, subject=handle, changes=changes)
    _end_working_alone(work)
    return Outcome(made.id, handle)


def _end_working_alone(work: Work) -> None:
    """An open project is no longer one person's once somebody else is on the team (R65)."""
    for project in work.all(Project, self_accept=True, restricted=False):
        if not is_lone(work.store, project):
            changes = work.save(replace(project, self_accept=False))
            work.record(EventKind.PROJECT_EDITED, project, subject=project.key, changes=changes)


def _may_come(command: AddPerson, work: Work) -> None:
    handle = command.handle.strip().casefold()
    own = not command.placeholder and permissions.may_join(
        handle, role=command.role, actor=work.handle
    )
    if not own and finding.anybody(work.store):
        raise Rejected("unknown-actor", person=work.handle)


@handles(EditPerson)
def edit_person(command: EditPerson, work: Work) -> Outcome:
    """Refuses BadValue, ``last-admin``, and a manager who would report to themselves."""
    before = work.get(Person, command.person)
    after = _edited(command, before, work)
    checks.seen_as_stands(command.seen, before=before, after=after, key=before.handle)
    changes = work.save(after)
    if changes:
        work.record(EventKind.PERSON_EDITED, subject=after.handle, changes=changes)
    if "role" in changes:
        _end_working_alone(work)
    return Outcome(after.id, after.handle)


def _edited(command: EditPerson, before: Person, work: Work) -> Person:
    after = before
    if command.handle is not None:
        after = replace(after, handle=_handle(work, command.handle, owner=before.id))
    if command.name is not None:
        after = replace(after, name=checks.line("name", command.name, required=True, limit=100))
    if command.role is not None:
        after = replace(after, role=_role(work, before, command.role))
    if command.department is not None:
        after = replace(after, department=work.get(Department, command.department).id)
    if command.manager is not None:
        after = replace(after, manager=_manager(work, before, command.manager))
    if command.away_until is not None:
        after = replace(after, away_until=_away(work, command.away_until))
    return after


def _role(work: Work, person: Person, role: Role) -> Role:
    """Somebody must look after people: the last administrator stays one."""
    if person.role is Role.ADMIN and role is not Role.ADMIN:
        admins = work.all(Person, role=Role.ADMIN, placeholder=False, merged_into=None)
        if all(one.id == person.id for one in admins):
            raise Rejected("last-admin", person=person.handle)
    return role


def _away(work: Work, day: date) -> date | None:
    """The day, or None once it is over; today is where the first project is."""
    until = checks.day("away_until", day)
    projects = sorted(work.all(Project), key=lambda one: one.key)
    today = checks.today(work, projects[0]) if projects else work.now.date()
    return until if until is not None and until >= today else None


def _manager(work: Work, person: Person, number: PersonId) -> PersonId:
    step: PersonId | None = number
    while step is not None:
        if step == person.id:
            raise Rejected("manager-circle", person=person.handle)
        step = work.get(Person, step).manager
    return number


@handles(MergePerson)
def merge_person(command: MergePerson, work: Work) -> Outcome:
    """Refuses ``not-a-placeholder``, and a target that was merged away itself."""
    gone = work.get(Person, command.placeholder)
    real = checks.person(work, "person", command.person)
    if not gone.placeholder or real is None or gone.id == real.id:
        raise Rejected("not-a-placeholder", person=gone.handle)
    if gone.merged_into is not None:
        raise BadValue("placeholder", gone.handle, reason="merged")
    moved = merging.give(work.store, from_person=gone.id, to_person=real.id)
    work.forget()
    if work.get(Person, real.id).manager == real.id:
        work.save(replace(work.get(Person, real.id), manager=None))
    work.save(replace(work.get(Person, gone.id), merged_into=real.id))
    changes: dict[str, tuple[Plain, Plain]] = {
        "records": (None, moved),
        "person": (gone.handle, real.handle),
    }
    work.record(EventKind.PERSON_MERGED, subject=gone.name, changes=changes)
    return Outcome(real.id, real.handle)


@handles(AddDepartment)
def add_department(command: AddDepartment, work: Work) -> Outcome:
    """Refuses an empty name and one that is taken."""
    lead = checks.person(work, "lead", command.lead)
    name = _department_name(work, command.name)
    made = work.add(Department(name=name, lead=lead.id if lead else None))
    work.record(EventKind.DEPARTMENT_ADDED, subject=name)
    return Outcome(made.id, name)


def _department_name(work: Work, value: str) -> str:
    name = checks.line("name", value, required=True, limit=100)
    if work.all(Department, name=name):
        raise BadValue("name", name, reason="taken")
    return name


@handles(EditDepartment)
def edit_department(command: EditDepartment, work: Work) -> Outcome:
    """Refuses BadValue."""
    before = work.get(Department, command.department)
    after = before
    if command.name is not None and command.name != before.name:
        after = replace(after, name=_department_name(work, command.name))
    if command.lead is not None:
        lead = checks.person(work, "lead", command.lead)
        after = replace(after, lead=lead.id if lead else None)
    checks.seen_as_stands(command.seen, before=before, after=after, key=before.name)
    changes = work.save(after)
    if changes:
        work.record(EventKind.DEPARTMENT_EDITED, subject=after.name, changes=changes)
    return Outcome(after.id, after.name)
