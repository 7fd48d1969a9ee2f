"""The demo team is there on any day, in both languages."""

from datetime import UTC, datetime

import pytest

from core import demo
from core.clock import SetClock
from core.desk import Desk
from core.domain.reviews import Review
from core.domain.status import State
from core.domain.task import Task
from core.store import rows


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("day", [11, 14, 15])
def test_on_a_weekday_and_on_a_weekend(sqlite_url: str, day: int, language: str) -> None:
    clock = SetClock(datetime(2026, 3, day, 2, 30, tzinfo=UTC))
    with Desk(sqlite_url, actor="wang", clock=clock) as desk:
        demo.fill(desk, language=language, handle="wang", name="王强")
        found = {}
        for kind in (Task, Review):
            form = rows.shape(kind)
            query = form.table.select(*form.columns)
            found[kind] = [rows.record(kind, row) for row in desk.store.rows(query)]
    submitted = [one.id for one in found[Task] if one.state in {State.REVIEW, State.DONE}]
    assert {one.task for one in found[Review]} == set(submitted)
    assert all(one.results and one.handed for one in found[Review])
