"""A made-up team and its work, the same for every run: rows for the tables, no store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from core.domain.departments import Department
from core.domain.ids import DepartmentId, PersonId, ProjectId, TaskId
from core.domain.people import Person, Project
from core.domain.status import Priority, Role, State
from core.domain.task import Task
from tests.bench.trouble import Trouble

PEOPLE = 30
PROJECTS = ("CSAT", "OPS", "PLAN", "WEB", "DATA")
ME = "p01"
"""An admin, who looks at the board."""
GAP = 1 << 16
DAY = timedelta(days=1)

_STATES = {
    State.TODO: 40,
    State.DOING: 25,
    State.REVIEW: 8,
    State.DONE: 20,
    State.DRAFT: 2,
    State.ARCHIVED: 4,
    State.CANCELLED: 1,
}
"""Of a hundred tasks."""
_PRIORITIES = {Priority.HIGH: 2, Priority.MEDIUM: 6, Priority.LOW: 2}
_OVERDUE, _SOON, _BLOCKED, _SUBTASKS, _LATE_NEWS = 0.022, 0.006, 0.03, 0.05, 0.04
"""Of the open tasks; blocked and without news are those in progress. Of 100,000 tasks some 5,000
need attention, by all kinds of rules."""
_NAMED = 0.9
"""How many of those that were submitted name who accepts them."""

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_VERBS = "整理 编写 核对 评审 更新 发布 准备 分析 跟进 汇总".split()
_THINGS = "季度报告 客户名单 合同条款 服务器迁移 培训材料 预算表 接口文档 验收清单".split()
_DOES = "Prepare Review Update Publish Check Draft Migrate Analyse Plan Collect".split()
_WHAT = (
    "the quarterly report",
    "customer contacts",
    "the contract terms",
    "server migration",
    "training material",
    "the deploy API",
    "release notes for v2.0",
    "the acceptance checklist",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A task as it lies in the store, its numbers included."""

    task: Task
    about: tuple[object, ...]
    """What else is told of it."""


def departments() -> tuple[Department, ...]:
    """Three, with their leads."""
    names = ("客户部", "Operations", "产品部")
    return tuple(
        Department(id=number, name=name, lead=PersonId(number + 1))  # type: ignore[arg-type]
        for number, name in enumerate(names, start=1)
    )


def people() -> tuple[Person, ...]:
    """Thirty: the first leads them all, three lead departments; an admin, members."""
    roles = {1: Role.LEAD, 2: Role.LEAD, 3: Role.LEAD, 4: Role.LEAD, 5: Role.ADMIN}
    return tuple(
        Person(
            id=PersonId(number),
            handle=f"p{number:02}",
            name=f"{_SURNAMES[number - 1]}明" if number % 2 else f"Person {number:02}",
            role=roles.get(number, Role.MEMBER),
            department=None if number == 1 else DepartmentId(1 + number % 3),
            manager=PersonId(1) if number > 1 else None,
        )
        for number in range(1, PEOPLE + 1)
    )


def projects() -> tuple[Project, ...]:
    """Five, without limits, led by the first members."""
    return tuple(
        Project(
            id=ProjectId(number),
            key=key,
            name=f"{key} 项目",
            lead=PersonId(number),
            department=None if number == 1 else DepartmentId(1 + number % 3),
            wip={},
        )
        for number, key in enumerate(PROJECTS, start=1)
    )


class Work:
    """The work of the team at ``now`` (UTC); ``size`` tasks, subtasks included."""

    def __init__(self, size: int, *, now: datetime) -> None:
        self.size = size
        self.now = now.astimezone(UTC)
        self._random = Random(size)
        self._trouble = Trouble(Random(size), people=PEOPLE, now=self.now)
        self._numbers = dict.fromkeys(range(1, len(PROJECTS) + 1), 0)
        self._parts: dict[TaskId, int] = {}
        self._parents: list[Task] = []

    @property
    def counters(self) -> dict[str, int]:
        """The last number given in each scope."""
        given = {f"project/{project}/": last for project, last in self._numbers.items() if last}
        given |= {f"issue/{project}": last for project, last in self._trouble.issues.items()}
        return given | {f"task/{parent}": last for parent, last in self._parts.items()}

    def tasks(self) -> Iterator[Placed]:
        """One after the other; a parent before its subtasks."""
        for number in range(1, self.size + 1):
            state = self._state(number)
            # A parent stays near: people open subtasks while they work on it.
            parent = self._parents[-1] if self._is_subtask(number) else None
            task = self._task(TaskId(number), state, parent)
            if parent is None:
                self._parents = [*self._parents[-3:], task]
            yield Placed(task=task, about=tuple(self._trouble.about(task)))

    def _state(self, number: int) -> State:
        """The first four fill the columns of the smallest board."""
        first = (State.TODO, State.DOING, State.REVIEW, State.DONE)
        if number <= len(first):
            return first[number - 1]
        return self._random.choices([*_STATES], [*_STATES.values()])[0]

    def _is_subtask(self, number: int) -> bool:
        return number > 4 and self._random.random() < _SUBTASKS

    def _task(self, number: TaskId, state: State, parent: Task | None) -> Task:
        project = parent.project if parent else ProjectId(1 + number % len(PROJECTS))
        closed = state in {State.DONE, State.ARCHIVED, State.CANCELLED}
        created = self.now - DAY * self._random.randint(3, 60)
        due = self._due(closed=closed)
        blocked = state is State.DOING and self._random.random() < _BLOCKED
        submitted = self._submitted(state)
        owner = self._someone()
        return Task(
            id=number,
            project=project,
            key=self._key(project, parent),
            parent=parent.id if parent else None,
            title=self._title(number),
            state=state,
            priority=self._random.choices([*_PRIORITIES], [*_PRIORITIES.values()])[0],
            position=number * GAP,
            initiator=self._someone(),
            owner=owner,
            acceptor=self._someone() if submitted and self._random.random() < _NAMED else None,
            due=due,
            baseline_due=due,
            progress=self._progress(state),
            blocked_since=self._hours_ago(1, 100) if blocked else None,
            updated=None if state in {State.TODO, State.DRAFT} else self._updated(),
            submitted=submitted,
            submitted_by=owner if submitted else None,
            round=int(submitted is not None),
            closed=self.now - DAY if closed else None,
            before=State.DONE if state is State.ARCHIVED else None,
            created=created,
        )

    def _key(self, project: ProjectId, parent: Task | None) -> str:
        if parent is not None:
            self._parts[parent.id] = self._parts.get(parent.id, 0) + 1
            return f"{parent.key}-{self._parts[parent.id]:02}"
        self._numbers[project] += 1
        return f"{PROJECTS[project - 1]}-{self._numbers[project]:03}"

    def _title(self, number: int) -> str:
        """Half Chinese, half English."""
        pick = self._random.choice
        if number % 2:
            return f"{pick(_VERBS)}{pick(_THINGS)}（第{number}批）"
        return f"{pick(_DOES)} {pick(_WHAT)} #{number}"

    def _due(self, *, closed: bool) -> datetime | None:
        chance = self._random.random()
        if closed or chance < _OVERDUE:
            return self.now - DAY * self._random.randint(1, 20)
        if chance < _OVERDUE + _SOON:
            return self.now + timedelta(hours=self._random.randint(2, 20))
        if chance < 0.85:
            return self.now + DAY * self._random.randint(4, 90)
        return None

    def _someone(self) -> PersonId:
        return PersonId(1 + self._random.randrange(PEOPLE))

    def _hours_ago(self, least: int, most: int) -> datetime:
        return self.now - timedelta(hours=self._random.randint(least, most))

    def _submitted(self, state: State) -> datetime | None:
        """What has been accepted keeps the moment, as commands leave it."""
        if state is State.REVIEW:
            return self._hours_ago(1, 30)
        return self._hours_ago(25, 60) if state in {State.DONE, State.ARCHIVED} else None

    def _progress(self, state: State) -> int:
        if state is State.DOING:
            return self._random.randrange(5, 100, 5)
        return 0 if state in {State.TODO, State.DRAFT} else 100

    def _updated(self) -> datetime:
        late = self._random.random() < _LATE_NEWS
        return self.now - (DAY * 12 if late else timedelta(minutes=self._random.randint(1, 60)))
