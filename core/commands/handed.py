"""What a task hands over: its registered deliverables, and how a round of review keeps them."""

from core.domain.parts import Deliverable
from core.domain.task import Task
from core.store.work import Work


def registered(work: Work, task: Task) -> tuple[Deliverable, ...]:
    """What lies where others find it."""
    return tuple(one for one in work.all(Deliverable, task=task.id) if one.registered is not None)


def missing(work: Work, task: Task) -> tuple[str, ...]:
    """What a mere move does not say of a submission: fields of SubmitTask."""
    return ("results",) if registered(work, task) else ("results", "deliverables")


def snapshot(work: Work, task: Task) -> dict[str, str]:
    """What is handed over, by id: name, edition and place as they read now."""
    return {
        str(one.id): " ".join(filter(None, (one.name, one.edition, one.location)))
        for one in registered(work, task)
    }
