"""Every event of the core has words, and changes are told as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.departments import Department
from core.domain.duties import CloseOut
from core.domain.events import EventKind
from core.domain.ids import PersonId
from core.domain.parts import Collaborator, Criterion, Deliverable, Milestone
from core.domain.people import Person, Project
from core.domain.task import Task
from core.queries.history import EventRow
from core.records import names_of, replace
from tui.event_words import _SILENT, EVENTS, change_words, event_word
from tui.history_sentences import SENTENCES
from tui.history_words import details, sentence
from tui.terms import FIELDS
from tui.words import Words

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _row(**changes: tuple[object, object]) -> EventRow:
    return EventRow(
        number=1,
        at=datetime(2026, 3, 18, tzinfo=UTC),
        kind=EventKind.TASK_EDITED,
        command_id="",
        actor=None,
        actor_name="",
        project=None,
        project_key="",
        task=None,
        task_key="",
        task_title="",
        subject="",
        changes=changes,  # type: ignore[arg-type]
        reason="",
    )


def test_every_kind_has_words_in_both_languages():
    assert set(EVENTS) == {kind.value for kind in EventKind}
    for kind in EventKind:
        assert event_word(Words("zh_CN"), kind) != event_word(Words("en"), kind)


def test_what_was_taken_on_by_working_on_it_says_so():
    row = replace(
        _row(implied=(None, True)),
        kind=EventKind.TASK_ACKNOWLEDGED,
        actor=PersonId(2),
        actor_name="李娜",
        task_key="T001",
    )
    words = Words("en")
    assert sentence(words, row) == "李娜 took T001 on"
    assert list(details(words, row, zone=SHANGHAI)) == ["by working on it"]


def test_changes_are_told_with_both_values():
    row = _row(
        owner=("王经理", "李专员"),
        urgent=(False, True),
        progress=(20, 60),
        due=(None, "2026-03-18T10:00:00+00:00"),
        state=("todo", "doing"),
        note=("a", ""),
        version=(1, 2),
    )
    assert list(change_words(Words("en"), row, zone=SHANGHAI)) == [
        "Owner: 王经理 → 李专员",
        "Urgent: no → yes",
        "Progress: 20% → 60%",
        "Due: 2026-03-18 18:00",
        "State: To do → Doing",
        "Remarks: a → nothing",
    ]


def test_what_is_nobody_s_is_not_nothing():
    row = _row(owner=("李专员", None), audience=("", ""), note=("a", ""))
    english = list(change_words(Words("en"), row, zone=SHANGHAI))
    assert english == ["Owner: 李专员 → nobody", "For whom: nobody", "Remarks: a → nothing"]
    chinese = list(change_words(Words("zh_CN"), row, zone=SHANGHAI))
    assert chinese == ["责任人：李专员 → 无人", "同步对象：无人", "备注：a → 空"]


def test_what_is_planned_and_what_is_handed_over_read_differently():
    chinese = Words("zh_CN")
    assert event_word(chinese, "deliverable-added") == "列出交付物"
    assert event_word(chinese, "deliverable-registered") == "登记交付物"


@pytest.mark.parametrize(
    ("who", "said"),
    [("Li", "Li 将 T001 从“未开始”移至“进行中”"), ("李", "李将 T001 从“未开始”移至“进行中”")],
)
def test_a_latin_name_stands_apart_from_chinese(who: str, said: str) -> None:
    row = replace(_row(state=("todo", "doing")), kind=EventKind.TASK_MOVED, task_key="T001")
    assert sentence(Words("zh_CN"), replace(row, actor=PersonId(1), actor_name=who)) == said


def test_members_are_named_and_rounds_have_words():
    row = _row(waiting_for=(None, "li"), round=(0, 1))
    said = list(change_words(Words("zh_CN"), row, zone=SHANGHAI, names={"li": "李专员"}))

    assert said == ["等待对象：李专员", "验收轮次：0 → 1"]


def test_a_full_column_is_called_as_on_the_board() -> None:
    told = replace(_row(cards=(4, 5)), kind=EventKind.WIP_EXCEEDED, subject="doing")
    assert "进行中" in sentence(Words("zh_CN"), told)
    assert "doing" not in sentence(Words("zh_CN"), told)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_is_told_as_a_sentence(language: str, kind: EventKind) -> None:
    assert set(SENTENCES) == {one.value for one in EventKind}
    row = replace(
        _row(state=("todo", "doing")),
        kind=kind,
        actor=PersonId(2),
        actor_name="李娜",
        task_key="T001",
        project_key="T",
        subject="问卷",
    )
    said = sentence(Words(language), row)
    assert said.startswith("李娜")
    assert not said.startswith(("李娜: ", "李娜："))


def test_a_sentence_without_a_hole_stands_for_one_with() -> None:
    row = replace(_row(), kind=EventKind.ALERT_ACKNOWLEDGED, project_key="T", actor_name="Li")
    assert sentence(Words("en"), row) == "Li took note of the alert “T”"
    nobody = replace(_row(), kind=EventKind.NUDGED, task_key="T001", actor_name="Li")
    assert sentence(Words("en"), nobody) == "Li: nudged T001"


def test_parts_are_named_in_the_sentence() -> None:
    row = replace(
        _row(met=(False, True)),
        kind=EventKind.CRITERION_CHANGED,
        actor_name="李娜",
        task_key="T001",
        subject="12 interviews",
    )
    assert sentence(Words("en"), row) == "李娜 changed the criterion “12 interviews” of T001"
    chinese = replace(row, kind=EventKind.WIP_EXCEEDED, subject="doing")
    assert sentence(Words("zh_CN"), chinese) == "李娜将 T001 放入“进行中”，超出在制品上限"


RECORDED = (
    *(Task, Project, Person, Department, CloseOut),
    *(Criterion, Milestone, Collaborator, Deliverable),
)
"""Records whose changed fields an event tells by their names."""
NEVER_TOLD = {
    *("id", "at", "by", "met_by", "version", "task"),
    *("baseline_due", "blocked_since", "updated", "before", "created", "slips"),
}
"""What identifies a record, or is kept beside what somebody changed."""


@pytest.mark.parametrize("kind", RECORDED, ids=lambda one: one.__name__)
def test_every_field_that_can_change_has_a_word(kind: type) -> None:
    assert set(names_of(kind)) - NEVER_TOLD - _SILENT - set(FIELDS) == set()


def test_switches_have_words_in_both_languages() -> None:
    row = _row(self_accept=(False, True), restricted=(True, False), wip_hard=(False, True))
    assert list(change_words(Words("en"), row, zone=SHANGHAI)) == [
        "Self-acceptance: no → yes",
        "Restricted: yes → no",
        "Hard WIP limit: no → yes",
    ]
    told = list(change_words(Words("zh_CN"), row, zone=SHANGHAI))
    assert told == ["自行验收：否 → 是", "受限：是 → 否", "强制在制品上限：否 → 是"]


def test_what_was_never_written_is_left_out() -> None:
    row = replace(_row(target=(None, ""), actual=(None, "达成")), kind=EventKind.TASK_CLOSED_OUT)
    assert list(details(Words("en"), row, zone=SHANGHAI)) == ["Result: 达成"]
