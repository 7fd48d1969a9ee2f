"""The log tells of every row, its events hang together, and nobody changes one: both engines."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import peewee
import psycopg
import pytest

from core.clock import SetClock
from core.commands.editing import EditTask, Setting
from core.commands.moving import ReorderTask
from core.commands.parts import AddCriterion, RemovePart
from core.commands.people import AddDepartment, AddPerson, EditDepartment, MergePerson
from core.commands.progress import UpdateProgress
from core.commands.projects import AddWorkType, SetCalendarDay
from core.commands.setup import StartTeam
from core.commands.store_rules import SetImpersonation
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.duties import ProjectMember
from core.domain.events import EventKind
from core.domain.ids import DepartmentId, PartId, PersonId, ProjectId, TaskId
from core.domain.parts import Criterion
from core.domain.refusals import Refusal
from core.queries.verifying import verify
from core.store import ledger
from core.store.book import EVENT_NAMES
from core.store.logs import EventTable
from core.store.registry import all_tables
from core.store.rows import name_of
from core.store.verifying import changes, missing_guards
from core.store.work import Work
from tests.ledgers import flaws, tamper
from tests.office import MORNING, Office

FIRST = TaskId(1)
STORY: tuple[object, ...] = (
    StartTeam(handle="wang", name="王强"),
    AddPerson(handle="li", name="李娜"),
    AddPerson(handle="someone", name="某人", placeholder=True),
    AddDepartment(name="数据部", lead=PersonId(3)),
    CreateTask(project=ProjectId(1), title="核对合同", owner=PersonId(3), due=MORNING),
    CreateTask(parent=FIRST, title="Payment 'terms'", owner=PersonId(2)),
    EditTask(task=FIRST, settings=(Setting("note", "", '第一行\n第二行 \\ "引号"'),)),
    AddCriterion(task=FIRST, text="有目录"),
    AddCriterion(task=FIRST, text="有页码"),
    RemovePart(kind="criterion", part=PartId(1)),
    UpdateProgress(task=FIRST, progress=50, done="一半", status_note="顺利"),
    AddWorkType(label="巡检", urgent=True),
    SetCalendarDay(calendar="china", day=date(2024, 3, 30), works=True),
    SetCalendarDay(calendar="china", day=date(2024, 3, 30), works=False, name="团建"),
    SetImpersonation(allowed=False),
    MergePerson(placeholder=PersonId(3), person=PersonId(2)),
)


def play(url: str) -> Desk:
    """Tell the story, each command under an id of its own."""
    clock = SetClock(MORNING)
    desk = Desk(url, actor="wang", clock=clock).open()
    for number, command in enumerate(STORY, start=1):
        clock.move(timedelta(minutes=1))
        desk.do(command, command_id=UUID(int=number))
    return desk


def lines(desk: Desk) -> list[tuple[Any, ...]]:
    """Every event as it is stored, with its hash."""
    names = (*EVENT_NAMES, "hash")
    columns = [EventTable._meta.fields[name] for name in names]
    query = EventTable.select(*columns).order_by(EventTable.number)
    return desk.ask(lambda store: store.rows(query))


def told(office: Office) -> list[tuple[str, Any, Any]]:
    """What the newest event says of rows."""
    return list(changes(lines(office.desk)[-1][10]))


@pytest.fixture
def played(store_url: str) -> Iterator[Desk]:
    desk = play(store_url)
    yield desk
    desk.close()


def test_both_engines_write_the_same_log(sqlite_url: str, postgres_url: str) -> None:
    desks = play(sqlite_url), play(postgres_url)
    one, other = map(lines, desks)
    assert one == other
    assert len(one) >= len(STORY)
    for desk in desks:
        found = desk.ask(verify)
        assert (found.count, found.number, found.head) == (0, len(one), one[-1][-1])
        desk.close()


def test_each_hash_is_over_the_one_before(played: Desk) -> None:
    before = ""
    for *line, stored in lines(played):
        assert stored == ledger.chained(before, line)
        before = stored
    changed = [*line[:7], "别的", *line[8:]]
    assert ledger.chained(before, changed) != ledger.chained(before, line)


def test_nothing_and_empty_are_not_the_same() -> None:
    line = [1, 2, None, "c", "k", None, None, "", "{}", "", ""]
    hashes = {ledger.chained("", line)}
    for place in (2, 5, 6):
        hashes.add(ledger.chained("", [*line[:place], 0, *line[place + 1 :]]))
    moved = [*line[:7], "a", "", "", ""], [*line[:7], "", "a", "", ""]
    assert len(hashes | {ledger.chained("", one) for one in moved}) == 6


def test_the_last_event_of_a_command_tells_of_its_rows(office: Office) -> None:
    task = office.task(title="核对", owner=office.li)
    office.do(EditTask(task=task, settings=(Setting("title", "核对", "核对合同"),)))
    assert told(office) == [("task", task, {"title": "核对合同", "version": 2})]
    office.do(AddCriterion(task=task, text="有目录"))
    assert told(office) == [("criterion", 1, {"task_id": task, "text": "有目录", "facet": "other"})]
    office.do(RemovePart(kind="criterion", part=PartId(1)))
    assert told(office) == [("criterion", 1, None)]


def test_what_follows_from_the_rest_is_left_out(played: Desk) -> None:
    kept = {name_of(table) for table in all_tables()} - ledger.NOT_KEPT
    for line in lines(played):
        for table, _, given in changes(line[10]):
            assert table in kept
            assert not ledger.DERIVED.get(table, frozenset()) & set(given or ())


def test_no_row_changes_without_an_event(office: Office) -> None:
    criterion = Criterion(task=office.task(), text="偷偷")

    def silently() -> None:
        with office.store.writing():
            work = Work(office.store, now=MORNING, actor=office.desk.me(), handle="wang")
            work.add(criterion)
            work.write_log("x")

    with pytest.raises(AssertionError, match="does not say why"):
        silently()
    assert office.all(Criterion) == []


def test_a_refused_command_leaves_nothing_for_the_next(office: Office) -> None:
    task = office.task()

    def both() -> None:
        with office.desk.together() as send:
            send(AddCriterion(task=task, text="第一条"))
            send(AddCriterion(task=task, text=""))

    with pytest.raises(Refusal):
        both()
    office.do(AddCriterion(task=task, text="第二条"))
    assert [one[2]["text"] for one in told(office)] == ["第二条"]
    assert flaws(office.desk) == ()


def test_commands_sent_together_each_tell_of_their_own(office: Office) -> None:
    with office.desk.together() as send:
        for number in range(30):
            send(CreateTask(project=office.project, title=f"第{number}项"))
    assert flaws(office.desk) == ()
    texts = [line[10] for line in lines(office.desk)[-30:]]
    assert all(text.count('["task",') == 1 for text in texts)


def test_a_column_that_is_spread_again_is_told(office: Office) -> None:
    numbers = [office.task(title=str(number)) for number in range(4)]
    spread = 0
    for turn in range(40):  # until there is no room between two cards
        moved = numbers[1 + turn % 2]
        office.do(ReorderTask(task=moved, neighbour=numbers[0], below=True))
        spread += len(told(office)) > 1
    assert spread
    assert flaws(office.desk) == ()


def test_a_merged_placeholder_is_told(office: Office) -> None:
    gone = office.person("someone", "某人", placeholder=True)
    team = DepartmentId(office.do(AddDepartment(name="数据部", lead=gone)).id)
    office.task(owner=gone)
    with office.store.writing():
        work = Work(office.store, now=MORNING, actor=office.desk.me(), handle="wang")
        for person in (gone, office.li):
            work.add(ProjectMember(project=office.project, person=person))
        work.record(EventKind.PROJECT_EDITED)
        work.write_log("x")
    office.do(MergePerson(placeholder=gone, person=office.li))
    assert [one.person for one in office.all(ProjectMember)] == [office.li]
    office.do(EditDepartment(department=team, name="数据"))
    assert flaws(office.desk) == ()


REFUSED = (
    "UPDATE event SET reason = 'x' WHERE number = 2",
    "UPDATE event SET reason = reason",
    "UPDATE event SET reason = 'x' WHERE number = 0",
    "DELETE FROM event WHERE number = 2",
    "DELETE FROM event",
    "INSERT INTO event (number, at, command_id, kind, subject, changes, reason)"
    " VALUES (2, 1, 'x', 'x', '', '{}', '')",
    "INSERT INTO event (number, at, command_id, kind, subject, changes, reason)"
    " VALUES (999, 1, 'x', 'x', '', '{}', '')",
    "INSERT INTO event (number, at, command_id, kind, subject, changes, reason)"
    " VALUES (0, 1, 'x', 'x', '', '{}', '')",
)
ON_SQLITE = (
    "INSERT OR REPLACE INTO event (number, at, command_id, kind, subject, changes, reason)"
    " VALUES (2, 1, 'x', 'x', '', '{}', '')",
    "UPDATE OR REPLACE event SET number = 2 WHERE number = 3",
)
ON_POSTGRES = (
    "TRUNCATE event",
    "TRUNCATE event CASCADE",
    "INSERT INTO event (number, at, command_id, kind, subject, changes, reason)"
    " VALUES (2, 1, 'x', 'x', '', '{}', '') ON CONFLICT (number) DO UPDATE SET reason = 'x'",
)


@pytest.mark.parametrize("statement", [*REFUSED, *ON_SQLITE])
@pytest.mark.parametrize("recursive", [0, 1])
def test_sqlite_keeps_events(sqlite_url: str, statement: str, recursive: int) -> None:
    if statement == REFUSED[2]:
        pytest.skip("no row, so no trigger")
    play(sqlite_url).close()
    line = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    line.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = line.execute("SELECT * FROM event").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="the log only grows"):
        line.execute(statement)
    assert line.execute("SELECT * FROM event").fetchall() == before
    line.close()


@pytest.mark.parametrize("as_replica", [False, True])
def test_postgres_keeps_events_from_its_superuser(postgres_url: str, as_replica: bool) -> None:
    play(postgres_url).close()
    with psycopg.connect(postgres_url, autocommit=True) as line:
        if as_replica:
            line.execute("SET session_replication_role = replica")
        before = line.execute("SELECT * FROM event ORDER BY number").fetchall()
        for statement in (*REFUSED, *ON_POSTGRES):
            with pytest.raises(psycopg.Error) as caught:
                line.execute(statement.encode())
            assert caught.value.sqlstate == "42501", statement
        assert line.execute("SELECT * FROM event ORDER BY number").fetchall() == before


def test_postgres_hashes_whatever_hash_it_is_given(postgres_url: str) -> None:
    desk = play(postgres_url)
    number = desk.mark() + 1
    desk.store.sql(
        "INSERT INTO event (number, at, command_id, kind, subject, changes, reason, hash)"
        f" VALUES ({number}, 1, 'x', 'task-edited', '', '{{}}', '', 'forged')"
    )
    assert desk.ask(verify).count == 0
    desk.close()


def test_a_new_store_is_sound_and_guarded(store_url: str) -> None:
    desk = Desk(store_url, actor="wang").open()
    found = desk.ask(verify)
    assert (found.count, found.number, found.head, found.rows) == (0, 0, "", 6)
    assert missing_guards(desk.store) == ()
    tamper(desk.store)
    assert missing_guards(desk.store) == ()
    desk.close()


def test_a_member_cannot_replace_an_event_by_peewee(office: Office) -> None:
    with pytest.raises(peewee.PeeweeException):
        office.store.run(EventTable.update(reason="x").where(EventTable.number == 1))
