"""Formats, encodings and cells: what a file holds, before anything is made of it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.exchange.cells import Cell, column_letters
from core.exchange.files.delimited import read_delimited
from core.exchange.files.sheets import read_bytes, read_sheets
from core.exchange.unreadable import UnreadableFile
from tests.exchange.files import (
    NAMESPACE,
    archive,
    book_bytes,
    book_of,
    csv_bytes,
    handmade,
    sheet_xml,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LATE = datetime.fromisoformat("2024-10-30 17:00")  # a sheet knows no time zones
HEAD = ("任务ID", "任务名称")
ROW = ("T001", "月度销售报表,含区域")


def values(raw: bytes) -> list[list[object]]:
    (sheet,) = read_sheets(raw, name="f.csv")
    return [[cell.value for cell in row.cells] for row in sheet.rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_encodings(encoding: str) -> None:
    if encoding in {"utf-16-le", "utf-16-be"}:  # told without a mark only by Latin letters
        raw = csv_bytes(("id", "title"), ("T001", "sales report, monthly"), encoding=encoding)
        assert values(raw) == [["id", "title"], ["T001", "sales report, monthly"]]
    else:
        assert values(csv_bytes(HEAD, ROW, encoding=encoding)) == [[*HEAD], [*ROW]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators(delimiter: str) -> None:
    assert values(csv_bytes(HEAD, ROW, delimiter=delimiter)) == [[*HEAD], [*ROW]]


def test_a_separator_makes_headings() -> None:
    raw = "任务ID;任务名称;备注\nT001;甲,乙,丙,丁;一,二,三,四,五\n".encode()
    assert values(raw)[1] == ["T001", "甲,乙,丙,丁", "一,二,三,四,五"]
    assert values(b"a;b\n1;2,3\n4;5\n") == [["a", "b"], ["1", "2,3"], ["4", "5"]]


def test_a_told_separator_keeps_row_numbers() -> None:
    rows = read_delimited(b"sep=;\r\nid;title\r\n1;a,b\r\n")
    assert [row.number for row in rows] == [2, 3]
    assert [cell.value for cell in rows[1].cells] == ["1", "a,b"]


def test_ragged_and_blank_rows() -> None:
    rows = read_delimited(b'a,b,c\r\n\r\n1\r\n,"x\ny",,\r\n')
    assert [(row.number, [cell.value for cell in row.cells]) for row in rows] == [
        (1, ["a", "b", "c"]),
        (3, ["1"]),
        (4, [None, "x\ny"]),
    ]
    assert rows[1].cell(7).value is None


def test_old_mac_line_ends_and_repeated_headings() -> None:
    assert values(b"a,a\r1,2\r") == [["a", "a"], ["1", "2"]]


def test_the_guard_against_formulas_is_taken_off() -> None:
    assert values(b"'=1+1,'-x,'quoted',''=x\r\n") == [["=1+1", "-x", "'quoted'", "'=x"]]


def test_numbers_days_and_percentages_of_a_workbook() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([1, 2.5, LATE, date(2024, 1, 2), 0.6, True, "x_x001B_y"])
    sheet["E1"].number_format = "0.0%"
    ((row,),) = (found.rows for found in read_sheets(book_bytes(book), name=""))

    assert row.cells[:4] == (
        Cell(1),
        Cell(2.5),
        Cell(date(2024, 10, 30)),
        Cell(date(2024, 1, 2)),
    )
    assert row.cells[4] == Cell(0.6, percent=True)
    assert [cell.value for cell in row.cells[5:]] == ["TRUE", "x\x1by"]


def test_formats_that_only_look_like_days() -> None:
    book = Workbook()
    sheet = book.active
    for column, code in enumerate(['yyyy"年"m"月"d"日"', "[Red]0.00", '"day" 0', "h:mm"], start=1):
        sheet.cell(1, column, 45000).number_format = code
    ((row,),) = (found.rows for found in read_sheets(book_bytes(book), name=""))
    assert [isinstance(cell.value, date) for cell in row.cells] == [True, False, False, False]


def test_formats_that_have_a_number_but_no_code() -> None:
    styles = (
        f'<styleSheet xmlns="{NAMESPACE}"><cellXfs><xf numFmtId="0"/><xf numFmtId="31"/>'
        '<xf numFmtId="9"/></cellXfs></styleSheet>'
    )
    rows = '<row r="1"><c r="A1" s="1"><v>45595</v></c><c r="B1" s="2"><v>1</v></c></row>'
    (sheet,) = read_sheets(handmade(sheet_xml(rows), styles=styles), name="")
    assert sheet.rows[0].cells == (Cell(date(2024, 10, 30)), Cell(1, percent=True))


def test_days_that_count_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2024, 10, 30)])
    ((row,),) = (found.rows for found in read_sheets(book_bytes(book), name=""))
    assert row.cells[0].value == date(2024, 10, 30)


def test_merged_cells_are_filled_down_and_across() -> None:
    book = Workbook()
    sheet = book.active
    for row in (["p", None, "x"], [None, None, "y"], [None, None, "z"]):
        sheet.append(row)
    sheet.merge_cells("A1:B3")
    sheet.merge_cells("C5:D9")
    (found,) = read_sheets(book_bytes(book), name="")

    assert [[cell.value for cell in row.cells] for row in found.rows] == [
        ["p", "p", "x"],
        ["p", "p", "y"],
        ["p", "p", "z"],
    ]
    assert [cell.merged for cell in found.rows[1].cells] == [True, True, False]


def test_stored_results_and_formulas_without_one() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c>'
        '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="str"><f>"a"</f><v>a</v></c></row>'
    )
    (sheet,) = read_sheets(handmade(sheet_xml(rows)), name="")
    assert sheet.rows[0].cells == (
        Cell(2),
        Cell("=NOW()", trouble="formula"),
        Cell(None, trouble="cell-error"),
        Cell("a"),
    )


def test_runs_are_joined_and_reading_aids_left_out() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>督</t></r>'
        '<r><t>办</t></r><rPh sb="0" eb="1"><t>du</t></rPh></si></sst>'
    )
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>a</t>'
        '<rPh sb="0" eb="1"><t>b</t></rPh></is></c></row>'
    )
    (sheet,) = read_sheets(handmade(sheet_xml(rows), strings=strings), name="")
    assert [cell.value for cell in sheet.rows[0].cells] == ["督办", "a"]


def test_nothing_is_read_without_a_guarded_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openpyxl.DEFUSEDXML", False)
    with pytest.raises(UnreadableFile) as refused:
        read_sheets(book_of({"s": [["a"]]}), name="")
    assert refused.value.code == "parser-not-guarded"


def test_hidden_sheets_are_read_and_marked() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.create_sheet("b").sheet_state = "hidden"
    assert [sheet.hidden for sheet in read_sheets(book_bytes(book), name="")] == [False, True]


def test_the_bytes_tell_the_format_not_the_name() -> None:
    assert len(read_sheets(book_of({"s": [["a"]]}), name="x.csv")) == 1
    assert read_sheets(b"a,b", name="报表.xlsx")[0].name == "报表"


@pytest.mark.parametrize(
    ("raw", "code", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown-format", "old-xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "unknown-format",
            "encrypted",
        ),
        (archive({"a.txt": "a"}), "unknown-format", "zip"),
        (handmade(sheet_xml("").replace(NAMESPACE, STRICT)), "unknown-format", "strict-xlsx"),
        (b"a,\0b", "unknown-format", "binary"),
        (b"<table><tr><td>a</td></tr></table>", "unknown-format", "markup"),
        (b'{"name": "board"}', "unknown-format", "json"),
        (b"PK\x03\x04 but not really", "damaged-file", None),
        (b"a,\xff\xff\xff", "unknown-encoding", None),
        (b'a,"' + b"x" * 200_000, "damaged-file", None),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # workbooks tell the time
)
def test_what_cannot_be_read_has_a_name(raw: bytes, code: str, kind: str | None) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheets(raw, name="f")
    assert refused.value.code == code
    assert refused.value.facts.get("kind") == kind


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(UnreadableFile) as refused:
            read_bytes(path)
        assert refused.value.code == "not-a-file"
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(tmp_path / "missing.csv")
    assert refused.value.code == "cannot-open"
    with pytest.raises(UnreadableFile):
        read_bytes(Path("a\0b"))


def test_column_letters() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_an_empty_file_has_no_rows() -> None:
    assert read_sheets(b"", name="a.csv")[0].rows == ()
