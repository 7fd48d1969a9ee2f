"""Task ids of other people's tables, taken apart: project, year, number, parent."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from core.records import dataclass

_LONGEST: Final = 100
_NO_ID: Final = re.compile(r"[\s{}]")
_SUBTASK: Final = re.compile(r"(.+\d)-(\d{2})")
_WITH_YEAR: Final = re.compile(r"(?P<key>.*?[^\d-])(?P<hyphen>-?)(?P<year>20\d\d)-(?P<seq>\d{1,6})")
_WITH_HYPHEN: Final = re.compile(r"(?P<key>.*[^\d-].*?)-(?P<seq>\d{1,6})")
_JOINED: Final = re.compile(r"(?P<key>[^\W\d_]+)(?P<seq>\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdParts:
    """What an id tells; see core.domain.ids for the notation of patterns."""

    project_key: str
    """``产品迭代`` of 产品迭代2024-001, ``T`` of T001."""
    pattern: str
    """A guess from this one id; the padding is certain only where a zero leads."""
    seq: int
    year: int | None = None
    parent: str | None = None
    """The id of the task that this is a subtask of; the other parts are the parent's."""
    padded: bool = True
    """Whether a leading zero shows how wide numbers are written."""


@lru_cache(maxsize=32_768)
def read_id(text: str) -> IdParts | None:
    """The parts of id ``text``; None for a bare number and whatever else names no project."""
    bare = unicodedata.normalize("NFKC", text.strip()[:_LONGEST])
    if not bare or _NO_ID.search(bare):
        return None
    subtask = _SUBTASK.fullmatch(bare)
    if subtask and (parent := _main(subtask.group(1))) is not None:
        return IdParts(
            project_key=parent.project_key,
            pattern=parent.pattern,
            seq=parent.seq,
            year=parent.year,
            parent=text.strip()[: -len(subtask.group(2)) - 1],
            padded=parent.padded,
        )
    return _main(bare)


def _main(text: str) -> IdParts | None:
    if match := _WITH_YEAR.fullmatch(text):
        seq = match["seq"]
        return IdParts(
            project_key=match["key"],
            pattern=f"{{key}}{match['hyphen']}{{year}}-{_counter(seq)}",
            seq=int(seq),
            year=int(match["year"]),
            padded=seq.startswith("0"),
        )
    if match := _WITH_HYPHEN.fullmatch(text):
        return _without_year(match, "{key}-")
    if match := _JOINED.fullmatch(text):
        return _without_year(match, match["key"])
    return None


def _without_year(match: re.Match[str], before: str) -> IdParts:
    seq = match["seq"]
    return IdParts(
        project_key=match["key"],
        pattern=f"{before}{_counter(seq)}",
        seq=int(seq),
        padded=seq.startswith("0"),
    )


def _counter(seq: str) -> str:
    """How the number is written; three digits are taken for padded ones."""
    return f"{{seq:0{len(seq)}}}" if seq.startswith("0") or len(seq) == 3 else "{seq}"
