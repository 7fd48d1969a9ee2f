"""What must be known of a task, or of an issue, to tell who may do what to it."""

from datetime import datetime
from typing import TypeVar

from core.domain.departments import Department
from core.domain.ids import ProjectId, TaskId
from core.domain.parts import Collaborator
from core.domain.people import Project
from core.domain.refusals import NotFound
from core.domain.task import Task
from core.domain.trouble import Issue
from core.policies.acts import About
from core.store import rows
from core.store.database import Store

Record = TypeVar("Record")


def about(store: Store, number: TaskId) -> About:
    """The facts that ``core.policies.acts`` asks; four statements. Refuses NotFound."""
    task = _one(store, Task, number)
    project, led = _home(store, task.project)
    form = rows.shape(Collaborator)
    query = form.table.select(*form.columns).where(form.table.task == number)
    helpers = tuple(rows.record(Collaborator, row) for row in store.rows(query))
    return About(task.state, project, led, task, helpers)


def about_issue(store: Store, issue: Issue, *, now: datetime) -> About:
    """The same for an issue, with whoever may accept its task now."""
    if issue.task is None:
        project, led = _home(store, issue.project)
        return About(None, project, led, handler=issue.handler)
    from core.queries.accepting import Seating
    from core.store.own_work import own_people

    known = about(store, issue.task)
    task = known.task
    assert task is not None  # noqa: S101 - it was read by its id
    own = own_people(store, task)
    acceptors = Seating(store, now).asked(task.project, task.acceptor, own)
    return known._replace(handler=issue.handler, acceptors=acceptors)


def _home(store: Store, number: ProjectId) -> tuple[Project, Department | None]:
    project = _one(store, Project, number)
    led = None if project.department is None else _one(store, Department, project.department)
    return project, led


def _one(store: Store, kind: type[Record], number: int) -> Record:
    form = rows.shape(kind)
    row = store.row(form.table.select(*form.columns).where(form.table.id == number))
    if row is None:
        raise NotFound(kind.__name__.lower(), number)
    return rows.record(kind, row)
