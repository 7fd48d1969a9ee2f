"""Whether a task is clear enough for work on it to begin (R36, R132)."""

from core.commands import checks
from core.domain.events import EventKind
from core.domain.parts import Criterion
from core.domain.refusals import Rejected
from core.domain.task import Task
from core.policies.clarity import Gap, gaps
from core.policies.team_rules import Clarity, rules_of
from core.store.work import Work


def begins(work: Work, task: Task, *, force: bool, reason: str) -> None:
    """Work on a task begins.

    Refuses ``unclear`` where its project requires clarity, unless forced, and ``reason-needed``
    where that is forced without a reason; what was forced is in the log. Else warns ``unclear``.
    """
    missing = _missing(work, task)
    if not missing:
        return
    if not _is_required(work, task):
        if Gap.TITLE in missing:  # said at every start, nobody would read it; the meter tells more
            work.warn("unclear", key=task.key, missing=missing)
        return
    if not force:
        raise Rejected("unclear", key=task.key, missing=missing)
    said = checks.text("reason", reason)
    if not said.strip():
        raise Rejected("reason-needed", key=task.key, field="reason")
    changes = {"missing": (None, ", ".join(missing))}
    work.record(EventKind.CLARITY_FORCED, task, subject=task.title, changes=changes, reason=said)


def is_added(work: Work, task: Task) -> None:
    """A task is new and begun at once: refuses ``unclear`` as ``begins``, and warns of nothing."""
    if _is_required(work, task) and (missing := _missing(work, task)):
        raise Rejected("unclear", key=task.key, missing=missing)


def _missing(work: Work, task: Task) -> tuple[str, ...]:
    return tuple(one.value for one in gaps(task, work.all(Criterion, task=task.id)))


def _is_required(work: Work, task: Task) -> bool:
    return rules_of(work.project(task.project).rules).clarity is Clarity.REQUIRED
