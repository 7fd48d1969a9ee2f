"""Help, words, completion and doctor."""

import subprocess

import pytest

from core.exchange.planned import DOUBT_CODES, SKIP_CODES
from tui.cli import declared, quick, tree
from tui.cli.completion import SCRIPTS, suggestions
from tui.cli.errors import ADVICE, OWN
from tui.cli.file_words import DOUBTS, SKIPPED
from tui.cli.given import Given
from tui.cli.request import Request
from tui.cli.table import HOMES, command_named
from tui.refusals import SENTENCES
from tui.words import LANGUAGES, Words

ALL = [
    (f"{name} {part}".strip(), one)
    for name in HOMES
    for part, one in {"": command_named(name), **command_named(name).commands}.items()
]


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_each_command_has_one_clear_line_and_an_example(duban, path, command):
    said = duban(*path.split(), "--help")

    assert (said.code, said.err) == (0, "")
    assert f"  {command.help}\n" in said.out
    assert f"Example: {command.example}" in said.out
    assert f"duban {path.split()[0]}" in command.example or path == "demo"
    for one in command:
        assert not one.flags or one.help, one.name
        assert not one.flags or one.flags[-1].partition("/")[0] in said.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_commands_are_listed_in_every_language(language, duban, monkeypatch):
    monkeypatch.setenv("LANG", f"{language}.UTF-8")

    said = duban("--help")

    for name in HOMES:
        assert f"\n  {name} " in said.out
        assert Words(language)(command_named(name).help)[:20] in said.out


def test_every_command_reads_or_writes_and_can_be_told_so():
    for path, command in ALL:
        flags = {flag for one in command for flag in one.flags}
        assert {"--json", "--as", "--store"} <= flags, path
        assert ("--cmd-id" in flags) is command.writes, path


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "a title", "-o", "lin", "--due=fri", "--urgent"],
        ["add", "--", "--not-an-option"],
        ["--as", "lin", "ls", "x", "y", "-s", "todo", "--state=doing", "-n", "7", "--json"],
        ["edit", "T1", "--not-urgent", "--title", "-"],
        ["edit", "T1", "--urgent"],
        ["people", "add", "lin", "林", "晓", "--role", "lead"],
        ["block", "T1", "no", "data", "--for", "IT", "--store", "sqlite:///x"],
        ["update", "T1"],
    ],
)
def test_quick_and_click_read_the_same(arguments, monkeypatch):
    seen = []
    for name in HOMES:
        home = command_named(name)
        for command in (home, *home.commands.values()):
            monkeypatch.setattr(command, "run", lambda request: seen.append(request.given))
    command, given = quick.read(arguments)
    command.run(Request(given))
    assert tree.call(arguments) == 0

    first, second = ({k: v for k, v in one.values.items() if v or v is False} for one in seen)
    assert {k: v for k, v in second.items() if v is not False or k in first} == first


@pytest.mark.parametrize(
    "arguments",
    [["add"], ["lss"], ["add", "x", "--nope"], ["ls", "-n"], ["ls", "-n", "x"], ["ls", "-h"],
     ["ls", "--json=1"], ["show", "a", "b"], ["people", "x"]],
)  # fmt: skip
def test_quick_leaves_what_is_doubtful_to_click(arguments):
    assert quick.read(arguments) is None


def test_a_usage_line_is_read_as_it_is_told():
    many = declared.Parameter("-s --state STATE...")
    assert (many.name, many.flags, many.many, many.kind) == (
        "state",
        ("-s", "--state"),
        True,
        "text",
    )
    switch = declared.Parameter("--wip-hard/--wip-soft")
    assert (switch.name, switch.kind) == ("wip_hard", "switch")
    assert declared.Parameter("[WORDS]...").required is False
    assert declared.Parameter("KEY").required is True
    assert Given({}).texts("words") == ()


def test_every_doubt_has_its_words():
    assert set(DOUBTS) >= DOUBT_CODES
    assert set(SKIPPED) >= SKIP_CODES


def test_advice_is_for_refusals_that_exist():
    assert set(ADVICE) - {"unknown-outcome", *OWN} <= set(SENTENCES)


def words_after(*typed):
    request = Request(Given({}))
    try:
        *before, last = typed
        return {word for word, _ in suggestions(request, before, last)}
    finally:
        request.close()


def test_completion_offers_ids_people_and_words(duban, lite):
    duban("add", "report")
    duban("people", "add", "lin", "林晓")

    assert set(HOMES) == words_after("")
    assert words_after("show", "") == {"T001"}
    assert words_after("--as", "lin", "move", "T001", "") >= {"doing", "review"}
    assert words_after("assign", "T001", "") == {"wang", "lin"}
    assert words_after("ls", "--owner", "l") == {"wang", "lin"}
    assert "--mine" in words_after("ls", "--m")
    assert words_after("people", "") == {"list", "add", "edit", "merge"}
    assert words_after("add", "x", "--project", "") == {"T"}
    assert duban("completion", "words", "--", "show", "t").out == "T001\treport\n"
    assert duban("completion", "tcsh").code == 2


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_has_a_script(duban, shell):
    assert "completion words" in duban("completion", shell).out


def test_bash_can_read_its_script(duban):
    script = duban("completion", "bash").out
    subprocess.run(["/bin/bash", "-n"], input=script, text=True, check=True)


def test_doctor_finds_a_sound_store_sound(duban, store):
    duban("add", "report")

    said = duban("doctor", "--json")

    wrong = [one for one in said.json if not one["ok"] and one["check"] != "encoding"]
    assert wrong == []
    assert {one["check"] for one in said.json} >= {
        "sqlite",
        "store",
        "schema",
        "counts",
        "calendar",
    }


def test_doctor_tells_the_way_out_of_what_is_wrong(duban, lite, home):
    import sqlite3
    from pathlib import Path

    duban("add", "report")
    duban("block", "T001", "why", "--for", "IT")
    file = Path(lite.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as database:
        database.execute("UPDATE tally SET cards = 7 WHERE state = 'todo'")
        database.execute("UPDATE block_spell SET ended = 1")
    database.close()
    file.chmod(0o644)

    said = duban("doctor", "--json")

    wrong = {one["check"]: one["advice"] for one in said.json if not one["ok"]}
    assert {"counts", "blocked", "file"} <= set(wrong)
    assert all(wrong.values())
    assert said.code == 1


def test_settings_are_kept_and_told(duban, lite, monkeypatch, tmp_path):
    monkeypatch.setenv("DUBAN_SETTINGS", str(tmp_path / "own" / "settings.toml"))

    assert duban("config", "set", "language", "zh_CN").code == 0
    assert duban("config", "get", "language").out == "zh_CN\n"
    assert duban("config", "set", "language", "fr").code == 2
    assert duban("config", "set", "nonsense", "1").code == 2
    assert duban("config", "set", "compact", "yes").code == 0
    assert duban("config", "show", "--json").json["compact"] is True
    assert duban("add", "报告").out == "T001 已添加：报告\n"
    assert duban("config", "path", "--json").json["settings"].endswith("settings.toml")


HOSTILE = "a\u202eb\u200bc [red]d[/red] {e} %s \U0001f469\u200d\U0001f467"


def test_hostile_titles_are_shown_not_obeyed(duban, lite):
    duban("add", HOSTILE)

    for arguments in (
        ["ls"],
        ["show", "T001"],
        ["events"],
        [],
        ["completion", "words", "--", "show", ""],
    ):
        said = duban(*arguments)
        assert said.code == 0
        assert "\u202e" not in said.out + said.err
        assert "<U+202E>" in said.out
        assert "[red]d[/red] {e} %s" in said.out
    assert duban("ls", "--json").out.strip().isprintable()
    assert duban("ls", "--json").json[0]["title"] == HOSTILE


def test_a_title_of_ten_thousand_marks_is_refused_in_one_line(duban, lite):
    duban("add", "first")

    said = duban("add", "a" + "\u0301" * 10_000)

    assert said.code == 3
    assert said.err.count("\n") == 1
