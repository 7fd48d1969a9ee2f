"""Who and what there is: people, departments, projects, work types."""

from typing import TYPE_CHECKING, NamedTuple

from core.domain.ids import ProjectId, TaskId
from core.domain.people import Person, Project
from core.store import finding, rows
from core.store.database import Store
from core.store.tables import DepartmentTable, PersonTable, ProjectTable

if TYPE_CHECKING:
    from core.domain.departments import Department


class WorkType(NamedTuple):
    """A word that a task's type may have (R27)."""

    label: str
    kind: str
    urgent: bool


def people(store: Store, *, with_merged: bool = False) -> tuple[Person, ...]:
    """Everybody who was not merged away: members first, then placeholders; by handle."""
    form = rows.shape(Person)
    query = PersonTable.select(*form.columns)
    if not with_merged:
        query = query.where(PersonTable.merged_into.is_null())
    ordered = query.order_by(PersonTable.placeholder, PersonTable.handle)
    return tuple(rows.record(Person, row) for row in store.rows(ordered))


def departments(store: Store) -> "tuple[Department, ...]":
    """All departments, by name."""
    from core.domain.departments import Department

    form = rows.shape(Department)
    query = DepartmentTable.select(*form.columns).order_by(DepartmentTable.name)
    return tuple(rows.record(Department, row) for row in store.rows(query))


def projects(store: Store) -> tuple[Project, ...]:
    """All projects, by key."""
    form = rows.shape(Project)
    query = ProjectTable.select(*form.columns).order_by(ProjectTable.key)
    return tuple(rows.record(Project, row) for row in store.rows(query))


def members(store: Store, project: ProjectId) -> tuple[Person, ...]:
    """Who is on the list of a project, by handle."""
    from core.store.duty_tables import MemberTable

    form = rows.shape(Person)
    listed = MemberTable.select(MemberTable.person).where(MemberTable.project == project)
    query = PersonTable.select(*form.columns).where(PersonTable.id.in_(listed))
    return tuple(rows.record(Person, row) for row in store.rows(query.order_by(PersonTable.handle)))


def work_types(store: Store) -> tuple[WorkType, ...]:
    """All work types, by label."""
    from core.store.rare_tables import WorkTypeTable

    columns = (WorkTypeTable.label, WorkTypeTable.kind, WorkTypeTable.urgent)
    found = store.rows(WorkTypeTable.select(*columns).order_by(WorkTypeTable.label))
    return tuple(WorkType(label=row[0], kind=row[1], urgent=bool(row[2])) for row in found)


def find_task(store: Store, text: str) -> TaskId:
    """The task that people call ``text``. Refuses NotFound and Ambiguous."""
    return finding.task_id(store, text)


def find_person(store: Store, text: str) -> Person:
    """The person that people call ``text``. Refuses NotFound and Ambiguous."""
    return finding.person(store, text)


def find_project(store: Store, text: str) -> Project:
    """The project that people call ``text``. Refuses NotFound and Ambiguous."""
    return finding.project(store, text)
