"""What exported files look like: headings, texts and never a formula; whole files or none."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.commands.closing import ArchiveTask
from core.commands.importing import ImportTask
from core.commands.people import AddPerson
from core.commands.tasks import CreateTask
from core.desk import Desk
from core.domain.refusals import BadValue, NotFound, Rejected, Unavailable
from core.domain.status import State
from core.exchange.cells import ditto_unguarded
from core.exchange.export import export
from core.exchange.files.sheets import read_sheets
from core.exchange.tables import OVERVIEW, TABLES, TableKind
from core.exchange.writing.formats import write_csv, write_xlsx
from tests.exchange.boards import exported, fill, lines, team

STARTS = ("=", "+", "-", "@", "\t", "\r", "'", '"', "{", "=-", "＝")
BODIES = (
    "1+1",
    'HYPERLINK("http://x")',
    "cmd|'/c calc'!A0",
    "SUM(A1:A9)",
    "\x1b[31m",
    "\x00",
    "\ufffe\uffff",
    "_x0009_",
    "</t></is>",
    "]]>",
    "a\r\nb",
    "%0A",
    "日本語、한글",
    "👩\u200d💻",
    "\u202eevil",
    "x" * 40_000,
    ",;\t",
    "\ud800",
    "",
)
HOSTILE = [start + body for start in STARTS for body in BODIES]


def test_two_hundred_hostile_cells_hold_no_formula() -> None:
    assert len(HOSTILE) > 200
    rows = [(cell, *[""] * 9, cell) for cell in HOSTILE]
    buffer = BytesIO()
    write_xlsx(OVERVIEW, rows, buffer)
    book = load_workbook(BytesIO(buffer.getvalue()))
    cells = [cell for row in book[OVERVIEW.name].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    for cell in cells:
        if str(cell.value or "").startswith(("=", "+", "-", "@")):
            assert cell.quotePrefix

    text = BytesIO()
    write_csv(OVERVIEW, rows, text)
    read = list(csv.reader(StringIO(text.getvalue().decode("utf-8-sig"), newline="")))
    assert len(read) == len(rows) + 1
    found = [cell for row in read[1:] for cell in row]
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.lists(st.text(max_size=30), min_size=11, max_size=11))
def test_any_text_comes_back_from_a_workbook(texts: list[str]) -> None:
    buffer = BytesIO()
    write_xlsx(OVERVIEW, [tuple(texts)], buffer)
    load_workbook(BytesIO(buffer.getvalue()))
    rows = read_sheets(buffer.getvalue(), name="a.xlsx")[0].rows[1:]
    got = [rows[0].cell(column).value or "" for column in range(11)] if rows else [""] * 11
    for text, value in zip(texts, got, strict=True):
        if text.isprintable():
            assert ditto_unguarded(value) == text


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.code)
def test_headings_to_the_letter(store_url: str, table: object) -> None:
    with team(store_url) as desk:
        fill(desk, Random(3), tasks=6)
        for name in (table.code, table.name, f"《{table.name}》"):  # type: ignore[attr-defined]
            raw = exported(desk, name, "csv")
            assert raw.startswith(b"\xef\xbb\xbf")
            heads = next(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))
            own = table.headings  # type: ignore[attr-defined]
            assert tuple(heads[: len(own)]) == own
            assert len(heads) == len(own) or table.kind is TableKind.RACI  # type: ignore[attr-defined]
        sheet = load_workbook(BytesIO(exported(desk, table.code, "xlsx"))).active  # type: ignore[attr-defined]
        assert sheet.title == table.name  # type: ignore[attr-defined]
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])


@pytest.fixture
def desk(sqlite_url: str) -> object:
    with team(sqlite_url) as found:
        found.do(CreateTask(project=1, title="一"))
        yield found


def test_a_file_is_never_replaced_unless_forced(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "总览.csv"
    assert export(desk, "T1-1", target).rows == 1
    before = target.read_bytes()
    desk.do(CreateTask(project=1, title="二"))
    with pytest.raises(Rejected) as refused:
        export(desk, "T1-1", target)
    assert refused.value.code == "file-exists"
    assert target.read_bytes() == before
    assert export(desk, "T1-1", target, force=True).rows == 2
    assert sorted(tmp_path.glob("*.csv*")) == [target]
    assert list(tmp_path.glob(".*")) == []


def test_a_link_is_replaced_and_never_followed(desk: Desk, tmp_path: Path) -> None:
    other, link = tmp_path / "other.csv", tmp_path / "link.csv"
    other.write_text("kept", encoding="utf-8")
    link.symlink_to(other)
    with pytest.raises(Rejected):
        export(desk, "T1-1", link)
    export(desk, "T1-1", link, force=True)
    assert other.read_text(encoding="utf-8") == "kept"
    assert not link.is_symlink()


def test_a_file_that_cannot_be_written_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        export(desk, "T1-1", tmp_path / "missing" / "a.xlsx")
    assert refused.value.code == "cannot-write"
    with pytest.raises(NotFound):
        export(desk, "T1-1", tmp_path / "a.xlsx", project="none")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(("table", "name"), [("T9-9", "a.csv"), ("T1-1", "a.ods"), ("T1-1", "a")])
def test_unknown_tables_and_formats_are_refused(
    desk: Desk, tmp_path: Path, table: str, name: str
) -> None:
    with pytest.raises(BadValue) as refused:
        export(desk, table, tmp_path / name)
    assert refused.value.facts["known"]
    assert not (tmp_path / name).exists()


def test_archived_tasks_are_left_out_and_subtasks_follow_their_parent(desk: Desk) -> None:
    with desk.together() as send:
        send(CreateTask(project=1, title="进行", state=State.DOING, owner=1))
        send(CreateTask(parent=1, title="一之一"))
        done = send(ImportTask(task=CreateTask(project=1, title="旧", state=State.DONE))).id
        send(ArchiveTask(task=done, seen=State.DONE, actual="已交付"))
    assert [line[:2] for line in lines(desk, "T0-1")] == [
        ("T001", "一"),
        ("T001-01", "一之一"),
        ("T002", "进行"),
    ]


def test_an_id_is_the_foreign_one_where_it_tells_one_task(desk: Desk) -> None:
    with desk.together() as send:
        send(CreateTask(project=1, title="二", external_id="JIRA-1"))
        send(CreateTask(project=1, title="三", external_id="T001"))
    assert [line[:2] for line in lines(desk, "T0-1")] == [
        ("T001", "一"),
        ("JIRA-1", "二"),
        ("T003", "三"),
    ]


def test_people_are_told_so_that_they_are_found_again(desk: Desk) -> None:
    with desk.together() as send:
        for handle, name in (("li", "李"), ("li2", "李"), ("wang", "王、张"), ("zh", "周")):
            owner = send(AddPerson(handle=handle, name=name)).id
            send(CreateTask(project=1, title=handle, owner=owner))
    owners = {line[1]: line[4] for line in lines(desk, "T0-1")}
    assert owners == {"一": "", "li": "li", "li2": "li2", "wang": "wang", "zh": "周"}
