"""The tables of what belongs to one task and goes with it; see told_tables too."""

from peewee import BigAutoField, BooleanField, CharField, IntegerField, TextField

from core.domain.status import Facet
from core.store.fields import DayField, UtcField, WordField
from core.store.tables import DepartmentTable, PersonTable, Table, TaskTable, link


class _Part(Table):
    """What belongs to one task and goes with it."""

    id = BigAutoField()


class CollaboratorTable(_Part):
    """Collaborators and supporting departments."""

    task = link(TaskTable)
    person = link(PersonTable, null=True)
    department = link(DepartmentTable, null=True)
    label = CharField(max_length=100, default="")
    scope = TextField(default="")
    response_hours = IntegerField(null=True)

    class Meta:
        """Name and order."""

        table_name = "collaborator"
        indexes = ((("task", "id"), False), (("person",), False))


class MilestoneTable(_Part):
    """Milestones."""

    task = link(TaskTable)
    title = CharField(max_length=500)
    due = DayField()
    done = DayField(null=True)

    class Meta:
        """Name and order."""

        table_name = "milestone"
        indexes = ((("task", "due"), False),)


class DependencyTable(_Part):
    """Which task waits for which."""

    task = link(TaskTable)
    needs = link(TaskTable)

    class Meta:
        """Name; a pair once."""

        table_name = "dependency"
        indexes = ((("task", "needs"), True), (("needs",), False))


class CriterionTable(_Part):
    """Acceptance criteria."""

    task = link(TaskTable)
    text = TextField()
    facet = WordField(Facet)
    met = BooleanField(default=False)
    met_by = link(PersonTable, null=True)

    class Meta:
        """Name and order."""

        table_name = "criterion"
        indexes = ((("task", "id"), False),)


class DeliverableTable(_Part):
    """Deliverables."""

    task = link(TaskTable)
    name = CharField(max_length=500)
    edition = CharField(max_length=64, default="")
    location = TextField(default="")
    registered = UtcField(null=True)
    registered_by = link(PersonTable, null=True)

    class Meta:
        """Name and order."""

        table_name = "deliverable"
        indexes = ((("task", "id"), False),)
