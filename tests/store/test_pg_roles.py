"""Roles of members: set up, brought up to date, and whose each is."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from core.commands.people import AddPerson, EditPerson
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.refusals import BadValue, Rejected, Unavailable
from core.domain.status import Role
from core.queries.logins import is_behind, roles
from core.store import pg_roles
from core.store.database import Store
from core.store.pg_sheets import SHEETS
from core.store.registry import all_tables
from core.store.rows import name_of
from tests.logins import PASSWORD, REFUSED, Team, drop_roles, new_prefix, under
from tests.postgres import Databases

STATE = """
SELECT string_agg(line, E'\n' ORDER BY line) FROM (
  SELECT 'relation ' || relname || ' ' || relrowsecurity || ' ' || coalesce(relacl::text, '')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 'column ' || attrelid::regclass || ' ' || attname || ' ' || attacl::text
    FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid > 16384
  UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || qual
    FROM pg_policies
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) || coalesce(proacl::text, '')
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'login ' || role || ' ' || person_id FROM duban_login
  UNION ALL SELECT 'role ' || rolname || ' ' || rolcanlogin || rolsuper || rolinherit
      || coalesce(shobj_description(oid, 'pg_authid'), '')
    FROM pg_roles WHERE starts_with(rolname, '{prefix}')
  UNION ALL SELECT 'granted ' || roleid::regrole || ' ' || member::regrole
    FROM pg_auth_members WHERE roleid::regrole::text LIKE '%{prefix}%'
) known (line)
"""


def state(team: Team) -> str:
    """Everything that the roles come to, as text."""
    found: str = team.one(STATE.replace("{prefix}", team.prefix))
    return found


def test_every_table_has_a_sheet() -> None:
    assert set(SHEETS) == {name_of(one) for one in all_tables()} | {"schema_migration"}


def test_no_table_is_open(team: Team) -> None:
    open_ones = team.one(
        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity"
    )
    assert open_ones is None


def test_twice_is_once(team: Team) -> None:
    before = state(team)
    assert f"granted {team.prefix}member {team.prefix}li" in before
    team.apply()
    assert state(team) == before


def test_whether_they_are_behind_is_known(team: Team) -> None:
    assert team.desk.ask(is_behind) is False
    team.do(AddPerson(handle="neu", name="新来的"), by="wang")
    assert team.desk.ask(is_behind) is True
    with team.own("li") as desk:
        assert desk.ask(is_behind) is True
    team.apply()
    assert team.desk.ask(is_behind) is False
    older = "COMMENT ON FUNCTION duban_me() IS 'duban_ of-an-older-duban'"
    with psycopg.connect(team.url, autocommit=True) as psql:
        psql.execute(older)
    assert team.desk.ask(is_behind) is True


def test_where_nobody_has_one_there_is_nothing_to_be_behind(
    sqlite_url: str, postgres_url: str
) -> None:
    for url in (sqlite_url, postgres_url):
        with Desk(url, actor="") as desk:
            assert desk.ask(is_behind) is None


def test_what_is_printed_is_what_is_executed(team: Team) -> None:
    before = state(team)
    script = team.desk.ask(roles, prefix=team.prefix).sql
    with psycopg.connect(team.url, autocommit=True) as psql:
        psql.execute(script.encode())
    assert state(team) == before


def test_an_observer_keeps_only_what_is_for_reading(team: Team) -> None:
    task = team.doing()
    work = f"UPDATE task SET progress = 20, version = version + 1 WHERE id = {task}"
    assert team.tried("li", work) == ""
    team.do(EditPerson(person=team.li, role=Role.OBSERVER))
    assert team.tried("li", work) == REFUSED, "even before the roles are brought up to date"
    team.apply()
    assert team.code("li", work) == REFUSED
    assert team.one("SELECT count(*) FROM task", by="li") == 1
    team.do(EditPerson(person=team.li, role=Role.MEMBER))
    team.apply()
    assert team.tried("li", work) == ""


def test_a_new_handle_is_a_new_role(team: Team) -> None:
    team.do(EditPerson(person=team.li, handle="lina"))
    team.apply()
    with team.own("lina") as desk:
        assert desk.actor == "lina"
    assert team.code("li", "SELECT 1 FROM task") == REFUSED


def test_a_name_never_becomes_somebody_elses(team: Team) -> None:
    """Who may change handles could else make their own login that of another."""
    team.do(EditPerson(person=team.li, handle="lina"))
    team.do(EditPerson(person=team.wang, handle="wang2"))
    team.do(EditPerson(person=team.li, handle="wang"), by="wang2")
    with team.own("wang") as desk:
        assert desk.actor == "wang2", "the role is still wang's, whatever wang is called"
    with pytest.raises(Unavailable) as caught:
        team.apply()
    assert caught.value.code == "roles-clash"
    assert f"{team.prefix}wang was somebody else's" in str(caught.value.facts["detail"])


def test_handles_that_make_no_name_are_left_out(team: Team) -> None:
    long = "张" * 20
    for handle in (long, "member", "reader"):
        team.do(AddPerson(handle=handle, name=handle))
    found = team.desk.ask(roles, prefix=team.prefix)
    assert set(found.left_out) == {long, "member", "reader"}
    assert f"{team.prefix}li" in found.names
    assert all(len(name.encode()) <= pg_roles.LONGEST for name in found.names)


def test_a_handle_is_no_sql(team: Team) -> None:
    planned = pg_roles.plan(team.store, prefix=team.prefix)
    odd = pg_roles.Login(f"{team.prefix}x\"; DROP TABLE task; --'", team.zhao, writes=True)
    pg_roles.apply(team.store, planned._replace(logins=(*planned.logins, odd)))
    assert team.one("SELECT count(*) FROM task") == 0
    assert team.one(f"SELECT count(*) FROM pg_roles WHERE starts_with(rolname, '{odd.role[:-2]}')")


def test_groups_belong_to_one_database(team: Team, databases: Databases) -> None:
    other = databases.create(_begun)
    store = Store(other)
    store.open()
    try:
        with pytest.raises(Unavailable) as caught:
            pg_roles.apply(store, pg_roles.plan(store, prefix=team.prefix))
        assert caught.value.code == "roles-clash"
        assert "take another --prefix" in str(caught.value.facts["detail"])
    finally:
        store.close()
        databases.drop(other)


def _begun(url: str) -> None:
    store = Store(url)
    store.open()
    store.close()


def test_a_role_of_nobody_is_told_so(team: Team) -> None:
    name = f"{team.prefix}ghost"
    with psycopg.connect(team.url, autocommit=True) as connection:
        words = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        connection.execute(words.format(sql.Identifier(name), PASSWORD))
    with pytest.raises(Unavailable) as caught:
        Desk(under(team.url, name), actor="li", clock=team.clock).open()
    assert (caught.value.code, caught.value.facts) == ("login-of-nobody", {"person": name})


def test_the_desks_own_account_acts_for_anybody_as_before(team: Team) -> None:
    for handle in ("li", "zhao"):
        team.do(CreateTask(project=team.project, title="一"), by=handle)
        assert team.last().actor == getattr(team, handle)


def test_who_executes_it(team: Team, sqlite_url: str) -> None:
    li = team.by("li").me()
    with pytest.raises(Rejected) as caught:
        team.desk.ask(roles, prefix=team.prefix, by=li)
    assert caught.value.code == "not-an-admin"
    with pytest.raises(BadValue):
        team.desk.ask(roles, prefix="Duban-")
    with team.own("wang") as desk, pytest.raises(Rejected) as caught:
        desk.ask(roles, prefix=team.prefix, by=desk.me())
    assert caught.value.code == "roles-not-yours"
    with Desk(sqlite_url, actor="wang") as lite, pytest.raises(Rejected) as caught:
        lite.ask(roles)
    assert caught.value.code == "postgres-only"


@pytest.fixture
def plain_owner(databases: Databases) -> Iterator[tuple[str, str]]:
    """A database whose owner is no superuser: its URL under that account, and a prefix."""
    url, prefix = databases.create(None), new_prefix()
    account = f"{prefix}account_"
    name = url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        words = sql.SQL("CREATE ROLE {0} LOGIN CREATEROLE PASSWORD {1}")
        connection.execute(words.format(sql.Identifier(account), PASSWORD))
        words = sql.SQL("ALTER DATABASE {0} OWNER TO {1}; GRANT ALL ON SCHEMA public TO {1}")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(account)))
    yield under(url, account), prefix
    databases.drop(url)
    drop_roles(url.replace(name, "postgres"), prefix)


def test_the_owner_of_the_tables_needs_no_more_than_to_make_roles(
    plain_owner: tuple[str, str],
) -> None:
    url, prefix = plain_owner
    with Desk(url, actor="wang") as desk:
        desk.do(AddPerson(handle="wang", name="王强", role=Role.ADMIN))
        desk.do(AddPerson(handle="li", name="李娜"))
        for _ in range(2):
            desk.ask(roles, prefix=prefix, by=desk.me())
        store = desk.store.database.connection()
        store.execute(f"ALTER ROLE {prefix}li PASSWORD '{PASSWORD}'".encode())
        with Desk(under(url, f"{prefix}li"), actor="li") as own:
            assert own.actor == "li"
        for statement in ("UPDATE event SET reason = ''", "DELETE FROM event", "TRUNCATE event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                store.execute(statement.encode())
