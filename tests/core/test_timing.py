"""Timers: one open of a kind, counted on its task, ended with what they belong to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.commands import timing
from core.commands.closing import ArchiveTask, CancelTask, RestoreTask
from core.commands.moving import MoveTask
from core.commands.reviewing import AcceptTask, SendBack
from core.domain.events import EventKind
from core.domain.ids import PartId, PersonId, TaskId
from core.domain.parts import Deliverable
from core.domain.people import Person, Project
from core.domain.status import State
from core.domain.timers import Target, Timer, TimerRule
from core.store.work import Work
from tests.office import MORNING, Office


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


class Within:
    """One write transaction, as a handler sees it."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def __enter__(self) -> Work:
        store, desk = self.office.store, self.office.desk
        self.writing = store.writing()
        self.writing.__enter__()
        actor: Person | None = desk.me()
        self.work = Work(store, now=desk.now(), actor=actor, handle="wang")
        return self.work

    def __exit__(self, *said: Any) -> None:
        self.work.record(EventKind.TASK_EDITED)
        self.work.write_log("within")
        self.writing.__exit__(*said)


def made(task: TaskId | None, **fields: Any) -> Timer:
    given = {
        "rule": TimerRule.QUESTION,
        "project": 1,
        "task": task,
        "target": Target.ENTRY,
        "object": 7,
        "started": MORNING,
        "due": MORNING + timedelta(days=1),
    }
    return Timer(**{**given, **fields})


def running(office: Office) -> list[TimerRule]:
    return [one.rule for one in office.all(Timer) if one.ended is None]


def counted(office: Office, task: TaskId) -> int:
    sql = f"SELECT timers FROM task WHERE id = {task}"
    number: int = office.desk.ask(lambda store: store.sql(sql).fetchone())[0]
    return number


def test_a_timer_is_counted_on_its_task(office: Office) -> None:
    task = office.doing()
    with Within(office) as work:
        timing.start(work, made(task))
        timing.start(work, made(task, object=8))
    assert counted(office, task) == 2
    with Within(office) as work:
        timing.end(work, Target.ENTRY, 8)
    assert counted(office, task) == 1
    assert [one.ended for one in office.all(Timer)] == [None, MORNING]


def test_another_of_the_same_kind_takes_its_place(office: Office) -> None:
    task = office.doing()
    for days in (1, 2):
        with Within(office) as work:
            timing.start(work, made(task, due=MORNING + timedelta(days=days)))
    assert [one.due for one in office.all(Timer) if one.ended is None] == [
        MORNING + timedelta(days=2)
    ]
    assert counted(office, task) == 1


def test_other_rules_of_the_same_target_run_on(office: Office) -> None:
    with Within(office) as work:
        timing.start(work, made(None))
        timing.start(work, made(None, rule=TimerRule.FOLLOW_UP))
        timing.end(work, Target.ENTRY, 7, rules=(TimerRule.QUESTION,))
    assert running(office) == [TimerRule.FOLLOW_UP]


def test_ending_twice_counts_once(office: Office) -> None:
    task = office.doing()
    with Within(office) as work:
        timing.start(work, made(task))
        timing.end(work, Target.ENTRY, 7)
        timing.end(work, Target.ENTRY, 7)
        timing.end_of_task(work, task)
    assert counted(office, task) == 0


def test_limits_go_by_the_projects_rules(office: Office) -> None:
    start = shanghai("2026-04-30 17:30")
    with Within(office) as work:
        project = work.get(Project, 1)
        assert timing.limit(work, project, "swarm", start=start) == shanghai("2026-05-06 10:30")
        urgent = timing.limit(work, project, "swarm", start=start, urgent=True)
        assert urgent == shanghai("2026-04-30 19:30")
        retro = timing.limit(work, project, "retro", start=start)
        assert retro == shanghai("2026-05-08 18:00")


def test_a_calendar_that_changes_moves_no_deadline(office: Office) -> None:
    from core.commands.projects import SetCalendarDay

    task = office.doing()
    with Within(office) as work:
        timing.start(work, made(task))
    tomorrow = (MORNING + timedelta(days=1)).date()
    office.do(SetCalendarDay(calendar="china", day=tomorrow, works=False))
    assert office.all(Timer)[0].due == MORNING + timedelta(days=1)


# The retrospective (D14) and the deliverables (D13)


def finish(office: Office, task: TaskId, *, start: str = "2026-02-13 16:00") -> None:
    office.clock.at = shanghai(start)
    office.submit(task)
    office.do(AcceptTask(task=task))


@pytest.mark.parametrize(
    ("end", "due"),
    [
        ("2026-04-30 15:00", "2026-05-08 18:00"),
        ("2026-02-13 16:00", "2026-02-25 18:00"),
        ("2024-09-29 10:00", "2024-10-09 18:00"),
        ("2026-09-30 10:00", "2026-10-10 18:00"),
    ],
)
def test_project_work_is_looked_back_on_within_three_working_days(
    office: Office, end: str, due: str
) -> None:
    task = office.doing(type="项目型")
    finish(office, task, start=end)
    (timer,) = office.all(Timer)
    assert (timer.rule, timer.due, timer.person) == (TimerRule.RETRO, shanghai(due), None)
    assert (timer.target, timer.object, timer.task) == (Target.TASK, task, task)


def test_so_is_what_was_split_up(office: Office) -> None:
    task = office.doing()
    part = office.doing(parent=task)
    finish(office, part)
    assert running(office) == []
    finish(office, task)
    assert running(office) == [TimerRule.RETRO]


def test_everyday_work_is_not(office: Office) -> None:
    finish(office, office.doing(type="事务型"))
    finish(office, office.doing())
    assert running(office) == []


def test_the_archive_does_not_end_what_is_owed(office: Office) -> None:
    task = office.doing(type="项目型")
    finish(office, task)
    office.do(ArchiveTask(task=task, seen=State.DONE, actual="达成"))
    assert (running(office), counted(office, task)) == ([TimerRule.RETRO], 1)


def test_opening_it_again_does(office: Office) -> None:
    task = office.doing(type="项目型")
    finish(office, task)
    office.do(MoveTask(task=task, to=State.DOING, seen=State.DONE, reason="返工"))
    assert (running(office), counted(office, task)) == ([], 0)


def with_deliverable(office: Office, *, registered: bool) -> TaskId:
    task = office.doing()
    at, who = (MORNING, PersonId(1)) if registered else (None, None)
    with Within(office) as work:
        work.add(Deliverable(task=task, name="报告", registered=at, registered_by=who))
    return task


def submit(office: Office, task: TaskId) -> None:
    office.submit(task)


def test_what_is_submitted_is_registered_within_a_day(office: Office) -> None:
    task = with_deliverable(office, registered=False)
    office.clock.at = shanghai("2026-02-14 16:00")
    submit(office, task)
    (timer,) = office.all(Timer)
    assert (timer.rule, timer.person) == (TimerRule.DELIVERABLE, office.li)
    assert timer.due == shanghai("2026-02-24 16:00")


def test_nothing_is_owed_of_what_is_registered(office: Office) -> None:
    submit(office, with_deliverable(office, registered=True))
    submit(office, office.doing())
    assert running(office) == []


def test_it_is_owed_after_acceptance_too(office: Office) -> None:
    task = with_deliverable(office, registered=False)
    submit(office, task)
    office.do(AcceptTask(task=task))
    assert (running(office), counted(office, task)) == ([TimerRule.DELIVERABLE], 1)


@pytest.mark.parametrize("back", ["sent back", "withdrawn"])
def test_what_comes_back_owes_it_later(office: Office, back: str) -> None:
    task = with_deliverable(office, registered=False)
    submit(office, task)
    if back == "sent back":
        office.do(SendBack(task=task, findings="缺一章"))
    else:
        office.do(MoveTask(task=task, to=State.DOING, seen=State.REVIEW), by="li")
    assert running(office) == []
    submit(office, task)
    assert running(office) == [TimerRule.DELIVERABLE]


def test_what_is_given_up_owes_nothing(office: Office) -> None:
    task = with_deliverable(office, registered=False)
    with Within(office) as work:
        timing.start(work, made(task))
    submit(office, task)
    office.do(CancelTask(task=task, seen=State.REVIEW, reason="不做了"))
    assert (running(office), counted(office, task)) == ([], 0)
    office.do(RestoreTask(task=task))
    assert running(office) == []


def test_other_limits_end_with_the_work(office: Office) -> None:
    task = office.doing()
    with Within(office) as work:
        timing.start(work, made(task, object=PartId(1)))
    submit(office, task)
    assert running(office) == [TimerRule.QUESTION]
    office.do(AcceptTask(task=task))
    assert (running(office), counted(office, task)) == ([], 0)
