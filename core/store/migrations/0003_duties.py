"""Who answers for what: assignments, RACI, signatures, members, results; rounds told in full.

A frozen copy of core.store.duty_tables as released, and the columns that older tables gain.
"""

import json
from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    Model,
    TextField,
)

from core.store import first_ledger

COLUMNS: tuple[tuple[str, str, Any, str], ...] = (
    ("project", "restricted", BooleanField(), "NOT NULL DEFAULT FALSE"),
    ("review", "points", TextField(), "NOT NULL DEFAULT '{}'"),
    ("review", "results", TextField(), "NOT NULL DEFAULT ''"),
    ("review", "completed", DateField(), ""),
    ("review", "claims", TextField(), "NOT NULL DEFAULT '{}'"),
    ("review", "handed", TextField(), "NOT NULL DEFAULT '{}'"),
    ("event", "rows", TextField(), "NOT NULL DEFAULT ''"),
    ("event", "hash", CharField(max_length=64), "NOT NULL DEFAULT ''"),
)
"""Table, column, its kind, and what else its definition says."""

BETTER: tuple[tuple[str, str, str], ...] = (
    ("task_due", '"due", "state", "timers", "project_id"', "closed IS NULL"),
    ("task_acceptor", '"acceptor_id", "project_id"', "submitted IS NOT NULL AND closed IS NULL"),
)
"""Indexes of tasks that take the place of older ones: name, columns, of which rows. Alerts are
counted in the first one alone; the second one no longer grows with what was accepted."""


def models(db: Any) -> list[type[Model]]:
    """The new tables, bound to ``db``; those that they refer to only by their key."""

    class Base(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Department(Base):
        id = BigAutoField()

        class Meta:
            table_name = "department"

    class Person(Base):
        id = BigAutoField()

        class Meta:
            table_name = "person"

    class Project(Base):
        id = BigAutoField()

        class Meta:
            table_name = "project"

    class Task(Base):
        id = BigAutoField()

        class Meta:
            table_name = "task"

    def link(table: Any, **options: Any) -> Any:
        return ForeignKeyField(table, backref="+", index=False, on_delete="RESTRICT", **options)

    class Assignment(Base):
        id = BigAutoField()
        task = link(Task)
        owner = link(Person)
        by = link(Person, null=True)
        at = BigIntegerField()
        notes = TextField()
        acknowledged = BigIntegerField(null=True)
        confirmed = BigIntegerField(null=True)
        ended = BigIntegerField(null=True)
        returned = BooleanField()
        reason = TextField()

        class Meta:
            table_name = "assignment"
            indexes = ((("task", "at"), False), (("owner",), False))

    Assignment.add_index(
        Assignment.at,
        Assignment.task,
        where=SQL("acknowledged IS NULL AND ended IS NULL"),
        name="assignment_waiting",
    )
    Assignment.add_index(
        Assignment.task, unique=True, where=SQL("ended IS NULL"), name="assignment_open"
    )

    class Raci(Base):
        id = BigAutoField()
        task = link(Task)
        person = link(Person, null=True)
        label = CharField(max_length=100)
        letter = CharField(max_length=32)
        note = TextField()

        class Meta:
            table_name = "raci"
            indexes = ((("task", "id"), False), (("person",), False))

    class SignOff(Base):
        id = BigAutoField()
        task = link(Task)
        department = link(Department)
        person = link(Person)
        at = BigIntegerField()
        note = TextField()
        event = BigIntegerField(column_name="event_number")

        class Meta:
            table_name = "sign_off"
            indexes = ((("task", "at"), False),)

    class Member(Base):
        id = BigAutoField()
        project = link(Project)
        person = link(Person)

        class Meta:
            table_name = "project_member"
            indexes = ((("project", "person"), True), (("person",), False))

    class CloseOut(Base):
        id = BigAutoField()
        task = link(Task, unique=True)
        target = TextField()
        actual = TextField()
        at = BigIntegerField()
        by = link(Person)

        class Meta:
            table_name = "close_out"

    return [Assignment, Raci, SignOff, Member, CloseOut]


_OWNED = (
    "INSERT INTO assignment"
    " (task_id, owner_id, by_id, at, notes, acknowledged, confirmed, returned, reason)"
    " SELECT id, owner_id, initiator_id, created, '', created,"
    " COALESCE((SELECT MAX(at) FROM event), created), FALSE, ''"
    " FROM task WHERE owner_id IS NOT NULL ORDER BY id"
)
"""Whoever has a task when this comes has taken it on, since nobody was asked before.

It counts as confirmed then: else everybody would be asked about everything at once.
"""


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - playhouse gives both
    """Add the columns and the tables."""
    for table, column, kind, rest in COLUMNS:
        context = db.get_sql_context()
        datatype = context.sql(kind.ddl_datatype(context)).query()[0]
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {datatype} {rest}')
    for name, columns, where in BETTER:
        db.execute_sql(f'DROP INDEX "{name}"')
        db.execute_sql(f'CREATE INDEX "{name}" ON "task" ({columns}) WHERE {where}')
    db.create_tables(models(db))
    _tell_of_owners(db)
    db.execute_sql(_OWNED)
    first_ledger.make(db)


def _tell_of_owners(db: Any) -> None:
    """Who had a task before whoever has it now: whoever once did the work never accepts it."""
    mark = db.param
    told = db.execute_sql(
        "SELECT event.task_id, event.changes, event.at, task.created, event.reason FROM event"
        " JOIN task ON task.id = event.task_id WHERE event.kind = 'task-assigned'"
        " ORDER BY event.number"
    ).fetchall()
    known = {row[0] for row in db.execute_sql("SELECT id FROM person").fetchall()}
    since: dict[int, int] = {}
    for task, changes, at, created, reason in told:
        before = json.loads(changes).get("owner", [None])[0]
        begun, since[task] = since.get(task, created), at
        if before in known:
            db.execute_sql(
                "INSERT INTO assignment (task_id, owner_id, at, notes, acknowledged, confirmed,"  # noqa: S608
                f" ended, returned, reason) VALUES ({', '.join([mark] * 9)})",
                (task, before, begun, "", begun, begun, at, False, reason),
            )
