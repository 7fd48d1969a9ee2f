"""The first minutes of a store, and the note that an import leaves."""

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.commands.people import AddPerson, add_person
from core.commands.projects import AddProject, add_project
from core.domain.events import EventKind
from core.domain.ids import PersonId
from core.domain.people import Person
from core.domain.refusals import Rejected
from core.domain.status import Role
from core.records import dataclass
from core.store import finding
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTeam:
    """Begin with one person and one project in an empty store."""

    handle: str
    name: str
    project_key: str = "T"
    project_name: str = "Tasks"
    pattern: str = "{key}{seq:03}"
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteImport:
    """Leave a line in the log that says what an import brought."""

    source: str
    created: int
    changed: int
    skipped: int
    doubts: int


@handles(StartTeam, strangers=True)
def start_team(command: StartTeam, work: Work) -> Outcome:
    """Make them admin and lead of the project. Refuses ``not-empty``.

    One person has nobody else to accept their work, so the project allows it; each such
    acceptance warns and stands in the log.
    """
    if finding.anybody(work.store):
        raise Rejected("not-empty")
    person = AddPerson(handle=command.handle, name=command.name, role=Role.ADMIN)
    made = add_person(person, work)
    work.someone = work.get(Person, made.id)
    project = AddProject(
        key=command.project_key,
        name=command.project_name,
        pattern=command.pattern,
        lead=PersonId(made.id),
        self_accept=True,
        time_zone=command.time_zone,
    )
    return add_project(project, work)


@handles(NoteImport)
def note_import(command: NoteImport, work: Work) -> Outcome:
    """Record the import."""
    counts = {"created": command.created, "changed": command.changed}
    counts |= {"skipped": command.skipped, "doubts": command.doubts}
    changes = {name: (None, count) for name, count in counts.items()}
    source = checks.line("source", command.source, required=True)
    work.record(EventKind.IMPORT_APPLIED, subject=source, changes=changes)
    return Outcome(0, source)
