"""Files that would cost too much: refused by name, quickly, in little memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exchange.files.sheets import read_sheets
from core.exchange.plan import read_plan
from core.exchange.unreadable import UnreadableFile
from tests.exchange.files import NAMESPACE, SAMPLES, TODAY, archive, csv_bytes, handmade, sheet_xml

LIMIT_SECONDS = 2.0
LIMIT_BYTES = 200_000_000


def noise(length: int) -> bytes:
    """Letters that hardly compress, so that the ratio says nothing."""
    grown, block = bytearray(), b"duban"
    while len(grown) < length:
        block = crc32(block).to_bytes(4, "big") + block[:60]
        grown += block.hex().encode()
    return bytes(grown[:length])


def zip_bomb() -> bytes:
    return handmade(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' * 4_000_000))


def dense_part() -> bytes:
    return handmade(sheet_xml(" " * 30_000_000))


def entity_bomb() -> bytes:
    levels = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8)
    )
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a7;</t></is></c></row>'
    return handmade(f"<?xml version='1.0'?><!DOCTYPE x [{levels}]>" + sheet_xml(rows))


def outside_entity() -> bytes:
    dtd = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    strings = f'<sst xmlns="{NAMESPACE}"><si><t>&f;</t></si></sst>'
    return handmade(sheet_xml('<row><c t="s"><v>0</v></c></row>'), strings=dtd + strings)


def many_rows() -> bytes:
    return handmade(
        sheet_xml(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 25_001))
        )
    )


def many_rows_as_text() -> bytes:
    return csv_bytes(("任务ID", "任务名称"), *((n, "x") for n in range(25_000)))


def wide_row() -> bytes:
    return handmade(
        sheet_xml("<row>" + "".join(f"<c><v>{n}</v></c>" for n in range(20_000)) + "</row>")
    )


def wide_row_of_nothing() -> bytes:
    cells = "".join(f'<c s="{crc32(b"%d" % n)}"/>' for n in range(700_000))
    return handmade(sheet_xml(f"<row>{cells}</row>"))


def many_cells() -> bytes:
    cells = [f"<c><v>{crc32(b'%d' % n)}</v></c>" for n in range(450_000)]
    rows = ("".join(cells[n : n + 200]) for n in range(0, len(cells), 200))
    return handmade(sheet_xml("".join(f"<row>{row}</row>" for row in rows)))


def many_tags() -> bytes:
    strings = b"".join(b"<si><t>%x</t></si>" % crc32(b"%d" % n) for n in range(900_000))
    return handmade(
        sheet_xml(""), strings=f'<sst xmlns="{NAMESPACE}">'.encode() + strings + b"</sst>"
    )


def merged_flood() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_001))
    areas = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 5_000))
    return handmade(sheet_xml(rows, after=f"<mergeCells>{areas}</mergeCells>"))


def many_links() -> bytes:
    links = "".join(
        f'<hyperlink ref="A{n}" location="{crc32(b"%d" % n)}"/>' for n in range(200_000)
    )
    return handmade(sheet_xml("<row/>", after=f"<hyperlinks>{links}</hyperlinks>"))


def many_styles() -> bytes:
    formats = "".join(f'<xf numFmtId="{crc32(b"%d" % n)}"/>' for n in range(200_000))
    styles = f'<styleSheet xmlns="{NAMESPACE}"><cellXfs>{formats}</cellXfs></styleSheet>'
    return handmade(sheet_xml(""), styles=styles)


def many_empty_rows() -> bytes:
    rows = "".join(f'<row ht="{crc32(b"%d" % n)}"/>' for n in range(300_000))
    return handmade(sheet_xml(rows))


def flood_of_commas() -> bytes:
    return b"," * 19_000_000


def many_parts() -> bytes:
    return archive({f"p{n}": "" for n in range(5_000)})


def large_file() -> bytes:
    return bytes(20_000_001)


def endless_quote() -> bytes:
    return b'"' + noise(19_000_000)


def lying_directory() -> bytes:
    """The table of contents says 10 bytes; the part has a million."""
    raw = bytearray(handmade(sheet_xml("<row/>" * 150_000)))
    place = raw.rfind(b"xl/worksheets/sheet1.xml") - 46
    raw[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


def deep_json() -> bytes:
    return b'{"cards":' * 1_000_000


def deep_json_of_lists() -> bytes:
    return b'[{"a":' + b"[" * 10_000_000


def many_objects() -> bytes:
    return b'[{"uuid":"a","status":"pending"' + b',"x":{}' * 1_000_000 + b"}]"


def many_numbers() -> bytes:
    return b'{"lists":[],"cards":[' + b"1," * 9_000_000 + b"1]}"


def many_keys() -> bytes:
    return b"{" + b",".join(b'"%d":0' % n for n in range(1_500_000)) + b"}"


def many_closings() -> bytes:
    return b"[{" + b"}" * 19_000_000


def endless_text() -> bytes:
    return b'{"cards":"' + b'\\"' * 9_000_000


def many_texts() -> bytes:
    return b"{" + b'""' * 9_000_000


def many_cards() -> bytes:
    cards = b",".join(b'{"id":"%x","name":"%x","idList":"l"}' % (n, n) for n in range(60_000))
    return b'{"lists":[{"id":"l","name":"Todo"}],"cards":[' + cards + b"]}"


def large_card() -> bytes:
    card = b'{"id":"c","name":"n","idList":"l","desc":"' + "甲😀".encode() * 2_500_000 + b'"}'
    return b'{"lists":[{"id":"l","name":"Todo"}],"cards":[' + card + b'],"x":'


BOMBS = {
    deep_json: "too-deep",
    deep_json_of_lists: "too-many-values",
    many_objects: "too-many-values",
    many_numbers: "too-many-values",
    many_keys: "too-many-values",
    many_closings: "too-many-values",
    endless_text: "damaged-file",
    many_texts: "damaged-file",
    many_cards: "too-many-rows",
    large_card: "damaged-file",
    zip_bomb: "expands-too-much",
    dense_part: "expands-too-much",
    entity_bomb: "unsafe-xml",
    outside_entity: "unsafe-xml",
    many_rows: "too-many-rows",
    many_rows_as_text: "too-many-rows",
    wide_row: "too-many-columns",
    wide_row_of_nothing: "too-many-columns",
    many_cells: "too-many-cells",
    many_tags: "too-many-cells",
    merged_flood: "too-many-cells",
    many_links: "too-many-cells",
    many_styles: "too-many-cells",
    many_empty_rows: "too-many-rows",
    flood_of_commas: "too-many-columns",
    many_parts: "expands-too-much",
    large_file: "file-too-large",
    endless_quote: "damaged-file",
    lying_directory: "damaged-file",
}

READ = r"""
import json, re, sys, time
from datetime import date
from pathlib import Path
from core.exchange.plan import read_plan
from core.exchange.unreadable import UnreadableFile
code = ""
try:
    read_plan(Path(sys.argv[1]), today=date(2026, 1, 1))
except UnreadableFile as refused:
    code = refused.code
status = Path("/proc/self/status")  # getrusage would tell the parent's peak
peak = int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) * 1024 if status.exists() else 0
print(json.dumps([code, time.process_time(), peak]))
"""


@pytest.mark.parametrize(("bomb", "code"), BOMBS.items(), ids=[bomb.__name__ for bomb in BOMBS])
def test_a_bomb_is_refused_quickly_in_little_memory(
    bomb: Callable[[], bytes], code: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(bomb())
    run = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    found, seconds, peak = json.loads(run.stdout)
    assert found == code
    assert seconds < LIMIT_SECONDS  # of the processor, not of the clock
    assert peak < LIMIT_BYTES


def test_claimed_dimensions_are_not_believed() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>任务ID</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>任务名称</t></is></c></row>'
        '<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>甲</t></is></c></row>'
    )
    areas = '<mergeCells><mergeCell ref="A1048576:XFD1048576"/></mergeCells>'
    raw = handmade(sheet_xml(rows, after=areas, dimension="A1:XFD1048576"))
    (task,) = read_plan(raw, name="x", today=TODAY).tasks
    assert (task.title, task.row) == ("甲", 1_048_576)


def test_a_cell_of_megabytes_is_cut() -> None:
    text = noise(3_000_000).decode()
    head, body = (
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
        for cells in (("任务名称", "备注"), ("甲", text))
    )
    rows = f"<row>{head}</row><row>{body}</row>"
    plan = read_plan(handmade(sheet_xml(rows)), name="x", today=TODAY)
    assert len(plan.tasks[0].note) == 10_000
    assert [doubt.code for doubt in plan.doubts] == ["text-cut"]


@pytest.mark.parametrize(
    "value", [f"PT{'9' * 400}H", f"PT{'9' * 14}H", "x"], ids=["endless", "long", "none"]
)
def test_an_impossible_day_is_damage(value: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheets(handmade(sheet_xml(f'<row><c t="d"><v>{value}</v></c></row>')), name="x")
    assert refused.value.code == "damaged-file"


def test_a_shared_formula_is_not_written_out_for_each_cell() -> None:
    """Megabytes times thousands of cells; the test would not end."""
    formula = f'<c r="A1"><f t="shared" si="0" ref="A1:A9999">{"A1+" * 500_000}A1</f></c>'
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 9_999)
    )
    raw = handmade(sheet_xml(f'<row r="1">{formula}</row>{cells}<!--{noise(50_000).decode()}-->'))
    (sheet,) = read_sheets(raw, name="x")
    assert [row.number for row in sheet.rows] == [1]


WHOLE = (SAMPLES / "guide-tables.xlsx").read_bytes()


@given(st.binary(max_size=200))
def test_no_bytes_are_fatal(raw: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe"):
        _read(start + raw)


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=5
    ),
    st.integers(0, 40),
)
def test_no_damage_to_a_workbook_is_fatal(edits: list[tuple[int, int]], lost: int) -> None:
    raw = bytearray(WHOLE)
    for place, byte in edits:
        raw[place] = byte
    _read(bytes(raw[: len(raw) - lost]))


PIECES = (
    "<row>",
    "</row>",
    '<c t="s">',
    '<c t="d" r="A1">',
    "</c>",
    "<v>",
    "</v>",
    "<f>",
    "9" * 30,
)
MORE = ("<is>", "<t>", "</t>", 'r="', "NaN", "1e999", "&amp;", "&x;", "<row r='-1'>", "-1", "甲")


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=12).map("".join))
def test_no_xml_is_fatal(rows: str) -> None:
    _read(handmade(sheet_xml(rows)))
    _read(handmade(sheet_xml('<row><c t="s"><v>0</v></c></row>'), strings=rows or " "))


def _read(raw: bytes) -> None:
    """Read ``raw``; that it cannot be read is the only thing that may be wrong with it."""
    with suppress(UnreadableFile):
        read_plan(raw, name="x", today=TODAY)
