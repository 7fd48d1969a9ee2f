"""The lists of codes are whole: an interface that words them all misses none."""

import re
from pathlib import Path

from core.exchange import planned, unreadable
from core.exchange.planned import DOUBT_CODES, SKIP_CODES

SOURCES = {
    path.name: path.read_text("utf-8")
    for path in Path(planned.__file__).parent.glob("*.py")
    if path.name not in {"planned.py", "unreadable.py", "heading_words.py", "apply.py"}
}
RAISED = {"cannot-open", "not-a-file", "file-too-large", "expands-too-much"}
NOT_CODES = {"too-long", "cell-error"}  # what others call it; a key of a table
RAISED |= {"too-many-rows", "too-many-columns", "too-many-cells", "old-xls", "not-imported-yet"}
RAISED |= {"parser-not-guarded"}
READING = ("dates.py", "parse.py", "words.py", "clean.py", "row_reader.py", "task_rows.py")
READING += ("log_rows.py", "merging.py", "raci.py", "plan.py")


def codes_in(*names: str) -> set[str]:
    quoted = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
    return {code for name in names for code in quoted.findall(SOURCES[name])}


def test_every_doubt_and_skip_is_listed() -> None:
    assert codes_in(*READING) - RAISED - NOT_CODES <= DOUBT_CODES | SKIP_CODES


def test_no_code_is_listed_that_nothing_raises() -> None:
    assert codes_in(*SOURCES) >= (DOUBT_CODES | SKIP_CODES)


def test_every_reason_not_to_read_a_file_is_documented() -> None:
    told = unreadable.UnreadableFile.__doc__ or ""
    for code in RAISED - {"old-xls", "not-imported-yet"}:
        assert f"``{code}``" in told
