"""``duban find``, and what ``duban doctor`` says of its index."""

from core.store.database import Store
from tests.cli.conftest import Call


def fill(duban: Call) -> None:
    """A task, an entry of the log and a restricted one."""
    assert duban("add", "复核合同条款", "--due", "2030-01-02").code == 0
    assert duban("log", "add", "合同定了", "--content", "第二条 deployed").code == 0


def test_find_prints_the_newest_hits(store: str, duban: Call):
    fill(duban)
    said = duban("find", "合同")
    assert said.code == 0
    lines = said.out.splitlines()
    assert [line.split()[1] for line in lines[1:]] == ["Sync", "Task"]
    assert "T001" in lines[2]
    said = duban("find", "dep", "定了", "--json").json
    assert [(one["kind"], one["title"], one["snippet"]) for one in said] == [
        ("sync", "合同定了", "第二条 deployed")
    ]
    assert said[0]["places"] == [[4, 3]]
    assert said[0]["title_places"] == [[2, 2]]


def test_kinds_projects_and_limits(store: str, duban: Call):
    fill(duban)
    one = duban("find", "合同", "--kind", "task", "--json").json
    assert [each["kind"] for each in one] == ["task"]
    two = duban("find", "合同", "--kind", "任务,log", "--project", "T", "--json").json
    assert [one["kind"] for one in two] == ["sync", "task"]
    said = duban("find", "合同", "-n", "1")
    assert "Only the newest 1 are shown" in said.err
    wrong = duban("find", "合同", "--kind", "x")
    assert (wrong.code, wrong.out) == (2, "")
    assert "task, update, issue, sync, meeting" in wrong.err
    assert duban("find", "合同", "--project", "NO").code != 0


def test_nothing_found(store: str, duban: Call):
    fill(duban)
    for words in ("没有", '"', "NEAR(", "%"):
        said = duban("find", words)
        assert (said.code, said.out) == (0, "")
        assert "Nothing found" in said.err
        assert duban("find", words, "--json").json == []


def test_restricted_entries_do_not_leak(store: str, duban: Call):
    fill(duban)
    assert duban("people", "add", "li", "李娜").code == 0
    assert duban("people", "add", "zhao", "赵敏").code == 0
    added = duban("log", "add", "裁撤合同", "--restricted", "--audience", "李娜")
    assert added.code == 0
    assert len(duban("--as", "li", "find", "裁撤", "--json").json) == 1
    said = duban("--as", "zhao", "find", "裁撤")
    assert "裁撤" not in said.out + said.err
    assert duban("--as", "zhao", "find", "合同", "-n", "2").err == ""


def test_doctor_makes_a_wrong_index_anew(store: str, duban: Call):
    fill(duban)
    assert "ok  Search" in duban("doctor").out
    other = Store(store)
    other.open()
    with other.writing():
        other.sql("UPDATE search_line SET text = 'x'")
    other.close()
    said = duban("doctor")
    assert said.code == 1
    assert "WRONG  Search" in said.out
    assert "Made anew" in said.out
    assert "ok  Search" in duban("doctor").out
    assert len(duban("find", "合同", "--json").json) == 2
