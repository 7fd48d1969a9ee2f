"""A team on a Wednesday morning: what was said on Tuesday, what is owed today."""

from datetime import datetime, timedelta

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.importing import ImportTask
from core.commands.people import AddPerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddProject, EditProject
from core.commands.setup import StartTeam
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import Priority, State
from tests.tui.stage import NOW

OPS = ProjectId(1)
WANG, LI, ZHAO, CHEN = (PersonId(number) for number in (1, 2, 3, 4))
YESTERDAY = NOW - timedelta(days=1)
TITLES = ("接口联调", "用户画像分析", "Survey report", "Data sheet", "访谈提纲")
FIRST, SECOND, THIRD, FOURTH, FIFTH, STUCK, OTHER = (TaskId(number) for number in range(1, 8))


def set_standup(url: str) -> None:
    """Li owes five updates, one of them urgent; zhao waits, chen is away, wang leads."""
    begun = SetClock(NOW - timedelta(days=6))
    with Desk(url, actor="wang", clock=begun) as desk:
        desk.do(StartTeam(handle="wang", name="王经理", project_key="OPS", project_name="运营"))
        for handle, name in (("li", "李专员"), ("zhao", "赵敏"), ("chen", "陈晨")):
            desk.do(AddPerson(handle=handle, name=name))
        desk.do(EditProject(project=OPS, rules={"cadence": "daily"}))
        desk.do(AddProject(key="NET", name="Network", rules={"checkin": "eod-15m"}))
        for place, title in enumerate(TITLES):
            _task(desk, title, LI, due=NOW + timedelta(days=place + 1), urgent=not place)
        _task(desk, "Router", ZHAO, due=NOW - timedelta(days=1), project=ProjectId(2))
        _task(desk, "Minutes", CHEN, due=NOW + timedelta(days=9))
    with Desk(url, actor="li", clock=SetClock(YESTERDAY)) as desk:
        for place, task in enumerate((FIRST, SECOND, THIRD, FOURTH, FIFTH)):
            desk.do(
                UpdateProgress(
                    task=task,
                    progress=20 * place,
                    done=f"part {place} 完成",
                    next=f"draft {place}",
                    problems="缺少样本数据" if place == 1 else "",
                )
            )
        block = BlockTask(task=STUCK, reason="no key for the rack", waiting_for="IT")
        desk.acting("zhao", clock=SetClock(YESTERDAY)).do(block)


def _task(desk: Desk, title: str, owner: PersonId, *, due: datetime, **more: object) -> None:
    fields = {"project": OPS, "priority": Priority.HIGH, **more}
    task = CreateTask(title=title, owner=owner, due=due, state=State.DOING, **fields)  # type: ignore[arg-type]
    desk.do(ImportTask(task=task))
