"""The log under members' roles: who and when are the server's to say, and nobody changes a line."""

import psycopg
import pytest

from core.commands.tasks import CreateTask
from core.domain.refusals import Unavailable
from core.queries.verifying import verify
from tests.ledgers import flaws
from tests.logins import REFUSED, Team

NOTED = "INSERT INTO event (kind, subject) VALUES ('store-rule-changed', 'x')"
CHANGES = (
    "UPDATE event SET reason = 'x'",
    "DELETE FROM event",
    "TRUNCATE event",
    "DELETE FROM event WHERE number = (SELECT max(number) FROM event)",
)


def test_who_and_when_are_stamped(team: Team) -> None:
    assert team.code("li", NOTED.replace("(kind", "(at, kind").replace("('", "(1, '")) == ""
    actor, late = team.desk.store.sql(
        "SELECT actor_id, extract(epoch FROM now()) * 1000000 - at FROM event"
        " ORDER BY number DESC LIMIT 1"
    ).fetchone()
    assert actor == team.li
    assert 0 <= abs(late) < 60_000_000
    assert flaws(team.desk) == (), "what is hashed is what the server has stamped"


@pytest.mark.parametrize("name", ["zhao", "wang", "sun"])
def test_nobody_writes_in_anothers_name(team: Team, name: str) -> None:
    forged = NOTED.replace("(kind", "(actor_id, kind").replace("('", f"({getattr(team, name)}, '")
    assert team.code("li", forged) == REFUSED
    assert team.code("wang", forged) == ("" if name == "wang" else REFUSED)


def test_an_observer_writes_nothing(team: Team) -> None:
    assert team.code("sun", NOTED) == REFUSED


def test_nobody_seals_the_log_or_skips_a_number(team: Team) -> None:
    assert team.code("wang", NOTED.replace("store-rule-changed", "log-sealed")) == REFUSED
    ahead = NOTED.replace("(kind", "(number, kind").replace("('", "(1000000, '")
    assert team.code("li", ahead) == REFUSED
    forged = NOTED.replace("(kind", "(hash, kind").replace("('", "('x', '")
    assert team.code("li", forged) == REFUSED


@pytest.mark.parametrize("statement", CHANGES)
def test_nobody_changes_a_line(team: Team, statement: str) -> None:
    before = team.one("SELECT max(number) FROM event")
    for handle in ("li", "wu", "wang", "sun"):
        assert team.code(handle, statement) == REFUSED
    with psycopg.connect(team.url) as superuser:
        for first in ("SELECT 1", "SET LOCAL session_replication_role = replica"):
            superuser.execute(first.encode())
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                superuser.execute(statement.encode())
            superuser.rollback()
    assert team.one("SELECT max(number) FROM event") == before


def test_whose_role_it_is_cannot_be_changed(team: Team) -> None:
    task = team.doing(team.zhao)
    work = f"UPDATE task SET progress = 20, version = version + 1 WHERE id = {task}"
    assert team.tried("zhao", work) == ""
    assert team.tried("li", work) == REFUSED
    group = f'"{team.prefix}member"'
    for way in ("RESET ROLE", f"SET ROLE {group}", "SET search_path = pg_temp"):
        assert team.tried("li", way, work.replace("task SET", "public.task SET")) == REFUSED
    for way in (
        f'SET ROLE "{team.prefix}zhao"',
        f'SET SESSION AUTHORIZATION "{team.prefix}zhao"',
        "SET session_replication_role = replica",
        "ALTER TABLE task DISABLE TRIGGER USER",
        "DROP TRIGGER duban_guard ON task",
        "ALTER TABLE task DISABLE ROW LEVEL SECURITY",
        f"UPDATE duban_login SET person_id = {team.zhao}",
        "CREATE OR REPLACE FUNCTION duban_me() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "SELECT duban_may('team', NULL, NULL)",
    ):
        assert team.code("li", way) in {REFUSED, "42501"}, way
    hidden = (
        "CREATE TEMP TABLE person AS SELECT * FROM public.person",
        "UPDATE pg_temp.person SET role = 'lead'",
        "CREATE TEMP TABLE duban_login (role text, person_id bigint)",
        f"INSERT INTO pg_temp.duban_login VALUES (session_user, {team.zhao})",
    )
    assert team.tried("li", *hidden, work) == REFUSED, "names of one's own hide nothing"


def test_a_trigger_of_ones_own_is_no_way_round(team: Team) -> None:
    task = team.doing(team.zhao)
    steps = (
        "CREATE TEMP TABLE lever (n int)",
        "CREATE FUNCTION pg_temp.pull() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" UPDATE public.task SET progress = 20, version = version + 1 WHERE id = {task};"
        " RETURN NEW; END $$",
        "CREATE TRIGGER pull AFTER INSERT ON lever FOR EACH ROW EXECUTE FUNCTION pg_temp.pull()",
        "INSERT INTO lever VALUES (1)",
    )
    assert team.tried("li", *steps) == REFUSED
    assert team.tried("zhao", *steps) == ""


def test_the_rows_of_the_log_are_not_for_members(team: Team) -> None:
    """They hold what restricted entries and projects say."""
    assert team.code("wang", "SELECT rows FROM event") == REFUSED
    assert team.code("wang", "SELECT number, hash, changes FROM event") == ""
    with team.own("wang") as desk, pytest.raises(Unavailable) as caught:
        desk.ask(verify)
    assert caught.value.code == "not-allowed-by-store"


def test_events_of_two_accounts_are_one_chain(team: Team) -> None:
    for number in range(3):
        with team.own("li") as own:
            own.do(CreateTask(project=team.project, title=f"甲 {number}"))
        team.do(CreateTask(project=team.project, title=f"乙 {number}"), by="zhao")
    assert flaws(team.desk) == ()
