"""What waits for acceptance (R65, R102-R107)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import JOIN, fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import State, Verdict
from core.store.database import Store
from core.store.part_tables import CriterionTable, DeliverableTable
from core.store.rows import Reading
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, TaskTable
from core.store.told_tables import ReviewTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One task in review, ready to draw. Times are UTC."""

    task: TaskId
    key: str
    title: str
    project: ProjectId
    project_key: str
    owner_name: str
    acceptor_name: str
    """Who accepts it, named or by position; empty where nobody does."""
    round: int
    """How often it was submitted, this time included."""
    submitted: datetime | None
    submitted_by_name: str
    due: datetime | None
    criteria: int
    criteria_met: int
    deliverables: int
    last_findings: str
    """Why it was sent back the last time; empty in a first round."""


_OWNER, _ACCEPTOR, _SUBMITTER = (
    PersonTable.alias(name) for name in ("owner", "acceptor", "submitter")
)
_ACCEPTS = fn.COALESCE(TaskTable.acceptor, ProjectTable.lead, DepartmentTable.lead)
"""The same as core.policies.permissions.acceptor_of."""


def _criteria() -> Any:
    return CriterionTable.select(fn.COUNT(CriterionTable.id)).where(
        CriterionTable.task == TaskTable.id
    )


_COLUMNS: tuple[Any, ...] = (
    TaskTable.id,
    TaskTable.key,
    TaskTable.title,
    TaskTable.project,
    ProjectTable.key,
    fn.COALESCE(_OWNER.name, ""),
    fn.COALESCE(_ACCEPTOR.name, ""),
    TaskTable.round,
    TaskTable.submitted,
    fn.COALESCE(_SUBMITTER.name, ""),
    TaskTable.due,
    _criteria(),
    _criteria().where(CriterionTable.met),
    DeliverableTable.select(fn.COUNT(DeliverableTable.id)).where(
        DeliverableTable.task == TaskTable.id
    ),
    fn.COALESCE(
        ReviewTable.select(ReviewTable.findings)
        .where((ReviewTable.task == TaskTable.id) & (ReviewTable.verdict == Verdict.SENT_BACK))
        .order_by(ReviewTable.round.desc())
        .limit(1),
        "",
    ),
)
_NAMES = tuple(ReviewRow.__dataclass_fields__)
_READING = Reading(_COLUMNS)


def queue(
    store: Store, viewer: PersonId | None, *, all: bool = False, limit: int = 200
) -> tuple[ReviewRow, ...]:
    """What waits for the viewer's acceptance, oldest first; ``all`` also what waits for others'.

    One statement.
    """
    query = TaskTable.select(*_COLUMNS).join(ProjectTable, on=TaskTable.project == ProjectTable.id)
    query = query.join(
        DepartmentTable, JOIN.LEFT_OUTER, on=ProjectTable.department == DepartmentTable.id
    )
    for person, column in (
        (_OWNER, TaskTable.owner),
        (_ACCEPTOR, _ACCEPTS),
        (_SUBMITTER, TaskTable.submitted_by),
    ):
        query = query.switch(TaskTable).join(person, JOIN.LEFT_OUTER, on=column == person.id)
    query = query.where((TaskTable.state == State.REVIEW) & TaskTable.closed.is_null())
    if not all:
        query = query.where(_ACCEPTS.in_([viewer] if viewer else []))
    ordered = query.order_by(TaskTable.submitted, TaskTable.id).limit(limit)
    return tuple(_row(found) for found in store.rows(ordered))


def _row(found: tuple[Any, ...]) -> ReviewRow:
    return ReviewRow(**dict(zip(_NAMES, _READING.values(found), strict=True)))
