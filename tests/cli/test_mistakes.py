"""What people mistype, and what a call must not do about it."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_codes import refused


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.usefixtures("lite")
@pytest.mark.parametrize("field", ["--due", "--start"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_out_of_the_calendar_is_refused(duban, field, day):
    duban("add", "first")

    refused(duban("add", "x", field, day), 3, day, "2000", "2100")


@pytest.mark.usefixtures("lite")
@pytest.mark.parametrize("count", ["99999999999999999999", "-1"])
def test_a_count_that_cannot_be_is_a_usage_error(duban, count):
    duban("add", "first")

    refused(duban("ls", "--limit", count), 2, "--limit")


def test_half_a_character_is_looked_for_nowhere(duban, store):
    duban("add", "first")

    refused(duban("ls", "\udcff"), 3, "U+DCFF")
    assert duban("show", "\udcff").code == 3
    (answer,) = duban(
        "batch", given='{"command": "MoveTask", "task": "\\udcff", "to": "doing"}'
    ).lines
    assert answer["ok"] is False


@pytest.mark.parametrize(
    "url", ["http://[bad", "postgresql://u:sesame@[bad/x", "sqlite:///a%00b\0"]
)
def test_what_is_no_url_is_a_usage_error(duban, lite, url):
    said = duban("ls", "--store", url)

    refused(said, 2, "sqlite:///")
    assert "sesame" not in said.err


@pytest.mark.usefixtures("lite")
def test_settings_that_cannot_be_kept(duban, tmp_path, monkeypatch):
    (tmp_path / "plain").touch()
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "plain" / "settings.toml"))

    refused(duban("config", "set", "theme", "dark"), 5, "plain/settings.toml cannot be written")


def test_a_password_is_never_told(duban, lite, tmp_path, monkeypatch):
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "settings.toml"))
    url = "postgresql://wang:p@sesame@db.invalid/x"
    said = [duban("config", "set", "store", url)]
    said += [duban("config"), duban("config", "--json"), duban("config", "get", "store")]
    monkeypatch.setenv("DUBAN_STORE", url)
    said += [duban("config", "path"), duban("ls"), duban("doctor")]

    assert "sesame" in (tmp_path / "settings.toml").read_text()
    assert [one.code for one in said] == [0, 0, 0, 0, 0, 5, 1]
    assert not any("sesame" in one.out + one.err for one in said)
    assert "postgresql://wang:***@db.invalid/x" in said[3].out


@pytest.mark.usefixtures("lite")
def test_a_theme_that_is_none_is_not_kept(duban, tmp_path, monkeypatch):
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "settings.toml"))

    for name in ("evil", "../../etc/passwd"):
        refused(duban("config", "set", "theme", name), 2, name, "dark")
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.usefixtures("lite")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('language = "en"\ntheme = "evil"\n', ("line 2", "“evil”", "dark")),
        ('[keys]\nadd = ["e"]\n', ("line 2", "cannot share")),
        ('add = "x"\n'.replace("add", "person") + '[keys]\nadd = ["nokey"]\n', ("line 3", "nokey")),
        ('[keys]\nfly = ["z"]\n', ("line 2", "fly")),
    ],
)
def test_doctor_and_board_name_what_a_setting_cannot_be(duban, tmp_path, monkeypatch, text, told):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    monkeypatch.setenv("DUBAN_SETTINGS", str(file))
    monkeypatch.setattr("tui.cli.board.is_plain", lambda: False)
    duban("add", "first")

    board, doctor = duban(), duban("doctor")

    refused(board, 2, str(file), *told)
    assert all(one in doctor.out for one in told)
    assert doctor.code == 1


def test_a_mistyped_store_is_not_made(duban, lite, tmp_path):
    missing = tmp_path / "mistyped.db"
    for call in (["ls"], ["show", "T1"], ["doctor"], ["alerts"], ["people"], []):
        said = duban("--store", f"sqlite:///{missing}", *call)
        assert said.code in {5, 1}
        assert str(missing) in said.out + said.err
        assert not missing.exists()
    refused(duban("ls", "--store", f"sqlite:///{missing}"), 5, "duban --store URL add TITLE")

    assert duban("add", "x", "--store", f"sqlite:///{missing}").code == 0
    assert duban("ls", "--store", f"sqlite:///{missing}").code == 0


def test_a_demo_and_a_batch_make_their_store(duban, lite, tmp_path):
    assert duban("--store", f"sqlite:///{tmp_path}/demo.db", "demo").code == 0
    line = json.dumps({"command": "CreateTask", "title": "x", "project": "T"})
    assert duban("--store", f"sqlite:///{tmp_path}/lines.db", "batch", given=line).lines


@pytest.mark.usefixtures("lite")
def test_a_demo_is_not_sent_twice_by_number(duban):
    refused(duban("demo", "--cmd-id", "0b6f5b3e-8d2a-4b0e-9c1c-0123456789ab"), 2, "--cmd-id")


def test_somebody_elses_database_is_left_alone(duban, lite, tmp_path):
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE task (name TEXT)")
    other.close()

    refused(duban("ls", "--store", f"sqlite:///{file}"), 5, "not a store of duban")
    with sqlite3.connect(file) as other:
        tables = other.execute("SELECT name FROM sqlite_master").fetchall()
    other.close()
    assert tables == [("task",)]


def test_a_store_that_everybody_may_write_is_refused(duban, lite):
    duban("add", "first")
    file = file_of(lite)
    file.chmod(0o666)
    refused(duban("ls"), 5, f"chmod o-w {file}")
    file.chmod(0o660)
    assert duban("ls").code == 0
    file.parent.chmod(0o777)
    refused(duban("ls"), 5, f"chmod o-w {file.parent}")
    file.parent.chmod(0o1777)
    assert duban("ls").code == 0
    file.parent.chmod(0o770)
    file.chmod(0o600)
    assert f"chmod g-w {file.parent}" in duban("doctor").out


@pytest.mark.usefixtures("lite")
def test_sentences_end_before_the_advice(duban, tmp_path):
    refused(duban("ls", "--store", f"sqlite:///{tmp_path}"), 5, "not a file. Name another")


@pytest.mark.usefixtures("lite")
def test_json_escapes_what_is_not_seen(duban):
    for hidden in ("\x7f", "\ufe0f", "\u202e"):
        (answer,) = duban("batch", given=json.dumps({"command": f"a{hidden}b"})).out.splitlines()
        assert hidden not in answer
        assert f"a{hidden}b" in json.loads(answer)["facts"].values()


@pytest.mark.usefixtures("lite")
def test_an_export_needs_an_ending_or_goes_to_standard_output(duban, tmp_path):
    duban("add", "first")

    for target in ("/dev/full", str(tmp_path)):
        refused(duban("export", "T1-1", target), 3, "xlsx, csv")
    said = duban("export", "T1-1", "-")
    assert (said.code, said.err) == (0, "")
    assert "first" in said.out


@pytest.mark.usefixtures("lite")
def test_a_cell_without_end_is_told_by_its_line(duban, tmp_path):
    file = tmp_path / "long.csv"
    file.write_text('任务名称,当前状态\n"' + "x" * 300_000 + '",未开始\n', encoding="utf-8")

    refused(duban("import", str(file)), 3, "line 2")


def test_deep_or_endless_lines_do_not_stop_a_batch(duban, store):
    duban("add", "first")
    good = {"command": "CreateTask", "title": "good", "project": "T"}
    lines = ["[" * 100_000, json.dumps({"command": "MoveTask", "task": 10**30, "to": "doing"})]
    lines += [
        json.dumps({"command": "CreateTask", "title": "x", "project": "T", "progress": 10**30})
    ]
    said = duban("batch", given="\n".join([*lines, json.dumps(good)]))

    assert [one["ok"] for one in said.lines] == [False, False, False, True]
    assert said.lines[0]["code"] == "not-json"


def test_a_subtask_is_in_the_project_of_its_parent(duban, store):
    duban("add", "first")
    duban("projects", "add", "OTHER", "Other")
    line = {"command": "CreateTask", "title": "part", "parent": "T001", "project": "OTHER"}

    (answer,) = duban("batch", given=json.dumps(line)).lines
    assert (answer["code"], answer["facts"]["reason"]) == ("bad-value", "not-parents")
    refused(duban("add", "part", "--parent", "T001", "--project", "OTHER"), 3, "T001")
    assert duban("add", "part", "--parent", "T001", "--project", "T").code == 0


def test_a_time_is_set_for_what_is_blocked_already(duban):
    duban("add", "x")
    said = duban("block", "T001", "why", "--for", "lin", "--resolve-by", "2099-01-01")
    assert said.code == 2
    assert "block it first" in said.err


def test_each_missing_part_of_a_warning_is_named(duban):
    duban("add", "x")
    assert "--code is missing" in duban("warn", "T001", "late", "--expected", "2099-01-01").err
    assert "--expected is missing" in duban("warn", "T001", "late", "--code", "other").err
