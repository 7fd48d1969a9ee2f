"""The log as people read it, on both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.editing import AssignTask, EditTask, Setting
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import AddProject, EditProject
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.queries import history

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    """Wang's team; li owns the first task after an assignment."""
    with Desk(store_url, actor="wang", clock=SetClock(NOW)) as opened:
        opened.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        opened.do(AddPerson(handle="li", name="李专员"))
        opened.do(CreateTask(project=ProjectId(1), title="访谈", owner=PersonId(1)))
        opened.do(AssignTask(task=TaskId(1), owner=PersonId(2), seen=PersonId(1), reason="休假"))
        yield opened


def test_names_stand_in_place_of_ids(desk: Desk):
    *_, row = desk.ask(history.events, task=TaskId(1))
    assert (row.kind, row.actor_name) == (EventKind.TASK_ASSIGNED, "王经理")
    assert (row.task_key, row.task_title, row.project_key) == ("OPS001", "访谈", "OPS")
    assert row.changes == {"owner": ("王经理", "李专员")}
    assert (row.reason, row.at) == ("休假", NOW)


def test_departments_are_named_too(desk: Desk):
    desk.do(AddDepartment(name="市场部", lead=PersonId(2)))
    desk.do(EditProject(project=ProjectId(1), department=DepartmentId(1)))
    *_, row = desk.ask(history.events)
    assert row.changes == {"department": (None, "市场部")}


def test_numbers_that_are_no_ids_stay(desk: Desk):
    desk.do(EditTask(task=TaskId(1), settings=(Setting("urgent", False, True),)))
    *_, row = desk.ask(history.events)
    assert row.changes == {"urgent": (False, True)}


def test_windows_both_ways(desk: Desk):
    numbers = [row.number for row in desk.ask(history.events)]
    assert numbers == list(range(1, desk.mark() + 1))
    assert [row.number for row in desk.ask(history.events, after=2, limit=1)] == [3]
    newest = desk.ask(history.events, before=history.NEWEST, limit=2)
    assert [row.number for row in newest] == numbers[:-3:-1]
    older = desk.ask(history.events, before=newest[-1].number, limit=100)
    assert [row.number for row in older] == numbers[-3::-1]


def test_of_one_person_or_project(desk: Desk):
    assert desk.ask(history.events, actor=PersonId(2)) == ()
    desk.do(AddProject(key="MKT", name="市场"))
    (row,) = desk.ask(history.events, project=ProjectId(2))
    assert (row.kind, row.subject) == (EventKind.PROJECT_ADDED, "MKT")
    assert (row.task, row.task_key) == (None, "")


def test_three_statements_however_many_events(sqlite_url: str):
    with Desk(sqlite_url, actor="wang", clock=SetClock(NOW)) as desk:
        desk.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        for number in range(30):
            desk.do(CreateTask(project=ProjectId(1), title=f"访谈{number}"))
            owner = AssignTask(task=TaskId(number + 1), owner=PersonId(1), seen=None)
            desk.do(owner)
        asked: list[str] = []
        execute = desk.store.database.execute

        def noted(query: Any) -> Any:
            asked.append(query.sql()[0])
            return execute(query)

        desk.store.database.execute = noted  # only listens
        assert len(desk.ask(history.events)) > 60
    assert len(asked) <= 3
