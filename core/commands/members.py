"""Who sees a restricted project."""

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.duties import ProjectMember
from core.domain.events import EventKind
from core.domain.ids import PersonId, ProjectId
from core.domain.people import Project
from core.domain.refusals import BadValue, Rejected
from core.records import dataclass
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Let somebody see a project; it matters while it is restricted."""

    project: ProjectId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember:
    """Take that back."""

    project: ProjectId
    person: PersonId


@handles(AddMember)
def add_member(command: AddMember, work: Work) -> Outcome:
    """Nothing changes for somebody who is one already. Refuses BadValue for a merged person."""
    project = work.get(Project, command.project)
    person = checks.person(work, "person", command.person)
    if person is None:
        raise BadValue("person", "", reason="empty")
    if not work.all(ProjectMember, project=project.id, person=person.id):
        work.add(ProjectMember(project=project.id, person=person.id))
        work.record(EventKind.MEMBER_ADDED, project, subject=person.handle)
    return Outcome(project.id, person.handle)


@handles(RemoveMember)
def remove_member(command: RemoveMember, work: Work) -> Outcome:
    """Refuses ``not-a-member``."""
    project = work.get(Project, command.project)
    person = checks.person(work, "person", command.person)
    found = work.all(ProjectMember, project=project.id, person=command.person)
    if person is None or not found:
        raise Rejected("not-a-member", key=project.key, person=person.handle if person else "")
    work.remove(found[0])
    work.record(EventKind.MEMBER_REMOVED, project, subject=person.handle)
    return Outcome(project.id, person.handle)
