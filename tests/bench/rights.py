"""What the gate before every command costs: whether its actor may, by the stored task."""

import time
from collections.abc import Iterator
from contextlib import suppress

from core.commands import allowing
from core.commands.blocking import BlockTask
from core.commands.moving import MoveTask
from core.commands.parts import AddCriterion
from core.commands.progress import UpdateProgress
from core.desk import Desk
from core.domain.refusals import Rejected
from core.domain.status import State
from core.store.work import Work
from tests.bench.figures import Budget, Figure
from tests.bench.questions import BEGUN
from tests.bench.setting import Setting
from tests.bench.team import ME

CHECK = Budget(most=0.1)
_TURNS = 200
_COMMANDS = (
    UpdateProgress(task=BEGUN, progress=90),
    MoveTask(task=BEGUN, to=State.REVIEW, seen=State.DOING),
    BlockTask(task=BEGUN, reason="等合同", waiting_for="客户"),
    AddCriterion(task=BEGUN, text="签字齐全"),
)


def rights(setting: Setting) -> Iterator[Figure]:
    """Several commands in turn: once their task is read, and with all that is read for it."""
    warm = Figure(name="permission check, of a task that was read", budget=CHECK)
    cold = Figure(name="permission check, with reading the task and its project", budget=CHECK)
    for size in setting.sizes:
        with Desk(setting.shelf.copy(size), actor=ME) as desk, desk.store.writing():
            work = Work(desk.store, now=desk.now(), actor=desk.me(), handle=ME)
            for command in _COMMANDS * _TURNS:
                work.book.loaded.clear()
                cold.add(size, _checked(command, work))
                warm.add(size, _checked(command, work))
    yield from (warm, cold)


def _checked(command: object, work: Work) -> float:
    """Milliseconds until it may or may not."""
    begin = time.perf_counter()
    with suppress(Rejected):
        allowing.check(command, work)
    return (time.perf_counter() - begin) * 1000
