"""submit, reviews, accept, send-back, delegate: what the work rests on, and the verdict."""

import pytest

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def submitted(duban):
    """T001 with two criteria, handed over by li."""
    duban("add", "report")
    duban("projects", "edit", "T", "--no-self-accept")
    duban("people", "add", "li", "李娜")
    duban("assign", "T001", "li")
    duban("criteria", "T001", "--add", "12 interviews")
    duban("criteria", "T001", "--add", "accuracy 95 %")
    duban("move", "T001", "doing", "--as", "li")
    said = duban(
        *("submit", "T001", "--results", "12 done", "--claim", "1", "--completed", "yesterday"),
        *("--deliverable", "report|V1.0|share/r", "--deliverable", "data|share/d", "--as", "li"),
    )
    assert (said.code, said.out[:15]) == (0, "T001 waits for ")
    return duban


def test_what_was_said_is_kept(submitted):
    (review,) = submitted("show", "T001", "--json").json["reviews"]
    assert (review["results"], review["claims"]) == ("12 done", {"1": "12 interviews"})
    assert list(review["handed"].values()) == ["report V1.0 share/r", "data share/d"]
    assert submitted("log", "--json").json[0]["topic"] in {"report V1.0", "data"}


def test_the_queue(submitted):
    (row,) = submitted("reviews", "--json").json
    assert (row["id"], row["project"], row["owner"]) == ("T001", "T", "li")
    assert row["asked"] == row["acceptor"]
    assert (row["round"], row["criteria"], row["criteria_met"], row["deliverables"]) == (1, 2, 0, 2)
    assert "T001" in submitted("reviews").out
    empty = submitted("reviews", "--as", "li")
    assert (empty.out, "duban reviews --all" in empty.err) == ("", True)
    assert "T001" in submitted("reviews", "--all", "--as", "li").out


def test_a_move_is_a_submission_too(duban):
    duban("add", "report")
    duban("assign", "T001", "me")
    duban("move", "T001", "doing")
    refused = duban("move", "T001", "review")
    assert refused.code != 0
    assert "Key results" in refused.err
    duban("update", "T001", "80", "--done", "outline")
    assert "deliverable" in duban("move", "T001", "review").err
    assert duban("move", "T001", "review", "--deliverable", "r|share").code == 0
    (review,) = duban("show", "T001", "--json").json["reviews"]
    assert review["results"] == "outline"


def test_accept_ticks(submitted):
    assert "not met" in submitted("accept", "T001").err
    assert "There is no criterion “3”" in submitted("accept", "T001", "--met", "1,3").err
    assert submitted("accept", "T001", "--met", "1,2").out == "T001 is accepted.\n"
    shown = submitted("show", "T001", "--json").json
    assert (shown["state"], [one["met"] for one in shown["criteria"]]) == ("done", [True, True])


def test_what_is_accepted_is_done_to_the_last_percent(submitted):
    """However little was told of it; what was told stays in its updates and the log."""
    assert submitted("show", "T001", "--json").json["progress"] == 0
    submitted("accept", "T001", "--met", "1,2")
    assert submitted("show", "T001", "--json").json["progress"] == 100
    assert "100 %" in submitted("show", "T001").out
    (line,) = [one for one in submitted("ls", "--all").out.splitlines() if "T001" in one]
    assert line.split()[-1] == "100"
    assert "100%" in next(one for one in submitted().out.splitlines() if "T001" in one)
    assert submitted("archive", "T001", "--result", "12 interviews").code == 0
    (row,) = submitted("ls", "--state", "archived", "--json").json
    assert row["progress"] == 100


def test_what_was_given_up_is_not(submitted):
    submitted("add", "data")
    submitted("cancel", "T002", "--reason", "x")
    (row,) = [one for one in submitted("ls", "--all", "--json").json if one["id"] == "T002"]
    assert row["progress"] == 0


def test_nobody_accepts_their_own_work(submitted):
    said = submitted("accept", "T001", "--met", "all", "--as", "li")
    assert said.code != 0
    assert submitted("show", "T001", "--json").json["state"] == "review"


def test_points_go_to_criteria(submitted):
    assert "NUMBER=TEXT" in submitted("send-back", "T001", "--point", "x").err
    sent = submitted("send-back", "T001", "--findings", "not yet", "--point", "2=only 91 %")
    assert sent.out == "T001 is sent back.\n"
    (review,) = submitted("show", "T001", "--json").json["reviews"]
    assert (review["findings"], review["points"]) == ("not yet", {"2": "only 91 %"})


def test_open_subtasks_need_a_reason(submitted):
    submitted("add", "part", "--parent", "T001")
    assert "T001-01" in submitted("accept", "T001", "--met", "all").err
    said = submitted("accept", "T001", "--met", "all", "--reason", "next quarter")
    assert said.code == 0


def test_delegate(submitted):
    submitted("people", "add", "zhao", "赵敏")
    refused = submitted("delegate", "T001", "li", "--reason", "away")
    assert refused.code != 0
    said = submitted("delegate", "T001", "zhao", "--reason", "away")
    assert said.out == "T001 waits for 赵敏 to accept it.\n"
    assert submitted("accept", "T001", "--met", "all", "--as", "zhao").code == 0


def test_criteria_are_agreed_once_the_work_has_begun(submitted):
    assert "needs a reason" in submitted("criteria", "T001", "--add", "index").err
    assert submitted("criteria", "T001", "--add", "index", "--reason", "asked for").code == 0


@pytest.mark.parametrize(
    "wrong", [("--deliverable", "|x"), ("--completed", "tomorrow"), ("--claim", "x")]
)
def test_what_cannot_be_read_is_a_mistake_of_use(duban, wrong):
    duban("add", "report")
    duban("assign", "T001", "me")
    duban("move", "T001", "doing")
    said = duban("submit", "T001", "--results", "x", *wrong)
    assert said.code == 2


def test_show_tells_of_rounds_and_of_what_came_of_it(submitted):
    assert (
        submitted(
            "send-back", "T001", "--findings", "two sources are missing", "--point", "2=no sample"
        ).code
        == 0
    )
    told = submitted("show", "T001").out
    assert "round 1 · sent back" in told
    assert "    → 12 done\n    two sources are missing\n    ↶ accuracy 95 %: no sample\n" in told
    submitted("submit", "T001", "--results", "14 done", "--as", "li")
    assert submitted("accept", "T001", "--met", "1,2").code == 0
    assert submitted("close-out", "T001", "71 to 83 %").code == 0
    assert "Result:\n  71 to 83 %\n" in submitted("show", "T001").out
    assert submitted("show", "T001", "--json").json["result"] == "71 to 83 %"


def test_criteria_that_change_in_review_are_told(submitted):
    """The acceptor hears of it: an alert, and beside the criteria."""
    assert submitted("criteria", "T001", "--remove", "2", "--as", "li").code != 0
    why = ("--reason", "not measured", "--as", "li")
    assert submitted("criteria", "T001", "--remove", "2", *why).code == 0
    told = submitted("show", "T001").out
    assert "Changed since the start:\n  criterion removed: accuracy 95 % · 李娜" in told
    assert "    “not measured”\n" in told
    (change,) = submitted("show", "T001", "--json").json["criteria_changes"]
    assert (change["subject"], change["actor"]) == ("accuracy 95 %", "li")
    assert "criteria changed" in submitted("alerts", "--mine").out


def test_show_says_what_is_needed_first(duban):
    for title in ("survey", "report"):
        duban("add", title)
    assert duban("depends", "T002", "--on", "T001").code == 0
    assert "needs T001 first" in duban("show", "T002").out


def test_refusals_say_what_to_type(submitted):
    assert submitted("accept", "T001").err.endswith(
        "Say which are met: duban accept T001 --met NUMBERS; or: duban send-back T001\n"
    )
    assert submitted("add", "part", "--parent", "T001").code == 0
    said = submitted("accept", "T001", "--met", "all").err
    assert said.endswith("Accept it all the same: duban accept T001 --reason TEXT\n")
    given_up = submitted("cancel", "T001", "--reason", "no").err
    assert given_up.endswith("End those first, or cancel them.\n")


def test_a_submission_without_its_parts_says_what_to_add(duban):
    duban("add", "report", "--owner", "me")
    duban("move", "T001", "doing")
    assert duban("submit", "T001").err.endswith("Add: --results TEXT\n")
    said = duban("submit", "T001", "--results", "done").err
    assert said.endswith('Add: --deliverable "NAME|VERSION|PLACE"\n')


def test_chinese_sentences_stand_without_a_space_between(duban, monkeypatch):
    duban("add", "report", "--owner", "me")
    duban("move", "T001", "doing")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "。请加上：--results TEXT" in duban("submit", "T001").err


def test_an_archive_is_replaced_by_force_only(submitted, tmp_path):
    assert submitted("accept", "T001", "--met", "all").code == 0
    to = ("archive", "T001", "--result", "12 interviews", "--to", str(tmp_path / "a"))
    assert submitted(*to).code == 0
    (text,) = (tmp_path / "a").rglob("archive.md")
    text.write_text("old")
    again = submitted(*to)
    assert again.code == 3
    assert "Add --force" in again.err
    assert text.read_text() == "old"
    assert submitted(*to, "--force").code == 0
    assert text.read_text(encoding="utf-8").startswith("# T001")
    assert submitted("archive", "T001", "--force").code == 2
