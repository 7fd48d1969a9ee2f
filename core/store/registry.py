"""Which table keeps which records."""

from importlib import import_module

from core.store import logs, tables

_TABLES: dict[str, type[tables.Table]] = {
    "Department": tables.DepartmentTable,
    "Person": tables.PersonTable,
    "Project": tables.ProjectTable,
    "Task": tables.TaskTable,
    "Event": logs.EventTable,
}
_LATER = {
    "Collaborator": ("part_tables", "CollaboratorTable"),
    "Milestone": ("part_tables", "MilestoneTable"),
    "Dependency": ("part_tables", "DependencyTable"),
    "Criterion": ("part_tables", "CriterionTable"),
    "Deliverable": ("part_tables", "DeliverableTable"),
    "ProgressUpdate": ("told_tables", "ProgressTable"),
    "BlockSpell": ("told_tables", "BlockTable"),
    "Review": ("told_tables", "ReviewTable"),
    "SyncEntry": ("rare_tables", "SyncTable"),
    "SyncAudience": ("rhythm_tables", "AudienceTable"),
    "Extension": ("rhythm_tables", "ExtensionTable"),
    "Issue": ("rhythm_tables", "IssueTable"),
    "Nudge": ("rhythm_tables", "NudgeTable"),
    "Timer": ("rhythm_tables", "TimerTable"),
    "Raised": ("rhythm_tables", "RaisedTable"),
    "Quiet": ("rhythm_tables", "QuietTable"),
    "Meeting": ("rhythm_tables", "MeetingTable"),
    "MeetingPlan": ("rhythm_tables", "PlanTable"),
    "Assignment": ("duty_tables", "AssignmentTable"),
    "RaciEntry": ("duty_tables", "RaciTable"),
    "SignOff": ("duty_tables", "SignOffTable"),
    "ProjectMember": ("duty_tables", "MemberTable"),
    "CloseOut": ("duty_tables", "CloseOutTable"),
}
"""Loaded when they are needed first: the board is there before it asks for any of them."""


def table_named(record: str) -> type[tables.Table]:
    """Which table keeps records of that name."""
    if record in _TABLES:
        return _TABLES[record]
    module, name = _LATER[record]
    found: type[tables.Table] = getattr(import_module(f"core.store.{module}"), name)
    return found


def all_tables() -> tuple[type[tables.Table], ...]:
    """Every table; one that refers to another stands behind it."""
    from core.store import day_tables, rare_tables, rhythm_tables

    return (
        *(table_named(name) for name in ("Department", "Person", "Project", "Task")),
        *map(table_named, _LATER),
        logs.EventTable,
        logs.ReceiptTable,
        logs.TallyTable,
        logs.CounterTable,
        rare_tables.WorkTypeTable,
        day_tables.CalendarDayTable,
        rhythm_tables.SearchTable,
        logs.MetaTable,
    )
