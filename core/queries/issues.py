"""The issue register: its lines, and one issue with its history (R81-R88, R126)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from peewee import JOIN, Case, fn

from core.domain.events import EventKind
from core.domain.ids import IssueId, PersonId, ProjectId, TaskId
from core.domain.notices import Raised
from core.domain.people import Person
from core.domain.refusals import NotFound
from core.domain.timers import Target, Timer
from core.domain.trouble import UNRESOLVED, Issue, IssueState, Severity
from core.queries.directory import people
from core.queries.history import EventRow
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.logs import EventTable
from core.store.rhythm_tables import IssueTable, RaisedTable, TimerTable
from core.store.rows import Reading, changes
from core.store.tables import DepartmentTable, PersonTable, ProjectTable, TaskTable

KINDS = tuple(kind for kind in EventKind if kind.value.startswith("issue-"))
"""What the log tells of issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which issues to list; None means any."""

    project: ProjectId | None = None
    task: TaskId | None = None
    states: tuple[IssueState, ...] = ()
    """Empty means every state."""
    viewer: PersonId | None = None
    """Only those that this person handles or has reported."""


EVERY = Wanted()


class IssueRow(NamedTuple):
    """One line of the register. Instants are UTC."""

    id: IssueId
    key: str
    title: str
    impact: str
    state: IssueState
    severity: Severity
    level: int
    late: bool
    """Reported later than it should have been (D7)."""
    project: ProjectId
    project_key: str
    task: TaskId | None
    task_key: str
    """Empty where it belongs to no task."""
    handler: PersonId | None
    """Who handles it, named or by position."""
    handler_name: str
    reporter_name: str
    reported: datetime
    respond_by: datetime
    resolve_by: datetime
    second_by: datetime | None
    """When it goes to level 2; None where no such clock runs."""
    resolved: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it is not resolved yet."""
        return self.state in UNRESOLVED

    @property
    def next_due(self) -> datetime | None:
        """When the clock that ends next ends, or has ended; None for a resolved one."""
        if not self.is_open:
            return None
        due = self.second_by or self.resolve_by
        return due if self.state is IssueState.RESPONDED else min(due, self.respond_by)


_HANDLER: Any = PersonTable.alias("handling")
_REPORTER: Any = PersonTable.alias("reporting")
_HANDLES = fn.COALESCE(IssueTable.handler, TaskTable.owner, ProjectTable.lead, DepartmentTable.lead)
_SECOND = (
    (TimerTable.target == Target.ISSUE)
    & (TimerTable.object == IssueTable.id)
    & (TimerTable.rule == "issue-second")
    & TimerTable.ended.is_null()
)
_STORED: tuple[Any, ...] = (
    *(IssueTable.id, IssueTable.key, IssueTable.title, IssueTable.impact, IssueTable.state),
    *(IssueTable.severity, IssueTable.level, IssueTable.late),
    *(IssueTable.project, ProjectTable.key, IssueTable.task, TaskTable.key),
    *(_HANDLER.id, _HANDLER.name, _REPORTER.name),
    *(IssueTable.reported, IssueTable.respond_by, IssueTable.resolve_by, TimerTable.due),
    *(IssueTable.resolved, IssueTable.version),
)


def issues(store: Store, wanted: Wanted = EVERY, *, limit: int = 200) -> tuple[IssueRow, ...]:
    """The register: unresolved ones by their next deadline, then the others, newest first.

    One statement.
    """
    waits = IssueTable.state.in_(UNRESOLVED)
    last = fn.COALESCE(TimerTable.due, IssueTable.resolve_by)
    soonest = Case(None, ((IssueTable.respond_by < last, IssueTable.respond_by),), last)
    due = Case(None, ((IssueTable.state == IssueState.RESPONDED, last), (waits, soonest)), None)
    rank, oldest = Case(None, ((waits, 0),), 1), Case(None, ((waits, IssueTable.id),), None)
    query = _narrowed(_joined(), wanted).order_by(rank, due, oldest, IssueTable.id.desc())
    reading = Reading(_STORED)
    return tuple(_row(reading.values(row)) for row in store.rows(query.limit(limit)))


def count_open(store: Store, *, project: ProjectId | None = None) -> int:
    """How many issues are not resolved."""
    query = IssueTable.select(fn.COUNT(IssueTable.id)).where(IssueTable.state.in_(UNRESOLVED))
    if project is not None:
        query = query.where(IssueTable.project == project)
    return int(store.value(query))


def _joined() -> Any:
    query = IssueTable.select(*_STORED)
    for table, on in (
        (ProjectTable, IssueTable.project == ProjectTable.id),
        (DepartmentTable, ProjectTable.department == DepartmentTable.id),
        (TaskTable, IssueTable.task == TaskTable.id),
        (_HANDLER, _HANDLER.id == _HANDLES),
        (_REPORTER, IssueTable.reporter == _REPORTER.id),
        (TimerTable, _SECOND),
    ):
        query = query.switch(IssueTable).join(table, JOIN.LEFT_OUTER, on=on)
    return query


def _narrowed(query: Any, wanted: Wanted) -> Any:
    if wanted.project is not None:
        query = query.where(IssueTable.project == wanted.project)
    if wanted.task is not None:
        query = query.where(IssueTable.task == wanted.task)
    if wanted.states:
        query = query.where(IssueTable.state.in_(wanted.states))
    if wanted.viewer is not None:
        own = (wanted.viewer == _HANDLES) | (IssueTable.reporter == wanted.viewer)
        query = query.where(own)
    return query


def _row(values: list[Any]) -> IssueRow:
    row = IssueRow(*values)
    return row._replace(
        project_key=row.project_key or "",
        task_key=row.task_key or "",
        handler_name=row.handler_name or "",
        reporter_name=row.reporter_name or "",
    )


def find_issue(store: Store, text: str) -> IssueId:
    """The issue called ``text``; letters' case does not matter. Refuses NotFound."""
    wanted = text.strip().lstrip("#")
    query = IssueTable.select(IssueTable.id)
    for same in (IssueTable.key == wanted, fn.lower(IssueTable.key) == wanted.lower()):
        if (row := store.row(query.where(same).limit(1))) is not None:
            return IssueId(row[0])
    begun = IssueTable.key.startswith(wanted[:3] or "?")
    near = IssueTable.select(IssueTable.key).where(begun).order_by(IssueTable.id.desc()).limit(5)
    raise NotFound("issue", wanted, near=tuple(row[0] for row in store.rows(near)))


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """One issue with what became of it, and the names of everybody it speaks of."""

    issue: Issue
    row: IssueRow
    task_title: str
    history: tuple[EventRow, ...]
    """Oldest first."""
    raised: tuple[Raised, ...]
    """Who was told of what by a tick or an escalation, oldest first."""
    clocks: tuple[Timer, ...]
    """Those that run, by when they end."""
    people: Mapping[PersonId, Person]

    def name(self, person: PersonId | None) -> str:
        """A person's name; empty for nobody."""
        found = self.people.get(person) if person is not None else None
        return found.name if found else ""


def issue_view(store: Store, number: IssueId) -> IssueView:
    """One issue. Refuses NotFound."""
    form = rows.shape(Issue)
    found = store.row(IssueTable.select(*form.columns).where(IssueTable.id == number))
    row = store.row(_joined().where(IssueTable.id == number))
    if found is None or row is None:
        raise NotFound("issue", number)
    issue = rows.record(Issue, found)
    known = {one.id: one for one in people(store, with_merged=True)}
    line = _row(Reading(_STORED).values(row))
    title = TaskTable.select(TaskTable.title).where(TaskTable.id == issue.task)
    return IssueView(
        issue=issue,
        row=line,
        task_title=str(store.value(title) or "") if issue.task else "",
        history=_history(store, issue, line, known),
        raised=_of(store, Raised, RaisedTable, number),
        clocks=tuple(
            sorted(
                (one for one in _of(store, Timer, TimerTable, number) if one.ended is None),
                key=lambda one: one.due,
            )
        ),
        people=known,
    )


def _of(store: Store, kind: Any, table: Any, number: IssueId) -> tuple[Any, ...]:
    """The records of one kind that are about an issue, oldest first."""
    form = rows.shape(kind)
    mine = (table.target == Target.ISSUE) & (table.object == number)
    query = table.select(*form.columns).where(mine).order_by(table.id)
    return tuple(rows.record(kind, row) for row in store.rows(query))


_EVENT = tuple(
    EventTable._meta.fields[name]
    for name in ("number", "at", "kind", "command_id", "actor", "subject", "changes", "reason")
)


def _history(
    store: Store, issue: Issue, line: IssueRow, known: Mapping[PersonId, Person]
) -> tuple[EventRow, ...]:
    """Its events; those of its task by that index, else those of its project and no task."""
    if issue.task is not None:
        place = EventTable.task == issue.task
    else:
        place = EventTable.task.is_null() & (EventTable.project == issue.project)
    mine = place & EventTable.kind.in_(KINDS) & (EventTable.subject == issue.key)
    query = EventTable.select(*_EVENT).where(mine).order_by(EventTable.number).limit(200)
    reading = Reading(_EVENT)
    found = []
    for values in map(reading.values, store.rows(query)):
        number, at, kind, command, actor, subject, changed, reason = values
        who = known.get(actor)
        found.append(
            EventRow(
                number=number,
                at=at,
                kind=kind,
                command_id=command,
                actor=actor,
                actor_name=who.name if who else "",
                project=issue.project,
                project_key=line.project_key,
                task=issue.task,
                task_key=line.task_key,
                task_title="",
                subject=subject,
                changes=_named(changes(changed), known),
                reason=reason,
            )
        )
    return tuple(found)


def _named(told: Mapping[str, Any], known: Mapping[PersonId, Person]) -> Mapping[str, Any]:
    """The changes with a name for a handler's id."""
    if "handler" not in told:
        return told
    names = (known[one].name if one in known else one for one in told["handler"])
    return {**told, "handler": tuple(names)}
