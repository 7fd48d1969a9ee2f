"""Taskwarrior exports, of older versions too."""

import json
from datetime import UTC, date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.commands.dependencies import AddDependency
from core.desk import Desk
from core.domain.status import Priority, State
from core.exchange.apply import apply, preview
from core.exchange.plan import read_plan
from core.queries import directory
from tests.exchange.boards import team
from tests.exchange.files import TODAY, found
from tests.exchange.made_boards import json_plan, tasks


@pytest.fixture
def quick(sqlite_url: str) -> Any:
    with team(sqlite_url) as desk:
        yield desk


def test_states_priorities_and_own_attributes() -> None:
    plan = json_plan(
        tasks(
            {"description": "a", "priority": "L", "tags": ["home", "next"]},
            {"description": "b", "status": "waiting", "wait": "20260105T160000Z"},
            {"description": "c", "status": "completed", "estimate": 5},
            {"description": "d", "status": "odd", "priority": "X"},
            {"description": "e", "start": "20260101T000000Z", "scheduled": "20260102T000000Z"},
            {"status": "pending"},
        ),
        zone=ZoneInfo("Asia/Shanghai"),
    )
    assert [one.state for one in plan.tasks] == [
        State.TODO,
        State.TODO,
        State.DONE,
        State.TODO,
        State.DOING,
    ]
    assert plan.tasks[0].priority is Priority.LOW
    assert [one.note for one in plan.tasks[:3]] == [
        "Tags: home, next",
        "wait: 2026-01-06",
        "estimate: 5",
    ]
    assert plan.tasks[4].start_on == date(2026, 1, 2)
    assert found(plan) == [
        ("[3].status", "unknown-status", "todo"),
        ("[3].priority", "unknown-priority", "medium"),
        ("[4].scheduled", "time-dropped", "2026-01-02"),
    ]
    assert [(one.row, one.code) for one in plan.skipped] == [(5, "row-without-title")]


@pytest.mark.parametrize("depends", ["u0,u1", ["u0", "u1"]])
def test_dependencies_as_list_and_with_commas(depends: object) -> None:
    plan = json_plan(
        tasks({"description": "a"}, {"description": "b"}, {"description": "c", "depends": depends})
    )
    assert [(one.task_external_id, one.needs_external_id) for one in plan.dependencies] == [
        ("u2", "u0"),
        ("u2", "u1"),
    ]


def test_circles_and_strangers_are_left_out(quick: Desk) -> None:
    plan = json_plan(
        tasks(
            {"description": "a", "depends": ["u1"]},
            {"description": "b", "depends": ["u0"]},
            {"description": "c", "depends": ["u2", "gone"]},
        )
    )
    done = apply(quick, plan)
    told = [(one.cell, one.code, one.value) for one in done.doubts if one.code.startswith("needs")]
    assert told == [
        ("[1]", "needs-circle", "u0"),
        ("[2]", "needs-circle", "u2"),
        ("[2]", "needs-unknown", "gone"),
    ]
    assert done.created == 4
    assert preview(quick, plan).empty


def test_a_circle_through_the_store_is_seen(quick: Desk) -> None:
    apply(quick, json_plan(tasks({"description": "a"}, {"description": "b"})))
    first, second = (quick.ask(directory.find_task, name) for name in ("u0", "u1"))
    quick.do(AddDependency(task=second, needs=first))
    again = tasks({"description": "a", "depends": "u1"}, {"description": "b"})
    shown = preview(quick, json_plan(again))
    assert shown.empty
    assert [(one.cell, one.code) for one in shown.doubts if "needs" in one.code] == [
        ("[0]", "needs-circle")
    ]


def test_one_object_a_line() -> None:
    text = ",\n".join(json.dumps(one) for one in tasks({"description": "a"}, {"description": "b"}))
    for raw in (text, text.replace(",\n", "\n"), json.dumps(tasks({"description": "a"})[0])):
        plan = read_plan(raw.encode(), name="x", today=TODAY, zone=UTC)
        assert plan.tasks[0].title == "a"


def test_an_empty_export_is_empty() -> None:
    plan = read_plan(b"[\n]\n", name="tasks.json", today=TODAY)
    assert [(one.sheet, one.code) for one in plan.skipped] == [("tasks.json", "empty-sheet")]
