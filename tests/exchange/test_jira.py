"""Jira exports: headings that repeat, parents, links, comments and what programs wrote."""

from datetime import date
from typing import Any

import pytest

from core.desk import Desk
from core.domain.status import Priority, State
from core.exchange.apply import apply, preview
from core.queries import directory
from core.queries.detail import task_view
from tests.exchange.boards import team
from tests.exchange.files import found
from tests.exchange.made_boards import jira


@pytest.fixture
def quick(sqlite_url: str) -> Any:
    with team(sqlite_url) as desk:
        yield desk


def test_repeated_labels_and_other_fields_are_kept_in_the_note() -> None:
    plan = jira(
        (
            "Labels",
            "Labels",
            "Component/s",
            "Custom field (Team size)",
            "Inward issue link (Cloners)",
        ),
        ("web", "api", "core", "4", "J-9"),
    )
    assert plan.tasks[0].note.splitlines() == [
        "Labels: web, api",
        "Components: core",
        "Team size: 4",
        "Cloners: J-9",
    ]
    assert plan.doubts == ()


@pytest.mark.parametrize(
    ("word", "priority"),
    [
        ("Highest", Priority.HIGH),
        ("High", Priority.HIGH),
        ("Major", Priority.MEDIUM),
        ("Low", Priority.LOW),
        ("Lowest", Priority.LOW),
        ("Trivial", Priority.LOW),
    ],
)
def test_priorities(word: str, priority: Priority) -> None:
    assert jira(("Priority",), (word,)).tasks[0].priority is priority


def test_states_and_resolutions() -> None:
    plan = jira(
        ("Status", "Status Category", "Resolution"),
        ("Selected for Development", "To Do", ""),
        ("Baking", "In Progress", ""),
        ("Shipped", "Done", "Done"),
        ("Closed", "Done", "Won't Do"),
        ("Blocked", "In Progress", ""),
        ("Baking", "In Progress", ""),
    )
    assert [one.state for one in plan.tasks] == [
        State.TODO,
        State.DOING,
        State.DONE,
        State.CANCELLED,
        State.DOING,
        State.DOING,
    ]
    assert plan.tasks[4].blocked_reason == "Blocked"
    assert [(cell, code) for cell, code, _ in found(plan)] == [
        ("C2", "unknown-status"),
        ("C3", "unknown-status"),
        ("C4", "unknown-status"),
        ("E5", "resolution-cancelled"),
    ]


def test_parents_by_number_and_by_key_and_by_their_list(quick: Desk) -> None:
    plan = jira(
        ("Issue id", "Parent", "Sub-Tasks", "Custom field (Epic Link)"),
        ("101", "", "J-3", ""),
        ("102", "101", "", ""),
        ("103", "", "", ""),
        ("104", "", "", "J-1"),
        ("105", "999", "", ""),
    )
    assert {one.external_id: one.parent_external_id for one in plan.tasks} == {
        "J-1": "",
        "J-2": "J-1",
        "J-3": "J-1",
        "J-4": "J-1",
        "J-5": "",
    }
    assert found(plan) == [("D6", "parent-unknown", "")]
    apply(quick, plan)
    view = quick.ask(task_view, quick.ask(directory.find_task, "J-1"))
    assert len(view.subtasks) == 3
    assert preview(quick, plan).empty


def test_blocks_are_dependencies_either_way(quick: Desk) -> None:
    plan = jira(
        ("Inward issue link (Blocks)", "Inward issue link (Blocks)", "Outward issue link (Blocks)"),
        ("", "", "J-2"),
        ("J-1", "J-3", ""),
        ("", "", ""),
    )
    assert [(one.task_external_id, one.needs_external_id) for one in plan.dependencies] == [
        ("J-2", "J-1"),
        ("J-2", "J-3"),
    ]
    apply(quick, plan)
    view = quick.ask(task_view, quick.ask(directory.find_task, "J-2"))
    assert {one.title for one in view.needs} == {"Issue 1", "Issue 3"}
    assert preview(quick, plan).empty


def test_comments_and_the_people_behind_their_accounts() -> None:
    plan = jira(
        ("Assignee", "Assignee Id", "Comment", "Comment", "Comment"),
        (
            "李雷",
            "id:1",
            "09/Jan/24 3:54 PM;id:1;done; really\nsecond line",
            "08/Jan/24 8:00 AM;id:2;[~accountid:id:1] see",
            "just words",
        ),
    )
    assert [(one.person, one.on, one.done) for one in plan.updates] == [
        ("id:2", date(2024, 1, 8), "(8:00 AM) @李雷 see"),
        ("李雷", date(2024, 1, 9), "(3:54 PM) done; really\nsecond line"),
        ("", date(2026, 11, 20), "just words"),
    ]
    assert found(plan) == [
        ("F2", "person-unknown", "id:2"),
        ("G2", "comment-unparted", ""),
    ]


DUMP = "com.atlassian.greenhopper.service.sprint.Sprint@1a2b3c4d[id=1,state=ACTIVE,name=S1]"


def test_what_java_printed_is_left_out_and_told_once() -> None:
    plan = jira(
        ("Sprint", "Custom field (Extra)"),
        (DUMP, "{pullrequest={dataType=pullrequest, state=MERGED}, json={}}"),
        (DUMP, "ask first.mid.last@fade.com"),
    )
    assert [one.note for one in plan.tasks] == ["", "Extra: ask first.mid.last@fade.com"]
    assert found(plan) == [("C2", "machine-dump", ""), ("D2", "machine-dump", "")]


@pytest.mark.parametrize("order", [("05/06/2024", "05/28/2024"), ("06/05/2024", "28/05/2024")])
def test_day_and_month_as_other_rows_tell(order: tuple[str, str]) -> None:
    plan = jira(("Due date",), *((day,) for day in order))
    assert plan.tasks[0].due_on == date(2024, 5, 6)
    assert found(plan) == [("C2", "day-order-told", "2024-05-06")]


def test_without_a_sign_a_day_stays_ambiguous() -> None:
    plan = jira(("Due date",), ("05/06/2024",))
    assert plan.tasks[0].due_on is None
    assert found(plan) == [("C2", "date-ambiguous", "")]
