"""The tables of the daily rhythm: warnings, issues, timers, alerts, meetings, search."""

from peewee import (
    SQL,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    IntegerField,
    TextField,
)

from core.domain.meetings import MeetingKind
from core.domain.notices import QuietKind
from core.domain.timers import Target, TimerRule
from core.domain.trouble import DelayReason, IssueState, RequestState, Severity
from core.store.fields import DayField, JsonField, UtcField, WordField
from core.store.rare_tables import SyncTable
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, Table, TaskTable, link


class ExtensionTable(Table):
    """Early warnings with the later due that they ask for."""

    id = BigAutoField()
    task = link(TaskTable)
    code = WordField(DelayReason)
    reason = TextField()
    old_due = UtcField(null=True)
    new_due = UtcField()
    state = WordField(RequestState)
    asked = UtcField()
    asked_by = link(PersonTable)
    decided = UtcField(null=True)
    decided_by = link(PersonTable, null=True)
    answer = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "extension"
        indexes = ((("task", "asked"), False),)


class IssueTable(Table):
    """The issue register."""

    id = BigAutoField()
    project = link(ProjectTable)
    task = link(TaskTable, null=True)
    key = CharField(unique=True, max_length=100)
    title = CharField(max_length=500)
    detail = TextField(default="")
    impact = TextField()
    proposal = TextField(default="")
    parties = TextField(default="")
    severity = WordField(Severity)
    state = WordField(IssueState)
    reporter = link(PersonTable)
    handler = link(PersonTable, null=True)
    occurred = UtcField()
    reported = UtcField()
    late = BooleanField(default=False)
    respond_by = UtcField()
    resolve_by = UtcField()
    responded = UtcField(null=True)
    response = TextField(default="")
    resolved = UtcField(null=True)
    resolution = TextField(default="")
    closed = UtcField(null=True)
    level = IntegerField(default=0)
    version = IntegerField(default=1)

    class Meta:
        """Name and order."""

        table_name = "issue"
        indexes = ((("task",), False), (("project", "state", "id"), False))


class NudgeTable(Table):
    """Who was reminded of what."""

    id = BigAutoField()
    task = link(TaskTable)
    person = link(PersonTable)
    by = link(PersonTable)
    at = UtcField()
    note = TextField(default="")

    class Meta:
        """Name and order."""

        table_name = "nudge"
        indexes = ((("task", "at"), False), (("person", "at"), False))


class TimerTable(Table):
    """Limits that run, and those that have ended."""

    id = BigAutoField()
    rule = WordField(TimerRule)
    project = link(ProjectTable)
    task = link(TaskTable, null=True)
    target = WordField(Target)
    object = BigIntegerField(column_name="object_id")
    person = link(PersonTable, null=True)
    started = UtcField()
    due = UtcField()
    urgent = BooleanField(default=False)
    ended = UtcField(null=True)

    class Meta:
        """Name."""

        table_name = "timer"
        indexes = ((("target", "object"), False),)


TimerTable.add_index(TimerTable.due, TimerTable.id, where=SQL("ended IS NULL"), name="timer_open")
TimerTable.add_index(TimerTable.task, where=SQL("ended IS NULL"), name="timer_task")


class RaisedTable(Table):
    """Alerts that became due; each once."""

    id = BigAutoField()
    rule = CharField(max_length=32)
    target = WordField(Target)
    object = BigIntegerField(column_name="object_id")
    window = UtcField(column_name="window_at")
    project = link(ProjectTable)
    task = link(TaskTable, null=True)
    since = UtcField()
    raised = UtcField()
    told = JsonField()

    class Meta:
        """Name; an alert once."""

        table_name = "raised_alert"
        indexes = (
            (("rule", "target", "object", "window"), True),
            (("raised", "id"), False),
            (("task",), False),
        )


class QuietTable(Table):
    """Acknowledgements and snoozes."""

    id = BigAutoField()
    person = link(PersonTable)
    kind = WordField(QuietKind)
    target = WordField(Target)
    object = BigIntegerField(column_name="object_id")
    rule = CharField(max_length=32, default="")
    since = UtcField(null=True)
    note = TextField()
    at = UtcField()
    until = UtcField(null=True)
    ended = UtcField(null=True)

    class Meta:
        """Name and order."""

        table_name = "quiet"
        indexes = ((("person", "id"), False), (("target", "object"), False))


class MeetingTable(Table):
    """Meetings that were held."""

    id = BigAutoField()
    project = link(ProjectTable)
    task = link(TaskTable, null=True)
    kind = WordField(MeetingKind)
    day = DayField()
    topic = CharField(max_length=500)
    attendees = TextField(default="")
    minutes = TextField(default="")
    author = link(PersonTable)
    at = UtcField()

    class Meta:
        """Name and order."""

        table_name = "meeting"
        indexes = ((("project", "day", "id"), False), (("task",), False))


class PlanTable(Table):
    """Communication plans."""

    id = BigAutoField()
    project = link(ProjectTable)
    kind = WordField(MeetingKind)
    days = CharField(max_length=64)
    time = CharField(max_length=5)
    channel = CharField(max_length=200, default="")

    class Meta:
        """Name; a kind once a project."""

        table_name = "meeting_plan"
        indexes = ((("project", "kind"), True),)


class AudienceTable(Table):
    """For whom a sync entry is."""

    id = BigAutoField()
    entry = link(SyncTable)
    person = link(PersonTable, null=True)
    department = link(DepartmentTable, null=True)

    class Meta:
        """Name and order."""

        table_name = "sync_audience"
        indexes = ((("entry", "id"), False), (("person",), False), (("department",), False))


class SearchTable(Table):
    """What can be searched: a line for each task, update, issue, sync entry and meeting."""

    id = BigAutoField()
    kind = CharField(max_length=16)
    object = BigIntegerField(column_name="object_id")
    task = link(TaskTable, null=True)
    project = link(ProjectTable)
    text = TextField()
    """As core.domain.text.spaced leaves it: folded, with a space around each CJK character."""

    class Meta:
        """Name; a record once."""

        table_name = "search_line"
        indexes = ((("kind", "object"), True),)
