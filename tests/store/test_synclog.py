"""The sync log in windows, newest first, on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from core.clock import SetClock
from core.commands.people import AddPerson
from core.commands.projects import AddProject
from core.commands.setup import StartTeam
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import PersonId, ProjectId, TaskId
from core.domain.status import SyncKind
from core.queries.synclog import SyncFilter, entries

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    """Twelve entries on four days, by two people in two projects."""
    with Desk(store_url, actor="wang", clock=SetClock(NOW)) as opened:
        opened.do(StartTeam(handle="wang", name="王经理", project_key="OPS"))
        opened.do(AddPerson(handle="li", name="李专员"))
        opened.do(AddProject(key="MKT", name="市场"))
        opened.do(CreateTask(project=ProjectId(1), title="访谈"))
        for number in range(12):
            opened.do(
                AddSyncEntry(
                    project=ProjectId(1 + number % 2),
                    task=TaskId(1) if number == 0 else None,
                    topic=f"同步{number}",
                    kind=list(SyncKind)[number % 5],
                    day=DAY + timedelta(days=number % 4),
                    author=PersonId(1 + number % 2),
                )
            )
        yield opened


def _topics(desk: Desk, shown: SyncFilter) -> list[str]:
    return [row.topic for row in desk.ask(entries, shown)]


def test_newest_first_in_windows(desk: Desk):
    everything = desk.ask(entries)
    assert [row.edge for row in everything] == sorted(
        (row.edge for row in everything), reverse=True
    )
    assert len(everything) == 12
    paged, before = [], None
    while window := desk.ask(entries, before=before, limit=5):
        paged += window
        before = window[-1].edge
    assert tuple(paged) == everything


def test_an_entry_has_its_names(desk: Desk):
    (row,) = desk.ask(entries, SyncFilter(task=TaskId(1)))
    assert (row.topic, row.author_name, row.project_key, row.task_key) == (
        "同步0",
        "王经理",
        "OPS",
        "OPS001",
    )
    assert (row.kind, row.day, row.at) == (SyncKind.PROGRESS, DAY, NOW)


def test_filters(desk: Desk):
    assert _topics(desk, SyncFilter(kind=SyncKind.DECISION)) == ["同步7", "同步2"]
    assert _topics(desk, SyncFilter(person=PersonId(2), day_from=DAY + timedelta(days=3))) == [
        "同步11",
        "同步7",
        "同步3",
    ]
    assert _topics(desk, SyncFilter(project=ProjectId(1), day_to=DAY)) == [
        "同步8",
        "同步4",
        "同步0",
    ]
    assert _topics(desk, SyncFilter(day_from=DAY + timedelta(days=9))) == []
