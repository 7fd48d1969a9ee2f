"""Rows of task lists (T0-1, T1-1, T3-2 and their like) as planned tasks."""

import re
from datetime import date
from typing import Any, Final

from core.domain.status import Priority, State
from core.exchange.cells import plain
from core.exchange.planned import PlannedTask
from core.exchange.reading.dates import read_day
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.parse import read_members, read_people, read_percent, read_works
from core.exchange.reading.row_reader import RowReader, year_assumed
from core.exchange.reading.words import Status, read_priority, read_status, read_type
from core.exchange.tables import Field
from core.records import dataclass

_CRITERIA_IN_NOTE: Final = re.compile(
    r"验收标准\s*[:\uff1a]\s*(.+?)(?=问题记录\s*[:\uff1a]|$)", re.DOTALL
)
_ITEMS: Final = re.compile(r"[;\uff1b\n]+")
_EXPECTED: Final = re.compile(
    r"(?:预计|预期|推迟到|延至|延期至|延期到|改为)\D{0,8}?(\d{1,4}[年月./-]\d{1,2}(?:[月./-]\d{1,2})?日?)"
)
_MEMBERS: Final = frozenset({"members", "协作人"})
_YES: Final = frozenset({"yes", "true", "是", "1", "y"})
_NO: Final = frozenset({"no", "false", "否", "0", "n", "/", "-", "无"})

_LINES: Final = {
    "project_name": Field.PROJECT,
    "goal": Field.GOAL,
    "process": Field.PROCESS,
}
_TEXTS: Final = {
    "description": Field.DESCRIPTION,
    "note": Field.NOTE,
    "risk_note": Field.RISK,
}


def read_task(row: RowReader) -> PlannedTask | None:
    """The task of ``row``; None if the row has no title."""
    title = row.line(Field.TITLE)
    if not title:
        return None
    identity = row.line(Field.ID)
    facts: dict[str, Any] = {"title": title}
    facts |= _identity(row, identity)
    facts |= {name: row.line(field) for name, field in _LINES.items()}
    facts |= {name: row.text(field) for name, field in _TEXTS.items()}
    facts |= _people(row)
    facts |= _kind(row)
    facts |= _days(row, identity)
    facts |= _standing(row, identity)
    facts |= _results(row, facts["note"])
    given = frozenset(name for name, value in facts.items() if _says_something(value))
    return PlannedTask(
        sheet=row.sheet,
        row=row.number,
        raw=row.raw(),
        given=given - _assumed(row),
        **facts,
    )


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value not in ("", ())


def _assumed(row: RowReader) -> frozenset[str]:
    """Fields that are set although the file does not state them."""
    rank = read_priority(plain(row.cell(Field.PRIORITY).value))
    status = plain(row.cell(Field.STATUS).value)
    assumed = {"project_key", "year_assumed"}
    if rank.doubts:
        assumed.add("priority")
    if not status.strip() or "unknown-status" in read_status(status).doubts:
        assumed.add("state")
    return frozenset(assumed)


def _identity(row: RowReader, identity: str) -> dict[str, str]:
    parts = read_id(identity) if identity else None
    if not identity and row.has(Field.ID):
        row.doubt(Field.ID, "id-missing")
    return {
        "external_id": identity,
        "parent_external_id": row.line(Field.PARENT) or (parts.parent if parts else None) or "",
        "project_key": parts.project_key if parts else "",
    }


def _people(row: RowReader) -> dict[str, str | tuple[str, ...]]:
    owners = read_people(row.text(Field.OWNER))
    if len(owners) > 1:
        row.doubt(Field.OWNER, "several-owners", read_as=owners[0])
    elif not owners and row.has(Field.OWNER):
        row.doubt(Field.OWNER, "owner-missing")
    members = row.heading(Field.COLLABORATORS) in _MEMBERS
    read_helpers = read_members if members else read_people
    helpers = (*owners[1:], *read_helpers(row.text(Field.COLLABORATORS)))
    return {
        "initiator": "、".join(read_people(row.text(Field.INITIATOR))[:1]),
        "acceptor": "、".join(read_people(row.text(Field.ACCEPTOR))[:1]),
        "owner": owners[0] if owners else "",
        "collaborators": tuple(dict.fromkeys(name for name in helpers if name not in owners[:1])),
    }


def _kind(row: RowReader) -> dict[str, str | bool | Priority]:
    """Type, priority, and whether either means urgent work."""
    label = read_type(row.line(Field.TYPE))
    for code in label.doubts:
        row.doubt(Field.TYPE, code, read_as=label.value[0])
    rank = read_priority(row.line(Field.PRIORITY))
    if row.has(Field.PRIORITY):
        for code in rank.doubts:
            row.doubt(Field.PRIORITY, code, read_as=rank.value.priority)
    return {
        "type": label.value[0],
        "priority": rank.value.priority,
        "urgent": label.value[1] or rank.value.urgent,
    }


def _days(row: RowReader, identity: str) -> dict[str, date | bool | None]:
    start = row.day(Field.START, identity=identity)
    due = row.day(Field.DUE, identity=identity)
    period = row.period(Field.PERIOD, identity=identity)
    first, last = start.value or period.value.start, due.value or period.value.due
    if first and last and first > last and start.value:
        row.doubt(Field.START, "due-before-start", read_as=str(first))
    return {
        "start_on": first,
        "due_on": last,
        "year_assumed": year_assumed(start, due, period),
    }


@dataclass(slots=True)
class _Standing:
    """State and progress while they are put together from several cells."""

    status: Status
    progress: int | None
    note: str


def _standing(row: RowReader, identity: str) -> dict[str, Any]:
    """State, progress, and what lies over them: blocked, delayed."""
    percent = read_percent(row.cell(Field.PROGRESS))
    for code in percent.doubts:
        row.doubt(Field.PROGRESS, code, read_as="" if percent.value is None else f"{percent.value}")
    status = _status(row, percent.value)
    standing = _Standing(status, percent.value, status.note)
    if percent.value is None:
        standing.progress = status.progress
        standing.note = status.note or row.line(Field.PROGRESS)
    elif status.progress not in (None, percent.value):
        row.doubt(Field.PROGRESS, "contradiction-progress-note", read_as=str(percent.value))
    if status.state is State.DONE and standing.progress is not None and standing.progress < 100:
        field = Field.PROGRESS if row.has(Field.PROGRESS) else Field.STATUS
        row.doubt(field, "contradiction-done-below-100", read_as=str(standing.progress))
    return {
        "state": status.state,
        "status_note": standing.note,
        "progress": standing.progress,
        **_block(row, status),
        **_delay(row, status, identity),
    }


def _status(row: RowReader, progress: int | None) -> Status:
    text = row.text(Field.STATUS)
    if not text:
        state = State.DOING if progress else State.TODO
        if row.has(Field.STATUS):
            row.doubt(Field.STATUS, "empty-default", read_as=state)
        return Status(state)
    reading = read_status(text)
    for code in reading.doubts:
        if code != "blocked-without-reason":  # another column may tell it
            row.doubt(Field.STATUS, code, read_as=reading.value.state)
    return reading.value


def _block(row: RowReader, status: Status) -> dict[str, str | None]:
    reason = row.text(Field.BLOCKED)
    blocked = status.blocked or (bool(reason) and reason.strip().lower() not in _NO)
    if blocked and reason.strip().lower() in _YES | _NO:
        reason = ""
    reason = reason or (status.note if status.blocked else "")
    if blocked and not reason:
        field = Field.STATUS if status.blocked else Field.BLOCKED
        row.doubt(field, "blocked-without-reason")
    return {"blocked_reason": reason if blocked else None, "waiting_for": status.waiting_for}


def _delay(row: RowReader, status: Status, identity: str) -> dict[str, Any]:
    if not status.delayed:
        return {}
    if not status.note:
        row.doubt(Field.STATUS, "delayed-without-reason")
    named = _EXPECTED.search(status.note)
    expected = None
    if named:
        expected = read_day(named.group(1), year=row.year(identity)).value
    return {"delayed": True, "delay_reason": status.note, "expected_on": expected}


def _results(row: RowReader, note: str) -> dict[str, tuple[str, ...]]:
    """Criteria from their own column, else from a note that labels them; and deliverables."""
    criteria = row.text(Field.CRITERIA)
    if not criteria and (named := _CRITERIA_IN_NOTE.search(note)):
        criteria = named.group(1)
    return {
        "criteria": tuple(item.strip() for item in _ITEMS.split(criteria) if item.strip()),
        "deliverables": read_works(row.text(Field.DELIVERABLES)),
    }
