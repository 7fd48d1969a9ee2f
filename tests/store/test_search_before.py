"""What a store held before there was search is found once today's duban has opened it."""

from playhouse.migrations import Runner

from core.domain.ids import PersonId
from core.queries.searching import search
from core.store import migrate, searching
from core.store.database import Store

TASKS = 1_203
BEGUN = 1_700_000_000_000_000
"""Microseconds since 1970."""
PEOPLE = (
    "INSERT INTO person (handle, name, role, placeholder, version)"
    " VALUES ('li', '李娜', 'member', FALSE, 1)"
)
PROJECT = (
    "INSERT INTO project (key, name, pattern, goal, customer, wip, wip_hard, self_accept,"
    " time_zone, calendar, version) VALUES ('T', 'T', 'T-1', '', '', '', FALSE,"
    " FALSE, 'Asia/Shanghai', 'china', 1)"
)
TASK = (
    "INSERT INTO task (project_id, key, external_id, title, description, background, outcome,"
    " value, type, urgent, priority, state, position, slips, progress, status_note, risk_note,"
    " note, delay_reason, round, created, version, folded) VALUES (1, {mark}, '', {mark},"
    " '等待合同', '', '', '', '', FALSE, 'low', 'todo', 1, 0, 0, '', '', '', '', 0, {mark}, 1, '')"
)
UPDATE = (
    "INSERT INTO progress_update (task_id, person_id, day, at, progress, done, next, problems,"
    " support) VALUES (1, 1, '2024-03-25', 1700000000000015, 10, '灯塔已亮 lit', '', '', '')"
)
ENTRY = (
    "INSERT INTO sync_entry (project_id, task_id, day, topic, content, kind, author_id, audience,"
    " reference, remarks, at) VALUES (1, NULL, '2024-03-25', '灯塔 beacon', '', 'note', 1, '',"
    " '', '', 1700000000099999)"
)


def fill(store: Store) -> None:
    """A store as the first migration left it, with rows."""
    database = store.database
    with database.atomic():
        Runner(database, directory=migrate.FOLDER, table_name="schema_migration").up("0001_first")
        for sql in (PEOPLE, PROJECT):
            database.execute_sql(sql)
        for number in range(1, TASKS + 1):
            given = (f"T-{number}", f"灯塔 {number} lighthouse", BEGUN + number * 10)
            database.execute_sql(TASK.replace("{mark}", database.param), given)
        for sql in (UPDATE, ENTRY):
            database.execute_sql(sql)


def found(url: str) -> None:
    before = Store(url)
    before.database.connect()
    fill(before)
    before.database.close()
    store = Store(url)
    store.open()
    hits = search(store, "灯塔", viewer=PersonId(1), limit=5_000)
    kinds = [hit.kind.value for hit in hits]
    assert len(hits) == TASKS + 2
    assert (kinds[0], kinds[-2:], kinds.count("task")) == ("sync", ["update", "task"], TASKS)
    assert [hit.key for hit in hits[1:3]] == [f"T-{TASKS}", f"T-{TASKS - 1}"]
    one = search(store, "lighthouse 1203 合同", viewer=None)
    assert [(hit.key, hit.snippet) for hit in one] == [("T-1203", "等待合同")]
    assert searching.wrong_lines(store) == ()
    store.close()


def test_a_store_of_before_sqlite(sqlite_url: str):
    found(sqlite_url)


def test_a_store_of_before_postgres(empty_postgres_url: str):
    found(empty_postgres_url)
