"""Define tasks (R24-R36), and what cleans their fields."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from core.commands import checks
from core.commands.handlers import Outcome, handles
from core.domain import ids
from core.domain.events import EventKind, Plain
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.people import Project
from core.domain.refusals import BadValue, Rejected
from core.domain.status import OPEN_STATES, Priority, State
from core.domain.task import Task
from core.records import dataclass, replace
from core.store import finding, places
from core.store.work import Work, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTask:
    """Add a task to a project, or a subtask to a task."""

    project: ProjectId | None = None
    """May be left out where ``parent`` is given; a subtask is in its parent's project."""
    title: str
    parent: TaskId | None = None
    key: str = ""
    """Asked for by an import; otherwise the project's pattern gives it."""
    external_id: str = ""
    state: State = State.TODO
    description: str = ""
    background: str = ""
    outcome: str = ""
    value: str = ""
    type: str = ""
    urgent: bool = False
    priority: Priority = Priority.MEDIUM
    initiator: PersonId | None = None
    """None means whoever sends the command."""
    owner: PersonId | None = None
    acceptor: PersonId | None = None
    start: date | None = None
    due: datetime | None = None
    progress: int = 0
    status_note: str = ""
    risk_note: str = ""
    note: str = ""
    delay_reason: str = ""
    expected: datetime | None = None


_LINES = ("type", "status_note", "risk_note", "delay_reason")
_TEXTS = ("description", "background", "outcome", "value", "note")
_PEOPLE = ("initiator", "acceptor")
_INSTANTS = ("due", "expected")


def _line(field: str, value: Any, work: Work) -> str:
    found = checks.line(field, value, required=field == "title")
    if field == "type" and found and not _is_type(found, work):
        known = tuple(sorted(work.work_types()))
        raise BadValue("type", found, reason="unknown-type", known=known)
    return found


def _is_type(label: str, work: Work) -> bool:
    """Whether a task may be of that type; one of the six becomes one, in any language."""
    if label in work.work_types():
        return True
    from core.domain.work_types import KNOWN

    one = KNOWN.get(label)
    if one is not None:
        work.add_work_type(label, kind=one.kind, urgent=one.urgent)
        work.record(EventKind.WORK_TYPE_ADDED, subject=label)
    return one is not None


def _text(field: str, value: Any, _: Work) -> str:
    return checks.text(field, value)


def _person(field: str, value: Any, work: Work) -> PersonId | None:
    found = checks.person(work, field, value)
    return found.id if found else None


def _instant(field: str, value: Any, _: Work) -> datetime | None:
    return checks.instant(field, value)


def _day(field: str, value: Any, _: Work) -> date | None:
    return checks.day(field, value)


def _flag(_: str, value: Any, __: Work) -> bool:
    return bool(value)


def _priority(field: str, value: Any, _: Work) -> Priority:
    try:
        return Priority(value)
    except ValueError as error:
        known = tuple(word.value for word in Priority)
        raise BadValue(field, value, reason="unknown", known=known) from error


Cleaner = Callable[[str, Any, Work], Any]

EDITABLE: dict[str, Cleaner] = {
    "title": _line,
    **dict.fromkeys(_LINES, _line),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_PEOPLE, _person),
    **dict.fromkeys(_INSTANTS, _instant),
    "urgent": _flag,
    "priority": _priority,
    "start": _day,
}
"""The fields that EditTask may set, with what cleans each."""


@handles(CreateTask)
def create_task(command: CreateTask, work: Work) -> Outcome:
    """Add the task at the end of its column.

    Refuses BadValue, NotFound, ``only-looks-on``, ``owner-needed``, ``wip-full``; ``unclear`` for
    one that is begun at once in a project that requires clarity; ``submission-needed`` for one
    that shall wait for acceptance and ``verdict-needed`` for one that shall be done: only an
    import writes down what was submitted or accepted elsewhere.
    """
    if command.state is State.DONE:
        raise Rejected("verdict-needed", key=command.key or command.title)
    checks.worker(work, "owner", command.owner)
    checks.worker(work, "acceptor", command.acceptor)
    if command.state is State.REVIEW:
        missing = ("results", "deliverables")
        raise Rejected("submission-needed", key=command.key or command.title, missing=missing)
    made = write_down(command, work)
    if command.owner is not None and command.owner == command.acceptor:
        work.warn("accepts-own", key=made.name)
    if command.state is State.DOING:
        from core.commands import defining

        defining.is_added(work, work.task(TaskId(made.id)))
    return made


def write_down(command: CreateTask, work: Work, *, imported: bool = False) -> Outcome:
    """Add the task, which may be done already. Refuses as ``create_task``."""
    parent = work.task(command.parent) if command.parent else None
    home = parent.project if parent else command.project
    if home is None:
        raise BadValue("project", "", reason="empty")
    if parent is not None and command.project not in {None, home}:
        raise BadValue("project", command.project, reason="not-parents", key=parent.key)
    project = work.project(home)
    if command.state not in OPEN_STATES and command.state is not State.DONE:
        raise BadValue("state", command.state, reason="unknown")
    if command.state in {State.DOING, State.REVIEW} and command.owner is None:
        raise Rejected("owner-needed", key=command.key or command.title)
    task = _new_task(command, work, project)
    key = _key(command.key, work, project, parent)
    task = replace(task, key=key, position=places.bottom(work.store, task))
    checks.check_limit(work, task, to=task.state)
    task = _added(task, work, imported=imported)
    facts = _facts(task) | ({"imported": (None, True)} if imported else {})
    work.record(EventKind.TASK_CREATED, task, subject=task.title, changes=facts)
    if parent is not None and finding.count_subtasks(work.store, parent.id, limit=5) == 4:
        work.warn("many-subtasks", key=parent.key)
    return Outcome(task.id, task.key)


def _added(task: Task, work: Work, *, imported: bool) -> Task:
    """Store it, whose it is, and its first round of review."""
    if task.owner is None:
        return work.add(task)
    from core.commands import duty

    if task.updated and not (imported or duty.asks_nobody(work, task.owner)):
        task = replace(task, updated=None)
    task = work.add(task)
    duty.begin(work, task, taken_on=imported)
    if task.submitted and task.submitted_by:
        from core.domain.reviews import Review

        work.add(Review(task=task.id, round=1, submitted=work.now, submitted_by=task.submitted_by))
    return task


def _key(wanted: str, work: Work, project: Project, parent: Task | None) -> str:
    """``wanted``, made sure of, or the next key by the project's pattern."""
    if wanted:
        wanted = checks.line("key", wanted, required=True, limit=100)
        _reserve_key(work, project, wanted)
        return wanted
    return checks.line("key", _next_key(work, project, parent), required=True, limit=100)


def _new_task(command: CreateTask, work: Work, project: Project) -> Task:
    fields = {name: clean(name, getattr(command, name), work) for name, clean in EDITABLE.items()}
    owner = checks.person(work, "owner", command.owner)
    begun = command.state in {State.DOING, State.REVIEW}
    done = command.state is State.DONE
    submitted = work.now if command.state is State.REVIEW else None
    return Task(
        **{**fields, "initiator": fields["initiator"] or work.actor.id},
        project=project.id,
        key=command.key,
        external_id=checks.line("external_id", command.external_id, limit=200),
        parent=command.parent,
        state=command.state,
        owner=owner.id if owner else None,
        baseline_due=fields["due"],
        progress=checks.percent("progress", command.progress),
        updated=work.now if begun else None,
        submitted=submitted,
        submitted_by=command.owner if submitted else None,
        round=1 if submitted else 0,
        closed=work.now if done else None,
        created=work.now,
    )


def _facts(task: Task) -> dict[str, tuple[Plain, Plain]]:
    said: dict[str, Plain] = {"key": task.key, "state": task.state.value}
    said["priority"] = task.priority.value
    for name in ("owner", "acceptor", "due"):
        if (value := getattr(task, name)) is not None:
            said[name] = plain(value)
    return {name: (None, value) for name, value in said.items()}


def _next_key(work: Work, project: Project, parent: Task | None) -> str:
    """Refuses BadValue for a pattern that was stored by hand and names one task only."""
    if not ids.is_pattern(project.pattern):
        raise BadValue("pattern", project.pattern, reason="pattern", example=ids.DEFAULT_PATTERN)
    year = checks.today(work, project).year if "{year}" in project.pattern else 0
    part = ids.counter_scope(project.pattern, year=year)
    while True:
        if parent is not None:
            number = finding.next_number(work.store, finding.subtask_scope(parent.id))
            key = ids.subtask_key(parent.key, number)
        else:
            number = finding.next_number(work.store, finding.project_scope(project.id, part))
            key = ids.key_from(project.pattern, key=project.key, year=year, seq=number)
        if not finding.key_taken(work.store, key):
            return key


def _reserve_key(work: Work, project: Project, key: str) -> None:
    if finding.key_taken(work.store, key):
        raise BadValue("key", key, reason="taken")
    fits = ids.read_key(project.pattern, key=project.key, text=key)
    if fits is not None:
        year, number = fits
        if number > ids.LAST_NUMBER:
            return
        scope = finding.project_scope(project.id, str(year) if year else "")
        finding.at_least(work.store, scope, number)
