"""Stores for the tests of import and export, and random boards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.importing import Helper, ImportTask
from core.commands.people import AddPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject
from core.commands.setup import StartTeam
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.status import Priority, State, SyncKind
from core.exchange.export import export
from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan
from core.exchange.tables import Table, find_table
from core.exchange.writing.listing import table_lines
from core.policies.calendar import calendar_named
from core.policies.clocks import due_instant

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)

TEXTS = (
    "需包含10份以上客户访谈数据",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "第一行\n第二行",
    'he said "no", twice; then left',
    "_x0041_ is not A",
    "进度 100%",
    "问题:接口未就绪",
    "emoji 👩\u200d💻 and 한글 and עברית",
    "a'b",
    "同上",
    '"',
    "''",
    "'''",
    "'\"",
    "''=1+1",
    "'-x",
    "<b>&amp;</b>",
    "",
    "",
)
TITLES = (
    "数据分析",
    "=1+1",
    "客户,邀约",
    "Fix [red]markup[/red]",
    "月度;总结",
    "-- done",
    "“引号”",
    "'=公式",
)
WORDS = ("等待技术部接口支持", "=cmd", "资料未及时提供,预计12月1日", "完成初稿", "+86 电话未通")
WORDS += ("完成80%（初稿）；待评审，详见：附件", "等待（法务）", "(一)", "[a]", "：冒号", "收尾)")


@contextmanager
def team(url: str, *, project_key: str = "T") -> Iterator[Desk]:
    """A store with 赵 and a first project."""
    desk = Desk(url, actor="zhao", clock=SetClock(NOW))
    with desk:
        desk.do(StartTeam(handle="zhao", name="赵", project_key=project_key))
        yield desk


def table(name: str) -> Table:
    found = find_table(name)
    assert found is not None
    return found


def exported(desk: Desk, name: str, as_format: str = "csv") -> bytes:
    buffer = BytesIO()
    export(desk, name, buffer, as_format=as_format)
    return buffer.getvalue()


def plan_from(raw: bytes, *, name: str = "board.csv") -> ImportPlan:
    return read_plan(raw, name=name, today=TODAY)


def lines(desk: Desk, name: str) -> list[tuple[str, ...]]:
    return list(table_lines(desk, table(name)))


def fill(desk: Desk, random: Random, *, tasks: int = 14) -> None:
    """Bring a random board into an empty store."""
    with desk.together() as send:
        people = [
            send(AddPerson(handle="li", name="李雷")).id,
            send(AddPerson(handle="han", name="韩梅梅")).id,
            send(AddPerson(handle="han2", name="韩梅梅")).id,
            send(AddPerson(handle="ops", name="Dev/Ops")).id,
            send(AddPerson(handle="ming", name="*明", placeholder=True)).id,
        ]
        projects = [
            send(AddProject(key="CSAT", name="客户满意度提升项目")).id,
            send(AddProject(key="产品迭代", name="迭代", pattern="{key}{year}-{seq:03}")).id,
        ]
        made: list[Any] = []
        for number in range(tasks):
            made.append(_task(send, random, people=people, projects=projects, made=made))
            if random.random() < 0.3:
                external = random.choice(("", f"JIRA-{number}"))
                title = f"{random.choice(TITLES)} {number}"
                made.append(
                    (send(CreateTask(project=1, title=title, external_id=external)).id, State.TODO)
                )
        for task, state in made:
            _told(send, random, people=people, task=task, closed=state is State.DONE)
        for _ in range(6):
            _entry(send, random, people=people, projects=projects)


def _due(random: Random) -> datetime | None:
    day = TODAY + timedelta(days=random.randint(-400, 400))
    at_closing = due_instant(day, calendar_named("china"))
    return random.choice((None, at_closing, at_closing - timedelta(hours=3)))


def _task(send: Any, random: Random, *, people: Any, projects: Any, made: Any) -> Any:
    state = random.choice((State.TODO, State.DOING, State.REVIEW, State.DONE, State.DRAFT))
    owner = random.choice(people)
    delayed = random.random() < 0.2
    due = _due(random)
    home = random.choice(projects)
    parent = random.choice(made)[0] if made and random.random() < 0.25 else None
    command = CreateTask(
        project=None if parent else home,
        parent=parent,
        title=f"{random.choice(TITLES)} {len(made)}",
        state=state,
        description=random.choice(TEXTS),
        value=random.choice(TEXTS),
        type=random.choice(("", "专项任务", "紧急任务")),
        priority=random.choice(tuple(Priority)),
        urgent=random.random() < 0.3,
        initiator=random.choice(people),
        owner=owner,
        start=random.choice((None, TODAY)) if due is None or due.date() > TODAY else None,
        due=due,
        progress=random.choice((0, 1, 60, 100)),
        status_note=random.choice(("", *WORDS)),
        risk_note=random.choice(TEXTS),
        note=random.choice(TEXTS),
        delay_reason=random.choice(WORDS) if delayed else "",
    )
    helpers = random.sample([one for one in people if one != owner], random.randint(0, 2))
    imported = ImportTask(
        task=command,
        helpers=(*(Helper(person=one) for one in helpers), Helper(label="客户对接人")),
        criteria=tuple(random.sample(("准确率≥95%", "=2小时内恢复"), random.randint(0, 2))),
        deliverables=tuple(random.sample(("《清单V1.0》", "《报告》终稿", "=数据"), 2)),
    )
    task = send(imported).id
    if state is not State.DONE and random.random() < 0.25:
        send(BlockTask(task=task, reason=random.choice(WORDS), waiting_for="技术部"))
    return task, state


def _told(send: Any, random: Random, *, people: Any, task: int, closed: bool) -> None:
    for _ in range(random.randint(0, 3)):
        send(
            UpdateProgress(
                task=task,
                progress=random.choice((0, 1, 50, 100)),
                done=random.choice(TEXTS),
                next=random.choice(TEXTS),
                problems=random.choice(TEXTS),
                support=random.choice(("", "需要法务")),
                day=TODAY - timedelta(days=random.randint(0, 30)),
                person=random.choice(people),
            )
        )


def _entry(send: Any, random: Random, *, people: Any, projects: Any) -> None:
    send(
        AddSyncEntry(
            project=random.choice(projects),
            topic=random.choice(TITLES),
            content=random.choice(TEXTS),
            kind=random.choice(tuple(SyncKind)),
            audience=random.choice(("", "项目组全体", "技术组、客户部")),
            reference=random.choice(("", "《报告》")),
            remarks=random.choice(TEXTS),
            day=TODAY - timedelta(days=random.randint(0, 30)),
            author=random.choice(people),
        )
    )
