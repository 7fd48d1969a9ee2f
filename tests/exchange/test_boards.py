"""The samples of other programs, whole: what comes in, every doubt, and once only."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from core.desk import Desk
from core.domain.status import Priority, State
from core.exchange.apply import apply, preview
from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan
from core.queries import directory
from core.queries.detail import task_view
from tests.exchange.boards import lines, team
from tests.exchange.files import SAMPLES, TODAY, found

NAMES = ("trello-board.json", "taskwarrior-export.json", "jira-issues.csv", "wekan-board.csv")


def sample(name: str) -> ImportPlan:
    return read_plan(SAMPLES / name, today=TODAY)


@pytest.fixture
def desk(store_url: str) -> Any:
    with team(store_url, project_key="X") as found_desk:
        yield found_desk


def test_the_trello_board() -> None:
    plan = sample("trello-board.json")
    assert [(one.external_id, one.title, one.state, one.owner) for one in plan.tasks] == [
        ("cQCFhToV", "Write code", State.TODO, "Test User"),
        ("SMc4sR3Q", "Review code", State.TODO, "Test User"),
        ("IutYxjuP", "Visualize code", State.DOING, "Test User"),
    ]
    assert plan.tasks[2].note.splitlines() == [
        "Text Value: Test text",
        "Number Value: 100.32",
        "Dropdown: Down",
        "Date Value: 2021-01-28",
        "Logical Value: true",
        "https://trello.com/c/IutYxjuP (#3)",
    ]
    assert {(one.project_name, one.initiator) for one in plan.tasks} == {
        ("Project 100", "Test User")
    }
    assert [(one.label, one.uses) for one in plan.people] == [("Test User", 6)]
    assert (plan.doubts, plan.skipped, plan.updates) == ((), (), ())


def test_the_taskwarrior_export() -> None:
    plan = sample("taskwarrior-export.json")
    assert [(one.title, one.state, one.due_on) for one in plan.tasks] == [
        ("老用户召回活动", State.DOING, date(2023, 10, 15)),
        ("用户画像分析", State.TODO, date(2023, 10, 10)),
        ("月度销售报表", State.CANCELLED, date(2023, 10, 8)),
        ("月度销售报表", State.CANCELLED, date(2023, 11, 8)),
        ("月度销售报表", State.CANCELLED, date(2023, 12, 8)),
        ("月度销售报表", State.CANCELLED, date(2024, 1, 8)),
    ]
    first, second = plan.tasks[:2]
    assert (first.priority, first.type, first.project_name) == (Priority.HIGH, "项目型", "活动运营")
    assert [(one.done, one.on) for one in plan.updates] == [
        ("(11:52) 阻塞:等待技术部接口支持", date(2026, 11, 21))
    ]
    [link] = plan.dependencies
    assert (link.task_external_id, link.needs_external_id) == (
        second.external_id,
        first.external_id,
    )
    assert found(plan) == [
        ("[0].tags", "label-as-type", "项目型"),
        ("[1].due", "time-dropped", "2023-10-10"),
    ]
    assert [(one.sheet, one.row, one.code) for one in plan.skipped] == [
        ("[]", 2, "recurring-parent")
    ]
    assert plan.people == ()


def test_the_jira_export() -> None:
    plan = sample("jira-issues.csv")
    assert Counter(one.state for one in plan.tasks) == {
        State.TODO: 9,
        State.DOING: 3,
        State.DONE: 10,
    }
    issue = next(one for one in plan.tasks if one.external_id == "TES-13")
    assert (issue.owner, issue.initiator) == ("Saicharan Basireddy", "Sai Sontineni")
    assert (issue.type, issue.priority, issue.due_on) == (
        "Story",
        Priority.MEDIUM,
        date(2025, 9, 18),
    )
    assert issue.note == "Sprint: TES Sprint 1\nResolution: Done"
    assert [(one.key, one.name, one.pattern) for one in plan.projects] == [
        ("TES", "TestAutoGen", "{key}-{seq}")
    ]
    told = [one for one in plan.updates if one.task_external_id == "TES-19"]
    assert [(one.person, one.on) for one in told] == [
        ("Saicharan Basireddy", date(2025, 9, 5)),
        ("Sai Sontineni", date(2025, 9, 12)),
    ]
    assert told[0].done.startswith("(7:24 AM) @Saicharan Basireddy is working on")
    assert len(plan.updates) == 17
    assert [one.label for one in plan.people] == [
        "Eric Medlock",
        "Sai Sontineni",
        "Saicharan Basireddy",
    ]
    picture = next(one for one in plan.tasks if one.external_id == "TES-4")
    assert picture.deliverables == (
        "image-20250822-131517.png "
        "https://ericmedlock.atlassian.net/rest/api/3/attachment/content/10003",
    )
    assert found(plan) == [
        ("D2", "new-type", "Task"),
        ("D7", "new-type", "Story"),
        ("1:1", "columns-left-out", ""),
    ]


def test_the_wekan_board() -> None:
    plan = sample("wekan-board.csv")
    first = plan.tasks[0]
    assert (first.title, first.description, first.owner, first.collaborators) == (
        "Test card 1",
        "Test description 1",
        "testuser1",
        ("testuser2",),
    )
    assert (first.start_on, first.due_on) == (date(2020, 3, 20), date(2020, 5, 6))
    assert (first.state, first.note) == (State.DONE, "Labels: Marketing")
    assert Counter(one.state for one in plan.tasks) == {
        State.TODO: 3,
        State.DOING: 6,
        State.DONE: 16,
    }
    assert [one.label for one in plan.people] == [
        "testuser1",
        "testuser2",
        "testuser3",
        "bryanmutai",
    ]
    assert Counter(code for _, code, _ in found(plan)) == {
        "unknown-list": 4,
        "complete-elsewhere": 16,
        "day-order-told": 3,
        "columns-left-out": 1,
    }
    assert ("G2", "day-order-told", "2020-05-06") in found(plan)


@pytest.mark.parametrize("name", NAMES)
def test_a_board_once_and_twice_and_exported(desk: Desk, name: str) -> None:
    plan = sample(name)
    done = apply(desk, plan)
    late = sum(one.code == "day-in-future" for one in preview(desk, plan).skipped)
    logged = len(plan.updates) + len(plan.dependencies) - late
    assert done.created == len(plan.tasks) + logged
    assert done.people == len(plan.people)

    again = preview(desk, plan)
    assert (again.creates, again.changes, again.people_new) == ((), (), ())
    mark = desk.mark()
    assert apply(desk, plan).last == 0
    assert desk.mark() == mark

    told = lines(desk, "T1-1")
    assert sorted(line[1] for line in told) == sorted(one.title for one in plan.tasks)


def test_dependencies_and_keys_stand_on_the_board(desk: Desk) -> None:
    apply(desk, sample("taskwarrior-export.json"))
    view = desk.ask(
        task_view, desk.ask(directory.find_task, "813637e2-8cce-43ab-86a9-e4b8c7ed8870")
    )
    assert [one.title for one in view.needs] == ["老用户召回活动"]
    apply(desk, sample("jira-issues.csv"))
    assert desk.ask(task_view, desk.ask(directory.find_task, "TES-13")).task.key == "TES-13"
    apply(desk, sample("trello-board.json"))
    card = desk.ask(task_view, desk.ask(directory.find_task, "cQCFhToV"))
    assert (card.task.external_id, card.task.key != "cQCFhToV") == ("cQCFhToV", True)


def test_dry_runs_tell_where_in_words(desk: Desk) -> None:
    from tui.cli.importing import preview_lines
    from tui.words import Words

    shown = preview(desk, sample("taskwarrior-export.json"))
    told = "\n".join(preview_lines(Words("en"), shown, limit=None))
    assert "[1].due: “20231010T180000Z” - the time of day was left out → 2023-10-10" in told
    assert "[2]: the pattern of a recurring task; its children come in 月度销售报表" in told
    assert "dependency 813637e2-8cce-43ab-86a9-e4b8c7ed8870" in told
