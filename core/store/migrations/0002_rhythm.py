"""The daily rhythm: warnings, issues, timers, alerts, meetings, search.

A frozen copy of core.store.rhythm_tables as released, and the columns that older tables gain.
"""

from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from core.store import first_search

COLUMNS: tuple[tuple[str, str, Any, str], ...] = (
    ("person", "away_until", DateField(), ""),
    ("project", "rules", TextField(), "NOT NULL DEFAULT '{}'"),
    ("task", "timers", IntegerField(), "NOT NULL DEFAULT 0"),
    ("block_spell", "waiting_department_id", BigIntegerField(), "REFERENCES department (id)"),
    ("block_spell", "waiting_task_id", BigIntegerField(), "REFERENCES task (id)"),
    ("block_spell", "kind", CharField(max_length=32), "NOT NULL DEFAULT 'waiting'"),
    ("block_spell", "critical", BooleanField(), "NOT NULL DEFAULT FALSE"),
    ("block_spell", "met", BigIntegerField(), ""),
    ("block_spell", "resolve_by", BigIntegerField(), ""),
    ("sync_entry", "restricted", BooleanField(), "NOT NULL DEFAULT FALSE"),
    ("sync_entry", "meeting_id", BigIntegerField(), ""),
    ("sync_entry", "asks_id", BigIntegerField(), "REFERENCES person (id)"),
    ("sync_entry", "answers_id", BigIntegerField(), "REFERENCES sync_entry (id)"),
    ("sync_entry", "follow_up", TextField(), "NOT NULL DEFAULT ''"),
    ("sync_entry", "follow_up_owner_id", BigIntegerField(), "REFERENCES person (id)"),
    ("sync_entry", "follow_up_due", DateField(), ""),
    ("sync_entry", "follow_up_task_id", BigIntegerField(), "REFERENCES task (id)"),
)
"""Table, column, its kind, and what else its definition says."""
INDEXES: tuple[tuple[str, str, str], ...] = (
    ("sync_entry_answers", "sync_entry", "answers_id"),
    ("sync_entry_meeting", "sync_entry", "meeting_id"),
)
"""Name, table and column; of the rows that have a value there."""


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

    class Sync(Base):
        id = BigAutoField()

        class Meta:
            table_name = "sync_entry"

    class Extension(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        code = CharField(max_length=32)
        reason = TextField()
        old_due = BigIntegerField(null=True)
        new_due = BigIntegerField()
        state = CharField(max_length=32)
        asked = BigIntegerField()
        asked_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        decided = BigIntegerField(null=True)
        decided_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        answer = TextField()

        class Meta:
            table_name = "extension"
            indexes = ((("task", "asked"), False),)

    class Issue(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        key = CharField(unique=True, max_length=100)
        title = CharField(max_length=500)
        detail = TextField()
        impact = TextField()
        proposal = TextField()
        parties = TextField()
        severity = CharField(max_length=32)
        state = CharField(max_length=32)
        reporter = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        handler = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        occurred = BigIntegerField()
        reported = BigIntegerField()
        late = BooleanField()
        respond_by = BigIntegerField()
        resolve_by = BigIntegerField()
        responded = BigIntegerField(null=True)
        response = TextField()
        resolved = BigIntegerField(null=True)
        resolution = TextField()
        closed = BigIntegerField(null=True)
        level = IntegerField()
        version = IntegerField()

        class Meta:
            table_name = "issue"
            indexes = ((("task",), False), (("project", "state", "id"), False))

    class Nudge(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        by = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        at = BigIntegerField()
        note = TextField()

        class Meta:
            table_name = "nudge"
            indexes = ((("task", "at"), False), (("person", "at"), False))

    class Timer(Base):
        id = BigAutoField()
        rule = CharField(max_length=32)
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        target = CharField(max_length=32)
        object = BigIntegerField(column_name="object_id")
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        started = BigIntegerField()
        due = BigIntegerField()
        urgent = BooleanField()
        ended = BigIntegerField(null=True)

        class Meta:
            table_name = "timer"
            indexes = ((("target", "object"), False),)

    Timer.add_index(Timer.due, Timer.id, where=SQL("ended IS NULL"), name="timer_open")
    Timer.add_index(Timer.task, where=SQL("ended IS NULL"), name="timer_task")

    class Raised(Base):
        id = BigAutoField()
        rule = CharField(max_length=32)
        target = CharField(max_length=32)
        object = BigIntegerField(column_name="object_id")
        window = BigIntegerField(column_name="window_at")
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        since = BigIntegerField()
        raised = BigIntegerField()
        told = TextField()

        class Meta:
            table_name = "raised_alert"
            indexes = (
                (("rule", "target", "object", "window"), True),
                (("raised", "id"), False),
                (("task",), False),
            )

    class Quiet(Base):
        id = BigAutoField()
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        kind = CharField(max_length=32)
        target = CharField(max_length=32)
        object = BigIntegerField(column_name="object_id")
        rule = CharField(max_length=32)
        since = BigIntegerField(null=True)
        note = TextField()
        at = BigIntegerField()
        until = BigIntegerField(null=True)
        ended = BigIntegerField(null=True)

        class Meta:
            table_name = "quiet"
            indexes = ((("person", "id"), False), (("target", "object"), False))

    class Meeting(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        kind = CharField(max_length=32)
        day = DateField()
        topic = CharField(max_length=500)
        attendees = TextField()
        minutes = TextField()
        author = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        at = BigIntegerField()

        class Meta:
            table_name = "meeting"
            indexes = ((("project", "day", "id"), False), (("task",), False))

    class Plan(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        kind = CharField(max_length=32)
        days = CharField(max_length=64)
        time = CharField(max_length=5)
        channel = CharField(max_length=200)

        class Meta:
            table_name = "meeting_plan"
            indexes = ((("project", "kind"), True),)

    class Audience(Base):
        id = BigAutoField()
        entry = ForeignKeyField(Sync, index=False, on_delete="RESTRICT")
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        department = ForeignKeyField(Department, index=False, on_delete="RESTRICT", null=True)

        class Meta:
            table_name = "sync_audience"
            indexes = ((("entry", "id"), False), (("person",), False), (("department",), False))

    class Search(Base):
        id = BigAutoField()
        kind = CharField(max_length=16)
        object = BigIntegerField(column_name="object_id")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        text = TextField()

        class Meta:
            table_name = "search_line"
            indexes = ((("kind", "object"), True),)

    return [Extension, Issue, Nudge, Timer, Raised, Quiet, Meeting, Plan, Audience, Search]


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - playhouse gives both
    """Add the columns and the tables."""
    for table, column, kind, rest in COLUMNS:
        context = db.get_sql_context()
        datatype = context.sql(kind.ddl_datatype(context)).query()[0]
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column}" {datatype} {rest}')
    for name, table, column in INDEXES:
        where = f'WHERE ("{column}" IS NOT NULL)'
        db.execute_sql(f'CREATE INDEX "{name}" ON "{table}" ("{column}") {where}')
    db.create_tables(models(db))
    first_search.make(db)
    # What is told of a project and of no task, such as the history of an issue: few of many events.
    db.execute_sql(
        'CREATE INDEX "event_project" ON "event" ("project_id", "number") WHERE task_id IS NULL'
    )
