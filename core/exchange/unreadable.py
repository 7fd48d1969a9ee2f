"""Why a file could not be read at all: refusals with a code and facts.

What is wrong with single cells never refuses a file; it becomes a doubt of the plan.
"""

from core.domain.refusals import Fact, Refusal


class UnreadableFile(Refusal):
    """Nothing of the file was taken; ``code`` says why.

    Codes: ``cannot-open`` and ``not-a-file`` (the path), ``file-too-large``, ``expands-too-much``,
    ``too-many-rows``, ``too-many-columns``, ``too-many-cells``, ``too-many-values``,
    ``too-deep`` (see limits.py),
    ``parser-not-guarded`` (openpyxl runs without defusedxml), and those of the classes below.
    """


class OverLimit(UnreadableFile):
    """The file is larger than an import takes; facts: ``limit``, and what else is known."""

    def __init__(self, code: str, *, limit: int, **facts: Fact) -> None:
        super().__init__(code, limit=limit, **facts)


class DamagedFile(UnreadableFile):
    """It looks like a format that is read, but cannot be followed; facts: ``part``, ``reason``."""

    def __init__(self, part: str, *, reason: str) -> None:
        super().__init__("damaged-file", part=part, reason=reason)


class UnsafeXml(UnreadableFile):
    """A part declares entities or a document type, which no spreadsheet program writes."""

    def __init__(self, part: str) -> None:
        super().__init__("unsafe-xml", part=part)


class UnknownFormat(UnreadableFile):
    """Not a workbook, separated text or a known board; fact: ``kind``, what it looks like.

    Kinds: ``old-xls``, ``encrypted``, ``strict-xlsx``, ``zip``, ``binary``,
    ``markup``, ``json`` (of neither Trello nor Taskwarrior).
    """

    def __init__(self, kind: str) -> None:
        super().__init__("unknown-format", kind=kind)


class UnknownEncoding(UnreadableFile):
    """Text in none of UTF-8, UTF-16 and GB18030."""

    def __init__(self) -> None:
        super().__init__("unknown-encoding")
