"""Cycle times as the store tells them, through the real commands."""

from datetime import timedelta

from core.commands.blocking import BlockTask, UnblockTask
from core.commands.moving import MoveTask
from core.commands.reviewing import AcceptTask
from core.domain.ids import TaskId
from core.domain.status import State
from core.queries.cycle import project_cycle, task_cycle
from tests.office import MORNING, Office

HOUR = timedelta(hours=1)


def done(office: Office, *, blocked: int) -> TaskId:
    """A task that li does from 9:30 to 18 o'clock; ``blocked`` hours of it it cannot go on."""
    office.clock.at = MORNING
    task = office.task(owner=office.li)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.TODO), by="li")
    if blocked:
        office.do(BlockTask(task=task, reason="等", waiting_for="IT"), by="li")
        office.clock.at = MORNING + blocked * HOUR
        office.do(UnblockTask(task=task), by="li")
    office.clock.at = MORNING + timedelta(hours=8, minutes=30)
    office.submit(task)
    office.do(AcceptTask(task=task))
    return task


def test_a_task_that_was_not_begun_has_none(office: Office) -> None:
    task = office.task()
    assert office.desk.ask(task_cycle, task, now=MORNING) is None


def test_time_blocked_is_counted_out(office: Office) -> None:
    task = done(office, blocked=2)
    found = office.desk.ask(task_cycle, task, now=MORNING + timedelta(days=9))
    assert found is not None
    assert (found.total, found.worked) == (7.5 * HOUR, 5.5 * HOUR)


def test_while_it_goes_on_it_lasts_until_now(office: Office) -> None:
    task = office.doing()
    found = office.desk.ask(task_cycle, task, now=MORNING + HOUR)
    assert found is not None
    assert found.total == HOUR


def test_what_was_put_back_has_not_begun(office: Office) -> None:
    task = office.doing()
    office.do(MoveTask(task=task, to=State.TODO, seen=State.DOING))
    assert office.desk.ask(task_cycle, task, now=MORNING + HOUR) is None


def test_a_project_tells_what_is_usual(office: Office) -> None:
    for blocked in (0, 1, 2):
        done(office, blocked=blocked)
    office.task(state=State.DONE, owner=office.li)  # imported: nobody knows how long it took
    found = office.desk.ask(project_cycle, office.project, since=MORNING)
    assert (found.tasks, found.total, found.worked) == (3, 7.5 * HOUR, 6.5 * HOUR)
    assert round(found.blocked_share, 3) == round(3 / 22.5, 3)


def test_a_project_without_done_tasks(office: Office) -> None:
    assert office.desk.ask(project_cycle, office.project, since=MORNING).tasks == 0
