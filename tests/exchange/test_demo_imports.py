"""Whoever looks around with the demo team can bring in the tables of their office."""

from pathlib import Path

import pytest

from core import demo
from core.clock import SetClock
from core.desk import Desk
from core.exchange.apply import apply, look
from core.exchange.plan import read_plan
from tests.office import MORNING

SAMPLES = Path(__file__).parent / "samples"
TABLES = ("guide-tables.xlsx", "任务分配与跟踪表.csv", "部门任务总览表.csv")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_tables_come_in_beside_the_demo(store_url: str, language: str) -> None:
    with Desk(store_url, actor="wang", clock=SetClock(MORNING)) as desk:
        demo.fill(desk, language=language, handle="wang", name="王强")
        for name in TABLES:
            plan = read_plan(SAMPLES / name, today=MORNING.date())
            found = look(desk, plan)
            assert found.preview.creates or found.preview.unchanged, name
            apply(desk, plan, looked=found)
            again = look(desk, plan)
            assert not again.preview.creates, name
