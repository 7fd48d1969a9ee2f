"""``duban db``: roles on PostgreSQL, and a member who calls duban under their own."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.cli.test_codes import refused
from tests.logins import Team
from tui.cli import account


@pytest.fixture
def team(postgres_url: str, monkeypatch: pytest.MonkeyPatch, as_wang: None) -> Iterator[Team]:
    """DUBAN_STORE is its store under the desk's own account; wang calls."""
    made = Team(postgres_url)
    monkeypatch.setenv("DUBAN_STORE", postgres_url)
    monkeypatch.setattr(account, "login", lambda: "wang")
    yield made
    made.drop()


@pytest.fixture
def li(team, monkeypatch) -> str:
    """DUBAN_STORE is the same store under li's role; the account is still called wang."""
    monkeypatch.setenv("DUBAN_STORE", team.url_of("li"))
    return "li"


def test_the_database_is_told(team, duban, monkeypatch):
    said = duban("db").out.splitlines()
    assert said[0].startswith("PostgreSQL ")
    assert said[1].startswith("postgresql://")

    monkeypatch.setenv("DUBAN_STORE", team.url_of("li"))
    assert duban("db").out.splitlines()[2] == "Connected as the role of li."
    assert duban("db", "--json").json["role"] == "li"
    assert ":x@" not in duban("db").out


def test_roles_are_printed_and_executed(team, duban):
    printed = duban("db", "roles", "--prefix", team.prefix)
    assert printed.code == 0
    assert printed.out.startswith("-- One role for each member")
    assert f"'{team.prefix}li'" in printed.out
    with psycopg.connect(team.url, autocommit=True) as psql:
        psql.execute(printed.out.encode())

    applied = duban("db", "roles", "--apply", "--prefix", team.prefix)
    assert (applied.code, applied.err) == (0, "")
    assert applied.out.startswith("7 members have a role of their own: ")
    found = duban("db", "roles", "--apply", "--prefix", team.prefix, "--json").json
    assert found["applied"] is True
    assert f"{team.prefix}li" in found["roles"]


def test_doctor_tells_when_they_are_to_be_set_up_again(team, duban):
    def said() -> str:
        lines = duban("doctor").out.splitlines()
        return next(one for one in lines if "Logins" in one)

    assert "in order" in said()
    duban("people", "add", "neu", "新来的")
    assert "other people, or by another duban" in said()
    assert "duban db roles --apply" in duban("doctor").out
    assert duban("db", "roles", "--apply", "--prefix", team.prefix).code == 0
    assert "in order" in said()


def test_who_has_none_is_told(team, duban):
    assert duban("people", "add", "member", "成员").code == 0
    said = duban("db", "roles", "--prefix", team.prefix)
    assert said.err == "No role is made for member: such a handle makes no name for one.\n"


def test_what_is_refused_is_told_in_words(team, duban, monkeypatch):
    refused(duban("db", "roles", "--prefix", "Duban-"), 3, "Duban-", "duban_")
    refused(duban("db", "roles", "--apply", "--as", "li"), 3, "Only administrators")
    monkeypatch.setenv("DUBAN_STORE", team.url_of("wang"))
    refused(duban("db", "roles", "--apply", "--prefix", team.prefix), 3, "whoever administers")


def test_sqlite_has_no_roles(lite, duban):
    duban("add", "first")
    refused(duban("db", "roles"), 3, "Roles are for PostgreSQL")
    assert duban("db").out.startswith("SQLite ")


def test_whose_role_it_is_acts(team, li, duban):
    assert duban("add", "整理客户名单").code == 0
    told = duban("events", "--json").lines
    assert told[-1]["actor"] == "li"
    assert duban("show", "OPS-001", "--json").json["initiator"] == "li"
    assert duban("ls", "--as", "li").code == 0


@pytest.mark.parametrize("call", [["ls"], ["add", "x"], []])
def test_nobody_else_does(team, li, duban, monkeypatch, call):
    monkeypatch.setattr("tui.cli.board.is_plain", lambda: False)
    for name in ("zhao", "wang"):
        refused(duban(*call, "--as", name), 3, f"cannot act as {name}", "--as")


def test_nor_by_the_settings(team, li, duban, monkeypatch, tmp_path):
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "settings.toml"))
    duban("config", "set", "person", "zhao")
    refused(duban("ls"), 3, "cannot act as zhao", "“person”")


def test_verify_is_for_the_desks_own_account(team, li, duban, monkeypatch):
    refused(duban("verify"), 5, "does not allow")
    monkeypatch.setenv("DUBAN_STORE", team.url)
    assert duban("verify").code == 0
