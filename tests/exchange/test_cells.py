"""Parsers of single cells: whatever stands there, a value or a doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.status import Priority, State, SyncKind
from core.exchange.cells import Cell
from core.exchange.reading.clean import line, lines
from core.exchange.reading.dates import read_day, read_period
from core.exchange.reading.heading_words import normal
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.parse import (
    read_people,
    read_percent,
    read_sync_kind,
    read_works,
    without_kind,
)
from core.exchange.reading.words import read_priority, read_status, read_type

DAYS = [
    ("2024-10-30", date(2024, 10, 30), ()),
    ("2024/10/30", date(2024, 10, 30), ()),
    ("2024.1.5", date(2024, 1, 5), ()),
    ("2024年7月25日", date(2024, 7, 25), ()),
    ("2024-10-30", date(2024, 10, 30), ()),
    ("20241030", date(2024, 10, 30), ()),
    (20241030, date(2024, 10, 30), ()),
    (date(2024, 10, 30), date(2024, 10, 30), ()),
    ("2024-10-30T00:00:00Z", date(2024, 10, 30), ()),
    ("2024-10-30(周三)", date(2024, 10, 30), ()),
    ("2024-10-30 17:00", date(2024, 10, 30), ("time-dropped",)),
    ("10月30日", date(2023, 10, 30), ("year-assumed",)),
    ("10月20日前", date(2023, 10, 20), ("year-assumed",)),
    ("7.8", date(2023, 7, 8), ("year-assumed",)),
    (7.8, date(2023, 7, 8), ("date-ambiguous", "year-assumed")),
    ("7.8-7.10", date(2023, 7, 10), ("year-assumed", "end-of-period")),
    ("6月1/2日", date(2023, 6, 2), ("year-assumed", "two-days")),
    (43613, date(2019, 5, 28), ("date-from-number",)),
    ("44037", date(2020, 7, 25), ("date-from-number",)),
    ("18/Sep/25 12:00 AM", date(2025, 9, 18), ()),
    ("Sep 18, 2025", date(2025, 9, 18), ()),
    ("13/06/2020", date(2020, 6, 13), ()),
    ("05/06/2020", None, ("date-ambiguous",)),
    ("24-10-30", None, ("date-ambiguous",)),
    ("2023-10-", None, ("date-cut",)),
    ("2023-10-…", None, ("date-cut",)),
    ("2024-02-30", None, ("date-impossible",)),
    ("1999-12-31", None, ("date-out-of-range",)),
    ("明天", None, ("date-unreadable",)),
    (3, None, ("date-unreadable",)),
    (float("nan"), None, ("date-unreadable",)),
    ("/", None, ()),
    ("待定", None, ()),
    ("", None, ()),
    (None, None, ()),
]


@pytest.mark.parametrize(("value", "day", "doubts"), DAYS, ids=str)
def test_days(value: object, day: date | None, doubts: tuple[str, ...]) -> None:
    assert read_day(value, year=2023) == (day, doubts)


@pytest.mark.parametrize(
    ("text", "start", "due", "doubts"),
    [
        ("7.8-7.10", date(2024, 7, 8), date(2024, 7, 10), ("year-assumed",)),
        ("7.8-10", date(2024, 7, 8), date(2024, 7, 10), ("year-assumed",)),
        ("12.28-1.5", date(2024, 12, 28), date(2025, 1, 5), ("year-assumed",)),
        ("12.28-2024.1.5", date(2023, 12, 28), date(2024, 1, 5), ()),
        ("2024.12.28~1.5", date(2024, 12, 28), date(2025, 1, 5), ()),
        ("2024-10-30至2024-11-02", date(2024, 10, 30), date(2024, 11, 2), ()),
        ("7月8日—7月10日", date(2024, 7, 8), date(2024, 7, 10), ("year-assumed",)),
        ("2024-11-02-2024-10-30", date(2024, 11, 2), date(2024, 10, 30), ("due-before-start",)),
        ("2.28-2.30", None, None, ("date-impossible",)),
        ("7.10", None, date(2024, 7, 10), ("year-assumed",)),
        ("2024-07-08至", date(2024, 7, 8), None, ()),
        ("7月8日起", date(2024, 7, 8), None, ("year-assumed",)),
        ("至2024-07-10", None, date(2024, 7, 10), ()),
        ("截止到7.10", None, date(2024, 7, 10), ("year-assumed",)),
        ("2.30至", None, None, ("date-impossible",)),
    ],
)
def test_periods(text: str, start: date | None, due: date | None, doubts: tuple[str, ...]) -> None:
    assert read_period(text, year=2024) == ((start, due), doubts)


@pytest.mark.parametrize(
    ("cell", "percent", "doubts"),
    [
        (Cell("60%"), 60, ()),
        (Cell("60\uff05"), 60, ()),
        (Cell("100"), 100, ()),
        (Cell(80), 80, ()),
        (Cell(0), 0, ()),
        (Cell("0"), 0, ()),
        (Cell(0.6, percent=True), 60, ()),
        (Cell(1, percent=True), 100, ()),
        (Cell(1), 1, ("percent-ambiguous",)),
        (Cell("1"), 1, ("percent-ambiguous",)),
        (Cell(0.6), 60, ("percent-from-fraction",)),
        (Cell("3/5"), 60, ("percent-from-fraction",)),
        (Cell("66.7%"), 67, ("percent-rounded",)),
        (Cell("约80%左右"), 80, ()),
        (Cell(120), 100, ("percent-out-of-range",)),
        (Cell(-5), 0, ("percent-out-of-range",)),
        (Cell("初稿完成"), None, ("progress-text",)),
        (Cell("/"), None, ()),
        (Cell(), None, ()),
    ],
)
def test_percentages(cell: Cell, percent: int | None, doubts: tuple[str, ...]) -> None:
    assert read_percent(cell) == (percent, doubts)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("未开始", State.TODO),
        ("进行中", State.DOING),
        ("待验收", State.REVIEW),
        ("已完成", State.DONE),
        ("已归档", State.ARCHIVED),
        ("已取消", State.CANCELLED),
        ("To Do", State.TODO),
        ("In Progress", State.DOING),
        ("in_progress", State.DOING),
        ("Done", State.DONE),
        ("进行中 80%", State.DOING),
    ],
)
def test_status_words(text: str, state: State) -> None:
    reading = read_status(text)
    assert reading.value.state is state
    assert reading.doubts == ()
    assert not reading.value.blocked


def test_a_status_word_with_its_note() -> None:
    for text in ("进行中:完成80%", "进行中\uff1a完成80%"):
        status = read_status(text).value
        assert (status.state, status.note, status.progress) == (State.DOING, "完成80%", 80)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("进行中\uff1a完成（初稿）；待评审，见附件", "完成（初稿）；待评审，见附件"),
        ("进行中:见(附件)", "见(附件)"),
        ("进行中:收尾)", "收尾)"),
        ("进行中（完成80%）", "完成80%"),
        ("进行中(见(附件))", "见(附件)"),
        ("(进行中:完成80%)", "完成80%"),
        ("【进行中】", ""),
        ("进行中：：冒号", "：冒号"),
        ("进行中 80%）", "80%）"),
    ],
)
def test_a_note_keeps_its_own_marks(text: str, note: str) -> None:
    status = read_status(text).value
    assert (status.state, status.note) == (State.DOING, note)


@pytest.mark.parametrize("word", ["阻塞", "受阻", "blocked", "阻塞中", "进行中(阻塞"])
def test_blocked_lies_over_doing(word: str) -> None:
    status = read_status(f"{word}:等待技术部接口支持").value
    assert (status.state, status.blocked) == (State.DOING, True)
    assert status.waiting_for == "技术部接口支持"


def test_blocked_without_a_reason_and_other_doubts() -> None:
    assert read_status("受阻").doubts == ("blocked-without-reason",)
    assert read_status("延迟:供应商未交货").value.delayed
    assert read_status("差不多了") == read_status("差不多了")
    assert read_status("差不多了").doubts == ("unknown-status",)
    assert read_status("差不多了").value.note == "差不多了"
    handed_in = read_status("已完成:已提交验收")
    assert handed_in.value.state is State.REVIEW
    assert handed_in.doubts == ("done-awaiting-acceptance",)


@pytest.mark.parametrize(
    ("text", "priority", "urgent", "doubts"),
    [
        ("高", Priority.HIGH, False, ()),
        ("中", Priority.MEDIUM, False, ()),
        ("低", Priority.LOW, False, ()),
        ("H", Priority.HIGH, False, ()),
        ("Highest", Priority.HIGH, False, ()),
        ("l", Priority.LOW, False, ()),
        ("1", Priority.HIGH, False, ()),
        ("3", Priority.MEDIUM, False, ()),
        ("4", Priority.LOW, False, ()),
        ("urgent", Priority.HIGH, True, ()),
        ("紧急", Priority.HIGH, True, ()),
        ("", Priority.MEDIUM, False, ("empty-default",)),
        ("五星", Priority.MEDIUM, False, ("unknown-priority",)),
    ],
)
def test_priorities(text: str, priority: Priority, urgent: bool, doubts: tuple[str, ...]) -> None:
    assert read_priority(text) == ((priority, urgent), doubts)


def test_types() -> None:
    assert read_type("常规任务") == (("常规任务", False), ())
    assert read_type("紧急任务") == (("紧急任务", True), ())
    assert read_type("培训") == (("培训", False), ("new-type",))
    assert read_type("") == (("", False), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("芳、阳", ("芳", "阳")),
        ("*华", ("*华",)),
        ("\uff0a华", ("*华",)),
        ("*明\uff0c*华;客户对接人", ("*明", "*华", "客户对接人")),
        ("张三与李四", ("张三", "李四")),
        ("张三/李四\n王五", ("张三", "李四", "王五")),
        ("Eric Medlock", ("Eric Medlock",)),
        ("芳、芳", ("芳",)),
        ("/", ()),
        ("-", ()),
        ("无", ()),
        ("N/A", ()),
    ],
)
def test_people(text: str, names: tuple[str, ...]) -> None:
    assert read_people(text) == names


def test_deliverables() -> None:
    assert read_works("《访谈问题清单V1.0》、《B》V2\uff1b报告") == (
        "《访谈问题清单V1.0》",
        "《B》V2",
        "报告",
    )
    assert read_works("《甲、乙》") == ("《甲、乙》",)
    assert read_works("/") == ()


def test_sync_kinds() -> None:
    assert read_sync_kind("决议", topic="", content="") == (SyncKind.DECISION, ())
    assert read_sync_kind("", topic="", content="问题:缺数据") == (SyncKind.PROBLEM, ())
    assert read_sync_kind("", topic="系统故障", content="x").value is SyncKind.PROBLEM
    assert read_sync_kind("", topic="周会", content="x") == (SyncKind.PROGRESS, ("kind-guessed",))
    assert without_kind("决议:采用方案一") == "采用方案一"


@pytest.mark.parametrize(
    ("text", "key", "pattern", "year", "seq", "parent"),
    [
        ("T001", "T", "T{seq:03}", None, 1, None),
        ("CSAT-001", "CSAT", "{key}-{seq:03}", None, 1, None),
        ("TES-25", "TES", "{key}-{seq}", None, 25, None),
        ("产品迭代2024-001", "产品迭代", "{key}{year}-{seq:03}", 2024, 1, None),
        ("产品迭代-2024-001", "产品迭代", "{key}-{year}-{seq:03}", 2024, 1, None),
        ("产品迭代2024-001-01", "产品迭代", "{key}{year}-{seq:03}", 2024, 1, "产品迭代2024-001"),
        ("CSAT-001-12", "CSAT", "{key}-{seq:03}", None, 1, "CSAT-001"),
        ("T001-01", "T", "T{seq:03}", None, 1, "T001"),
    ],
)
def test_ids(
    text: str, key: str, pattern: str, year: int | None, seq: int, parent: str | None
) -> None:
    parts = read_id(text)
    assert parts is not None
    assert (parts.project_key, parts.pattern, parts.year, parts.seq, parts.parent) == (
        key,
        pattern,
        year,
        seq,
        parent,
    )


@pytest.mark.parametrize("text", ["", "12", "2024-001", "任务 1", "{key}-1", "甲"])
def test_ids_that_name_no_project(text: str) -> None:
    assert read_id(text) is None


def test_headings_are_compared_without_ornament() -> None:
    written = ["今日进度(%)", "今日进度\uff08%\uff09", " 今日 进度\n*", "今日进度\uff1a"]
    assert {normal(heading) for heading in written} == {"今日进度"}
    assert normal("Due_Date") == normal("due date") == "duedate"


def test_controls_are_dropped_and_reported() -> None:
    assert line("a\x1b[31mb") == ("a[31mb", ("raw-control-character",))
    assert line("a\ufe0f  b\nc") == ("a b c", ())
    assert lines("a\x00\r\nb\ud800") == ("a\nb", ("raw-control-character",))
    assert line("x" * 501) == ("x" * 500, ("text-cut",))
    assert line("\x1b" + "x" * 600).doubts == ("raw-control-character", "text-cut")
    assert line("\u3000 ") == ("", ())
    assert line("\x1b") == ("", ("raw-control-character",))


ANYTHING = st.text(
    st.characters(codec=None) | st.sampled_from("0123456789.-/年月日 :%~*、高中低进行完成阻塞2024"),
    max_size=40,
)
VALUES = ANYTHING | st.integers() | st.floats() | st.dates() | st.none()


@given(VALUES, st.integers(2000, 2100))
def test_no_cell_is_fatal_to_days(value: object, year: int) -> None:
    start, due = read_period(value, year=year).value
    for day in (start, due, read_day(value, year=year).value):
        assert day is None or 2000 <= day.year <= 2101


@given(VALUES, st.booleans())
def test_no_cell_is_fatal_to_percentages(value: object, percent: bool) -> None:
    reading = read_percent(Cell(value, percent=percent))
    assert reading.value is None or 0 <= reading.value <= 100


@given(ANYTHING)
def test_no_text_is_fatal_to_words(text: str) -> None:
    status = read_status(text)
    assert status.value.state in State
    assert read_priority(text).value.priority in Priority
    read_type(text)
    read_id(text)
    normal(text)
    assert all(name.strip() for name in read_people(text))
    assert all(work.strip() for work in read_works(text))
    read_sync_kind(text, topic=text, content=text)
    for cleaned in (line(text), lines(text)):
        assert not any(c < " " and c != "\n" for c in cleaned.value)
