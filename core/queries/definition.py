"""How clear a task is, for its meter and ``duban check`` (R34-R36, R132)."""

from typing import NamedTuple

from core.domain.ids import TaskId
from core.domain.parts import Criterion
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.domain.task import Task
from core.policies.clarity import Gap, Told, missing, told
from core.policies.team_rules import Clarity, rules_of
from core.store import rows
from core.store.database import Store


class Definition(NamedTuple):
    """What a task says, and what its project asks for."""

    key: str
    title: str
    told: Told
    gaps: tuple[Gap, ...]
    """What is missing, in the order of ``Gap``."""
    is_required: bool
    """Whether its project lets nobody begin what is not clear."""


def definition(store: Store, number: TaskId) -> Definition:
    """How clear a task is. Refuses NotFound."""
    form, parts = rows.shape(Task), rows.shape(Criterion)
    row = store.row(form.table.select(*form.columns).where(form.table.id == number))
    if row is None:
        raise NotFound("task", number)
    task = rows.record(Task, row)
    criteria = parts.table.select(*parts.columns).where(parts.table.task == number)
    said = told(task, (rows.record(Criterion, one) for one in store.rows(criteria)))
    home = rows.shape(Project)
    kept = store.row(home.table.select(*home.columns).where(home.table.id == task.project))
    rule = rules_of(rows.record(Project, kept).rules if kept else {}).clarity
    return Definition(
        key=task.key,
        title=task.title,
        told=said,
        gaps=missing(said),
        is_required=rule is Clarity.REQUIRED,
    )
