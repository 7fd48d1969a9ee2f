"""The tables that only grow, and the store's own small ones; see rare_tables too."""

from peewee import BigAutoField, BigIntegerField, CharField, IntegerField, TextField

from core.domain.events import EventKind
from core.domain.status import State
from core.store.fields import JsonField, UtcField, WordField
from core.store.tables import ProjectTable, Table, link


class EventTable(Table):
    """The log. No reference restricts it: history outlives what it speaks of."""

    number = BigIntegerField(primary_key=True)
    at = UtcField()
    actor = BigIntegerField(null=True, column_name="actor_id")
    command_id = CharField(max_length=36, index=True)
    kind = WordField(EventKind)
    project = BigIntegerField(null=True, column_name="project_id")
    task = BigIntegerField(null=True, column_name="task_id")
    subject = TextField(default="")
    changes = JsonField()
    reason = TextField(default="")
    rows = TextField(default="")
    """What became of stored rows since the event before; see core.store.ledger."""
    hash = CharField(max_length=64, default="")
    """Over the event before and this one; see core.store.ledger."""

    class Meta:
        """Name and order."""

        table_name = "event"
        indexes = ((("task", "number"), False), (("actor", "number"), False))


class ReceiptTable(Table):
    """What each command id did, so that the same id twice is applied once."""

    command_id = CharField(max_length=36, primary_key=True)
    fingerprint = CharField(max_length=32)
    actor = BigIntegerField(null=True, column_name="actor_id")
    at = UtcField()
    first = BigIntegerField()
    last = BigIntegerField()
    outcome = JsonField()

    class Meta:
        """Name."""

        table_name = "receipt"


class TallyTable(Table):
    """How many cards stand in each column, kept in the transaction that moves them."""

    id = BigAutoField()
    project = link(ProjectTable)
    state = WordField(State)
    cards = IntegerField(default=0)
    """Top-level tasks."""
    parts = IntegerField(default=0)
    """Subtasks."""

    class Meta:
        """Name; a column once."""

        table_name = "tally"
        indexes = ((("project", "state"), True),)


class CounterTable(Table):
    """The last sequence number given in each scope of a project or parent task."""

    scope = CharField(max_length=100, primary_key=True)
    last = BigIntegerField(default=0)

    class Meta:
        """Name."""

        table_name = "counter"


class MetaTable(Table):
    """Facts about the store itself."""

    name = CharField(max_length=64, primary_key=True)
    value = TextField()

    class Meta:
        """Name."""

        table_name = "meta"
