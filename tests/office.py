"""A small office for tests: a desk, a clock that stands still, a project and its people."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.importing import ImportTask
from core.commands.people import AddPerson
from core.commands.setup import StartTeam
from core.commands.submitting import Handover, SubmitTask
from core.commands.tasks import CreateTask
from core.desk import Desk, Receipt
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.refusals import Refusal
from core.domain.status import Role, State
from core.domain.task import Task
from core.queries import detail
from core.store import rows
from core.store.database import Store
from core.store.logs import EventTable

MORNING = datetime(2024, 3, 25, 1, 30, tzinfo=UTC)
"""Monday, half past nine in Shanghai."""


def submission(view: detail.TaskView, **said: Any) -> SubmitTask:
    """What it takes to submit a task: results, and a deliverable where none is registered."""
    said.setdefault("results", "初稿完成")
    if not any(one.registered for one in view.deliverables):
        said.setdefault("deliverables", (Handover("《成果》", "V1.0", "共享盘/成果"),))
    return SubmitTask(task=view.task.id, **said)


def hand_in(desk: Desk, task: TaskId, **said: Any) -> Receipt:
    """Submit a task as the desk's actor."""
    return desk.do(submission(desk.ask(detail.task_view, task), **said))


@dataclass(frozen=True)
class Said:
    """One event, as tests compare it."""

    kind: str
    actor: int | None
    task: int | None
    subject: str
    changes: dict[str, list[Any]]
    reason: str


class Office:
    """wang (admin, lead of project T), li and zhao (members), sun (observer)."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(MORNING)
        self.usual = "wang"
        """Who acts where nobody is named: whoever leads the project."""
        self.desk = Desk(url, actor="wang", clock=self.clock).open()
        begun = self.do(StartTeam(handle="wang", name="王强"))
        self.project = ProjectId(begun.id)
        self.wang = PersonId(1)
        self.li = self.person("li", "李娜")
        self.zhao = self.person("zhao", "赵敏")
        self.sun = self.person("sun", "孙丽", role=Role.OBSERVER)

    @property
    def store(self) -> Store:
        return self.desk.store

    def close(self) -> None:
        self.desk.close()

    def by(self, handle: str) -> Desk:
        return self.desk.acting(handle, clock=self.clock)

    def do(self, command: object, *, by: str = "") -> Receipt:
        return self.by(by or self.usual).do(command)

    def refused(self, command: object, *, by: str = "") -> Refusal:
        """Why ``command`` was not taken; and nothing at all was kept."""
        before = self.desk.mark()
        with pytest.raises(Refusal) as caught:
            self.do(command, by=by)
        assert self.desk.mark() == before
        return caught.value

    def person(self, handle: str, name: str = "", **more: Any) -> PersonId:
        return PersonId(self.do(AddPerson(handle=handle, name=name or handle, **more)).id)

    def task(self, title: str = "用户画像分析", *, taken_on: bool = True, **fields: Any) -> TaskId:
        """A task of wang's making, which its owner has taken on."""
        fields.setdefault("project", None if "parent" in fields else self.project)
        command = CreateTask(title=title, **fields)
        told = command.state in {State.REVIEW, State.DONE} or (
            taken_on and command.owner is not None
        )
        return TaskId(self.do(ImportTask(task=command) if told else command).id)

    def doing(self, owner: PersonId | None = None, **fields: Any) -> TaskId:
        return self.task(owner=owner or self.li, state=State.DOING, **fields)

    def in_review(self, owner: PersonId | None = None, *, by: str = "li", **fields: Any) -> TaskId:
        """A task of li's that li has submitted."""
        task = self.doing(owner, **fields)
        self.submit(task, by=by)
        return task

    def submit(self, task: TaskId, *, by: str = "li", **said: Any) -> Receipt:
        """Submit it, with a deliverable where none is registered."""
        return self.do(submission(self.view(task), **said), by=by)

    def get(self, task: TaskId) -> Task:
        return self.desk.ask(detail.task_view, task).task

    def view(self, task: TaskId) -> detail.TaskView:
        return self.desk.ask(detail.task_view, task)

    def all(self, kind: type[Any]) -> list[Any]:
        form = rows.shape(kind)
        query = form.table.select(*form.columns).order_by(form.table.id)
        return [rows.record(kind, row) for row in self.desk.ask(lambda store: store.rows(query))]

    def events(self, *, since: int = 0) -> list[Said]:
        names = ("kind", "actor", "task", "subject", "changes", "reason")
        columns = [EventTable._meta.fields[name] for name in names]
        query = EventTable.select(*columns).where(EventTable.number > since)
        found = self.desk.ask(lambda store: store.rows(query.order_by(EventTable.number)))
        return [
            Said(
                kind=row[0],
                actor=row[1],
                task=row[2],
                subject=row[3],
                changes=EventTable.changes.python_value(row[4]),
                reason=row[5],
            )
            for row in found
        ]

    def last(self) -> Said:
        return self.events()[-1]

    def column(self, state: State) -> list[str]:
        """Titles of the top-level cards of a column, in its order."""
        cards = [task for task in self.all(Task) if task.state is state and task.parent is None]
        return [task.title for task in sorted(cards, key=lambda task: (task.position, task.id))]
