"""The list for leads and the facts beside it: what is in it, in which order, at what price."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.dependencies import AddDependency
from core.commands.issues import RaiseIssue
from core.commands.nudging import NudgeAwaited
from core.commands.people import AddDepartment, EditPerson
from core.commands.projects import AddProject, EditProject
from core.commands.quieting import AckAlert, SnoozeAlert
from core.commands.reviewing import AcceptTask
from core.commands.sync import AddSyncEntry
from core.commands.warning import WarnDelay
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.spells import BlockSpell
from core.domain.status import Priority, State, SyncKind
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.domain.trouble import DelayReason
from core.policies.calendar import calendar_named
from core.policies.clocks import Pace, elapsed
from core.policies.waiting_cost import MOST_HOURS
from core.queries.alerts import alerts
from core.queries.dependents import MOST, needing
from core.queries.triage import About, Triage, TriageFacts, Window, facts, triage
from core.store import rows
from tests.office import MORNING, Office

DAY = timedelta(days=1)
DECIDED = frozenset(
    "overdue issue-second issue-escalated swarm-late resolution-late blocked-long issue-unanswered"
    " collaborator-late acceptance-late extension-late question-late follow-up-late retro-late"
    " swarm issue-respond extension question blocked-by-you at-risk issue-open blocked".split()
)
"""The causes about which somebody can decide something."""


def _triage(office: Office, **asked: Any) -> Triage:
    known = {"viewer": office.wang, "scope": "all", "project": None, **asked}
    known.setdefault("now", office.clock.now())
    found: Triage = office.desk.ask(triage, **known)
    return found


def _facts(office: Office, task: TaskId, *, viewer: PersonId | None = None) -> TriageFacts:
    about = About(Target.TASK, task, task)
    viewer = viewer or office.wang
    return office.desk.ask(facts, about, viewer=viewer, now=office.clock.now())


def _keys(found: Triage) -> list[str]:
    return [row.alert.key for row in found.rows]


def _pass(office: Office, time: timedelta) -> None:
    office.clock = SetClock(office.clock.now() + time)
    office.desk.clock = office.clock


# The whole list against the rules


def _fill(office: Office, random: Random, count: int) -> None:
    """Tasks of every kind, some blocked, some with limits that run; straight into the tables."""
    department = office.do(AddDepartment(name="市场部", lead=office.li))
    office.do(EditPerson(person=office.li, department=DepartmentId(department.id)))
    office.do(EditPerson(person=office.zhao, department=DepartmentId(department.id)))
    office.do(AddProject(key="MKT", name="市场", department=DepartmentId(department.id)))
    office.do(EditProject(project=office.project, lead=office.wang))
    people = [None, *(one for one in (office.wang, office.li, office.zhao))]
    states = (*[State.DOING] * 4, State.REVIEW, State.REVIEW, State.TODO, State.DRAFT, State.DONE)
    for number in range(1, count + 1):
        state = random.choice(states)
        running = [] if random.random() < 0.6 else [_timer(random, number, people)]
        blocked = random.random() < 0.3 and state is not State.DONE
        task = Task(
            id=TaskId(number),
            project=ProjectId(1 + number % 2),
            key=f"K-{number}",
            title="用户画像分析",
            state=state,
            owner=random.choice(people),
            due=_instant(random),
            blocked_since=_before(random) if blocked else None,
            updated=_instant(random),
            submitted=_before(random) if state is State.REVIEW else None,
            urgent=random.random() < 0.2,
            priority=random.choice(list(Priority)),
            progress=random.choice([0, 50, 100]),
            closed=MORNING if state is State.DONE else None,
            created=MORNING - 20 * DAY,
        )
        _insert(office, task)
        if running:
            _insert(office, *running)
            office.store.sql(f"UPDATE task SET timers = 1 WHERE id = {number}")
        if task.blocked_since is not None:
            spell = BlockSpell(
                task=task.id,
                reason="等接口",
                waiting_for="技术部",
                waiting_person=random.choice(people),
                started=task.blocked_since,
                started_by=office.li,
            )
            _insert(office, spell)


def _insert(office: Office, *records: Any) -> None:
    for one in records:
        form = rows.shape(type(one))
        office.store.run(form.table.insert(rows.columns_of(one)))


def _instant(random: Random) -> datetime | None:
    hours = random.choice([0, 24, random.randint(-30, 150)])
    return None if random.random() < 0.25 else MORNING - timedelta(hours=hours)


def _before(random: Random) -> datetime:
    return MORNING - timedelta(hours=random.choice([1, 24, 200]))


def _timer(random: Random, number: int, people: list[Any]) -> Timer:
    started = _before(random)
    return Timer(
        rule=random.choice([one for one in TimerRule if one is not TimerRule.QUESTION]),
        project=ProjectId(1 + number % 2),
        task=TaskId(number),
        target=Target.TASK,
        object=number,
        person=random.choice(people),
        started=started,
        due=started + timedelta(hours=random.choice([4, 48, 400])),
        urgent=False,
    )


@pytest.mark.parametrize("scope", ["all", "team", "mine"])
@pytest.mark.parametrize("viewer", [1, 2, None])
def test_the_list_is_every_alert_to_decide_about(office, scope, viewer):
    _fill(office, Random(7), 160)
    for project in (None, ProjectId(2)):
        asked = {"viewer": viewer, "scope": scope, "project": project}
        told = office.desk.ask(alerts, **asked, now=MORNING, limit=1000).rows

        found = _triage(office, **asked, window=Window(limit=1000))

        wanted = {row.key for row in told if DECIDED & {row.rule, *row.others}}
        assert set(_keys(found)) == wanted
        assert found.total == len(wanted) == len(found.rows)
        assert {row.alert.key: row.alert for row in found.rows} == {
            row.key: row for row in told if row.key in wanted
        }
        assert [row.edge for row in found.rows] == sorted(row.edge for row in found.rows)


def test_the_hours_are_those_of_the_clocks(office):
    _fill(office, Random(11), 120)
    calendar = calendar_named("china")
    tasks = {one.id: one for one in office.all(Task)}
    running = {one.task: one for one in office.all(Timer)}

    for row in _triage(office, window=Window(limit=1000)).rows:
        task = tasks[row.about.task]
        late = [task.due] if task.state is not State.DONE and task.state is not State.DRAFT else []
        timer = running.get(task.id)
        if timer and timer.rule not in {TimerRule.DELIVERABLE, TimerRule.ACKNOWLEDGE}:
            late.append(timer.due)
        hours = max((_hours(one, calendar) for one in late if one), default=0.0)
        assert row.waiting.late == pytest.approx(hours), task.key
        assert row.waiting.waited >= row.waiting.late
        assert row.waiting.priority is task.priority


def _hours(since: datetime, calendar: Any) -> float:
    passed = elapsed(since, MORNING, Pace.WORKHOURS, calendar) if since < MORNING else timedelta()
    return min(passed / timedelta(hours=1), MOST_HOURS)


def test_windows_follow_each_other(office):
    _fill(office, Random(3), 120)
    whole = _keys(_triage(office, window=Window(limit=1000)))
    pages: list[str] = []
    edge = None

    while True:
        found = _triage(office, window=Window(limit=7, after=edge))
        assert found.total == len(whole)
        if not found.rows:
            break
        pages += _keys(found)
        edge = found.rows[-1].edge

    assert pages == whole


def test_the_price_does_not_grow_with_the_list(office, statements):
    _fill(office, Random(5), 20)
    few = statements(lambda: _triage(office))
    number = 1000
    for one in office.all(Task):
        number += 1
        _insert(office, _again(one, number))

    assert statements(lambda: _triage(office)) == few


def _again(task: Task, number: int) -> Task:
    return replace(task, id=TaskId(number), key=f"L-{number}")


@pytest.fixture
def statements(office: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """How many statements something takes."""

    def count(act: Any) -> int:
        told: list[str] = []
        real = office.store.database.execute_sql

        def heard(sql: str, params: Any = None) -> Any:
            told.append(sql)
            return real(sql, params)

        with monkeypatch.context() as patched:
            patched.setattr(office.store.database, "execute_sql", heard)
            act()
        return len(told)

    return count


# What makes it dear


def test_who_holds_up_others_stands_first(office):
    alone = office.doing(due=MORNING - DAY)
    needed = office.doing(title="接口", due=MORNING - DAY)
    office.do(AddDependency(task=office.doing(owner=office.zhao), needs=needed))

    found = _triage(office)

    assert [row.about.task for row in found.rows] == [needed, alone]
    assert (found.rows[0].waiting.tasks, found.rows[0].waiting.people) == (1, 1)


def test_what_asks_stands_there_from_the_start(office):
    warned = office.doing(due=MORNING + 5 * DAY)
    office.do(
        WarnDelay(
            task=warned, code=DelayReason.MATERIAL, reason="资料未到", expected=MORNING + 9 * DAY
        ),
        by="li",
    )
    troubled = office.doing()
    office.do(RaiseIssue(task=troubled, title="环境不可用", impact="无法联调"), by="li")
    office.do(RaiseIssue(project=office.project, title="会议室", impact="周会"), by="li")
    office.doing(due=MORNING + 5 * DAY)

    found = _triage(office)

    assert sorted((row.about.target, row.alert.rule) for row in found.rows) == [
        ("issue", "issue-respond"),
        ("task", "extension"),
        ("task", "issue-respond"),
    ]
    assert all(row.waiting.people == 1 for row in found.rows)


def test_the_second_level_is_dearer_than_the_first(office):
    task = office.doing()
    office.do(RaiseIssue(task=task, title="环境不可用", impact="无法联调"), by="li")

    levels = []
    for _ in range(4):
        (row,) = _triage(office).rows
        levels.append(row.waiting.level)
        _pass(office, DAY)

    assert levels[0] == 0
    assert levels == sorted(levels)
    assert levels[-1] >= 1


def test_what_i_acknowledged_is_gone_until_it_changes(office):
    task = office.doing(due=MORNING - DAY)
    (row,) = _triage(office).rows
    office.do(
        AckAlert(
            target=Target.TASK,
            object=task,
            rule=row.alert.rule,
            since=row.alert.since,
            note="本周处理",
        )
    )

    assert _triage(office) == Triage(rows=(), total=0)
    assert _triage(office, viewer=office.li).total == 1

    office.do(BlockTask(task=task, reason="等接口", waiting_for="技术部"), by="li")
    office.do(
        SnoozeAlert(target=Target.TASK, object=task, until=MORNING + 2 * DAY, reason="等回复")
    )
    assert _triage(office).total == 0
    _pass(office, 3 * DAY)
    assert _triage(office).total == 1


# Dependents


def test_dependents_are_counted_through_others_and_once(office):
    root, first, second, both = (office.task(title) for title in "甲乙丙丁")
    for task, needs in ((first, root), (second, root), (both, first), (both, second)):
        office.do(AddDependency(task=task, needs=needs))
    held = office.doing(owner=office.zhao)
    office.do(BlockTask(task=held, reason="等", waiting_for="", waiting_task=both), by="zhao")

    found = office.desk.ask(needing, [root, both, held])

    assert sorted(found[root].tasks) == sorted([first, second, both, held])
    assert found[both].tasks == (held,)
    assert found[both].owners == {office.zhao}
    assert held not in found


def test_a_thousand_dependents_are_counted_up_to_a_limit(office):
    root = office.task("根")
    for number in range(MOST + 5):
        office.do(AddDependency(task=office.task(f"子{number}"), needs=root))

    assert len(office.desk.ask(needing, [root])[root].tasks) == MOST


def test_what_has_ended_waits_for_nothing(office):
    root, done = office.doing(), office.doing()
    office.do(AddDependency(task=done, needs=root))
    office.submit(done)
    office.do(AcceptTask(task=done))

    assert office.desk.ask(needing, [root]) == {}


# Facts


def test_the_facts_say_what_is_needed_to_decide(office):
    task = office.doing(due=MORNING + 2 * DAY)
    office.doing(due=MORNING - DAY)
    office.do(AddDependency(task=office.task("验收", owner=office.zhao), needs=task))
    office.do(
        BlockTask(task=task, reason="等待接口", waiting_for="", waiting_person=office.zhao), by="li"
    )
    office.do(NudgeAwaited(task=task, note="今天要"))
    office.do(RaiseIssue(task=task, title="环境不可用", impact="无法联调"), by="li")
    office.do(
        WarnDelay(
            task=task, code=DelayReason.MATERIAL, reason="资料未到", expected=MORNING + 9 * DAY
        ),
        by="li",
    )
    office.do(
        AddSyncEntry(
            project=office.project,
            task=task,
            topic="何时能给？",
            kind=SyncKind.NOTE,
            asks=office.li,
        )
    )

    told = _facts(office, task)

    assert told.card is not None
    assert told.card.id == task
    assert told.load is not None
    assert (told.load.open, told.load.doing, told.load.overdue, told.load.blocked) == (2, 2, 1, 1)
    assert [one.title for one in told.needed_by] == ["验收"]
    assert [told.name(one) for one in told.kept_waiting] == ["赵敏"]
    assert told.spell is not None
    assert told.spell.reason == "等待接口"
    assert told.nudges == 1
    assert told.nudged is not None
    assert told.name(told.nudged.person) == "赵敏"
    assert told.extension is not None
    assert told.extension.reason == "资料未到"
    assert [one.title for one in told.issues] == ["环境不可用"]
    assert [one.topic for one in told.questions] == ["何时能给？"]
    assert told.events[0].number > told.events[-1].number
    assert {one.task for one in told.events} == {task}


def test_a_restricted_question_is_not_told(office):
    task = office.doing()
    office.do(
        AddSyncEntry(
            project=office.project,
            task=task,
            topic="薪酬何时定？",
            kind=SyncKind.NOTE,
            asks=office.li,
            restricted=True,
            people=(office.li,),
        )
    )

    for viewer, sees in ((office.li, True), (office.wang, True), (office.zhao, False)):
        told = _facts(office, task, viewer=viewer)
        found = _triage(office, viewer=viewer)
        assert bool(told.questions) is sees
        assert ("薪酬" in repr(told)) is sees
        assert (TimerRule.QUESTION in {one.rule for one in told.timers}) is sees
        assert bool(found.total) is sees


def test_facts_cost_a_bounded_number_of_statements(office, statements):
    task = office.doing(due=MORNING - DAY)
    before = task
    for number in range(12):
        after = office.task(f"后{number}", owner=office.zhao)
        office.do(AddDependency(task=after, needs=before))
        before = after

    assert statements(lambda: _facts(office, task)) <= 26


def test_the_facts_of_an_issue_without_a_task(office):
    office.do(RaiseIssue(project=office.project, title="会议室", impact="周会"), by="li")
    (row,) = _triage(office).rows

    told = office.desk.ask(facts, row.about, viewer=office.wang, now=MORNING)

    assert told.card is None
    assert told.load is None
    assert told.events == ()
    assert [one.title for one in told.issues] == ["会议室"]


def test_an_observer_may_look(office):
    office.doing(due=MORNING - DAY)

    assert _triage(office, viewer=office.sun).total == 1
