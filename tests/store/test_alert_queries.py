"""The alerts of a viewer: what the store selects is what the rules decide, on both engines."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.parts import AddCollaborator
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import AddProject, SetCalendarDay
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.status import Bucket, Light, Priority, Role, State
from core.domain.synclog import SyncEntry
from core.domain.task import Task
from core.domain.timers import Target, Timer, TimerRule
from core.policies.alerts import WATCHED
from core.policies.causes import TaskFacts
from core.policies.rules import RULES, alert_for
from core.policies.timer_causes import TimerFacts, follows
from core.queries import alerts as ask
from core.queries.horizons import groups, horizons
from core.store import rows
from core.store.part_tables import CollaboratorTable
from core.store.rare_tables import SyncTable
from core.store.rhythm_tables import TimerTable
from core.store.tables import PersonTable, TaskTable
from core.store.told_tables import BlockTable
from tests.office import hand_in

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
    """Tasks of every kind, a third of the blocked ones waiting for somebody; limits that run."""
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
            start=random.choice([None, date(2026, 3, 2), date(2026, 3, 18)]),
            progress=random.choice([0, 60, 100]),
            due=_instant(random),
            blocked_since=_instant(random) if random.random() < 0.3 and not closed else None,
            updated=_instant(random),
            submitted=_instant(random),
            urgent=random.random() < 0.3,
            priority=random.choice(list(Priority)),
            closed=closed,
            created=NOW - timedelta(days=3),
        )
        desk.store.run(TaskTable.insert(rows.columns_of(task)))
        _spell(desk, task, random)
        if random.random() < 0.1:
            desk.store.run(CollaboratorTable.insert(task=number, person=random.choice([1, 2])))
        for _ in range(random.choice([0, 0, 0, 1, 1, 3])):
            _timer(desk, random, project=task.project, task=number)
    for number in range(1, 41):
        for _ in range(random.choice([1, 2])):
            _timer(desk, random, project=ProjectId(1 + number % 3), object=number)


def _spell(desk: Desk, task: Task, random: Random) -> None:
    if task.blocked_since is None:
        return
    awaited = random.choice([None, 1, 2])
    ended = random.choice([None, NOW]) if awaited else None
    values = {"task": task.id, "reason": "等接口", "waiting_for": "技术部", "started": NOW}
    desk.store.run(BlockTable.insert(**values, started_by=1, waiting_person=awaited, ended=ended))


def _timer(desk: Desk, random: Random, *, project: ProjectId, **about: int) -> None:
    """A limit about a task, or about an issue or a sync entry without one."""
    task, number = about.get("task"), about.get("object")
    rule = random.choice(list(TimerRule))
    target = Target.ENTRY if rule in {TimerRule.QUESTION, TimerRule.FOLLOW_UP} else Target.ISSUE
    minutes = random.choice([0, -120, -120, random.randint(-3 * 1440, 3 * 1440)])
    due = NOW - timedelta(minutes=minutes)
    timer = Timer(
        rule=rule,
        project=project,
        task=TaskId(task) if task else None,
        target=target,
        object=number or random.randint(1, 40),
        person=random.choice([None, None, 1, 2, 3]),
        started=due - timedelta(days=2),
        due=due,
        ended=random.choice([None, None, None, NOW]),
    )
    desk.store.run(TimerTable.insert(rows.columns_of(timer)))
    if task and timer.ended is None:
        desk.store.run(TaskTable.update(timers=TaskTable.timers + 1).where(TaskTable.id == task))


def _entries(desk: Desk) -> None:
    """Forty sync entries, of which those with an even number are for the author only."""
    for number in range(1, 41):
        entry = SyncEntry(
            project=ProjectId(1 + number % 3),
            day=NOW.date(),
            topic=f"问题{number}",
            author=PersonId(3),
            restricted=number % 2 == 0,
            at=NOW,
        )
        desk.store.run(SyncTable.insert(rows.columns_of(entry)))


class Team:
    """Who is what to whom, read without the code that is tried."""

    def __init__(self, desk: Desk, viewer: PersonId | None) -> None:
        store = desk.store
        self.viewer = viewer
        self.homes = {
            one.id: (group, one) for group in groups(store, now=NOW) for one in group.projects
        }
        columns = (BlockTable.task, BlockTable.waiting_person, BlockTable.ended)
        spells = store.rows(BlockTable.select(*columns))
        self.held = {task for task, who, ended in spells if who == viewer and not ended and viewer}
        pairs = store.rows(
            CollaboratorTable.select(CollaboratorTable.task, CollaboratorTable.person)
        )
        self.supported = {task for task, person in pairs if person == viewer}
        self.departments = dict(
            store.rows(PersonTable.select(PersonTable.id, PersonTable.department))
        )
        self.timers = store.rows(
            TimerTable.select(*rows.shape(Timer).columns).where(TimerTable.ended.is_null())
        )
        self.timers = [rows.record(Timer, row) for row in self.timers]
        self.own = self.departments.get(viewer)

    def leads(self, project: int) -> bool:
        _, home = self.homes[project]
        return self.viewer is not None and self.viewer in {home.lead or home.head, home.lead}

    def team_of(self, project: int) -> bool:
        _, home = self.homes[project]
        return self.viewer is not None and (
            home.lead == self.viewer or (self.own is not None and home.department == self.own)
        )

    def sees(self, timer: Timer) -> bool:
        """Even entries are restricted to their author and to leads (R95)."""
        if timer.target is not Target.ENTRY or timer.object % 2:
            return True
        _, home = self.homes[ProjectId(1 + timer.object % 3)]
        return self.viewer is not None and self.viewer in {home.lead, home.head}

    def acts(self, timer: Timer) -> bool:
        """Nobody has a manager and nobody is away: both levels are the head's."""
        if self.viewer is None:
            return False
        _, home = self.homes[timer.project]
        head = (home.head or home.lead) == self.viewer
        passed = timer.due <= NOW
        named = timer.person or home.lead or home.head
        up = timer.rule in {TimerRule.ISSUE_RESOLVE, TimerRule.SWARM} and passed
        up = up or timer.rule is TimerRule.ISSUE_SECOND
        return named == self.viewer or (up and head)

    def facts(self, timers: list[Timer]) -> tuple[TimerFacts, ...]:
        return tuple(
            TimerFacts(
                one.rule, one.target, one.object, one.started, one.due, one.urgent, one.person
            )
            for one in timers
            if self.sees(one)
        )


def _brute(desk: Desk, viewer: PersonId | None, scope: str, project: int | None) -> list[Any]:
    """The rules applied to everything there is: (rank, since, ..., id), thing, rule and others."""
    form = rows.shape(Task)
    tasks = [rows.record(Task, row) for row in desk.store.rows(TaskTable.select(*form.columns))]
    team = Team(desk, viewer)
    lines = [*_task_lines(team, tasks, scope), *_thing_lines(team, scope)]
    lines = [one for one in lines if project in {None, one[1]}]
    if scope != "mine":
        lines = _folded(lines)
    return sorted((order, rule, others) for order, _, rule, others in lines)


def _task_lines(team: Team, tasks: list[Task], scope: str) -> Iterator[Any]:
    viewer = team.viewer
    for task in tasks:
        group, home = team.homes[task.project]
        about = [one for one in team.timers if one.task == task.id]
        accepts = viewer is not None and (task.acceptor or home.acceptor) == viewer
        facts = TaskFacts(
            mine_to_accept=accepts,
            waits_for_me=task.id in team.held,
            timers=team.facts(about),
            **{name: getattr(task, name) for name in _NAMES},
        )
        alert = alert_for(facts, group.horizon)
        if alert is None:
            continue
        head = viewer is not None and (home.head or home.lead) == viewer
        mine = task.owner == viewer or task.id in team.held | team.supported
        mine = viewer is not None and (mine or (accepts and task.state is State.REVIEW))
        long = task.blocked_since is not None and task.blocked_since <= group.horizon.day_ago
        mine = mine or (head and long and task.state in WATCHED)
        mine = mine or any(map(team.acts, about))
        colleague = team.own is not None and team.departments.get(task.owner) == team.own
        theirs = viewer is not None and (mine or team.team_of(task.project) or colleague)
        if {"mine": mine, "team": theirs, "all": True}[scope]:
            moment = _moment(alert.rule, facts, group.horizon)
            order = (_rank(alert.rule), alert.since, moment, task.id, "task")
            yield order, task.project, alert.rule.id, alert.others


def _thing_lines(team: Team, scope: str) -> Iterator[Any]:
    things: dict[Any, list[Timer]] = {}
    for one in team.timers:
        if one.task is None:
            things.setdefault((one.target, one.object, one.project), []).append(one)
    for (target, number, project), timers in things.items():
        group, _ = team.homes[project]
        facts = TaskFacts(state=State.DRAFT, timers=team.facts(timers))
        alert = alert_for(facts, group.horizon)
        mine = any(map(team.acts, timers))
        people = {one.person for one in timers if one.person}
        colleague = any(team.own and team.departments.get(one) == team.own for one in people)
        theirs = team.viewer is not None and (mine or team.team_of(project) or colleague)
        if alert and {"mine": mine, "team": theirs, "all": True}[scope]:
            moment = _moment(alert.rule, facts, group.horizon)
            order = (_rank(alert.rule), alert.since, moment, number, target.value)
            yield order, project, alert.rule.id, alert.others


def _folded(lines: list[Any]) -> list[Any]:
    """Missing news of a project is one line."""
    silent: dict[int, list[Any]] = {}
    for line in lines:
        if line[2] == "update-missing":
            silent.setdefault(line[1], []).append(line)
    kept = [line for line in lines if line[2] != "update-missing"]
    for project, some in silent.items():
        since = min(order[1] for order, *_ in some)
        moment = min(order[2] for order, *_ in some)
        order = (some[0][0][0], since, moment, project, "project")
        kept.append((order, project, "update-missing", ()))
    return kept


_NAMES = (
    *("state", "due", "blocked_since", "updated", "submitted", "urgent", "priority"),
    *("progress", "start", "created"),
)


def _moment(rule: Any, facts: TaskFacts, at: Any) -> datetime:
    if rule.follows == "timers":
        return follows(rule.id, facts.timers, at)
    return getattr(facts, rule.follows)


def _rank(rule: Any) -> int:
    ranks = list(dict.fromkeys((one.bucket, one.light) for one in RULES))
    return ranks.index((rule.bucket, rule.light))


@pytest.mark.parametrize("seed", [8, 11])
def test_selecting_and_deciding_is_deciding_on_all(desk: Desk, seed: int):
    _people(desk)
    _entries(desk)
    _fill(desk, Random(seed), 200)
    seen: Counter[str] = Counter()
    for viewer in (None, PersonId(1), PersonId(2)):
        for scope in ("mine", "team", "all"):
            for project in (None, ProjectId(3)):
                wanted = _brute(desk, viewer, scope, project)
                question = {"viewer": viewer, "scope": scope, "project": project, "now": NOW}
                got = desk.ask(ask.alerts, **question, limit=1000)
                lines = [(row.object, row.target, row.rule, row.others) for row in got.rows]
                assert lines == [
                    (order[3], Target(order[4]), rule, others) for order, rule, others in wanted
                ]
                buckets = Counter(row.bucket for row in got.rows)
                assert got.counts == {bucket: buckets[bucket] for bucket in Bucket}
                assert desk.ask(ask.alert_counts, **question) == got.counts
                for limit in (7, 40):
                    short = desk.ask(ask.alerts, **question, limit=limit)
                    assert short.rows == got.rows[:limit]
                seen.update(row.rule for row in got.rows)
    if seed == 8:
        assert {*seen, "meeting", "reconfirm", "reported-late"} == {rule.id for rule in RULES}


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
    assert (row.rule, row.others) == ("at-risk", ("blocked",))
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
    hand_in(desk.acting("p3", clock=desk.clock), task)
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
        execute = desk.store.database.execute_sql

        def noted(text: str, values: Any = ()) -> Any:
            texts.append((text, values))
            return execute(text, values)

        desk.store.database.execute_sql = noted  # only listens
        desk.ask(ask.alerts, viewer=PersonId(1), scope=scope, project=None, now=NOW)
        desk.store.database.execute_sql = execute
        plans = [
            (text, [row[3] for row in desk.store.sql(f"EXPLAIN QUERY PLAN {text}", values)])
            for text, values in texts
            if 'FROM "task"' in text
        ]
    assert len(plans) == (10 if scope == "mine" else 9)  # duties are only mine
    for text, plan in plans:
        assert not [step for step in plan if step.startswith("SCAN t1")], (text, plan)


def test_roles_do_not_matter(desk: Desk):
    """Reading is for everybody, observers too."""
    desk.do(AddPerson(handle="watcher", name="观察员", role=Role.OBSERVER))
    question = {"viewer": PersonId(2), "scope": "mine", "project": None, "now": NOW}
    assert desk.ask(ask.alerts, **question).rows == ()
