"""Who may act as whom: ``--as``, and ``duban config store impersonation``."""

import pytest

from tests.cli.test_codes import refused
from tui.cli import account

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def own(duban, monkeypatch) -> str:
    """The account's own name, which began the store; lin is a member too."""
    name = account.login()
    for variable in ("LOGNAME", "USER"):
        monkeypatch.setenv(variable, name)
    duban("add", "first")
    duban("people", "add", "lin", "林晓")
    return name


def test_a_new_store_is_open(own, duban):
    assert duban("config", "store").out == "impersonation = open\n"
    assert duban("config", "store", "--json").json == {"impersonation": "open"}
    assert duban("add", "second", "--as", "lin").code == 0


def test_an_administrator_closes_it_and_opens_it_again(own, duban):
    said = duban("config", "store", "impersonation", "closed")
    assert (said.code, said.err) == (0, "")
    assert "under the name of their account" in said.out
    assert duban("config", "store", "impersonation").out == "impersonation = closed\n"
    for call in (["add", "x"], ["ls"], ["config", "store", "impersonation", "open"], []):
        refused(duban(*call, "--as", "lin"), 3, "act as lin", "--as")
    assert duban("add", "second").code == 0

    assert duban("config", "store", "impersonation", "open").code == 0
    assert duban("add", "x", "--as", "lin").code == 0
    told = duban("events", "--json").lines
    changed = [one["changes"] for one in told if one["kind"] == "store-rule-changed"]
    assert changed == [
        {"impersonation": ["open", "closed"]},
        {"impersonation": ["closed", "open"]},
    ]


def test_the_setting_person_is_no_way_round_it(own, duban, monkeypatch, tmp_path):
    duban("config", "store", "impersonation", "closed")
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "settings.toml"))
    duban("config", "set", "person", "lin")
    monkeypatch.setattr("tui.cli.board.is_plain", lambda: False)

    for call in (["ls"], []):
        refused(duban(*call), 3, "act as lin", "“person”")


def test_whoever_is_no_administrator_sets_nothing(own, duban):
    duban("people", "add", "gao", "--role", "admin")
    duban("people", "edit", own, "--role", "lead")

    refused(duban("config", "store", "impersonation", "closed"), 3, "Only an administrator")
    assert duban("config", "store").out == "impersonation = open\n"


def test_nobody_shuts_themselves_out(own, duban):
    duban("people", "edit", "lin", "--role", "admin")

    said = duban("config", "store", "impersonation", "closed", "--as", "lin")
    refused(said, 2, f"duban people edit lin --handle {own}", "--as")
    assert duban("ls", "--as", "lin").code == 0


@pytest.mark.parametrize(
    ("call", "told"),
    [(["impersonation", "maybe"], "open, closed"), (["colour"], "impersonation")],
)
def test_what_there_is_to_set_is_named(own, duban, call, told):
    refused(duban("config", "store", *call), 2, told)


def test_looking_makes_no_store(duban, tmp_path):
    missing = tmp_path / "mistyped.db"

    refused(duban("config", "store", "--store", f"sqlite:///{missing}"), 5, str(missing))
    assert not missing.exists()
