"""Trello boards: lists, people, checklists, comments, and what was put away."""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.desk import Desk
from core.domain.status import Priority, State
from core.exchange.apply import apply, preview
from core.exchange.boards.columns import named_column, read_columns
from core.queries import directory
from core.queries.detail import task_view
from tests.exchange.boards import team
from tests.exchange.files import found
from tests.exchange.made_boards import HAN, LI, comment, json_plan, trello


@pytest.fixture
def quick(sqlite_url: str) -> Any:
    with team(sqlite_url) as desk:
        yield desk


@pytest.mark.parametrize(
    ("name", "state", "sure"),
    [
        ("To Do", State.TODO, True),
        ("✅ Done", State.DONE, True),
        ("Doing (3)", State.DOING, True),
        ("待验收", State.REVIEW, True),
        ("Code review", State.REVIEW, False),
        ("Done in March", State.DONE, False),
        ("Not done", State.TODO, False),
        ("Ready for development", State.TODO, False),
        ("待开发", State.TODO, False),
        ("开发中", State.DOING, False),
        ("已上线", State.DONE, False),
        ("On Hold", State.DOING, True),
        ("Waiting for customer", State.DOING, False),
    ],
)
def test_lists_by_name(name: str, state: State, *, sure: bool) -> None:
    column = named_column(name)
    assert column is not None
    assert (column.state, column.sure) == (state, sure)


def test_unknown_lists_by_place() -> None:
    columns = read_columns(["Marketing", "Sales", "Shipped!", "Fruit"])
    states = [State.TODO, State.DOING, State.DONE, State.DOING]
    assert [one.state for one in columns.values()] == states
    assert not any(one.sure for one in columns.values())


def test_an_unknown_list_is_one_doubt_and_never_moves_what_is_stored(quick: Desk) -> None:
    lists = [{"id": "l1", "name": "Fruit", "pos": 1}, {"id": "l2", "name": "Fish", "pos": 2}]
    board = trello({"name": "a", "idList": "l2"}, {"name": "b", "idList": "l2"}, lists=lists)
    plan = json_plan(board)
    assert found(plan) == [
        ("lists[0].name", "unknown-list", "todo"),
        ("lists[1].name", "unknown-list", "doing"),
    ]
    assert [one.state for one in plan.tasks] == [State.DOING, State.DOING]
    apply(quick, plan)
    board["lists"].reverse()
    board["lists"][0]["pos"] = 0
    assert preview(quick, json_plan(board)).empty


def test_several_members_are_one_owner_and_collaborators() -> None:
    plan = json_plan(trello({"name": "a", "idMembers": ["m2", "m1", "gone"]}))
    [task] = plan.tasks
    assert (task.owner, task.collaborators) == ("韩梅梅", ("李雷",))
    assert found(plan) == [
        ("cards[0].idMembers", "person-unknown", ""),
        ("cards[0].idMembers", "several-owners", "韩梅梅"),
    ]


def test_two_members_with_one_name_go_by_their_accounts() -> None:
    twins = [{**LI, "fullName": "李"}, {**HAN, "fullName": "李"}]
    plan = json_plan(trello({"name": "a", "idMembers": ["m2"]}, members=twins))
    assert plan.tasks[0].owner == "han"


def test_checklist_items_are_subtasks(quick: Desk) -> None:
    items = [
        {"id": "i2", "name": "second", "state": "incomplete", "pos": 2, "idMember": "m1"},
        {"id": "i1", "name": "first", "state": "complete", "pos": 1},
    ]
    lists = [{"id": "k", "idCard": "c0", "name": "Steps", "checkItems": items}]
    plan = json_plan(trello({"name": "a", "idList": "l2", "idMembers": ["m2"]}, checklists=lists))
    told = [(one.title, one.parent_external_id, one.state, one.owner) for one in plan.tasks]
    assert told == [
        ("a", "", State.DOING, "韩梅梅"),
        ("first", "s0", State.DONE, ""),
        ("second", "s0", State.TODO, "李雷"),
    ]
    assert plan.tasks[1].note == "Steps"
    apply(quick, plan)
    view = quick.ask(task_view, quick.ask(directory.find_task, "s0"))
    assert [one.title for one in view.subtasks] == ["first", "second"]
    assert preview(quick, plan).empty


def test_what_was_put_away_stays_away(quick: Desk) -> None:
    items = [
        {"id": "i1", "name": "open", "state": "incomplete"},
        {"id": "i2", "name": "ticked", "state": "complete"},
    ]
    lists = [
        {"id": "l1", "name": "To do", "pos": 1},
        {"id": "l3", "name": "Done", "pos": 2},
        {"id": "l4", "name": "In Progress", "pos": 3, "closed": True},
    ]
    board = trello(
        {"name": "done", "idList": "l3", "closed": True},
        {"name": "given up", "closed": True},
        {"name": "in a closed list", "idList": "l4"},
        {"name": "another", "idList": "l4"},
        lists=lists,
        checklists=[{"id": "k", "idCard": "c1", "checkItems": items}],
    )
    plan = json_plan(board)
    assert {one.title: one.state for one in plan.tasks} == {
        "done": State.ARCHIVED,
        "given up": State.CANCELLED,
        "open": State.CANCELLED,
        "ticked": State.ARCHIVED,
        "in a closed list": State.CANCELLED,
        "another": State.CANCELLED,
    }
    assert found(plan) == [
        ("cards[1].closed", "closed-unfinished", "cancelled"),
        ("lists[2].closed", "closed-unfinished", "cancelled"),
    ]
    assert apply(quick, plan).created == 6
    assert preview(quick, plan).empty


def test_complete_by_mark_and_days_of_the_boards_zone() -> None:
    card = {"name": "a", "due": "2026-03-01T16:30:00.000Z", "dueComplete": True}
    plan = json_plan(trello(card), zone=ZoneInfo("Asia/Shanghai"))
    [task] = plan.tasks
    assert (task.state, task.due_on) == (State.DONE, date(2026, 3, 2))
    assert found(plan) == [
        ("cards[0].dueComplete", "complete-elsewhere", "done"),
        ("cards[0].due", "time-dropped", "2026-03-02"),
    ]


def test_done_with_open_items_is_doubted() -> None:
    lists = [{"idCard": "c0", "checkItems": [{"id": "i", "name": "x", "state": "incomplete"}]}]
    plan = json_plan(trello({"name": "a", "idList": "l3"}, checklists=lists))
    assert ("cards[0].name", "open-items-of-done", "") in found(plan)


def test_labels_attachments_and_descriptions() -> None:
    labels = [{"name": "High priority"}, {"name": "事务型"}, {"name": "web"}, {"color": "red"}]
    files = [{"name": "plan.pdf", "url": "https://x/plan.pdf"}, {"name": "", "url": "https://y"}]
    card = {"name": "a", "desc": "第一行\n第二行", "labels": labels, "attachments": files}
    plan = json_plan(trello(card, {**card, "shortLink": "other"}))
    task = plan.tasks[0]
    assert (task.priority, task.type, task.note) == (Priority.HIGH, "事务型", "Labels: web, red")
    assert task.deliverables == ("plan.pdf https://x/plan.pdf", "https://y")
    assert task.description == "第一行\n第二行"
    assert [code for _, code, _ in found(plan)] == ["label-as-priority", "label-as-type"]


def test_comments_are_updates_of_their_day_oldest_first(quick: Desk) -> None:
    actions = [
        comment("c0", "later", date="2026-01-03T00:00:00.000Z"),
        comment("c0", "earlier"),
        comment("gone", "lost"),
        {**comment("c0", "bad"), "date": "yesterday"},
    ]
    plan = json_plan(trello({"name": "a", "idList": "l2", "idMembers": ["m1"]}, actions=actions))
    assert [(one.done, one.on, one.person) for one in plan.updates] == [
        ("(03:04) earlier", date(2026, 1, 2), "韩梅梅"),
        ("(00:00) later", date(2026, 1, 3), "韩梅梅"),
    ]
    assert [(one.row, one.code) for one in plan.skipped] == [
        (3, "row-without-content"),
        (2, "card-unknown"),
    ]
    apply(quick, plan)
    view = quick.ask(task_view, quick.ask(directory.find_task, "s0"))
    assert [one.done for one in view.updates] == ["(00:00) later", "(03:04) earlier"]
    assert preview(quick, plan).empty


def test_an_export_of_exactly_a_thousand_actions_is_cut() -> None:
    full = [{"type": "updateCard"}] * 1000
    assert found(json_plan(trello({"name": "a"}, actions=full))) == [("actions", "actions-cut", "")]
    assert found(json_plan(trello({"name": "a"}, actions=full[:-1]))) == []


def test_templates_and_nameless_cards_are_left_out() -> None:
    plan = json_plan(trello({"name": "t", "isTemplate": True}, {"name": " "}, {"name": "a"}))
    assert [one.title for one in plan.tasks] == ["a"]
    assert [(one.row, one.code) for one in plan.skipped] == [
        (0, "template-card"),
        (1, "row-without-title"),
    ]


def test_what_has_another_shape_is_a_doubt() -> None:
    card = {"name": 7, "desc": ["x"], "due": 5, "labels": {}, "idMembers": "m1", "closed": "no"}
    plan = json_plan(trello(card, actions=[3], checklists=None))
    [task] = plan.tasks
    assert (task.title, task.description, task.owner) == ("7", "", "")
    assert Counter(code for _, code, _ in found(plan)) == {"wrong-shape": 7, "date-unreadable": 1}


def test_a_blocked_list_blocks(quick: Desk) -> None:
    lists = [{"id": "l1", "name": "Waiting for customer", "pos": 1}]
    plan = json_plan(trello({"name": "a", "idMembers": ["m1"]}, lists=lists))
    assert plan.tasks[0].blocked_reason == "Waiting for customer"
    apply(quick, plan)
    assert preview(quick, plan).empty
