"""The store's tables that most commands do without."""

from peewee import SQL, BigAutoField, BigIntegerField, BooleanField, CharField, TextField

from core.domain.status import SyncKind
from core.store.fields import DayField, UtcField, WordField
from core.store.tables import PersonTable, ProjectTable, Table, TaskTable, link


class SyncTable(Table):
    """The sync log."""

    id = BigAutoField()
    project = link(ProjectTable)
    task = link(TaskTable, null=True)
    day = DayField()
    topic = CharField(max_length=500)
    content = TextField(default="")
    kind = WordField(SyncKind)
    author = link(PersonTable)
    audience = TextField(default="")
    restricted = BooleanField(default=False)
    reference = TextField(default="")
    remarks = TextField(default="")
    meeting = BigIntegerField(null=True, column_name="meeting_id")
    asks = link(PersonTable, null=True)
    answers = link("self", null=True)
    follow_up = TextField(default="")
    follow_up_owner = link(PersonTable, null=True)
    follow_up_due = DayField(null=True)
    follow_up_task = link(TaskTable, null=True)
    at = UtcField()

    class Meta:
        """Name and order."""

        table_name = "sync_entry"
        indexes = ((("day", "id"), False), (("project", "day", "id"), False), (("task",), False))


SyncTable.add_index(
    SyncTable.answers, where=SQL("answers_id IS NOT NULL"), name="sync_entry_answers"
)
SyncTable.add_index(
    SyncTable.meeting, where=SQL("meeting_id IS NOT NULL"), name="sync_entry_meeting"
)


class WorkTypeTable(Table):
    """The words a task's type may have; seeded with the six of the guides (R27)."""

    label = CharField(max_length=64, primary_key=True)
    kind = CharField(max_length=32)
    """project, routine or collaboration."""
    urgent = BooleanField(default=False)

    class Meta:
        """Name."""

        table_name = "work_type"
