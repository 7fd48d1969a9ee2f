"""What waits for acceptance, on both engines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import SetClock
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, AddDeliverable, ChangeCriterion
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import AddProject
from core.commands.reviewing import SendBack
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.status import State
from core.queries.reviews import queue
from tests.office import hand_in

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
WANG, LI, ZHAO = PersonId(1), PersonId(2), PersonId(3)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def desk(store_url: str, clock: SetClock) -> Iterator[Desk]:
    """Wang leads OPS; zhao heads the department of MKT, which has no lead."""
    with Desk(store_url, actor="wang", clock=clock) as opened:
        opened.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        opened.do(AddPerson(handle="li", name="李专员"))
        opened.do(AddPerson(handle="zhao", name="赵主管"))
        opened.do(AddDepartment(name="市场部", lead=ZHAO))
        opened.do(AddProject(key="MKT", name="市场", department=DepartmentId(1)))
        yield opened


def _submitted(desk: Desk, clock: SetClock, project: int, acceptor: PersonId | None = None) -> int:
    """A task of li's in review, an hour later than the last one."""
    clock.move(timedelta(hours=1))
    made = desk.acting("zhao" if project == 2 else "wang", clock=clock).do(
        CreateTask(
            project=ProjectId(project),
            title="访谈",
            owner=LI,
            acceptor=acceptor,
            state=State.DOING,
        )
    )
    hand_in(desk.acting("li", clock=clock), TaskId(made.id))
    return made.id


def test_by_name_by_lead_and_by_head(desk: Desk, clock: SetClock):
    """R65."""
    by_lead = _submitted(desk, clock, 1)
    by_head = _submitted(desk, clock, 2)
    by_name = _submitted(desk, clock, 1, acceptor=ZHAO)
    assert [row.task for row in desk.ask(queue, WANG, now=desk.now())] == [by_lead]
    assert [row.task for row in desk.ask(queue, ZHAO, now=desk.now())] == [by_head, by_name]
    assert desk.ask(queue, LI, now=desk.now()) == ()
    assert desk.ask(queue, None, now=desk.now()) == ()
    everything = desk.ask(queue, LI, now=desk.now(), all=True)
    assert [row.task for row in everything] == [by_lead, by_head, by_name]
    assert [row.acceptor_name for row in everything] == ["王经理", "赵主管", "赵主管"]


def test_a_line_has_everything_to_show(desk: Desk, clock: SetClock):
    task = TaskId(_submitted(desk, clock, 1))
    desk.do(AddCriterion(task=task, text="10 份以上", reason="客户要求"))
    desk.do(AddCriterion(task=task, text="准确率 95%", reason="客户要求"))
    desk.do(ChangeCriterion(criterion=PartId(1), met=True))
    desk.do(AddDeliverable(task=task, name="《调研报告》"))
    desk.do(SendBack(task=task, findings="数据维度不完整"))
    clock.move(timedelta(hours=1))
    hand_in(desk.acting("li", clock=clock), task)

    (row,) = desk.ask(queue, WANG, now=desk.now())

    assert (row.key, row.project_key, row.owner_name) == ("OPS001", "OPS", "李专员")
    assert (row.round, row.submitted, row.submitted_by_name) == (2, clock.now(), "李专员")
    assert (row.criteria_met, row.criteria, row.deliverables) == (1, 2, 2)
    assert row.last_findings == "数据维度不完整"
    assert row.due is None


def test_what_was_accepted_waits_no_more(desk: Desk, clock: SetClock):
    task = TaskId(_submitted(desk, clock, 1))
    back = MoveTask(task=task, to=State.DOING, seen=State.REVIEW)
    desk.acting("li", clock=clock).do(back)
    assert desk.ask(queue, WANG, now=desk.now()) == ()
