"""The alerts of a viewer: what the store selects is what the rules decide, on both engines."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.moving import MoveTask
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import AddProject, SetCalendarDay
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.status import Bucket, Light, Priority, Role, State
from core.domain.task import Task
from core.policies.alerts import RULES, TaskFacts, alert_for
from core.queries import alerts as ask
from core.queries.horizons import groups, horizons
from core.store import rows
from core.store.part_tables import CollaboratorTable
from core.store.tables import PersonTable, TaskTable
from core.store.told_tables import BlockTable

NOW = datetime.fromisoformat("2026-03-18T10:30:00+08:00")
STATES = (*[State.DOING] * 4, *[State.REVIEW] * 3, State.TODO, State.DRAFT, State.DONE)


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    with Desk(store_url, actor="wang", clock=SetClock(NOW)) as opened:
        opened.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        yield opened


def _people(desk: Desk) -> None:
    """Two departments, five people, three projects with calendars of their own."""
    desk.do(AddDepartment(name="市场部", lead=PersonId(1)))
    for number, department in ((2, 1), (3, 1), (4, None)):
        chosen = DepartmentId(department) if department else None
        desk.do(AddPerson(handle=f"p{number}", name=f"成员{number}", department=chosen))
    desk.do(AddProject(key="MKT", name="市场", department=DepartmentId(1), lead=PersonId(2)))
    zone = {"time_zone": "Europe/Berlin", "calendar": "weekdays"}
    desk.do(AddProject(key="EU", name="Europe", department=DepartmentId(1), **zone))
    desk.do(SetCalendarDay(calendar="weekdays", day=date(2026, 3, 17), works=False))


def _instant(random: Random) -> datetime | None:
    """Near enough to now that every rule is met often; now and then exactly on a limit."""
    if random.random() < 0.25:
        return None
    minutes = random.choice([0, 1440, random.randint(-3 * 1440, 9 * 1440)])
    return NOW - timedelta(minutes=minutes)


def _fill(desk: Desk, random: Random, count: int) -> None:
    """Tasks of every kind, a third of the blocked ones waiting for somebody."""
    people = [None, 1, 2, 3, 4]
    for number in range(1, count + 1):
        state = random.choice(STATES)
        closed = NOW if state is State.DONE else None
        task = Task(
            id=TaskId(number),
            project=ProjectId(random.randint(1, 3)),
            key=f"K-{number}",
            title="用户画像分析",
            state=state,
            owner=random.choice(people),
            acceptor=random.choice([None, None, 1, 2]),
            due=_instant(random),
            blocked_since=_instant(random) if random.random() < 0.3 and not closed else None,
            updated=_instant(random),
            submitted=_instant(random),
            urgent=random.random() < 0.3,
            priority=random.choice(list(Priority)),
            closed=closed,
            created=NOW,
        )
        desk.store.run(TaskTable.insert(rows.columns_of(task)))
        _spell(desk, task, random)
        if random.random() < 0.1:
            desk.store.run(CollaboratorTable.insert(task=number, person=random.choice([1, 2])))


def _spell(desk: Desk, task: Task, random: Random) -> None:
    if task.blocked_since is None:
        return
    awaited = random.choice([None, 1, 2])
    ended = random.choice([None, NOW]) if awaited else None
    values = {"task": task.id, "reason": "等接口", "waiting_for": "技术部", "started": NOW}
    desk.store.run(BlockTable.insert(**values, started_by=1, waiting_person=awaited, ended=ended))


def _brute(desk: Desk, viewer: PersonId | None, scope: str, project: int | None) -> list[Any]:
    """The rules applied to every task there is: (rank, since, ..., id), rule and others."""
    store = desk.store
    form = rows.shape(Task)
    tasks = [rows.record(Task, row) for row in store.rows(TaskTable.select(*form.columns))]
    homes = {one.id: (group, one) for group in groups(store, now=NOW) for one in group.projects}
    spells = store.rows(
        BlockTable.select(BlockTable.task, BlockTable.waiting_person, BlockTable.ended)
    )
    held = {task for task, person, ended in spells if person == viewer and ended is None and viewer}
    pairs = store.rows(CollaboratorTable.select(CollaboratorTable.task, CollaboratorTable.person))
    supported = {task for task, person in pairs if person == viewer}
    departments = dict(store.rows(PersonTable.select(PersonTable.id, PersonTable.department)))
    found = []
    for task in tasks:
        group, home = homes[task.project]
        accepts = viewer is not None and (task.acceptor or home.acceptor) == viewer
        facts = TaskFacts(
            mine_to_accept=accepts,
            waits_for_me=task.id in held,
            **{name: getattr(task, name) for name in _NAMES},
        )
        alert = alert_for(facts, group.horizon)
        mine = task.owner == viewer or task.id in held | supported
        mine = viewer is not None and (mine or (accepts and task.state is State.REVIEW))
        own = departments.get(viewer)
        theirs = home.lead == viewer or (own is not None and home.department == own)
        colleague = own is not None and departments.get(task.owner) == own
        team = viewer is not None and (mine or theirs or colleague)
        in_scope = {"mine": mine, "team": team, "all": True}[scope]
        if alert and in_scope and project in {None, task.project}:
            order = (_rank(alert.rule), alert.since, getattr(facts, alert.rule.follows), task.id)
            found.append((order, alert.rule.id, alert.others))
    return sorted(found)


_NAMES = ("state", "due", "blocked_since", "updated", "submitted", "urgent", "priority")


def _rank(rule: Any) -> int:
    ranks = list(dict.fromkeys((one.bucket, one.light) for one in RULES))
    return ranks.index((rule.bucket, rule.light))


def test_selecting_and_deciding_is_deciding_on_all(desk: Desk):
    _people(desk)
    _fill(desk, Random(7), 250)
    seen: Counter[str] = Counter()
    for viewer in (None, PersonId(1), PersonId(2)):
        for scope in ("mine", "team", "all"):
            for project in (None, ProjectId(3)):
                wanted = _brute(desk, viewer, scope, project)
                question = {"viewer": viewer, "scope": scope, "project": project, "now": NOW}
                got = desk.ask(ask.alerts, **question, limit=1000)
                lines = [(row.task, row.rule, row.others) for row in got.rows]
                assert lines == [(order[3], rule, others) for order, rule, others in wanted]
                buckets = Counter(row.bucket for row in got.rows)
                assert got.counts == {bucket: buckets[bucket] for bucket in Bucket}
                assert desk.ask(ask.alert_counts, **question) == got.counts
                short = desk.ask(ask.alerts, **question, limit=7)
                assert short.rows == got.rows[:7]
                seen.update(row.rule for row in got.rows)
    assert set(seen) == {rule.id for rule in RULES}


def test_a_line_has_everything_to_show(desk: Desk):
    _people(desk)
    task = desk.do(
        CreateTask(
            project=ProjectId(2),
            title="设计访谈提纲",
            owner=PersonId(3),
            due=NOW + timedelta(hours=3),
            state=State.DOING,
        )
    )
    desk.do(BlockTask(task=TaskId(task.id), reason="等待接口", waiting_for="技术部"))

    (row,) = desk.ask(ask.alerts, viewer=None, scope="all", project=None, now=NOW).rows

    assert (row.key, row.title, row.project_key) == ("MKT-001", "设计访谈提纲", "MKT")
    assert (row.rule, row.others) == ("due-soon", ("blocked",))
    assert (row.bucket, row.light) == (Bucket.SOON, Light.YELLOW)
    assert (row.actor, row.owner_name) == ("成员3", "成员3")
    assert (row.blocked_reason, row.waiting_for) == ("等待接口", "技术部")
    assert row.due == NOW + timedelta(hours=3)


def test_who_must_act(desk: Desk):
    """The owner; whoever is awaited; after a working day the head; in review the acceptor."""
    _people(desk)
    values = {"project": ProjectId(2), "title": "访谈", "owner": PersonId(3), "state": State.DOING}
    task = TaskId(desk.do(CreateTask(**values, due=NOW + timedelta(minutes=1))).id)
    question = {"viewer": PersonId(2), "scope": "all", "project": None}

    def acts(after: timedelta) -> tuple[str, str]:
        (row,) = desk.ask(ask.alerts, **question, now=NOW + after).rows
        return row.rule, row.actor

    assert acts(timedelta(minutes=2)) == ("overdue", "成员3")
    desk.do(MoveTask(task=task, to=State.REVIEW, seen=State.DOING))
    assert acts(timedelta(minutes=2)) == ("overdue", "成员2")

    other = TaskId(desk.do(CreateTask(**values)).id)
    desk.do(BlockTask(task=other, reason="等待接口", waiting_for="", waiting_person=PersonId(4)))
    found = desk.ask(ask.alerts, **question, now=NOW + timedelta(hours=1)).rows
    assert [(row.rule, row.actor) for row in found][1:] == [("blocked", "成员4")]
    found = desk.ask(ask.alerts, **question, now=NOW + timedelta(days=1)).rows
    assert [(row.rule, row.actor) for row in found][1:] == [("blocked-long", "王经理")]


def test_what_i_support_is_mine(desk: Desk):
    _people(desk)
    late = {"title": "访谈", "owner": PersonId(3), "due": NOW - timedelta(days=1)}
    task = desk.do(CreateTask(project=ProjectId(2), **late))
    question = {"viewer": PersonId(4), "scope": "mine", "project": None, "now": NOW}
    assert desk.ask(ask.alerts, **question).rows == ()
    desk.do(AddCollaborator(task=TaskId(task.id), person=PersonId(4)))
    assert [row.key for row in desk.ask(ask.alerts, **question).rows] == ["MKT-001"]


def test_the_limits_of_every_project(desk: Desk):
    _people(desk)
    found = desk.ask(horizons, now=NOW)
    assert set(found) == {ProjectId(1), ProjectId(2), ProjectId(3)}
    assert found[ProjectId(1)] is found[ProjectId(2)]
    assert not found[ProjectId(3)].calendar.is_workday(date(2026, 3, 17))


def test_an_empty_store_has_no_alerts(store_url: str):
    with Desk(store_url, actor="nobody", clock=SetClock(NOW)) as desk:
        found = desk.ask(ask.alerts, viewer=None, scope="all", project=None, now=NOW)
    assert found.rows == ()
    assert set(found.counts.values()) == {0}


@pytest.mark.parametrize("scope", ["mine", "all"])
def test_the_indexes_answer(sqlite_url: str, scope: str):
    """No source walks through all tasks: law 10."""
    with Desk(sqlite_url, actor="wang", clock=SetClock(NOW)) as desk:
        desk.do(StartTeam(handle="wang", name="王经理"))
        texts: list[tuple[str, Any]] = []
        execute = desk.store.database.execute

        def noted(query: Any) -> Any:
            texts.append(query.sql())
            return execute(query)

        desk.store.database.execute = noted  # only listens
        desk.ask(ask.alerts, viewer=PersonId(1), scope=scope, project=None, now=NOW)
        plans = [
            (text, [row[3] for row in desk.store.sql(f"EXPLAIN QUERY PLAN {text}", values)])
            for text, values in texts
            if 'FROM "task"' in text
        ]
    assert len(plans) == 6
    for text, plan in plans:
        assert not [step for step in plan if step.startswith("SCAN t1")], (text, plan)


def test_roles_do_not_matter(desk: Desk):
    """Reading is for everybody, observers too."""
    desk.do(AddPerson(handle="watcher", name="观察员", role=Role.OBSERVER))
    question = {"viewer": PersonId(2), "scope": "mine", "project": None, "now": NOW}
    assert desk.ask(ask.alerts, **question).rows == ()
