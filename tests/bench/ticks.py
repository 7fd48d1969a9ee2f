"""The clock's step: a week of backlog in one go, one batch of it, and a minute with nothing due."""

import time
from collections.abc import Iterator
from datetime import timedelta

from core.clock import SetClock
from core.commands.ticking import Tick
from core.desk import Desk
from core.queries.ticking import due_now
from tests.bench.figures import Budget, Figure
from tests.bench.setting import Setting

A_WEEK = timedelta(days=7)
BATCH = Budget(most=400)
"""What a key may have to wait for, once a minute at most."""
IDLE = Budget(most=600)
"""One percent of one core, each minute."""


def ticks(setting: Setting) -> Iterator[Figure]:
    """On a store that nobody had open for a week."""
    first = Figure(name="tick, one batch of a week's backlog", budget=BATCH)
    whole = Figure(name="tick, a week's backlog, all batches")
    raised = Figure(name="tick, alerts raised by them", unit="")
    idle = Figure(name="tick, a minute with nothing due", budget=IDLE)
    for size in setting.sizes:
        with Desk(setting.shelf.copy(size), actor="cron") as desk:
            desk.clock = SetClock(desk.now() + A_WEEK)
            begin = time.perf_counter()
            count = batch = desk.do(Tick()).id
            first.add(size, _since(begin))
            while batch:
                batch = desk.do(Tick()).id
                count += batch
            whole.add(size, _since(begin))
            raised.add(size, float(count))
            for turn in range(setting.runs + 1):
                begin = time.perf_counter()
                assert not desk.ask(due_now, now=desk.now(), limit=1)
                idle.add(size, _since(begin) if turn else None)
    yield from (first, whole, raised, idle)


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000
