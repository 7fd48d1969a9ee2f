"""The tables of who answers for what: assignments, RACI, signatures, members, results."""

from peewee import SQL, BigAutoField, BigIntegerField, BooleanField, CharField, TextField

from core.domain.duties import Letter
from core.store.fields import UtcField, WordField
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, Table, TaskTable, link


class AssignmentTable(Table):
    """Whose a task was, and since when it is whose it is."""

    id = BigAutoField()
    task = link(TaskTable)
    owner = link(PersonTable)
    by = link(PersonTable, null=True)
    at = UtcField()
    notes = TextField(default="")
    acknowledged = UtcField(null=True)
    confirmed = UtcField(null=True)
    ended = UtcField(null=True)
    returned = BooleanField(default=False)
    reason = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "assignment"
        indexes = ((("task", "at"), False), (("owner",), False))


AssignmentTable.add_index(
    AssignmentTable.at,
    AssignmentTable.task,
    where=SQL("acknowledged IS NULL AND ended IS NULL"),
    name="assignment_waiting",
)
AssignmentTable.add_index(
    AssignmentTable.task, unique=True, where=SQL("ended IS NULL"), name="assignment_open"
)


class RaciTable(Table):
    """Letters of people and roles for tasks."""

    id = BigAutoField()
    task = link(TaskTable)
    person = link(PersonTable, null=True)
    label = CharField(max_length=100, default="")
    letter = WordField(Letter)
    note = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "raci"
        indexes = ((("task", "id"), False), (("person",), False))


class SignOffTable(Table):
    """Signatures under allocations."""

    id = BigAutoField()
    task = link(TaskTable)
    department = link(DepartmentTable)
    person = link(PersonTable)
    at = UtcField()
    note = TextField(default="")
    event = BigIntegerField(column_name="event_number")

    class Meta:
        """Name and order."""

        table_name = "sign_off"
        indexes = ((("task", "at"), False),)


class MemberTable(Table):
    """Who sees a restricted project."""

    id = BigAutoField()
    project = link(ProjectTable)
    person = link(PersonTable)

    class Meta:
        """Name; a pair once."""

        table_name = "project_member"
        indexes = ((("project", "person"), True), (("person",), False))


class CloseOutTable(Table):
    """What came of tasks."""

    id = BigAutoField()
    task = link(TaskTable, unique=True)
    target = TextField(default="")
    actual = TextField()
    at = UtcField()
    by = link(PersonTable)

    class Meta:
        """Name."""

        table_name = "close_out"
