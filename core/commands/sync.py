"""The sync log's entries (R93-R95)."""

from dataclasses import dataclass
from datetime import date

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain.events import EventKind
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import SyncKind
from core.domain.synclog import SyncEntry
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSyncEntry:
    """Write down what others should know; entries are added, never changed."""

    project: ProjectId
    task: TaskId | None = None
    topic: str
    content: str = ""
    kind: SyncKind = SyncKind.PROGRESS
    audience: str = ""
    reference: str = ""
    remarks: str = ""
    day: date | None = None
    """None means today, in the project's time zone."""
    author: PersonId | None = None
    """None means whoever sends the command; only an import names another."""


@handles(AddSyncEntry)
def add_sync_entry(command: AddSyncEntry, work: Work) -> Outcome:
    """Store the entry. Refuses BadValue for an empty topic."""
    project = work.project(command.project)
    author = checks.person(work, "author", command.author) or work.actor
    entry = work.add(
        SyncEntry(
            project=project.id,
            task=work.task(command.task).id if command.task else None,
            day=checks.day("day", command.day) or checks.today(work, project),
            topic=checks.line("topic", command.topic, required=True),
            content=checks.text("content", command.content),
            kind=command.kind,
            author=author.id,
            audience=checks.line("audience", command.audience),
            reference=checks.line("reference", command.reference),
            remarks=checks.text("remarks", command.remarks),
            at=work.now,
        )
    )
    about = work.task(command.task) if command.task else project
    changes = {"kind": (None, entry.kind.value), "audience": (None, entry.audience)}
    work.record(EventKind.SYNC_ENTRY_ADDED, about, subject=entry.topic, changes=changes)
    return Outcome(entry.id, entry.topic)
