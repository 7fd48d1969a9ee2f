"""From what people type to what is meant: tasks, people, projects."""

from typing import TYPE_CHECKING, Any

from peewee import fn

from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.refusals import Ambiguous, NotFound
from core.store import rows
from core.store.book import book_of
from core.store.tables import PersonTable, ProjectTable, TaskTable

if TYPE_CHECKING:
    from core.store.database import Store


def task_id(store: "Store", text: str) -> TaskId:
    """The task called ``text``: its key, else its foreign id; letters' case does not matter.

    Refuses NotFound (with keys that begin alike) and Ambiguous.
    """
    wanted = _askable(text)
    for column in (TaskTable.key, TaskTable.external_id):
        found = _tasks(store, column, wanted) if wanted else []
        if len(found) == 1:
            return TaskId(found[0][0])
        if found:
            raise Ambiguous("task", wanted, matches=tuple(row[1] for row in found))
    near = TaskTable.select(TaskTable.key).where(TaskTable.key.startswith(wanted[:3] or "?"))
    ordered = near.order_by(TaskTable.key).limit(5)
    raise NotFound("task", wanted, near=tuple(row[0] for row in store.rows(ordered)))


def _tasks(store: "Store", column: Any, wanted: str) -> list[tuple[Any, ...]]:
    """(id, key) of those with ``wanted`` in ``column``; ten at most.

    As it was typed, then in capitals, both from the index; only then in any case, which reads
    all tasks.
    """
    query = TaskTable.select(TaskTable.id, TaskTable.key).order_by(TaskTable.id).limit(10)
    for same in (column == wanted, column == wanted.upper(), fn.lower(column) == wanted.lower()):
        if found := store.rows(query.where(same)):
            return found
    return []


def _askable(text: str) -> str:
    """``text`` as a store can be asked for: what it cannot hold becomes U+FFFD, found nowhere."""
    encoded = text.encode("utf-8", "surrogatepass")
    return encoded.decode("utf-8", "replace").replace("\0", "\ufffd").strip()


def person(store: "Store", text: str) -> Person:
    """The person with that handle, else that name. Refuses NotFound and Ambiguous."""
    wanted = _askable(text).lstrip("@")
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
    wanted = _askable(text)
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
    book = book_of(store)
    number = book.last_number(scope) + 1
    book.give_number(scope, number)
    return number


def at_least(store: "Store", scope: str, number: int) -> None:
    """Let ``scope`` go on after ``number``, which a foreign key has used."""
    book = book_of(store)
    if book.last_number(scope) < number:
        book.give_number(scope, number)


def key_taken(store: "Store", key: str) -> bool:
    """Whether a task has that key."""
    mark = "%s" if store.postgres else "?"
    return store.sql(f"SELECT id FROM task WHERE key = {mark}", (key,)).fetchone() is not None  # noqa: S608


def count_subtasks(store: "Store", parent: TaskId, *, limit: int) -> int:
    """How many subtasks a task has; counting stops at ``limit``."""
    return len(
        store.rows(TaskTable.select(TaskTable.id).where(TaskTable.parent == parent).limit(limit))
    )


def project_scope(project: ProjectId, part: str) -> str:
    """The counter of a project (``part``: a year, or empty)."""
    return f"project/{project}/{part}"


def subtask_scope(parent: TaskId) -> str:
    """The counter of a task's subtasks."""
    return f"task/{parent}"


def anybody(store: "Store") -> bool:
    """Whether the store has a person who is no placeholder."""
    query = PersonTable.select(PersonTable.id).where(~PersonTable.placeholder)
    return store.row(query.limit(1)) is not None


def by_handle(store: "Store", handle: str) -> Person:
    """The person with exactly that handle, merged or not. Refuses NotFound."""
    form = rows.shape(Person)
    query = PersonTable.select(*form.columns).where(
        PersonTable.handle == _askable(handle).casefold()
    )
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


def any_restricted(store: "Store") -> bool:
    """Whether core.store.veil has to look who reads; while something is written it has not."""
    if store.busy:
        return False
    found = store.hidden or store.sql("SELECT 1 FROM project WHERE restricted LIMIT 1").fetchone()
    return bool(found)
