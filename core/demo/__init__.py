"""The demo team: some forty tasks of three departments, dated around today."""

import tomllib
from datetime import datetime, time, timedelta
from importlib.resources import files

from core.commands.assigning import AcknowledgeTask
from core.commands.blocking import BlockTask
from core.commands.dependencies import AddDependency
from core.commands.editing import EditTask, Setting
from core.commands.issues import RaiseIssue
from core.commands.moving import MoveTask
from core.commands.parts import (
    AddCollaborator,
    AddCriterion,
    AddDeliverable,
    AddMilestone,
)
from core.commands.people import AddDepartment, AddPerson, EditDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, AddWorkType
from core.commands.registering import RegisterDeliverable
from core.commands.reviewing import AcceptTask
from core.commands.submitting import Handover, SubmitTask
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.commands.warning import WarnDelay
from core.demo.stage import ME, Entry, Stage
from core.desk import Desk
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.refusals import Rejected
from core.domain.status import Priority, Role, State, SyncKind
from core.domain.trouble import DelayReason, Severity
from core.policies.clocks import due_instant
from core.queries import directory
from core.queries.detail import task_view

_SHARED = "共享盘"
ADMIN = "gao"
"""Who made the team, and accepts what its leads did."""


def fill(desk: Desk, *, language: str, handle: str, name: str) -> None:
    """Fill an empty store; ``handle`` and ``name`` are whoever looks around.

    One transaction: all of it or nothing. Refuses ``not-empty``.
    """
    if desk.ask(directory.people):
        raise Rejected("not-empty")
    sample = tomllib.loads(files("core.samples").joinpath("demo.toml").read_text(encoding="utf-8"))
    stage = Stage(desk, language=language, handle=handle, name=name)
    with desk.store.writing():
        _people(stage, sample)
        for entry in sample["types"]:
            _type(stage, entry)
        for entry in sample["projects"]:
            _project(stage, entry)
        for entry in sample["tasks"]:
            _task(stage, entry)
        for entry in sample["sync"]:
            _sync(stage, entry)
        for entry in sample["issues"]:
            _issue(stage, entry)


def _people(stage: Stage, sample: Entry) -> None:
    oldest = 30
    everybody: dict[str, Entry] = sample["people"]
    for handle, entry in sorted(everybody.items(), key=lambda one: one[0] != ADMIN):
        name = stage.names.get(handle) or stage.said(entry)
        role = Role(entry.get("role", "member"))
        command = AddPerson(handle=stage.handles.get(handle, handle), name=name, role=role)
        made = stage.do(command, by=ADMIN, back=oldest)
        stage.people[handle] = PersonId(made.id)
    for entry in sample["departments"]:
        made = stage.do(AddDepartment(name=stage.said(entry)), by=ADMIN, back=oldest)
        stage.departments[entry["id"]] = DepartmentId(made.id)
        lead = EditDepartment(department=DepartmentId(made.id), lead=stage.people[entry["lead"]])
        stage.do(lead, by=ADMIN, back=oldest)
    for handle, entry in everybody.items():
        place = EditPerson(
            person=stage.people[handle],
            department=stage.departments.get(entry.get("department", "")),
            manager=stage.people.get(entry.get("manager", "")),
        )
        stage.do(place, by=ADMIN, back=oldest)


def _type(stage: Stage, entry: Entry) -> None:
    """A work type by its name in the reader's language; a store begins with the Chinese ones."""
    label = stage.said(entry)
    kind, urgent = entry["kind"], entry.get("urgent", False)
    stage.do(AddWorkType(label=label, kind=kind, urgent=urgent), by=ME, back=30)
    stage.types[entry["zh"]] = label


def _project(stage: Stage, entry: Entry) -> None:
    command = AddProject(
        key=entry["key"],
        name=stage.said(entry),
        goal=stage.said(entry, "goal"),
        lead=stage.people[entry["lead"]],
        department=stage.departments[entry["department"]],
        wip={State(state): limit for state, limit in entry["wip"].items()},
        **({"pattern": entry["pattern"]} if "pattern" in entry else {}),
    )
    made = stage.do(command, by=entry["lead"], back=25)
    stage.projects[entry["key"]] = (ProjectId(made.id), entry["lead"])


def _due(stage: Stage, entry: Entry) -> datetime | None:
    if "due" not in entry:
        return None
    day = stage.day(entry["due"])
    if "due_time" in entry:
        return stage.calendar.instant(day, time.fromisoformat(entry["due_time"]))
    return due_instant(day, stage.calendar)


def _task(stage: Stage, entry: Entry) -> None:
    project, lead = stage.projects[entry["project"]]
    age = entry["age"]
    first = stage.day(max(entry.get("due", 0) + entry.get("slips", 0) * 2, -20))
    due = _due(stage, entry)
    command = CreateTask(
        project=project,
        title=stage.said(entry),
        owner=stage.people.get(entry.get("owner", "")),
        acceptor=stage.people.get(entry.get("acceptor", "")),
        due=due_instant(first, stage.calendar) if entry.get("slips") else due,
        start=stage.day(age),
        priority=Priority(entry.get("priority", "medium")),
        type=stage.types[entry.get("type", "")],
        urgent=entry.get("urgent", False),
        note=stage.said(entry, "note"),
    )
    task = TaskId(stage.do(command, by=lead, back=age, hour=9).id)
    stage.tasks[entry["zh"]] = task
    _slip(stage, entry, task, due, lead=lead)
    _parts(stage, entry, task, lead=lead)
    _progress(stage, entry, task, lead=lead)


def _slip(stage: Stage, entry: Entry, task: TaskId, due: datetime | None, *, lead: str) -> None:
    """Move the due as often as the entry says, ending at ``due``."""
    owner, seen = entry.get("owner", ME), None
    for left in range(entry.get("slips", 0), 0, -1):
        seen = due_instant(stage.day(entry["due"] + left * 2), stage.calendar)
        later = due_instant(stage.day(entry["due"] + (left - 1) * 2), stage.calendar)
        value = due if left == 1 else later
        setting = Setting("due", seen, value)
        edit = EditTask(task=task, settings=(setting,), reason=stage.said(entry["moved"]))
        stage.do(edit, by=lead, back=entry["due"] + left * 2)
    if "delayed" in entry:
        why = stage.said(entry["delayed"])
        expected = due_instant(stage.day(entry["delayed"]["days"]), stage.calendar)
        code = DelayReason.REQUIREMENTS
        warning = WarnDelay(task=task, code=code, reason=why, expected=expected)
        stage.do(warning, by=owner, hour=9)


def _parts(stage: Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
    age = entry["age"]
    for one in entry.get("criteria", ()):
        stage.do(AddCriterion(task=task, text=stage.said(one)), by=lead, back=age)
    for one in entry.get("milestones", ()):
        milestone = AddMilestone(task=task, title=stage.said(one), due=stage.day(one["due"]))
        stage.do(milestone, by=lead, back=age)
    for one in entry.get("collaborators", ()):
        person = stage.people[one["person"]]
        scope = stage.said(one)
        command = AddCollaborator(
            task=task, person=person, scope=scope, response_hours=one["hours"]
        )
        stage.do(command, by=lead, back=age)
    for one in entry.get("subtasks", ()):
        _subtask(stage, one, task, lead=lead, age=age)
    if "needs" in entry:
        stage.do(AddDependency(task=task, needs=stage.tasks[entry["needs"]]), by=lead, back=age)


def _subtask(stage: Stage, entry: Entry, parent: TaskId, *, lead: str, age: int) -> None:
    owner = stage.people[entry["owner"]]
    due = due_instant(stage.day(entry["due"]), stage.calendar)
    command = CreateTask(parent=parent, title=stage.said(entry), owner=owner, due=due)
    task = TaskId(stage.do(command, by=lead, back=age).id)
    if entry.get("state") == "done":
        _finish(stage, {**entry, "age": age}, task, lead=lead)
    else:
        _take_on(stage, entry, task, age=age)


def _take_on(stage: Stage, entry: Entry, task: TaskId, *, age: int) -> None:
    """What its owner has not begun; one of them waits (``untaken``)."""
    if "owner" in entry and not entry.get("untaken"):
        stage.do(AcknowledgeTask(task=task), by=entry["owner"], back=age, hour=11)


def _progress(stage: Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
    state = State(entry["state"])
    if state is State.TODO:
        _take_on(stage, entry, task, age=entry["age"])
        return
    if state is State.DONE:
        _finish(stage, entry, task, lead=lead)
        return
    owner, updated = entry["owner"], entry.get("updated", entry.get("submitted", 0))
    stage.do(_move(task, State.TODO, State.DOING), by=owner, back=max(entry["age"] - 1, updated))
    update = UpdateProgress(
        task=task,
        progress=entry["progress"],
        done=stage.said(entry, "done"),
        next=stage.said(entry, "next"),
    )
    stage.do(update, by=owner, back=updated, hour=11)
    if state is State.REVIEW:
        _submit(stage, entry, task, back=entry["submitted"])
    if "blocked" in entry:
        _block(stage, entry["blocked"], task, owner=owner)


def _move(task: TaskId, seen: State, to: State) -> MoveTask:
    return MoveTask(task=task, seen=seen, to=to)


def _submit(stage: Stage, entry: Entry, task: TaskId, *, back: int) -> None:
    """Hand over what the entry names, or what its title says."""
    owner = entry["owner"]
    for said in entry.get("deliverables", ()):
        link = said if said.startswith("https:") else ""
        command = AddDeliverable(task=task, name=said, location=link)
        made = stage.do(command, by=owner, back=back, hour=14)
        register = RegisterDeliverable(deliverable=PartId(made.id), location=link or _SHARED)
        stage.do(register, by=owner, back=back, hour=14)
    title = stage.said(entry)
    handed = () if entry.get("deliverables") else (Handover(f"《{title}》", "V1.0", _SHARED),)
    criteria = stage.desk.ask(task_view, task).criteria
    submission = SubmitTask(
        task=task,
        results=stage.said(entry, "done") or title,
        claims=tuple(one.id for one in criteria),
        deliverables=handed,
    )
    stage.do(submission, by=owner, back=back, hour=15)


def _finish(stage: Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
    """Do the work, hand it over, have it accepted a day before it was due."""
    owner, end = entry["owner"], entry["due"] + 1
    stage.do(_move(task, State.TODO, State.DOING), by=owner, back=max(entry["age"] - 2, end))
    stage.do(UpdateProgress(task=task, progress=100), by=owner, back=end)
    _submit(stage, entry, task, back=end)
    judge = next(one for one in (lead, ADMIN) if one != owner)
    met = tuple(one.id for one in stage.desk.ask(task_view, task).criteria)
    stage.do(AcceptTask(task=task, met=met), by=judge, back=end, hour=16)


def _block(stage: Stage, entry: Entry, task: TaskId, *, owner: str) -> None:
    awaited = stage.people.get(entry["for"])
    command = BlockTask(
        task=task,
        reason=stage.said(entry),
        waiting_for="" if awaited else entry["for"],
        waiting_person=awaited,
    )
    stage.do(command, by=owner, back=entry["days"], hour=15)


def _sync(stage: Stage, entry: Entry) -> None:
    command = AddSyncEntry(
        project=stage.projects[entry["project"]][0],
        topic=stage.said(entry, "topic"),
        content=stage.said(entry, "content"),
        kind=SyncKind(entry["kind"]),
        audience=stage.said(entry, "audience"),
    )
    stage.do(command, by=entry["by"], back=entry["days"], hour=17)


def _issue(stage: Stage, entry: Entry) -> None:
    """Raised this moment, so that its clocks run whenever somebody looks around."""
    command = RaiseIssue(
        task=stage.tasks[entry["task"]],
        title=stage.said(entry),
        impact=stage.said(entry, "impact"),
        detail=stage.said(entry, "detail"),
        proposal=stage.said(entry, "proposal"),
        parties=stage.said(entry, "parties"),
        severity=Severity(entry["severity"]),
        handler=stage.people[entry["handler"]],
        occurred=stage.now - timedelta(minutes=entry["minutes"]),
    )
    stage.do_now(command, by=entry["by"])


__all__ = ["fill"]
