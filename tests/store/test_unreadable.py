"""Values that somebody spoilt by direct SQL: each refused in words, none a surprise."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from core.commands.editing import EditTask, Setting
from core.commands.parts import AddCriterion
from core.commands.projects import EditProject
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.ids import TaskId
from core.domain.refusals import Unavailable
from core.domain.status import State
from core.queries import (
    alerts,
    board,
    detail,
    directory,
    exporting,
    history,
    horizons,
    reviews,
    soundness,
    synclog,
)
from core.queries.board import Chosen
from tests.ledgers import unguard
from tests.office import MORNING, Office


def spoil(office: Office, sql: str) -> None:
    with office.store.writing():
        office.store.sql(sql)


def questions(office: Office) -> list[Callable[[Desk], Any]]:
    """All that screens ask."""
    return [
        lambda desk: [desk.ask(board.cards, Chosen(), state) for state in State],
        lambda desk: desk.ask(board.columns, Chosen()),
        lambda desk: desk.ask(detail.task_view, TaskId(1)),
        lambda desk: desk.ask(directory.people),
        lambda desk: desk.ask(directory.projects),
        lambda desk: desk.ask(exporting.dossiers, [TaskId(1), TaskId(2)]),
        lambda desk: desk.ask(history.events),
        lambda desk: desk.ask(horizons.horizons, now=MORNING),
        lambda desk: desk.ask(reviews.queue, office.wang, now=desk.now(), all=True),
        lambda desk: desk.ask(synclog.entries),
        lambda desk: desk.ask(alerts.alerts, viewer=None, scope="all", project=None, now=MORNING),
        lambda desk: desk.me(),
        lambda desk: desk.do(EditTask(task=TaskId(1), settings=(Setting("note", "", "n"),))),
        lambda desk: desk.do(EditProject(project=office.project, goal="g")),
    ]


SPOILT = (
    ("task", "priority", "'weird'"),
    ("task", "state", "'weird'"),
    ("task", "start", "'0000-99-99'"),
    ("task", "due", "-99999999999999999"),
    ("task", "due", "'rubbish'"),
    ("task", "due", "253402214400000000"),
    ("task", "title", "x'00ff'"),
    ("task", "slips", "'many'"),
    ("person", "role", "'weird'"),
    ("person", "name", "x'00ff'"),
    ("project", "wip", "'{bad'"),
    ("project", "wip", "'[1, 2]'"),
    ("project", "wip", "'{\"weird\": 3}'"),
    ("project", "wip", '\'{"doing": "x"}\''),
    ("project", "time_zone", "'Mars/X'"),
    ("project", "calendar", "'nope'"),
    ("criterion", "facet", "'weird'"),
    ("review", "verdict", "'weird'"),
    ("sync_entry", "kind", "'weird'"),
    ("sync_entry", "day", "20240325"),
)


@pytest.mark.parametrize(("table", "column", "value"), SPOILT)
def test_a_spoilt_value_is_refused_in_words(
    office: Office, table: str, column: str, value: str
) -> None:
    if office.store.postgres and (
        column in {"due", "slips", "start", "day", "owner_id"} or value[0] == "x"
    ):
        pytest.skip("PostgreSQL keeps no such value")
    task = office.in_review(due=MORNING)
    office.do(AddCriterion(task=task, text="有目录", reason="客户要求"))
    office.do(AddSyncEntry(project=office.project, topic="周会", content="内容"))
    if not office.store.postgres:
        office.store.sql("PRAGMA foreign_keys = 0")
    spoil(office, f"UPDATE {table} SET {column} = {value}")

    refused = []
    for question in questions(office):
        try:
            question(office.by("wang"))
        except Unavailable as refusal:
            refused.append(refusal)
    assert refused
    for one in refused:
        assert one.code == "row-unreadable"
        assert (one.facts["table"], one.facts["column"]) == (table, column)
    found: Any = office.desk.ask(soundness.unreadable_values)
    assert {(one.table, one.column) for one in found} == {(table, column)}
    assert all(one.row and one.value.isprintable() for one in found)


def test_a_sound_store_has_no_unreadable_values(office: Office) -> None:
    office.in_review(due=MORNING)
    assert office.desk.ask(soundness.unreadable_values) == ()


def test_the_scan_reads_on_after_a_chunk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "CHUNK", 2)
    for _ in range(5):
        office.task()
    spoil(office, "UPDATE task SET priority = 'weird' WHERE id = 5")
    (one,) = office.desk.ask(soundness.unreadable_values)
    assert (one.row, one.value) == ("5", "weird")
    spoil(office, "UPDATE task SET priority = 'weird'")
    assert len(office.desk.ask(soundness.unreadable_values, limit=3)) == 3


@pytest.mark.parametrize(
    "changes",
    ["{rubbish", "[1,2]", '{"due": 1}', '{"due": [1, 2, 3]}', '{"a": [[1], {}]}', '{"due": [1,2]}'],
)
def test_a_spoilt_event_stands_among_the_others(office: Office, changes: str) -> None:
    office.task()
    before = office.desk.ask(history.events)
    assert before[-2].changes
    unguard(office.store)
    spoil(office, f"UPDATE event SET changes = '{changes}' WHERE number = {before[-1].number}")
    after = office.desk.ask(history.events)
    assert after[:-1] == before[:-1]
    assert (after[-1].kind, dict(after[-1].changes)) == (before[-1].kind, {})


def test_an_event_of_an_unknown_kind_keeps_its_word(office: Office) -> None:
    office.task()
    newest = office.desk.mark()
    unguard(office.store)
    spoil(office, f"UPDATE event SET kind = 'task-sung' WHERE number = {newest}")
    last = office.desk.ask(history.events)[-1]
    assert (last.kind, dict(last.changes)) == ("task-sung", {})


def test_bytes_that_are_no_text_show_as_such(office: Office) -> None:
    if office.store.postgres:
        pytest.skip("PostgreSQL keeps no such text")
    task = office.task()
    spoil(office, "UPDATE task SET title = CAST(x'61EDA08062' AS TEXT)")
    assert office.get(task).title == "a\ufffd\ufffd\ufffdb"
    office.do(EditTask(task=task, settings=(Setting("note", "", "n"),)))
    assert office.get(task).note == "n"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", "'{bad'"),
        ("outcome", "'[]'"),
        ("outcome", "'{}'"),
        ("outcome", '\'{"id": "one", "name": "T-1", "warnings": []}\''),
        ("outcome", '\'{"id": 1, "name": "T-1", "warnings": ["x"]}\''),
        ("outcome", '\'{"id": 1, "name": "T-1", "warnings": [["code", []]]}\''),
        ("first", "'many'"),
        ("last", "x'00'"),
    ],
)
def test_a_spoilt_receipt_is_refused_in_words(office: Office, column: str, value: str) -> None:
    if office.store.postgres and column != "outcome":
        pytest.skip("PostgreSQL keeps no such value")
    number, command = UUID(int=7), CreateTask(project=office.project, title="整理")
    done = office.desk.do(command, command_id=number)
    assert office.desk.do(command, command_id=number).id == done.id
    spoil(office, f"UPDATE receipt SET {column} = {value} WHERE command_id = '{number}'")
    with pytest.raises(Unavailable) as caught:
        office.desk.do(command, command_id=number)
    assert caught.value.code == "row-unreadable"
    assert (caught.value.facts["table"], caught.value.facts["column"]) == ("receipt", column)
