"""The tables of what is told about one task while it goes on."""

from peewee import BigAutoField, BooleanField, IntegerField, TextField

from core.domain.status import BlockKind, Verdict
from core.store.fields import DayField, JsonField, UtcField, WordField
from core.store.tables import DepartmentTable, PersonTable, Table, TaskTable, link


class ProgressTable(Table):
    """Progress updates."""

    id = BigAutoField()
    task = link(TaskTable)
    person = link(PersonTable)
    day = DayField()
    at = UtcField()
    progress = IntegerField()
    done = TextField(default="")
    next = TextField(default="")
    problems = TextField(default="")
    support = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "progress_update"
        indexes = ((("task", "at"), False), (("person", "day"), False))


class BlockTable(Table):
    """Block spells; the open one has no end."""

    id = BigAutoField()
    task = link(TaskTable)
    reason = TextField()
    waiting_for = TextField()
    waiting_person = link(PersonTable, null=True)
    waiting_department = link(DepartmentTable, null=True)
    waiting_task = link(TaskTable, null=True)
    kind = WordField(BlockKind, default=BlockKind.WAITING)
    critical = BooleanField(default=False)
    met = UtcField(null=True)
    resolve_by = UtcField(null=True)
    started = UtcField()
    started_by = link(PersonTable)
    ended = UtcField(null=True)
    resolution = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "block_spell"
        indexes = ((("task", "started"), False), (("waiting_person",), False))


class ReviewTable(Table):
    """Rounds of review."""

    id = BigAutoField()
    task = link(TaskTable)
    round = IntegerField()
    submitted = UtcField()
    submitted_by = link(PersonTable)
    verdict = WordField(Verdict)
    decided = UtcField(null=True)
    decided_by = link(PersonTable, null=True)
    findings = TextField(default="")
    points = JsonField(default=dict)
    results = TextField(default="")
    completed = DayField(null=True)
    claims = JsonField(default=dict)
    handed = JsonField(default=dict)

    class Meta:
        """Name; a round once."""

        table_name = "review"
        indexes = ((("task", "round"), True),)
