"""Identities, and the readable keys that a project's pattern gives its tasks."""

import re
from functools import lru_cache
from typing import NewType

TaskId = NewType("TaskId", int)
PersonId = NewType("PersonId", int)
DepartmentId = NewType("DepartmentId", int)
ProjectId = NewType("ProjectId", int)
IssueId = NewType("IssueId", int)
PartId = NewType("PartId", int)
"""A row that belongs to a task: criterion, milestone, deliverable, update, spell ..."""

NO_ISSUE = IssueId(0)
"""An issue before it is stored."""

DEFAULT_PATTERN = "{key}-{seq:03}"
_FIELD = re.compile(r"\{(key|year|seq)(?::0(\d))?\}")


def is_pattern(pattern: str) -> bool:
    """Whether ``pattern`` can name tasks: one ``{seq}``, which alone may have a width."""
    bare = _FIELD.sub("", pattern)
    fields = [match.groups() for match in _FIELD.finditer(pattern)]
    plain = all(width is None for name, width in fields if name != "seq")
    once = [name for name, _ in fields].count("seq") == 1
    return once and plain and "{" not in bare and "}" not in bare


def key_from(pattern: str, *, key: str, year: int, seq: int) -> str:
    """The task key, such as ``CSAT-001`` or ``产品迭代2024-001``; ``year`` has four digits."""
    return pattern.format(key=key, year=year, seq=seq)


def subtask_key(parent: str, number: int) -> str:
    """The key of the ``number``-th subtask: ``产品迭代2024-001-01``."""
    return f"{parent}-{number:02}"


def counter_scope(pattern: str, *, year: int) -> str:
    """The scope in which sequence numbers run: a year where the pattern has one."""
    return str(year) if "{year}" in pattern else ""


@lru_cache(maxsize=256)
def _reader(pattern: str, key: str) -> re.Pattern[str]:
    groups = {"key": re.escape(key), "year": r"(?P<year>\d{4})", "seq": r"(?P<seq>\d+)"}
    parts = _FIELD.split(pattern)
    body = [
        groups[text] if index % 3 == 1 else re.escape(text)
        for index, text in enumerate(parts)
        if index % 3 != 2
    ]
    return re.compile("".join(body))


def read_key(pattern: str, *, key: str, text: str) -> tuple[int | None, int] | None:
    """The (year, sequence number) that ``text`` has under ``pattern``; None if it does not fit."""
    match = _reader(pattern, key).fullmatch(text)
    if match is None:
        return None
    year = match.groupdict().get("year")
    return (int(year) if year else None, int(match["seq"]))


LAST_NUMBER = 10**9
"""A foreign key with a greater number is some other kind of number; counting goes on below."""
