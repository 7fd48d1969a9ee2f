"""How calls end: the exit code, and one line on stderr that says what to do."""

import sqlite3
import stat
from pathlib import Path

import pytest

from core.desk import Desk
from tui.cli.errors import CODES

pytestmark = pytest.mark.usefixtures("lite")


def refused(said, code, *told):
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith("duban: ")
    assert said.err.count("\n") == 1
    for words in told:
        assert words in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lss"], "“lss” is no command. Did you mean: ls?"),
        (["ls", "--sideways"], "there is no option --sideways"),
        (["ls", "--limit", "many"], "duban ls --help"),
        (["move", "T001"], "STATE is missing"),
        (["block", "T001", "why"], "--for is missing"),
        (["people", "befriend"], "list, add, edit, merge"),
        (["move", "T001", "sideways"], "draft, todo, doing"),
        (["add", "x", "--due", "someday"], "+3d"),
        (["add", "x", "--cmd-id", "7"], "UUID"),
        (["update", "T001", "far"], "60"),
    ],
)
def test_two_for_a_call_that_is_not_right(duban, arguments, told):
    duban("add", "first")

    refused(duban(*arguments), 2, told)


def test_three_for_a_refusal(duban):
    duban("add", "first")

    refused(duban("move", "T404", "doing"), 3, "T404")
    refused(duban("move", "T001", "doing"), 3, "duban assign T001")
    refused(duban("add", "x", "--owner", "nobody-here"), 3, "wang")
    refused(duban("add", "a\x1bb"), 3)
    refused(duban("add", "x", "--as", "ghost"), 3, "--as")


def test_four_for_a_conflict(duban):
    number = "0b6f5b3e-8d2a-4b0e-9c1c-0123456789ab"
    duban("add", "first", "--cmd-id", number)

    refused(duban("add", "second", "--cmd-id", number), 4)


def test_five_for_a_store_that_does_not_answer(duban, tmp_path):
    (tmp_path / "broken.db").write_bytes(b"this is no database, however long it may be" * 40)

    refused(duban("ls", "--store", f"sqlite:///{tmp_path}/broken.db"), 5)
    refused(duban("ls", "--store", "postgresql://nobody@127.0.0.1:9/none"), 5)


def test_a_store_that_is_no_url_is_refused(duban):
    refused(duban("ls", "--store", "mysql://x/y"), 2, "sqlite:///")


def test_every_kind_of_refusal_has_its_code():
    from core.domain import refusals

    kinds = {one.kind for one in vars(refusals).values() if hasattr(one, "kind")}
    assert kinds == set(CODES)


def test_where_the_store_is_closed_nobody_is_somebody_else(duban, lite):
    duban("add", "first")
    duban("people", "add", "lin")
    assert duban("add", "second", "--as", "lin").code == 0
    with sqlite3.connect(lite.removeprefix("sqlite:///")) as database:
        database.execute("INSERT INTO meta (name, value) VALUES ('impersonation', 'closed')")
    database.close()

    refused(duban("add", "third", "--as", "lin"), 3, "--as")


def test_the_file_is_its_owners_alone(duban, lite):
    duban("add", "first")
    file = Path(lite.removeprefix("sqlite:///"))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_options_may_stand_before_and_after(duban, tmp_path):
    other = f"sqlite:///{tmp_path}/other.db"
    duban("--store", other, "add", "there")

    duban("add", "here")
    assert [one["title"] for one in duban("ls", "--json").json] == ["here"]
    assert duban("--store", other, "ls", "--json").json[0]["title"] == "there"
    assert duban("ls", "--json", "--store", other).json[0]["title"] == "there"
    # click reads the same as the quick reader
    assert duban("ls", "--store", other, "--limit=1", "--state=todo", "--json").code == 0


def test_a_warning_is_told_beside_the_answer(duban):
    duban("add", "first", "--owner", "me", "--state", "doing")
    duban("projects", "edit", "T", "--wip", "doing=1")
    duban("add", "second", "--owner", "me")

    said = duban("move", "T002", "doing")

    assert (said.code, said.out) == (0, "T002: Doing\n")
    assert "T002" in said.err


def test_a_bad_settings_file_names_file_and_line(duban, tmp_path, monkeypatch):
    file = tmp_path / "settings.toml"
    file.write_text('person = "wang"\ncolour = "red"\n')
    monkeypatch.setenv("DUBAN_SETTINGS", str(file))

    refused(duban("ls"), 2, str(file), "line 2", "colour")


def test_a_conflicting_edit_is_refused(duban, lite):
    """Between reading and writing somebody else was faster: the desk tells, with four."""
    from core.commands.editing import EditTask, Setting
    from core.domain.ids import TaskId
    from core.domain.refusals import Conflict

    duban("add", "first")
    with Desk(lite, actor="wang") as desk, pytest.raises(Conflict) as conflict:
        desk.do(EditTask(task=TaskId(1), settings=(Setting("title", "other", "new"),)))
    assert CODES[conflict.value.kind] == 4
