"""The demo team: some forty tasks of three departments, dated around today."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.dependencies import AddDependency
from core.commands.editing import EditTask, Setting
from core.commands.moving import MoveTask
from core.commands.parts import (
    AddCollaborator,
    AddCriterion,
    AddDeliverable,
    AddMilestone,
    ChangeCriterion,
)
from core.commands.people import AddDepartment, AddPerson, EditDepartment, EditPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, AddWorkType
from core.commands.registering import RegisterDeliverable
from core.commands.reviewing import AcceptTask
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.commands.warning import WarnDelay
from core.desk import Desk, Receipt
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.refusals import Rejected
from core.domain.status import Priority, Role, State, SyncKind
from core.domain.trouble import DelayReason
from core.policies.calendar import WorkCalendar, calendar_named
from core.policies.clocks import due_instant
from core.queries import directory

Entry = Mapping[str, Any]
ME = "me"
_SHARED = "共享盘"


class _Stage:
    """Who and what has been made so far, and the days around today."""

    def __init__(self, desk: Desk, *, language: str, handle: str, name: str) -> None:
        self.desk = desk
        self.tongue = "zh" if language.startswith("zh") else "en"
        self.now = desk.now()
        self.calendar: WorkCalendar = calendar_named("china", time_zone="Asia/Shanghai")
        local = self.calendar.wall(self.now).date()
        self.today = (
            local if self.calendar.is_workday(local) else self.calendar.previous_workday(local)
        )
        self.handles = {ME: handle}
        self.names = {ME: name}
        self.people: dict[str, PersonId] = {}
        self.departments: dict[str, DepartmentId] = {}
        self.projects: dict[str, tuple[ProjectId, str]] = {}
        self.tasks: dict[str, TaskId] = {}
        self.types: dict[str, str] = {"": ""}

    def said(self, entry: Entry, name: str = "") -> str:
        """An entry's text in the reader's language, or in the one it keeps."""
        tongue = entry.get("keep", self.tongue)
        return str(entry.get(f"{name}_{tongue}" if name else tongue, ""))

    def day(self, back: int) -> date:
        """The working day ``back`` working days before today (after it, if negative)."""
        return self.calendar.add_workdays(self.today, -back)

    def do(self, command: object, *, by: str, back: int = 0, hour: int = 10) -> Receipt:
        """Apply a command as somebody, at an hour of a day; never later than now."""
        at = min(self.calendar.instant(self.day(back), time(hour)), self.now)
        actor = self.handles.get(by, by)
        return self.desk.acting(actor, clock=SetClock(at)).do(command)


def fill(desk: Desk, *, language: str, handle: str, name: str) -> None:
    """Fill an empty store; ``handle`` and ``name`` are whoever looks around.

    One transaction: all of it or nothing. Refuses ``not-empty``.
    """
    if desk.ask(directory.people):
        raise Rejected("not-empty")
    sample = tomllib.loads(files("core.samples").joinpath("demo.toml").read_text(encoding="utf-8"))
    stage = _Stage(desk, language=language, handle=handle, name=name)
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


def _people(stage: _Stage, sample: Entry) -> None:
    oldest = 30
    everybody: Mapping[str, Entry] = sample["people"]
    for handle, entry in everybody.items():
        name = stage.names.get(handle) or stage.said(entry)
        role = Role(entry.get("role", "member"))
        command = AddPerson(handle=stage.handles.get(handle, handle), name=name, role=role)
        made = stage.do(command, by=ME, back=oldest)
        stage.people[handle] = PersonId(made.id)
    for entry in sample["departments"]:
        made = stage.do(AddDepartment(name=stage.said(entry)), by=ME, back=oldest)
        stage.departments[entry["id"]] = DepartmentId(made.id)
        lead = EditDepartment(department=DepartmentId(made.id), lead=stage.people[entry["lead"]])
        stage.do(lead, by=ME, back=oldest)
    for handle, entry in everybody.items():
        place = EditPerson(
            person=stage.people[handle],
            department=stage.departments.get(entry.get("department", "")),
            manager=stage.people.get(entry.get("manager", "")),
        )
        stage.do(place, by=ME, back=oldest)


def _type(stage: _Stage, entry: Entry) -> None:
    """A work type by its name in the reader's language; a store begins with the Chinese ones."""
    label = stage.said(entry)
    kind, urgent = entry["kind"], entry.get("urgent", False)
    stage.do(AddWorkType(label=label, kind=kind, urgent=urgent), by=ME, back=30)
    stage.types[entry["zh"]] = label


def _project(stage: _Stage, entry: Entry) -> None:
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


def _due(stage: _Stage, entry: Entry) -> datetime | None:
    if "due" not in entry:
        return None
    day = stage.day(entry["due"])
    if "due_time" in entry:
        return stage.calendar.instant(day, time.fromisoformat(entry["due_time"]))
    return due_instant(day, stage.calendar)


def _task(stage: _Stage, entry: Entry) -> None:
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
    _slip(stage, entry, task, due)
    _parts(stage, entry, task, lead=lead)
    _progress(stage, entry, task, lead=lead)


def _slip(stage: _Stage, entry: Entry, task: TaskId, due: datetime | None) -> None:
    """Move the due as often as the entry says, ending at ``due``."""
    owner, seen = entry.get("owner", ME), None
    for left in range(entry.get("slips", 0), 0, -1):
        seen = due_instant(stage.day(entry["due"] + left * 2), stage.calendar)
        later = due_instant(stage.day(entry["due"] + (left - 1) * 2), stage.calendar)
        value = due if left == 1 else later
        setting = Setting("due", seen, value)
        edit = EditTask(task=task, settings=(setting,), reason=stage.said(entry["moved"]))
        stage.do(edit, by=owner, back=entry["due"] + left * 2)
    if "delayed" in entry:
        why = stage.said(entry["delayed"])
        expected = due_instant(stage.day(entry["delayed"]["days"]), stage.calendar)
        code = DelayReason.REQUIREMENTS
        warning = WarnDelay(task=task, code=code, reason=why, expected=expected)
        stage.do(warning, by=owner, hour=9)


def _parts(stage: _Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
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


def _subtask(stage: _Stage, entry: Entry, parent: TaskId, *, lead: str, age: int) -> None:
    owner = stage.people[entry["owner"]]
    due = due_instant(stage.day(entry["due"]), stage.calendar)
    command = CreateTask(parent=parent, title=stage.said(entry), owner=owner, due=due)
    task = TaskId(stage.do(command, by=lead, back=age).id)
    if entry.get("state") == "done":
        _finish(stage, {**entry, "age": age}, task, lead=lead)


def _progress(stage: _Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
    state = State(entry["state"])
    if state is State.TODO:
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


def _submit(stage: _Stage, entry: Entry, task: TaskId, *, back: int) -> None:
    owner = entry["owner"]
    for said in entry.get("deliverables", ()):
        link = said if said.startswith("https:") else ""
        command = AddDeliverable(task=task, name=said, location=link)
        made = stage.do(command, by=owner, back=back, hour=14)
        register = RegisterDeliverable(deliverable=PartId(made.id), location=link or _SHARED)
        stage.do(register, by=owner, back=back, hour=14)
    stage.do(_move(task, State.DOING, State.REVIEW), by=owner, back=back, hour=15)


def _finish(stage: _Stage, entry: Entry, task: TaskId, *, lead: str) -> None:
    """Do the work, hand it over, have it accepted a day before it was due."""
    owner, end = entry["owner"], entry["due"] + 1
    stage.do(_move(task, State.TODO, State.DOING), by=owner, back=max(entry["age"] - 2, end))
    stage.do(UpdateProgress(task=task, progress=100), by=owner, back=end)
    _submit(stage, entry, task, back=end)
    from core.queries.detail import task_view

    for criterion in stage.desk.ask(task_view, task).criteria:
        ticked = ChangeCriterion(criterion=PartId(criterion.id), met=True)
        stage.do(ticked, by=lead, back=end, hour=16)
    judge = next(one for one in (lead, ME, "chen") if one != owner)
    stage.do(AcceptTask(task=task), by=judge, back=end, hour=16)


def _block(stage: _Stage, entry: Entry, task: TaskId, *, owner: str) -> None:
    awaited = stage.people.get(entry["for"])
    command = BlockTask(
        task=task,
        reason=stage.said(entry),
        waiting_for="" if awaited else entry["for"],
        waiting_person=awaited,
    )
    stage.do(command, by=owner, back=entry["days"], hour=15)


def _sync(stage: _Stage, entry: Entry) -> None:
    command = AddSyncEntry(
        project=stage.projects[entry["project"]][0],
        topic=stage.said(entry, "topic"),
        content=stage.said(entry, "content"),
        kind=SyncKind(entry["kind"]),
        audience=stage.said(entry, "audience"),
    )
    stage.do(command, by=entry["by"], back=entry["days"], hour=17)


__all__ = ["fill"]
