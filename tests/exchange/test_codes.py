"""The lists of codes are whole, and the interface has words for each."""

import re
from pathlib import Path

from core.exchange import planned, unreadable
from core.exchange.planned import DOUBT_CODES, SKIP_CODES
from core.exchange.verdicts import STORE_DOUBT_CODES, STORE_SKIP_CODES
from tui.cli.file_words import DOUBTS, FILES, KINDS, SKIPPED

HOME = Path(planned.__file__).parent
QUOTED = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
BACKQUOTED = re.compile(r"``([a-z]+(?:-[a-z0-9]+)*)``")
NOT_CODES = {"too-long", "cell-error", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}
"""What others call it, a trouble that becomes a doubt, encodings."""
WRITING = {"file-exists", "cannot-write"}
"""Refusals of exports, which have their words beside those of files that cannot be read."""


def codes_in(*places: str) -> set[str]:
    """What is quoted and looks like a code in these files and folders."""
    files = [path for place in places for path in (HOME / place).parent.glob(Path(place).name)]
    assert files
    return {code for path in files for code in QUOTED.findall(path.read_text("utf-8"))}


def test_every_doubt_and_skip_of_a_file_is_listed() -> None:
    found = codes_in("reading/*.py", "boards/*.py", "plan.py") - NOT_CODES | {"cell-error"}
    found.discard("too-many-rows")  # refuses the file
    assert found == DOUBT_CODES | SKIP_CODES


def test_every_doubt_and_skip_from_the_store_is_listed() -> None:
    found = codes_in("applying/*.py") - NOT_CODES
    assert found == STORE_DOUBT_CODES | STORE_SKIP_CODES


def test_every_reason_not_to_read_a_file_is_documented_and_has_words() -> None:
    said = unreadable.UnreadableFile.__doc__ or ""
    codes = {code for code in BACKQUOTED.findall(said) if code != "code"}
    known = codes | codes_in("unreadable.py")
    assert codes_in("files/*.py") - NOT_CODES - set(KINDS) <= known
    assert known | WRITING == set(FILES)


def test_every_format_that_is_not_read_has_words() -> None:
    said = unreadable.UnknownFormat.__doc__ or ""
    assert set(BACKQUOTED.findall(said)) - {"kind"} == set(KINDS)


def test_every_code_has_words_and_no_word_is_left_over() -> None:
    assert set(DOUBTS) == DOUBT_CODES | STORE_DOUBT_CODES
    assert set(SKIPPED) == SKIP_CODES | STORE_SKIP_CODES
