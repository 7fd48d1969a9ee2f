"""The tables. Bound to no database: a Store executes their queries on its own connection.

A table's field names are those of the record in core.domain that it keeps (see rows.py).
"""

from typing import Any

import peewee
from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from core.domain.status import Priority, Role, State
from core.store.fields import (
    CalendarField,
    DayField,
    JsonField,
    UtcField,
    WordField,
    ZoneField,
)


def link(table: Any, **options: Any) -> Any:
    """A reference that restricts deletion; the value read is the plain id."""
    options.setdefault("on_delete", "RESTRICT")
    return ForeignKeyField(table, backref="+", index=False, **options)


class Table(peewee.Model):
    """Base of all tables."""

    class Meta:
        """No database: see the module's docstring."""

        legacy_table_names = False


class DepartmentTable(Table):
    """Departments; ``lead`` is checked by the command (the reference would be a circle)."""

    id = BigAutoField()
    name = CharField(unique=True, max_length=100)
    lead = BigIntegerField(null=True, column_name="lead_id")
    version = IntegerField(default=1)

    class Meta:
        """Name."""

        table_name = "department"


class PersonTable(Table):
    """People, placeholders included."""

    id = BigAutoField()
    handle = CharField(unique=True, max_length=64)
    name = CharField(max_length=100)
    role = WordField(Role)
    department = link(DepartmentTable, null=True)
    manager = link("self", null=True)
    placeholder = BooleanField(default=False)
    merged_into = link("self", null=True)
    away_until = DayField(null=True)
    version = IntegerField(default=1)

    class Meta:
        """Name."""

        table_name = "person"


class ProjectTable(Table):
    """Projects."""

    id = BigAutoField()
    key = CharField(unique=True, max_length=64)
    name = CharField(max_length=500)
    pattern = CharField(max_length=100)
    goal = TextField(default="")
    customer = TextField(default="")
    lead = link(PersonTable, null=True)
    department = link(DepartmentTable, null=True)
    wip = JsonField()
    wip_hard = BooleanField(default=False)
    self_accept = BooleanField(default=False)
    time_zone = ZoneField(max_length=64)
    calendar = CalendarField(max_length=64)
    restricted = BooleanField(default=False)
    rules = JsonField(default=dict)
    version = IntegerField(default=1)

    class Meta:
        """Name."""

        table_name = "project"


class TaskTable(Table):
    """Tasks and subtasks."""

    id = BigAutoField()
    project = link(ProjectTable)
    key = CharField(unique=True, max_length=100)
    external_id = CharField(max_length=200, default="", index=True)
    parent = link("self", null=True)
    title = CharField(max_length=500, constraints=[peewee.Check("length(title) <= 500")])
    description = TextField(default="")
    background = TextField(default="")
    outcome = TextField(default="")
    value = TextField(default="")
    type = CharField(max_length=64, default="")
    urgent = BooleanField(default=False)
    priority = WordField(Priority)
    state = WordField(State)
    position = BigIntegerField()
    initiator = link(PersonTable, null=True)
    owner = link(PersonTable, null=True)
    acceptor = link(PersonTable, null=True)
    start = DayField(null=True)
    due = UtcField(null=True)
    baseline_due = UtcField(null=True)
    slips = IntegerField(default=0)
    progress = IntegerField(
        default=0, constraints=[peewee.Check("progress >= 0 AND progress <= 100")]
    )
    status_note = TextField(default="")
    risk_note = TextField(default="")
    note = TextField(default="")
    delay_reason = TextField(default="")
    expected = UtcField(null=True)
    blocked_since = UtcField(null=True)
    updated = UtcField(null=True)
    submitted = UtcField(null=True)
    submitted_by = link(PersonTable, null=True)
    round = IntegerField(default=0)
    accepted_by = link(PersonTable, null=True)
    closed = UtcField(null=True)
    before = WordField(State, null=True)
    created = UtcField()
    version = IntegerField(default=1)
    folded = TextField(default="")
    """Title, key and foreign id as core.domain.text.fold leaves them: what a filter looks in."""
    timers = IntegerField(default=0)
    """How many open timers are about it; kept beside the record by core.commands.timing."""

    class Meta:
        """Name."""

        table_name = "task"


TaskTable.add_index(
    TaskTable.project,
    TaskTable.state,
    TaskTable.position,
    TaskTable.id,
    where=peewee.SQL("parent_id IS NULL"),
    name="task_column",
)
TaskTable.add_index(
    TaskTable.state,
    TaskTable.position,
    TaskTable.id,
    where=peewee.SQL("parent_id IS NULL"),
    name="task_all_columns",
)
TaskTable.add_index(
    TaskTable.parent, TaskTable.id, where=peewee.SQL("parent_id IS NOT NULL"), name="task_parent"
)
TaskTable.add_index(
    TaskTable.acceptor,
    TaskTable.project,
    where=peewee.SQL("submitted IS NOT NULL AND closed IS NULL"),
    name="task_acceptor",
)
TaskTable.add_index(
    TaskTable.submitted,
    TaskTable.id,
    where=peewee.SQL("submitted IS NOT NULL AND closed IS NULL"),
    name="task_submitted",
)
TaskTable.add_index(TaskTable.owner, TaskTable.state, name="task_owner")
# What is overdue is counted at every change: all that this asks for stands in the index.
TaskTable.add_index(
    TaskTable.due,
    TaskTable.state,
    TaskTable.timers,
    TaskTable.project,
    where=peewee.SQL("closed IS NULL"),
    name="task_due",
)
TaskTable.add_index(
    TaskTable.blocked_since, where=peewee.SQL("blocked_since IS NOT NULL"), name="task_blocked"
)
TaskTable.add_index(
    TaskTable.state, TaskTable.urgent, TaskTable.priority, TaskTable.updated, name="task_updated"
)
