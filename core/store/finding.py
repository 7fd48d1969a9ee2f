"""From what people type to what is meant: tasks, people, projects."""

from typing import TYPE_CHECKING

from peewee import fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import Ambiguous, NotFound
from core.store import rows
from core.store.logs import CounterTable
from core.store.tables import PersonTable, ProjectTable, TaskTable

if TYPE_CHECKING:
    from core.store.database import Store


def task_id(store: "Store", text: str) -> TaskId:
    """The task called ``text``: its key, else its foreign id; letters' case does not matter.

    Refuses NotFound (with keys that begin alike) and Ambiguous.
    """
    wanted = text.strip()
    for column in (TaskTable.key, TaskTable.external_id):
        found = store.rows(TaskTable.select(TaskTable.id, TaskTable.key).where(column == wanted))
        if not found:
            lowered = fn.lower(column) == wanted.lower()
            query = TaskTable.select(TaskTable.id, TaskTable.key).where(lowered)
            found = store.rows(query.limit(10)) if wanted else []
        if len(found) == 1:
            return TaskId(found[0][0])
        if found:
            raise Ambiguous("task", wanted, matches=tuple(row[1] for row in found))
    near = TaskTable.select(TaskTable.key).where(TaskTable.key.startswith(wanted[:3] or "?"))
    raise NotFound("task", wanted, near=tuple(row[0] for row in store.rows(near.limit(5))))


def person(store: "Store", text: str) -> Person:
    """The person with that handle, else that name. Refuses NotFound and Ambiguous."""
    wanted = text.strip().lstrip("@")
    form = rows.shape(Person)
    query = PersonTable.select(*form.columns)
    found = store.rows(query.where(PersonTable.handle == wanted.casefold()))
    found = found or store.rows(
        query.where((PersonTable.name == wanted) & PersonTable.merged_into.is_null())
    )
    if not found:
        known = PersonTable.select(PersonTable.handle).order_by(PersonTable.handle)
        raise NotFound("person", wanted, near=tuple(row[0] for row in store.rows(known.limit(8))))
    if len(found) > 1:
        people = (rows.record(Person, row) for row in found)
        raise Ambiguous("person", wanted, matches=tuple(one.handle for one in people))
    return real(store, rows.record(Person, found[0]))


def real(store: "Store", found: Person) -> Person:
    """Follow a merged placeholder to the person it turned out to be."""
    form = rows.shape(Person)
    while found.merged_into is not None:
        query = PersonTable.select(*form.columns).where(PersonTable.id == found.merged_into)
        row = store.row(query)
        assert row is not None
        found = rows.record(Person, row)
    return found


def person_id(store: "Store", text: str) -> PersonId:
    """The id of the person called ``text``."""
    return person(store, text).id


def project(store: "Store", text: str) -> Project:
    """The project with that key, else that name. Refuses NotFound and Ambiguous."""
    wanted = text.strip()
    form = rows.shape(Project)
    query = ProjectTable.select(*form.columns)
    found = store.rows(query.where(ProjectTable.key == wanted))
    found = found or store.rows(query.where(ProjectTable.name == wanted))
    if not found:
        known = ProjectTable.select(ProjectTable.key).order_by(ProjectTable.key)
        raise NotFound("project", wanted, near=tuple(row[0] for row in store.rows(known.limit(8))))
    if len(found) > 1:
        keys = tuple(rows.record(Project, row).key for row in found)
        raise Ambiguous("project", wanted, matches=keys)
    return rows.record(Project, found[0])


def next_number(store: "Store", scope: str) -> int:
    """The next sequence number in ``scope``; counted up in the same transaction."""
    query = CounterTable.insert(scope=scope, last=1).on_conflict(
        conflict_target=[CounterTable.scope], update={CounterTable.last: CounterTable.last + 1}
    )
    return int(store.value(query.returning(CounterTable.last)))


def at_least(store: "Store", scope: str, number: int) -> None:
    """Let ``scope`` go on after ``number``, which a foreign key has used."""
    last = store.value(CounterTable.select(CounterTable.last).where(CounterTable.scope == scope))
    if last is None:
        store.run(CounterTable.insert(scope=scope, last=number))
    elif last < number:
        store.run(CounterTable.update(last=number).where(CounterTable.scope == scope))


def key_taken(store: "Store", key: str) -> bool:
    """Whether a task has that key."""
    return store.row(TaskTable.select(TaskTable.id).where(TaskTable.key == key)) is not None


def project_scope(project: ProjectId, part: str) -> str:
    """The counter of a project (``part``: a year, or empty)."""
    return f"project/{project}/{part}"


def subtask_scope(parent: TaskId) -> str:
    """The counter of a task's subtasks."""
    return f"task/{parent}"


def by_handle(store: "Store", handle: str) -> Person:
    """The person with exactly that handle, merged or not. Refuses NotFound."""
    form = rows.shape(Person)
    query = PersonTable.select(*form.columns).where(PersonTable.handle == handle.casefold())
    row = store.row(query)
    if row is None:
        raise NotFound("person", handle)
    return rows.record(Person, row)


def free_handle(store: "Store", wanted: str) -> str:
    """``wanted`` as a handle that nobody has, with a number behind it if need be."""
    stem = "".join(sign for sign in wanted.casefold() if sign.isalnum())[:28] or "someone"
    handle, number = stem, 1
    while store.row(PersonTable.select(PersonTable.id).where(PersonTable.handle == handle)):
        number += 1
        handle = f"{stem}{number}"
    return handle
