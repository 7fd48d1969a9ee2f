"""Options that would be ignored are refused, and what an option names must be there."""

import pytest

from tests.cli.test_codes import refused

pytestmark = pytest.mark.usefixtures("lite")


@pytest.mark.parametrize(
    ("call", "one", "other"),
    [
        ("standup --team --missing", "--team", "--missing"),
        ("standup --missing --summary --json", "--missing", "--summary"),
        ("alerts --mine --team", "--mine", "--team"),
        ("alerts -m --raised", "--mine", "--raised"),
        ("alerts --raised --quiet", "--raised", "--quiet"),
        ("alerts --quiet --project T", "--quiet", "--project"),
        ("alerts --quiet --limit 0", "--quiet", "--limit"),
        ("triage --mine --team", "--mine", "--team"),
        ("ls --mine --owner wang", "--mine", "--owner"),
        ("ls --all --state doing", "--all", "--state"),
        ("import x.csv --yes --dry-run", "--yes", "--dry-run"),
        ("grant T001 --refuse no --note yes", "--refuse", "--note"),
        ("warn T001 why --withdraw", "--withdraw", "REASON"),
        ("warn T001 --withdraw --code other", "--withdraw", "--code"),
        ("criteria T001 --add x --met 1", "--add", "--met"),
        ("milestones T001 --reached 1 --unreached 1", "--reached", "--unreached"),
        ("deliverables T001 --register 1 --edition V2", "--register", "--edition"),
        ("collaborators T001 --add wang --remove 1", "--add", "--remove"),
        ("depends T001 --on T002 --not-on T003", "--on", "--not-on"),
    ],
)
def test_of_two_that_contradict_none_is_ignored(duban, call, one, other):
    duban("add", "first")

    refused(duban(*call.split()), 2, f"{one} and {other} do not go together")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("standup --department Sales", "--department needs --team or --missing."),
        ("standup --project NOPE", "--project needs --team or --missing."),
        ("standup --summary --project T", "--project needs --team or --missing."),
        ("criteria T001 --facet form", "--facet needs --add."),
        ("milestones T001 --move 1", "--move needs --due."),
        (
            "milestones T001 --due 2030-01-01",
            "--due needs --add, --reached, --unreached or --move.",
        ),
        ("collaborators T001 --hours 4", "--hours needs --add or --change."),
        ("standup --team T001", "T001"),
    ],
)
def test_an_option_that_says_nothing_alone_names_its_way_out(duban, call, told):
    duban("add", "first")

    refused(duban(*call.split()), 2, told)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("standup --team --department Sals", "department “Sals”. Did you mean Sales?"),
        ("standup --missing --department Care", "department “Care”. Known: Sales."),
        ("standup --team --project X", "project “X”. Known: T."),
        ("alerts --project X", "project “X”. Known: T."),
        ("alerts --raised --project X", "project “X”. Known: T."),
        ("triage --project X", "project “X”. Known: T."),
        ("ls --owner wagn", "person “wagn”. Did you mean wang?"),
        ("log --person zzz", "person “zzz”. Known: lin, wang"),
        ("show T404", "task “T404”."),
    ],
)
def test_what_an_option_names_must_be_there(duban, call, told):
    duban("add", "first")
    duban("people", "add", "lin", "林晓")
    duban("departments", "add", "Sales")

    said = duban(*call.split())
    refused(said, 3, told)
    assert ("Did you mean" in said.err) == ("Did you mean" in told)


def test_the_one_that_was_meant_is_found_among_many(duban):
    duban("add", "first")
    for number in range(12):
        duban("people", "add", f"member{number:02}")
    duban("people", "add", "zhang", "张伟强")

    refused(duban("assign", "T001", "zhnag"), 3, "Did you mean zhang?")
    refused(duban("assign", "T001", "张伟墙"), 3, "Did you mean 张伟强?")
    refused(duban("assign", "T001", "nobody-here"), 3, "Known: member00, member01", ", …")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("standap", "standup"), ("stand", "standup"), ("dep", "depends, departments"), ("xy", "")],
)
def test_only_a_close_command_is_meant(duban, word, meant):
    said = duban(word)

    assert said.code == 2
    assert (f"Did you mean: {meant}?" if meant else "Known: add, ls") in said.err
