"""The first tables: a frozen copy of core.store.tables and core.store.logs as released."""

from typing import Any

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

WORK_TYPES = (
    ("项目型", "project", False),
    ("事务型", "routine", False),
    ("协作型", "collaboration", False),
    ("专项任务", "project", False),
    ("常规任务", "routine", False),
    ("紧急任务", "routine", True),
)


def models(db: Any) -> list[type[Model]]:
    """The tables, bound to ``db``."""

    class Base(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Department(Base):
        id = BigAutoField()
        name = CharField(unique=True, max_length=100)
        lead = BigIntegerField(null=True, column_name="lead_id")
        version = IntegerField()

        class Meta:
            table_name = "department"

    class Person(Base):
        id = BigAutoField()
        handle = CharField(unique=True, max_length=64)
        name = CharField(max_length=100)
        role = CharField(max_length=32)
        department = ForeignKeyField(Department, index=False, on_delete="RESTRICT", null=True)
        manager = ForeignKeyField("self", index=False, on_delete="RESTRICT", null=True)
        placeholder = BooleanField()
        merged_into = ForeignKeyField("self", index=False, on_delete="RESTRICT", null=True)
        version = IntegerField()

        class Meta:
            table_name = "person"

    class Project(Base):
        id = BigAutoField()
        key = CharField(unique=True, max_length=64)
        name = CharField(max_length=500)
        pattern = CharField(max_length=100)
        goal = TextField()
        customer = TextField()
        lead = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        department = ForeignKeyField(Department, index=False, on_delete="RESTRICT", null=True)
        wip = TextField()
        wip_hard = BooleanField()
        self_accept = BooleanField()
        time_zone = CharField(max_length=64)
        calendar = CharField(max_length=64)
        version = IntegerField()

        class Meta:
            table_name = "project"

    class Task(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        key = CharField(unique=True, max_length=100)
        external_id = CharField(index=True, max_length=200)
        parent = ForeignKeyField("self", index=False, on_delete="RESTRICT", null=True)
        title = CharField(max_length=500, constraints=[Check("length(title) <= 500")])
        description = TextField()
        background = TextField()
        outcome = TextField()
        value = TextField()
        type = CharField(max_length=64)
        urgent = BooleanField()
        priority = CharField(max_length=32)
        state = CharField(max_length=32)
        position = BigIntegerField()
        initiator = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        owner = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        acceptor = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        start = DateField(null=True)
        due = BigIntegerField(null=True)
        baseline_due = BigIntegerField(null=True)
        slips = IntegerField()
        progress = IntegerField(constraints=[Check("progress >= 0 AND progress <= 100")])
        status_note = TextField()
        risk_note = TextField()
        note = TextField()
        delay_reason = TextField()
        expected = BigIntegerField(null=True)
        blocked_since = BigIntegerField(null=True)
        updated = BigIntegerField(null=True)
        submitted = BigIntegerField(null=True)
        submitted_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        round = IntegerField()
        accepted_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        closed = BigIntegerField(null=True)
        before = CharField(null=True, max_length=32)
        created = BigIntegerField()
        version = IntegerField()
        folded = TextField()

        class Meta:
            table_name = "task"

    Task.add_index(
        Task.project,
        Task.state,
        Task.position,
        Task.id,
        where=SQL("parent_id IS NULL"),
        name="task_column",
    )
    Task.add_index(
        Task.state, Task.position, Task.id, where=SQL("parent_id IS NULL"), name="task_all_columns"
    )
    Task.add_index(Task.parent, Task.id, where=SQL("parent_id IS NOT NULL"), name="task_parent")
    Task.add_index(
        Task.acceptor, Task.project, where=SQL("submitted IS NOT NULL"), name="task_acceptor"
    )
    Task.add_index(Task.owner, Task.state, name="task_owner")
    Task.add_index(Task.due, where=SQL("closed IS NULL"), name="task_due")
    Task.add_index(Task.blocked_since, where=SQL("blocked_since IS NOT NULL"), name="task_blocked")
    Task.add_index(Task.state, Task.urgent, Task.priority, Task.updated, name="task_updated")

    class Collaborator(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        department = ForeignKeyField(Department, index=False, on_delete="RESTRICT", null=True)
        label = CharField(max_length=100)
        scope = TextField()
        response_hours = IntegerField(null=True)

        class Meta:
            table_name = "collaborator"
            indexes = ((("task", "id"), False), (("person",), False))

    class Milestone(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        title = CharField(max_length=500)
        due = DateField()
        done = DateField(null=True)

        class Meta:
            table_name = "milestone"
            indexes = ((("task", "due"), False),)

    class Dependency(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        needs = ForeignKeyField(Task, index=False, on_delete="RESTRICT")

        class Meta:
            table_name = "dependency"
            indexes = ((("task", "needs"), True), (("needs",), False))

    class Criterion(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        text = TextField()
        facet = CharField(max_length=32)
        met = BooleanField()
        met_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)

        class Meta:
            table_name = "criterion"
            indexes = ((("task", "id"), False),)

    class Deliverable(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        name = CharField(max_length=500)
        edition = CharField(max_length=64)
        location = TextField()
        registered = BigIntegerField(null=True)
        registered_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)

        class Meta:
            table_name = "deliverable"
            indexes = ((("task", "id"), False),)

    class Progress(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        person = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        day = DateField()
        at = BigIntegerField()
        progress = IntegerField()
        done = TextField()
        next = TextField()
        problems = TextField()
        support = TextField()

        class Meta:
            table_name = "progress_update"
            indexes = ((("task", "at"), False), (("person", "day"), False))

    class Block(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        reason = TextField()
        waiting_for = TextField()
        waiting_person = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        started = BigIntegerField()
        started_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        ended = BigIntegerField(null=True)
        resolution = TextField()

        class Meta:
            table_name = "block_spell"
            indexes = ((("task", "started"), False), (("waiting_person",), False))

    class Review(Base):
        id = BigAutoField()
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT")
        round = IntegerField()
        submitted = BigIntegerField()
        submitted_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        verdict = CharField(max_length=32)
        decided = BigIntegerField(null=True)
        decided_by = ForeignKeyField(Person, index=False, on_delete="RESTRICT", null=True)
        findings = TextField()

        class Meta:
            table_name = "review"
            indexes = ((("task", "round"), True),)

    class Sync(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        task = ForeignKeyField(Task, index=False, on_delete="RESTRICT", null=True)
        day = DateField()
        topic = CharField(max_length=500)
        content = TextField()
        kind = CharField(max_length=32)
        author = ForeignKeyField(Person, index=False, on_delete="RESTRICT")
        audience = TextField()
        reference = TextField()
        remarks = TextField()
        at = BigIntegerField()

        class Meta:
            table_name = "sync_entry"
            indexes = (
                (("day", "id"), False),
                (("project", "day", "id"), False),
                (("task",), False),
            )

    class Event(Base):
        number = BigIntegerField(primary_key=True)
        at = BigIntegerField()
        actor = BigIntegerField(null=True, column_name="actor_id")
        command_id = CharField(index=True, max_length=36)
        kind = CharField(max_length=32)
        project = BigIntegerField(null=True, column_name="project_id")
        task = BigIntegerField(null=True, column_name="task_id")
        subject = TextField()
        changes = TextField()
        reason = TextField()

        class Meta:
            table_name = "event"
            indexes = ((("task", "number"), False), (("actor", "number"), False))

    class Receipt(Base):
        command_id = CharField(primary_key=True, max_length=36)
        fingerprint = CharField(max_length=32)
        actor = BigIntegerField(null=True, column_name="actor_id")
        at = BigIntegerField()
        first = BigIntegerField()
        last = BigIntegerField()
        outcome = TextField()

        class Meta:
            table_name = "receipt"

    class Tally(Base):
        id = BigAutoField()
        project = ForeignKeyField(Project, index=False, on_delete="RESTRICT")
        state = CharField(max_length=32)
        cards = IntegerField()
        parts = IntegerField()

        class Meta:
            table_name = "tally"
            indexes = ((("project", "state"), True),)

    class Counter(Base):
        scope = CharField(primary_key=True, max_length=100)
        last = BigIntegerField()

        class Meta:
            table_name = "counter"

    class WorkType(Base):
        label = CharField(primary_key=True, max_length=64)
        kind = CharField(max_length=32)
        urgent = BooleanField()

        class Meta:
            table_name = "work_type"

    class CalendarDay(Base):
        id = BigAutoField()
        calendar = CharField(max_length=64)
        day = DateField()
        works = BooleanField()
        name = CharField(max_length=200)

        class Meta:
            table_name = "calendar_day"
            indexes = ((("calendar", "day"), True),)

    class Meta(Base):
        name = CharField(primary_key=True, max_length=64)
        value = TextField()

        class Meta:
            table_name = "meta"

    return [
        Department,
        Person,
        Project,
        Task,
        Collaborator,
        Milestone,
        Dependency,
        Criterion,
        Deliverable,
        Progress,
        Block,
        Review,
        Sync,
        Event,
        Receipt,
        Tally,
        Counter,
        WorkType,
        CalendarDay,
        Meta,
    ]


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - playhouse gives both
    """Make the tables, and the work types that the guides name (R27)."""
    made = models(db)
    db.create_tables(made)
    kinds = next(one for one in made if one._meta.table_name == "work_type")
    rows = [dict(zip(("label", "kind", "urgent"), row, strict=True)) for row in WORK_TYPES]
    kinds.insert_many(rows).execute()
