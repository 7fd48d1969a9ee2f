"""Store a changed part of a task, and say why criteria change that are agreed (R139)."""

from typing import Generic, NamedTuple, TypeVar

from core.commands import checks, task_limits
from core.commands.handlers import Outcome
from core.domain.events import EventKind
from core.domain.parts import Collaborator, Criterion, Deliverable, Milestone
from core.domain.refusals import Rejected
from core.domain.task import Task
from core.policies.agreed import is_agreed
from core.store.work import Work

Part = TypeVar("Part", Collaborator, Criterion, Deliverable, Milestone)


class Edit(NamedTuple, Generic[Part]):
    """A part as it stands, as it shall be, and as its author saw it."""

    before: Part
    after: Part
    seen: Part | None


def keep(
    work: Work, edit: Edit[Part], *, kind: EventKind, subject: str, reason: str = ""
) -> Outcome:
    """Store a changed part and record what changed. Refuses Conflict and ``task-closed``."""
    before, after, seen = edit
    task = checks.kept_task(work, before.task)
    checks.seen_as_stands(seen, before=before, after=after, key=task.key)
    changes = work.save(after)
    if changes:
        work.record(kind, task, subject=subject, changes=changes, reason=reason)
    return Outcome(before.id, subject)


def why_changed(work: Work, task: Task, reason: str) -> str:
    """Why criteria change; if they are agreed, the acceptor is told. Refuses ``reason-needed``."""
    said = checks.text("reason", reason)
    if is_agreed(task.state, task.updated):
        if not said:
            raise Rejected("reason-needed", key=task.key, field="reason")
        task_limits.tell_of_criteria(work, task)
    return said
