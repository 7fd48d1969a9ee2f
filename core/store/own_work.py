"""Whose work a task is, which they never accept, and the projects of one person, who may (R65)."""

from typing import Any

from peewee import JOIN, SQL, fn

from core.domain.ids import PersonId, ProjectId
from core.domain.people import Project
from core.domain.status import Role, Verdict
from core.domain.task import Task
from core.store.database import Store
from core.store.duty_tables import AssignmentTable, MemberTable
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, TaskTable
from core.store.told_tables import ReviewTable


def held_apart(store: Store, task: Task, project: Project) -> frozenset[PersonId]:
    """Those who may not accept ``task``: ``own_people``, nobody where somebody works alone."""
    return frozenset() if is_lone(store, project) else own_people(store, task)


def own_people(store: Store, task: Task) -> frozenset[PersonId]:
    """Those whose own work ``task`` is; one statement.

    Its owner, whoever submitted it, and everybody who was its owner or submitted it since the
    last rejection. An assignment that ended in the instant of the rejection counts.
    """
    rejected = ReviewTable.select(fn.MAX(ReviewTable.decided)).where(
        (ReviewTable.task == task.id) & (ReviewTable.verdict == Verdict.SENT_BACK)
    )
    since: Any = fn.COALESCE(rejected, SQL("0"))
    owned = AssignmentTable.select(AssignmentTable.owner).where(
        (AssignmentTable.task == task.id)
        & (AssignmentTable.ended.is_null() | (AssignmentTable.ended >= since))
    )
    submitted = ReviewTable.select(ReviewTable.submitted_by).where(
        (ReviewTable.task == task.id) & (ReviewTable.submitted > since)
    )
    found = {row[0] for row in store.rows(owned | submitted)}
    return frozenset(PersonId(one) for one in (*found, task.owner, task.submitted_by) if one)


def is_lone(store: Store, project: Project) -> bool:
    """Whether ``project`` is one of the ``lone_projects``."""
    return project.self_accept and bool(lone_projects(store, only=project.id))


def lone_projects(store: Store, *, only: ProjectId | None = None) -> frozenset[ProjectId]:
    """Those whose people may accept their own work, while they are one person's; one statement.

    Of an open project everybody on the team is a part who can accept anything; of a restricted one
    its members and leads, and whoever owns or accepts a task in it.
    """
    query = ProjectTable.select(ProjectTable.id).join(
        DepartmentTable, JOIN.LEFT_OUTER, on=ProjectTable.department == DepartmentTable.id
    )
    several = PersonTable.select(fn.COUNT(PersonTable.id)).where(
        (PersonTable.role != Role.OBSERVER)
        & ~PersonTable.placeholder
        & PersonTable.merged_into.is_null()
        & _is_part()
    )
    allowed = ProjectTable.self_accept & (several <= 1)
    if only is not None:
        allowed &= ProjectTable.id == only
    return frozenset(ProjectId(row[0]) for row in store.rows(query.where(allowed)))


def _is_part() -> Any:
    def among(table: Any, person: Any) -> Any:
        here = (table.project == ProjectTable.id) & (person == PersonTable.id)
        return fn.EXISTS(table.select(table.id).where(here))

    return (
        ~ProjectTable.restricted
        | (PersonTable.id == ProjectTable.lead)
        | (PersonTable.id == DepartmentTable.lead)
        | among(MemberTable, MemberTable.person)
        | among(TaskTable, TaskTable.owner)
        | among(TaskTable, TaskTable.acceptor)
    )
