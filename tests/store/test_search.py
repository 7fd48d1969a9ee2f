"""Words are found in both languages, alike on both engines, and only by who may see them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.commands.closing import ArchiveTask, CancelTask
from core.commands.editing import EditTask, Setting
from core.commands.importing import ImportTask
from core.commands.issues import RaiseIssue, RespondIssue
from core.commands.meetings import HoldMeeting
from core.commands.progress import UpdateProgress
from core.commands.sync import AddSyncEntry
from core.commands.tasks import CreateTask
from core.domain.ids import IssueId, PersonId, TaskId
from core.domain.meetings import MeetingKind
from core.domain.progress import ProgressUpdate
from core.domain.refusals import BadValue
from core.domain.searching import FIELDS, FoundKind
from core.domain.status import State
from core.domain.task import Task
from core.domain.text import spaced
from core.queries import board, rare_words
from core.queries import searching as questions
from core.queries.searching import Hit, search
from core.store import searching
from core.store.work import Work
from tests.office import Office

Told = tuple[str, int]


def hits(office: Office, words: str, *, by: PersonId | None = None, **more: object) -> list[Hit]:
    viewer = office.wang if by is None else by
    return list(office.desk.ask(search, words, viewer=viewer, **more))  # type: ignore[arg-type]


def found(office: Office, words: str, **more: object) -> list[Told]:
    return [(one.kind.value, one.id) for one in hits(office, words, **more)]


@pytest.fixture
def one(office: Office) -> TaskId:
    """A task with everything in it."""
    return office.doing(
        title="《合同》复核 deployAPI Ｑ３",
        description="客户说：综合，同意。\nThe Straße is long; foo-bar",
        outcome="量子报告",
        external_id="CRM-0042",
    )


FOUND = (
    *("合同", "合", "复核", "合 复", "量子", "综合，同意", "客户 合同", "“客户说”", "合，同"),
    *("deploy", "DEPLOYAPI", "dep", "q3", "Q３", "ｑ 3", "strasse", "straß", "foo-bar", "foo bar"),
    *("crm-0042", "0042", "CRM", "T", '"is long"', "量子 deploy 合同", "T001", "合同 * ( ' 量子"),
)
NOT_FOUND = (
    *("同合", "合意", "合. 同合", "量字", "eployAPI", "d", '"dep"', '"long is"', "bar-foo", "042"),
    *("合同 没有", "deploy 没有", "foobar", "T-001"),
)
HOSTILE = (
    *("", " ", '"', '""', '"""', "*", "a AND", "AND", "OR", "NOT", "NEAR(", "NEAR(合 同)", "("),
    *("col:x", "text : x", "{text} : x", "-x", "^x", "x*", "%", "_", "\\", "'", "' OR 1=1 --"),
    *("\0", "x\0y", "\ud800", ";", "&", "|", "!", "<->", ":*", "'x':*", "￥", "¦", "x ¦ y"),
    *("x" * 20_000, "合" * 20_000, "x " * 20_000, '"' * 999, "𠀀", "🚀", "a\u0301\u0301" * 400),
)


def test_words_are_found_whole_or_by_their_beginning(office: Office, one: TaskId):
    office.task("别的")
    assert [words for words in FOUND if ("task", one) not in found(office, words)] == []


def test_what_does_not_occur_is_not_found(office: Office, one: TaskId):
    assert [words for words in NOT_FOUND if found(office, words)] == []


def test_what_is_typed_is_data(office: Office, one: TaskId):
    for words in HOSTILE:
        assert found(office, words) == [], words[:50]
        assert found(office, f"合同 {words[:50]}") in ([], [("task", one)]), words[:50]


def everything(office: Office) -> dict[str, Told]:
    """A record of each kind, the newest last, each with its own word and 里程碑."""
    task = office.doing(title="里程碑 alpha")
    update = office.do(
        UpdateProgress(task=task, progress=30, done="里程碑过半 beta", problems="无"), by="li"
    )
    issue = office.do(RaiseIssue(task=task, title="里程碑受阻 gamma", impact="全组"))
    entry = office.do(AddSyncEntry(project=office.project, topic="里程碑 delta", content="已定"))
    held = HoldMeeting(
        project=office.project, kind=MeetingKind.WEEKLY, topic="周会", minutes="谈了里程碑 epsilon"
    )
    meeting = office.do(held)
    assert update.id
    numbers = {"task": task, "issue": issue.id, "sync": entry.id, "meeting": meeting.id}
    words = {"task": "alpha", "issue": "gamma", "sync": "delta", "meeting": "epsilon"}
    made: dict[str, Told] = {words[kind]: (kind, number) for kind, number in numbers.items()}
    return {**made, "beta": ("update", 1)}


def test_every_kind_is_found(office: Office):
    for word, told in everything(office).items():
        assert told in found(office, word)
    kinds = [kind for kind, _ in found(office, "里程碑")]
    assert kinds[0] == "meeting"
    assert kinds[-2:] == ["update", "task"], "the newest first"
    assert {"issue", "sync"} < set(kinds)
    for kind in FoundKind:
        assert {one for one, _ in found(office, "里程碑", kinds=[kind])} == {kind.value}
    two = found(office, "里程碑", kinds=[FoundKind.TASK, FoundKind.UPDATE])
    assert [kind for kind, _ in two] == ["update", "task"]
    assert found(office, "里程碑", project=office.project) == found(office, "里程碑")
    assert found(office, "里程碑", project=office.project + 1) == []
    assert len(found(office, "里程碑", limit=2)) == 2


def test_a_hit_tells_where(office: Office, one: TaskId):
    (hit,) = hits(office, "合同 同意 foo")
    assert (hit.key, hit.project_key, hit.person, hit.state) == ("T001", "T", "李娜", State.DOING)
    assert [hit.title[at : at + long] for at, long in hit.title_places] == ["合同"]
    assert [hit.snippet[at : at + long] for at, long in hit.places] == ["同意", "foo"]
    assert "\n" not in hit.snippet
    (hit,) = hits(office, "ｑ3")
    assert [hit.title[at : at + long] for at, long in hit.title_places] == ["Ｑ３"]
    assert hit.snippet == ""
    office.do(UpdateProgress(task=one, progress=40, done="头" * 200 + "合同已签" + "尾" * 200))
    hit = hits(office, "合同")[0]
    assert (hit.kind, hit.task, hit.title_places) == (FoundKind.UPDATE, one, ())
    assert hit.snippet.startswith("…头")
    assert hit.snippet.endswith("尾…")
    assert hit.day == date(2024, 3, 25)


def test_a_change_is_found_and_what_was_is_not(office: Office):
    task = office.task("旧标题 older")
    office.do(EditTask(task=task, settings=(Setting("title", "旧标题 older", "新标题 newer"),)))
    assert found(office, "旧标题") == found(office, "older") == []
    assert found(office, "新标题") == found(office, "newer") == [("task", task)]
    issue = office.do(RaiseIssue(task=task, title="难题", impact="小"))
    office.do(RespondIssue(issue=IssueId(issue.id), response="正在处理雪崩"))
    assert ("issue", issue.id) in found(office, "雪崩")


def test_nothing_is_left_of_what_is_refused(office: Office):
    wanted = [CreateTask(project=office.project, title=title) for title in ("幻影 phantom", "")]
    with pytest.raises(BadValue), office.desk.together() as send:
        list(map(send, wanted))
    assert found(office, "幻影") == []
    assert office.desk.ask(searching.wrong_lines) == ()


def test_what_one_transaction_adds_and_changes(office: Office):
    with office.desk.together() as send:
        task = TaskId(send(CreateTask(project=office.project, title="初稿")).id)
        send(EditTask(task=task, settings=(Setting("title", "初稿", "定稿"),)))
        assert found(office, "定稿") == [("task", task)]
        send(CreateTask(project=office.project, title="第三稿"))
    assert [found(office, words) for words in ("初稿", "定稿")] == [[], [("task", task)]]
    assert len(found(office, "稿")) == 2
    assert office.desk.ask(searching.wrong_lines) == ()


def test_what_is_removed_is_not_found(office: Office):
    everything(office)
    desk = office.desk
    with desk.store.writing():
        work = Work(desk.store, now=desk.now(), actor=desk.me(), handle="wang")
        work.remove(work.get(ProgressUpdate, 1))
    assert found(office, "beta") == []
    assert len(found(office, "alpha")) == 1
    assert desk.ask(searching.wrong_lines) == ()


def test_archived_and_cancelled_ones_are_found_and_marked(office: Office):
    done = TaskId(
        office.do(
            ImportTask(
                task=CreateTask(
                    project=office.project, title="灯塔一", owner=office.li, state=State.DONE
                )
            )
        ).id
    )
    office.do(ArchiveTask(task=done, seen=State.DONE, actual="已点亮"))
    given_up = office.task("灯塔二")
    office.do(CancelTask(task=given_up, seen=State.TODO, reason="不做了"))
    office.task("灯塔三")
    ended = {hit.title: (hit.ended, hit.state) for hit in hits(office, "灯塔")}
    assert ended == {
        "灯塔一": (True, State.ARCHIVED),
        "灯塔二": (True, State.CANCELLED),
        "灯塔三": (False, State.TODO),
    }


def test_restricted_entries_are_for_their_audience(office: Office):
    kept = AddSyncEntry(
        project=office.project, topic="裁撤 layoff", restricted=True, people=(office.li,)
    )
    entry = office.do(kept).id
    for number in range(60):
        office.do(AddSyncEntry(project=office.project, topic=f"公开 {number} layoffs"))
    for words in ("裁撤", "裁", '"layoff"'):
        assert found(office, words) == [("sync", entry)]
        assert found(office, words, by=office.li) == [("sync", entry)]
        for stranger in (office.zhao, office.sun, PersonId(999)):
            assert found(office, words, by=stranger) == []
        assert office.desk.ask(search, words, viewer=None) == ()
    seen = found(office, "layoff", by=office.zhao, limit=100)
    assert len(seen) == 60, "nor do they take a place"
    assert ("sync", entry) not in seen


def test_an_index_that_is_wrong_is_told_and_mended(office: Office):
    everything(office)
    office.task("灯塔")
    before = {words: found(office, words) for words in ("里程碑", "灯塔", "alpha")}
    store = office.store
    assert office.desk.ask(searching.wrong_lines) == ()
    with store.writing():
        store.sql("UPDATE search_line SET text = 'x' WHERE id = 1")
        store.sql("DELETE FROM search_line WHERE id = 2")
    assert len(office.desk.ask(searching.wrong_lines)) == 2
    count = office.desk.ask(searching.rebuild)
    assert count >= 6
    assert office.desk.ask(searching.wrong_lines) == ()
    assert {words: sorted(found(office, words)) for words in before} == {
        words: sorted(was) for words, was in before.items()
    }
    office.do(EditTask(task=TaskId(1), settings=(Setting("title", "里程碑 alpha", "换了"),)))
    assert found(office, "alpha") == []
    assert office.desk.ask(searching.wrong_lines) == ()


def test_sqlite_without_fts5_reads_each_line(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    office = Office(sqlite_url)
    told = everything(office)
    words = ("里程碑", "里程", "程 碑", "alph", '"alpha"', "gamma 受阻", "碑里")
    fast = [hits(office, one) for one in words]
    for module in (questions, searching):
        monkeypatch.setattr(module, "is_fast", lambda _: False)
    assert [hits(office, one) for one in words] == fast
    kinds = found(office, "里程碑", kinds=[FoundKind.TASK], project=office.project)
    assert kinds == [told["alpha"]]
    office.task("里程碑之后")
    assert found(office, "里程碑之后") == [("task", 2)]
    office.close()


def test_a_filter_shows_the_same_with_the_index(office: Office, monkeypatch: pytest.MonkeyPatch):
    for title in ("合同条款", "《合》同", "同合", "Q3合同", "other", "李家合同", "综合，同意"):
        office.doing(title=title, description="合同量子")
    office.task("合同 without an owner", external_id="量子-1")
    asked = ("合同", "合", "同 条", "量子", "李", "合同 李", "合同 @li", "q3 合同", "没有")

    def shown(words: str) -> object:
        chosen = board.Chosen(words=words)
        cards = [office.desk.ask(board.cards, chosen, state) for state in State]
        return cards, office.desk.ask(board.columns, chosen)

    found_with = {}
    for few in (0, 200):
        monkeypatch.setattr(rare_words, "FEW", few)
        found_with[few] = {words: shown(words) for words in asked}
    monkeypatch.setattr(rare_words, "tasks_with", lambda *_: None)
    assert found_with[0] == found_with[200] == {words: shown(words) for words in asked}


def test_every_field_of_a_task_is_searched(office: Office):
    task = office.task("t")
    kept = office.get(task)
    for name in FIELDS[FoundKind.TASK]:
        words: dict[str, Any] = {name: f"灯塔{name}"}
        assert "灯 塔" in searching.words_of(FoundKind.TASK, replace(kept, **words)), name
    assert set(FIELDS[FoundKind.TASK]) <= set(Task.__dataclass_fields__)


TITLES = st.lists(
    st.text(st.sampled_from("合同量子ABcd 09-_，.《》ß１Ｑ한カ́é"), min_size=1, max_size=12).filter(
        lambda text: any(sign.isalnum() for sign in text)
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES)
def test_every_title_is_found_by_each_of_its_words(office: Office, titles: list[str]):
    with office.desk.together() as send:
        made = [send(CreateTask(project=office.project, title=title)).id for title in titles]
    for number in made:
        stored = office.get(TaskId(number)).title
        for word in {*spaced(stored).replace("¦", " ").split(), stored, f'"{stored}"'}:
            limit = 100_000
            assert ("task", number) in found(office, word, limit=limit), (word, stored)
    assert office.desk.ask(searching.wrong_lines) == ()
