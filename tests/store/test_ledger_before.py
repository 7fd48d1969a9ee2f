"""Stores from before there was a ledger: chained, sealed, and sound from then on."""

from collections.abc import Iterator

import pytest
from playhouse.migrations import Runner

from core.commands.editing import EditTask, Setting
from core.commands.progress import UpdateProgress
from core.commands.projects import AddWorkType
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.flaws import FlawKind
from core.domain.ids import ProjectId, TaskId
from core.queries.verifying import verify
from core.store import first_ledger, migrate
from core.store.database import Store
from core.store.verifying import missing_guards
from tests.ledgers import flaws, tamper
from tests.store.test_search_before import BEGUN, ENTRY, PEOPLE, PROJECT, TASK, UPDATE

TASKS = 25
EVENTS = 11
EVENT = (
    "INSERT INTO event (number, at, actor_id, command_id, kind, project_id, task_id, subject,"
    " changes, reason) VALUES ({number}, {at}, {actor}, 'c-{number}', 'task-edited', 1, {number},"
    " '灯塔 ''{number}''', '{{\"title\": [\"a\", \"b\"]}}', '')"
)


def fill(url: str, last: str, *, events: int = EVENTS) -> None:
    """A store as that migration left it, with rows and events."""
    store = Store(url)
    database = store.database
    database.connect()
    with database.atomic():
        Runner(database, directory=migrate.FOLDER, table_name="schema_migration").up(last)
        database.execute_sql(PEOPLE)
        database.execute_sql(PROJECT)
        for number in range(1, TASKS + 1):
            given = (f"T-{number}", f"灯塔 {number}", BEGUN + number)
            database.execute_sql(TASK.replace("{mark}", database.param), given)
        for sql in (UPDATE, ENTRY):
            database.execute_sql(sql)
        for number in range(1, events + 1):
            actor = "NULL" if number == 1 else "1"
            database.execute_sql(EVENT.format(number=number, at=BEGUN + number, actor=actor))
        database.execute_sql("DELETE FROM work_type WHERE label = '事务型'")
        database.execute_sql("UPDATE work_type SET kind = 'project' WHERE label = '协作型'")
        database.execute_sql("UPDATE project SET wip = '{}', pattern = 'N{seq}'")
        database.execute_sql("UPDATE person SET role = 'lead'")
        database.execute_sql("UPDATE task SET owner_id = 1, due = 1711330200000000 WHERE id = 3")
    database.close()


@pytest.fixture(params=["sqlite_url", "empty_postgres_url"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["0001_first", "0002_rhythm"])
def upgraded(request: pytest.FixtureRequest, url: str) -> Iterator[Desk]:
    """A store of that migration, opened by today's duban."""
    fill(url, request.param)
    desk = Desk(url, actor="li").open()
    yield desk
    desk.close()


def test_a_store_of_before_is_sealed(upgraded: Desk) -> None:
    found = upgraded.ask(verify)
    assert (found.count, found.number) == (0, EVENTS + 1)
    sealed = upgraded.store.sql("SELECT kind, at, actor_id FROM event WHERE number > 11").fetchall()
    assert [(kind, actor) for kind, _, actor in sealed] == [("log-sealed", None)]
    assert sealed[0][1] > BEGUN + EVENTS
    assert missing_guards(upgraded.store) == ()


def test_work_goes_on_after_the_seal(upgraded: Desk) -> None:
    upgraded.do(CreateTask(project=ProjectId(1), title="新的"))
    upgraded.do(EditTask(task=TaskId(1), settings=(Setting("title", "灯塔 1", "灯塔一"),)))
    upgraded.do(UpdateProgress(task=TaskId(3), progress=30, done="一半"))
    upgraded.do(AddWorkType(label="事务型"))
    assert flaws(upgraded) == ()


def test_what_was_changed_since_is_found(upgraded: Desk) -> None:
    tamper(
        upgraded.store,
        "UPDATE task SET title = '假' WHERE id = 7",
        "UPDATE event SET subject = '假' WHERE number = 5",
        "DELETE FROM progress_update",
        "UPDATE work_type SET kind = 'routine' WHERE label = '协作型'",
    )
    found = {(one.kind, one.number, one.name, one.row, one.told) for one in flaws(upgraded)}
    assert found == {
        (FlawKind.ROW_CHANGED, 0, "task", "7", "灯塔 7"),
        (FlawKind.EVENT_CHANGED, 5, "", "", None),
        (FlawKind.ROW_MISSING, 0, "progress_update", "1", None),
        (FlawKind.ROW_CHANGED, 0, "work_type", "协作型", "project"),
    }


def test_a_large_store_is_sealed_in_pieces(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_ledger, "_ROWS", 4)
    monkeypatch.setattr(first_ledger, "_AT_ONCE", 3)
    fill(url, "0002_rhythm")
    desk = Desk(url, actor="li").open()
    seals = desk.store.sql("SELECT count(*) FROM event WHERE kind = 'log-sealed'").fetchone()[0]
    assert seals > TASKS // 4
    assert flaws(desk) == ()
    desk.close()


def test_rows_without_events_are_sealed_too(url: str) -> None:
    fill(url, "0002_rhythm", events=0)
    desk = Desk(url, actor="li").open()
    found = desk.ask(verify)
    assert (found.count, found.number) == (0, 1)
    desk.close()


def test_an_empty_store_of_before_needs_no_seal(url: str) -> None:
    store = Store(url)
    store.database.connect()
    with store.database.atomic():
        runner = Runner(store.database, directory=migrate.FOLDER, table_name="schema_migration")
        runner.up("0002_rhythm")
    store.database.close()
    desk = Desk(url, actor="li").open()
    assert (desk.mark(), flaws(desk)) == (0, ())
    desk.close()


def test_values_that_no_column_should_have_do_not_stop_it(sqlite_url: str) -> None:
    fill(sqlite_url, "0001_first")
    store = Store(sqlite_url)
    store.database.connect()
    store.sql("UPDATE task SET slips = x'00ff' WHERE id = 2")
    store.sql("UPDATE project SET wip = ''")
    store.database.close()
    desk = Desk(sqlite_url, actor="li").open()
    assert {(one.name, one.row) for one in flaws(desk)} <= {("task", "2")}
    desk.close()
