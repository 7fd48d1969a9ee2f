"""Files made for a test: CSV text, workbooks, and workbooks with hand-made parts."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from core.exchange.plan import read_plan
from core.exchange.planned import ImportPlan

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 20)

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def csv_bytes(*rows: Sequence[object], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def plan_of(*rows: Sequence[object], name: str = "tasks.csv") -> ImportPlan:
    """The plan of a CSV file with these rows."""
    return read_plan(csv_bytes(*rows), name=name, today=TODAY)


def book_bytes(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """A workbook with these rows by sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book_bytes(book)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def handmade(sheet: str | bytes, *, strings: str | bytes = "", styles: str = "") -> bytes:
    """A workbook whose only sheet is the XML ``sheet``, whatever it says."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        {
            **({"xl/styles.xml": styles} if styles else {}),
            "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"><Override '
            f'PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/><Override '
            f'PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": strings or f'<sst xmlns="{NAMESPACE}"/>',
        }
    )


def sheet_xml(rows: str, *, after: str = "", dimension: str = "A1") -> str:
    return (
        f'<worksheet xmlns="{NAMESPACE}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def found(plan: ImportPlan) -> list[tuple[str, str, str]]:
    """The doubts of a plan, short: cell, code, how it was read."""
    return [(doubt.cell, doubt.code, doubt.read_as) for doubt in plan.doubts]
