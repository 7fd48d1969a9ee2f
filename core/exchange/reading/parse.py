"""Percentages, lists of names and of deliverables, and what a sync entry is about."""

import re
import unicodedata
from functools import lru_cache
from math import isfinite
from typing import Final

from core.domain.status import SyncKind
from core.exchange.cells import Cell, plain
from core.exchange.reading.clean import Reading

_LONGEST: Final = 2_000
NOBODY: Final = frozenset(
    {
        "",
        "/",
        "-",
        "--",
        "—",
        "——",
        "无",
        "暂无",
        "待定",
        "n/a",
        "na",
        "none",
        "nobody",
        "tbd",
        "\\",
    }
)
_PEOPLE: Final = re.compile(r"[、,\uff0c;\uff1b/|&\n\r\t]+|(?<=\S)\s*与\s*(?=\S)")
_ACCOUNT: Final = re.compile(r"[a-z0-9_.-]+")
_WORKS: Final = re.compile(r"《[^》]*》[^、;\uff1b,\uff0c\n《]*|[^、;\uff1b\n《]+")
_NUMBER: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(%?)")
_FRACTION: Final = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_SOMEWHERE: Final = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
_KIND_PREFIX: Final = re.compile(
    r"[\[【(\uff08]?(进展|问题|决议|决定)[\]】)\uff09]?\s*[:\uff1a]\s*"
)
_KIND_WORDS: Final = {
    SyncKind.DECISION: re.compile(r"决议|决定|通过了|decision|decided", re.IGNORECASE),
    SyncKind.PROBLEM: re.compile(r"问题|故障|阻塞|受阻|风险|延期|problem|issue", re.IGNORECASE),
}
_KIND_OF: Final = {
    "进展": SyncKind.PROGRESS,
    "进度": SyncKind.PROGRESS,
    "progress": SyncKind.PROGRESS,
    "问题": SyncKind.PROBLEM,
    "problem": SyncKind.PROBLEM,
    "issue": SyncKind.PROBLEM,
    "决议": SyncKind.DECISION,
    "决定": SyncKind.DECISION,
    "decision": SyncKind.DECISION,
    "交付物": SyncKind.DELIVERABLE,
    "deliverable": SyncKind.DELIVERABLE,
    "备注": SyncKind.NOTE,
    "note": SyncKind.NOTE,
}


def read_percent(cell: Cell) -> Reading[int | None]:
    """A progress of 0 to 100; None where nothing stands, or words only.

    Doubts: ``percent-ambiguous`` (1: one percent or all), ``percent-from-fraction``,
    ``percent-rounded``, ``percent-out-of-range``, ``progress-text`` (words without a number).
    """
    value = cell.value
    if isinstance(value, (int, float)):
        return _from_number(value, percent=cell.percent)
    return _from_text(plain(value).strip()[:_LONGEST])


def _from_number(number: float, *, percent: bool) -> Reading[int | None]:
    if percent:
        return _whole(number * 100, ())
    if number == 1:
        return Reading(1, ("percent-ambiguous",))
    if 0 < number < 1:
        return _whole(number * 100, ("percent-from-fraction",))
    return _whole(number, ())


def _whole(number: float, doubts: tuple[str, ...]) -> Reading[int | None]:
    if not isfinite(number):
        return Reading(None, ("progress-text",))
    if not 0 <= number <= 100:
        return Reading(100 if number > 100 else 0, (*doubts, "percent-out-of-range"))
    whole = round(number)
    exact = abs(number - whole) < 1e-6
    return Reading(whole, doubts if exact else (*doubts, "percent-rounded"))


@lru_cache(maxsize=4096)
def _from_text(text: str) -> Reading[int | None]:
    bare = unicodedata.normalize("NFKC", text).strip().lower()
    if bare in NOBODY:
        return Reading(None)
    if match := _NUMBER.fullmatch(bare):
        number = float(match.group(1))
        return _whole(number, ()) if match.group(2) else _from_number(number, percent=False)
    if (match := _FRACTION.fullmatch(bare)) and int(match.group(2)):
        share = 100 * int(match.group(1)) / int(match.group(2))
        return _whole(share, ("percent-from-fraction",))
    if match := _SOMEWHERE.search(bare):
        return _whole(float(match.group(1)), ())
    return Reading(None, ("progress-text",))


@lru_cache(maxsize=4096)
def read_people(text: str) -> tuple[str, ...]:
    """The names in a cell, as written and in their order, each once; masks (``*明``) are kept.

    A role such as 客户对接人 is a name like any other: who it is, is settled later.
    """
    if text.strip().lower() in NOBODY:
        return ()
    parts = (part.strip().lstrip("@").strip() for part in _PEOPLE.split(text[:_LONGEST]))
    names = (part.replace("\uff0a", "*") for part in parts if part.lower() not in NOBODY)
    return tuple(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=4096)
def read_members(text: str) -> tuple[str, ...]:
    """The same for a list of members, where spaces may part names that look like accounts.

    Wekan writes ``testuser1 testuser2``. A name in two words has capitals: ``John Smith``.
    """
    return tuple(dict.fromkeys(one for name in read_people(text) for one in _accounts(name)))


def _accounts(name: str) -> list[str]:
    words = name.split()
    return words if all(map(_ACCOUNT.fullmatch, words)) else [name]


@lru_cache(maxsize=4096)
def read_works(text: str) -> tuple[str, ...]:
    """The deliverables in a cell: ``《访谈问题清单V1.0》``, each once."""
    parts = (part.strip() for part in _WORKS.findall(text[:_LONGEST]))
    return tuple(dict.fromkeys(part for part in parts if part.lower() not in NOBODY))


def read_sync_kind(word: str, *, topic: str, content: str) -> Reading[SyncKind]:
    """What a sync entry tells: from its own column, else guessed from the words of the entry.

    Doubt: ``kind-guessed``, unless the content begins with 进展:, 问题: or 决议:.
    """
    bare = unicodedata.normalize("NFKC", word).strip().lower()
    if bare in _KIND_OF:
        return Reading(_KIND_OF[bare])
    if match := _KIND_PREFIX.match(content):
        return Reading(_KIND_OF[match.group(1)])
    for kind, pattern in _KIND_WORDS.items():
        if pattern.search(topic) or pattern.search(content):
            return Reading(kind, ("kind-guessed",))
    return Reading(SyncKind.PROGRESS, ("kind-guessed",))


def without_kind(content: str) -> str:
    """``content`` without a leading 进展:, 问题: or 决议:."""
    return _KIND_PREFIX.sub("", content, count=1) if _KIND_PREFIX.match(content) else content
