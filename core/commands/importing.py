"""What only an import may do: write down what has ended already, and a task's parts at once."""

from typing import NamedTuple

from core.commands import checks, raci, sync
from core.commands.blocking import BlockTask, UnblockTask
from core.commands.closing import ArchiveTask, CancelTask, put_away
from core.commands.dependencies import AddDependency
from core.commands.editing import AssignTask, EditTask, write_edits, write_owner
from core.commands.handed import missing, registered, snapshot
from core.commands.handlers import HANDLERS, Outcome, handles
from core.commands.moving import MoveTask
from core.commands.part_keeping import why_changed
from core.commands.progress import UpdateProgress
from core.commands.submitting import Submission, begin_round
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask, write_down
from core.domain.departments import Department
from core.domain.duties import Letter
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PartId, PersonId, TaskId
from core.domain.parts import Collaborator, Criterion, Deliverable
from core.domain.refusals import NotFound, Rejected
from core.domain.reviews import Review
from core.domain.status import State
from core.domain.task import Task
from core.policies.raci import ordered
from core.records import dataclass, replace
from core.store.work import Work

Step = MoveTask | UpdateProgress | BlockTask | UnblockTask | CancelTask | AddDependency


class Helper(NamedTuple):
    """Who supports: one of a person, a department or the name of a role."""

    person: PersonId | None = None
    department: DepartmentId | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTask:
    """Add a task as a table tells it; it may be done, for somebody accepted it elsewhere."""

    task: CreateTask
    helpers: tuple[Helper, ...] = ()
    criteria: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEdits:
    """Set fields as a table tells them; a due may be over by now."""

    edit: EditTask


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOwner:
    """Set the owner as a table tells it, who has taken it on elsewhere."""

    assign: AssignTask


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParts:
    """Add collaborators, criteria, deliverables and the foreign id as a table lists them."""

    task: TaskId
    helpers: tuple[Helper, ...] = ()
    gone: tuple[PartId, ...] = ()
    """Collaborators that the table no longer lists."""
    criteria: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    external_id: str = ""
    """What the table calls a task that has no foreign id yet."""
    source: str = ""
    """Where criteria come from that are added once the work has begun (R139)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStep:
    """What a table tells of a task as somebody would by hand, for whoever brings tables in."""

    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSubmission:
    """Take a task in progress to review as a table tells it, with what is registered."""

    task: TaskId
    results: str = ""
    """What the table notes of it."""


class Part(NamedTuple):
    """What a table says that a person or a role is to a task; no letter says nothing."""

    person: PersonId | None
    label: str
    letters: tuple[Letter, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRaci:
    """Set the letters of a task as a table tells them; nobody is warned of what it lacks."""

    task: TaskId
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportArchive:
    """Take what has ended off the board; a table need not tell what came of it."""

    archive: ArchiveTask


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEntry:
    """Add an entry of the sync log as a table tells it; its day may be yet to come."""

    entry: AddSyncEntry


@handles(ImportTask)
def import_task(command: ImportTask, work: Work) -> Outcome:
    """Add the task and its parts; the log says that it was imported.

    Refuses as CreateTask and ImportParts.
    """
    made = write_down(command.task, work, imported=True)
    task = work.task(TaskId(made.id))
    _add_parts(command, task, work)
    if task.round:
        for review in work.all(Review, task=task.id):
            work.save(replace(review, handed=snapshot(work, task)))
    return made


@handles(ImportEdits)
def import_edits(command: ImportEdits, work: Work) -> Outcome:
    """Refuses as EditTask, save for a day that is over."""
    return write_edits(command.edit, work, imported=True)


@handles(ImportOwner)
def import_owner(command: ImportOwner, work: Work) -> Outcome:
    """Refuses as AssignTask, save for handover notes."""
    return write_owner(command.assign, work, imported=True)


@handles(ImportStep)
def import_step(command: ImportStep, work: Work) -> Outcome:
    """Refuses as the command that it holds."""
    return HANDLERS[type(command.step)](command.step, work)


@handles(ImportSubmission)
def import_submission(command: ImportSubmission, work: Work) -> Outcome:
    """The owner is taken to have submitted it; the log tells who brought the table in.

    Refuses ``submission-needed`` unless it is doing, and ``no-deliverable`` (R102).
    """
    task = work.task(command.task)
    if task.state is not State.DOING or task.owner is None:
        raise Rejected("submission-needed", key=task.key, missing=missing(work, task))
    if not registered(work, task):
        raise Rejected("no-deliverable", key=task.key)
    checks.check_limit(work, task, to=State.REVIEW)
    said = Submission(by=task.owner, results=checks.text("results", command.results))
    begin_round(task, work, said, imported=True)
    return Outcome(task.id, task.key)


@handles(ImportArchive)
def import_archive(command: ImportArchive, work: Work) -> Outcome:
    """Refuses as ArchiveTask, save for a result that nobody told."""
    return put_away(command.archive, work, imported=True)


@handles(ImportEntry)
def import_entry(command: ImportEntry, work: Work) -> Outcome:
    """Refuses as AddSyncEntry, save for a day that is yet to come."""
    return sync.write_down(command.entry, work)


@handles(ImportRaci)
def import_raci(command: ImportRaci, work: Work) -> Outcome:
    """Refuses as SetRaci, save for no letters: they take away what was set."""
    task = checks.kept_task(work, command.task)
    for part in command.parts:
        whose = raci.whose(work, part.person, part.label)
        letters = ordered(checks.word("letters", one, Letter) for one in part.letters)
        note = checks.line("note", part.note)
        raci.place(work, task, whose, told=raci.Told(letters, note))
    return Outcome(task.id, task.key)


@handles(ImportParts)
def import_parts(command: ImportParts, work: Work) -> Outcome:
    """Refuses BadValue for an empty text, a part of another task, and a second foreign id."""
    task = work.task(command.task)
    if command.external_id:
        _tie(command.external_id, task, work)
    for number in command.gone:
        part = work.get(Collaborator, number)
        if part.task != task.id:
            raise NotFound("collaborator", number)
        work.remove(part)
        work.record(EventKind.COLLABORATOR_REMOVED, task, subject=part.label)
    _add_parts(command, task, work)
    return Outcome(task.id, task.key)


def _add_parts(command: ImportTask | ImportParts, task: Task, work: Work) -> None:
    for helper in command.helpers:
        _add_helper(helper, task, work)
    for text in command.criteria:
        said = checks.line("criteria", text, required=True)
        work.add(Criterion(task=task.id, text=said))
        reason = why_changed(work, task, command.source) if isinstance(command, ImportParts) else ""
        work.record(EventKind.CRITERION_ADDED, task, subject=said, reason=reason)
    for text in command.deliverables:
        name = checks.line("deliverables", text, required=True)
        made = Deliverable(
            task=task.id, name=name, registered=work.now, registered_by=work.actor.id
        )
        work.add(made)
        work.record(EventKind.DELIVERABLE_ADDED, task, subject=name)


def _tie(external_id: str, task: Task, work: Work) -> None:
    checks.unchanged("external_id", seen="", now=task.external_id, task=task)
    said = checks.line("external_id", external_id, limit=200)
    changes = work.save(replace(task, external_id=said))
    work.record(EventKind.TASK_EDITED, task, changes=changes)


def _add_helper(helper: Helper, task: Task, work: Work) -> None:
    person = checks.person(work, "person", helper.person)
    department = work.get(Department, helper.department) if helper.department else None
    named = person.handle if person else department.name if department else ""
    label = checks.line("label", helper.label, required=not named, limit=100)
    work.book.add_unread(
        Collaborator(
            task=task.id,
            person=person.id if person else None,
            department=department.id if department else None,
            label=label,
        )
    )
    work.record(EventKind.COLLABORATOR_ADDED, task, subject=named or label)
