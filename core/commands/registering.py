"""Register what is handed over: in the shared folder, and in the sync log (R96, D13)."""

from core.commands import checks, timing
from core.commands.handlers import Outcome, handles
from core.commands.sync_writing import write_entry
from core.domain.events import EventKind
from core.domain.ids import PartId
from core.domain.parts import Deliverable
from core.domain.status import SyncKind
from core.domain.task import Task
from core.domain.timers import Target, TimerRule
from core.records import dataclass, replace
from core.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDeliverable:
    """Say that a deliverable lies where others find it; the sync log tells them."""

    deliverable: PartId
    location: str | None = None
    """A link or path; None leaves it as it is."""


@handles(RegisterDeliverable)
def register_deliverable(command: RegisterDeliverable, work: Work) -> Outcome:
    """Refuses NotFound, ``task-closed``, and BadValue where no place is known.

    A new registration of one that is registered writes another entry: another edition.
    """
    before = work.get(Deliverable, command.deliverable)
    task = checks.kept_task(work, before.task)
    place = before.location
    if command.location is not None:
        place = checks.line("location", command.location)
    place = checks.line("location", place, required=True)
    after = replace(before, location=place, registered=work.now, registered_by=work.actor.id)
    changes = work.save(after)
    work.record(EventKind.DELIVERABLE_REGISTERED, task, subject=after.name, changes=changes)
    write_entry(
        work,
        work.project(task.project),
        topic=f"{after.name} {after.edition}".rstrip(),
        kind=SyncKind.DELIVERABLE,
        task=task,
        reference=place,
    )
    settle(work, task)
    return Outcome(after.id, after.name)


def settle(work: Work, task: Task) -> None:
    """End the task's limit if no deliverable of it is left to register."""
    if not work.all(Deliverable, task=task.id, registered=None):
        timing.end(work, Target.TASK, task.id, rules=(TimerRule.DELIVERABLE,))
