"""A small team on a real store, and a member who looks at it and presses keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.pilot import Pilot

from core.clock import SetClock
from core.commands.blocking import BlockTask
from core.commands.importing import ImportEntry, ImportTask
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion, AddDeliverable
from core.commands.people import AddDepartment, AddPerson
from core.commands.projects import EditProject
from core.commands.setup import StartTeam
from core.commands.submitting import Handover, SubmitTask
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.status import State, SyncKind
from tui.bridge import Bridge
from tui.screens.base import DubanScreen
from tui.session import Session, SessionOptions, directory
from tui.shell import DubanApp

NOW = datetime.fromisoformat("2026-03-18T10:30:00+08:00")
OPS = ProjectId(1)
WANG, LI = PersonId(1), PersonId(2)
OVERDUE, REVIEWED, BLOCKED, PLAIN = (TaskId(number) for number in (1, 2, 3, 4))


def open_desk(url: str, *, actor: str = "wang") -> Desk:
    """Another look at the same store, at the moment of the stage."""
    return Desk(url, actor=actor, clock=SetClock(NOW)).open()


def set_stage(url: str) -> None:
    """Wang leads; li owns an overdue task, one in review, a blocked one and one that is fine."""
    with Desk(url, actor="wang", clock=SetClock(NOW - timedelta(days=2))) as desk:
        desk.do(StartTeam(handle="wang", name="王经理", project_key="OPS", project_name="运营"))
        desk.do(AddPerson(handle="li", name="李专员"))
        desk.do(AddDepartment(name="市场部", lead=WANG))
        desk.do(EditProject(project=OPS, department=DepartmentId(1)))
        _task(desk, "用户画像分析", due=NOW - timedelta(days=1))
        review = _task(desk, "Survey report", due=NOW + timedelta(days=9), state=State.TODO)
        desk.do(AddCriterion(task=review, text="10 份以上访谈"))
        desk.do(AddCriterion(task=review, text="accuracy 95 %"))
        desk.do(AddDeliverable(task=review, name="《调研报告》", edition="V1.0"))
        owner = desk.acting("li", clock=SetClock(NOW - timedelta(days=2)))
        owner.do(MoveTask(task=review, to=State.DOING, seen=State.TODO))
        owner.do(
            SubmitTask(
                task=review,
                results="12 interviews, accuracy 96 %",
                claims=(PartId(1), PartId(2)),
                deliverables=(Handover("《调研报告》", "V1.0", "shared/report"),),
            )
        )
        blocked = _task(desk, "接口联调", due=NOW + timedelta(days=9))
        desk.do(BlockTask(task=blocked, reason="等待接口", waiting_for="技术部"))
        _task(desk, "Minutes", due=NOW + timedelta(days=9))
        for number, kind in enumerate((SyncKind.PROGRESS, SyncKind.PROBLEM, SyncKind.DECISION)):
            day = (NOW - timedelta(days=number)).date()
            entry = AddSyncEntry(
                project=OPS,
                task=OVERDUE if number == 1 else None,
                topic=f"同步{number}",
                content=f"content {number}",
                kind=kind,
                day=day,
                audience="项目组全体",
                author=LI if number == 1 else None,
            )
            desk.do(ImportEntry(entry=entry))


def _task(desk: Desk, title: str, *, due: datetime, state: State = State.DOING) -> TaskId:
    command = CreateTask(project=OPS, title=title, owner=LI, due=due, state=state)
    return TaskId(desk.do(ImportTask(task=command)).id)


@dataclass(frozen=True)
class Member:
    """Whoever sits at the terminal."""

    app: DubanApp
    pilot: Pilot[None]

    async def presses(self, *keys: str) -> None:
        """Press keys one after another, and wait until all is settled."""
        for key in keys:
            await self.pilot.press(key)
            await self.settles()

    async def writes(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*text)
        await self.settles()

    async def settles(self) -> None:
        """Wait until what was pressed is done, or waits for an answer in a prompt."""
        await self.pilot.pause()
        while isinstance(self.app.screen, DubanScreen) and any(
            worker.group == "actions" and not worker.is_finished for worker in self.app.workers
        ):
            await self.pilot.pause()
        await self.pilot.pause()

    @property
    def sees(self) -> str:
        """All that is on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def sitting(
    url: str,
    *,
    handle: str = "wang",
    language: str = "en",
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Member]:
    """The app on a store, as one of its members."""
    options = SessionOptions(store=url, handle=handle, language=language, clock=SetClock(NOW))
    bridge = Bridge(lambda: open_desk(url, actor=handle))
    session = Session(options, bridge)
    session.learn(bridge.soon(directory).result())
    app = DubanApp(session)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Member(app, pilot)
    finally:
        bridge.close()
