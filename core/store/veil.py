"""Restricted projects: who does not see one reads every table without it.

While somebody reads, temporary views of the tables' own names lie over the tables, so that no
question, search, export, count or listing has to think of it. Writing goes to the tables.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.policies import rights
from core.store.veiled import BY_PROJECT, BY_TASK, NAME_TASKS, lift

if TYPE_CHECKING:
    from core.domain.people import Person
    from core.store.database import Store


def lay(store: "Store", person: "Person | None", *, question: object) -> None:
    """Make sure that what is read next is what ``person`` may see. Not while writing."""
    if store.busy:
        return
    hidden = frozenset() if getattr(question, "unveiled", False) else hidden_from(store, person)
    if hidden == store.hidden:
        return
    lift(store)
    if hidden:
        for statement in _views(sorted(hidden), schema=_schema(store)):
            store.sql(statement)
        store.hidden = hidden


def hidden_from(store: "Store", person: "Person | None") -> frozenset[int]:
    """The restricted projects that ``person`` does not see; one statement where there are none.

    Its members see one, those who lead it, whoever owns or accepts a task in it, and
    administrators, who look after the members. None, a stranger, sees none of them.
    """
    schema = _schema(store)
    told = store.sql(
        "SELECT project.id, project.lead_id, project.department_id, department.lead_id"  # noqa: S608
        f" FROM {schema}project project LEFT JOIN {schema}department department"
        " ON department.id = project.department_id WHERE project.restricted"
    ).fetchall()
    if not told:
        return frozenset()
    if person is None:
        return frozenset(row[0] for row in told)
    if person.role == "admin":
        return frozenset()
    closed = {row[0] for row in told if not rights.leads_of(person, *row[1:])}
    return frozenset(closed - _concerned(store, person.id, closed, schema=schema))


def _concerned(store: "Store", person: int, projects: Iterable[int], *, schema: str) -> set[int]:
    numbers = ", ".join(map(str, projects))
    if not numbers:
        return set()
    mark = "%s" if store.postgres else "?"
    found = store.sql(
        f"SELECT project_id FROM {schema}project_member WHERE person_id = {mark}"  # noqa: S608
        f" UNION SELECT project_id FROM {schema}task"
        f" WHERE project_id IN ({numbers}) AND (owner_id = {mark} OR acceptor_id = {mark})",
        (person, person, person),
    )
    return {row[0] for row in found.fetchall()}


def _schema(store: "Store") -> str:
    """Where the tables themselves are, whatever lies over them."""
    if not store.postgres:
        return "main."
    if store.schema is None:
        found = store.sql(
            "SELECT table_schema FROM information_schema.tables WHERE table_name = 'task'"
            " AND table_schema = ANY (current_schemas(false)) LIMIT 1"
        ).fetchone()
        store.schema = f'"{found[0]}".' if found else ""
    return store.schema


def _views(hidden: Iterable[int], *, schema: str) -> Iterable[str]:
    numbers = ", ".join(map(str, hidden))
    tasks = f"(SELECT id FROM {schema}task WHERE project_id IN ({numbers}))"  # noqa: S608
    entries = f"(SELECT id FROM {schema}sync_entry WHERE project_id IN ({numbers}))"  # noqa: S608
    seen = {
        **dict.fromkeys(BY_PROJECT, f"project_id NOT IN ({numbers})"),
        **dict.fromkeys(BY_TASK, f"task_id NOT IN {tasks}"),
        "project": f"id NOT IN ({numbers})",
        "dependency": f"task_id NOT IN {tasks} AND needs_id NOT IN {tasks}",
        "sync_audience": f"entry_id NOT IN {entries}",
        "event": f"(project_id IS NULL OR project_id NOT IN ({numbers}))"  # noqa: S608
        f" AND NOT (kind IN {NAME_TASKS} AND subject IN"
        f" (SELECT key FROM {schema}task WHERE project_id IN ({numbers})))",
    }
    for name, where in seen.items():
        yield f'CREATE TEMP VIEW "{name}" AS SELECT * FROM {schema}"{name}" WHERE {where}'  # noqa: S608
