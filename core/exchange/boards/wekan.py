"""A WeKan board as CSV: lists are states by name, an end day means done.

The older export names its columns Stage and Due Date, the present one List and Due; the owner of a
card is who made it where somebody else is assigned.
"""

import re
from typing import Any, Final

from core.domain.status import State
from core.exchange.boards.columns import Column, read_columns
from core.exchange.boards.findings import Findings, paragraph, planned_task
from core.exchange.boards.labels import read_labels
from core.exchange.boards.table import Said, Table, TableRow, spelled
from core.exchange.cells import Sheet, plain
from core.exchange.reading.parse import read_members

_SIGNS: Final = frozenset({"title", "description", "owner", "members", "labels"})
_LIST: Final = ("stage", "list", "status")
_START: Final = ("start date", "start at", "start")
_DUE: Final = ("due date", "due at", "due")
_END: Final = ("finish date", "end at", "end")
_ASSIGNED: Final = ("assignees", "assignee", "assigned to")
_READ: Final = frozenset(
    {*_SIGNS, *_LIST, *_START, *_DUE, *_END, *_ASSIGNED, "swimlane", "requested by", "archived"}
)
_CUSTOM: Final = "customfield-"
_COLOURS: Final = re.compile(
    r"-(white|green|yellow|orange|red|purple|blue|sky|lime|pink|black|silver|peachpuff|crimson"
    r"|plum|darkgreen|slateblue|magenta|gold|navy|gray|saddlebrown|paleturquoise|mistyrose|indigo)$"
)
_NUMBERED: Final = re.compile(r"(.*?)(\d{1,9})\D*")


def is_wekan(sheet: Sheet) -> bool:
    """Whether ``sheet`` has the headings of a WeKan export in its first row."""
    words = {spelled(plain(cell.value)) for cell in sheet.rows[0].cells} if sheet.rows else set()
    return words >= _SIGNS and not words.isdisjoint(_LIST)


def read_wekan(table: Table) -> None:
    """Take the cards of ``table``. Refuses ``too-many-rows``."""
    table.learn_day_order(*_START, *_DUE, *_END, "created at", "updated at")
    columns = _columns(table)
    before = table.findings.tasks.count
    for row in table.rows:
        _read(row, columns, table.findings)
    unknown = tuple(
        heading
        for heading in dict.fromkeys(table.written())
        if spelled(heading) not in _READ and not spelled(heading).startswith(_CUSTOM)
    )
    table.is_read("WeKan", rows=table.findings.tasks.count - before, unknown=unknown)


def _columns(table: Table) -> dict[str, Column]:
    """The lists by name; a file does not tell their order, but numbers in their names do."""
    said: dict[str, tuple[TableRow, Said]] = {}
    for row in table.rows:
        if found := row.first(*_LIST):
            said.setdefault(found.text, (row, found))
    numbered = [_NUMBERED.fullmatch(name) for name in said]
    names = sorted(said, key=_number) if all(numbered) else list(said)
    columns = read_columns(names)
    for name, (row, found) in said.items():
        if not columns[name].sure:
            row.doubt(found, "unknown-list", read_as=columns[name].state)
    return columns


def _number(name: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 0)


def _read(row: TableRow, columns: dict[str, Column], findings: Findings) -> None:
    title = row.line("title")
    if not title:
        findings.skip(row.sheet, row.number, "row-without-title")
        return
    labels = _labels(row)
    rest, lane = ", ".join(labels["rest"]), row.line("swimlane")
    custom = (
        f"{said.heading.split('-', 2)[1]}: {row.cleaned(said, long=False)}"
        for said in row.beginning(_CUSTOM)
        if not row.is_dump(said)
    )
    facts: dict[str, Any] = {
        "title": title,
        "description": row.lines("description"),
        "start_on": row.day(*_START),
        "due_on": row.day(*_DUE),
        "note": paragraph(
            f"Labels: {rest}" if rest else "",
            f"Swimlane: {lane}" if lane and lane.casefold() != "default" else "",
            *custom,
        ),
        **_people(row),
        **_standing(row, columns),
        **{name: value for name, value in labels.items() if name != "rest"},
    }
    named = row.first(*_LIST)
    sure = named is not None and columns[named.text].sure
    told = sure or facts["state"] in {State.DONE, State.ARCHIVED, State.CANCELLED}
    assumed = frozenset(() if told else {"state"})
    findings.task(planned_task(facts, sheet=row.sheet, row=row.number, assumed=assumed))


def _standing(row: TableRow, columns: dict[str, Column]) -> dict[str, Any]:
    """State and block, from the list, the end day and being archived."""
    named, ended, away = row.first(*_LIST), row.first(*_END), row.first("archived")
    column = columns[named.text] if named else Column(State.TODO, sure=False)
    state = column.state
    if ended and row.day(*_END) and state not in {State.DONE, State.ARCHIVED}:
        state = State.DONE
        row.doubt(ended, "complete-elsewhere", read_as=state)
    if away and away.text.casefold() == "true":
        done = state in {State.DONE, State.ARCHIVED}
        state = State.ARCHIVED if done else State.CANCELLED
        if not done:
            row.doubt(away, "closed-unfinished", read_as=state)
    if not named or not column.blocked or state is not State.DOING:
        return {"state": state}
    name = row.cleaned(named, long=False)
    return {"state": state, "blocked_reason": name, "status_note": name}


def _people(row: TableRow) -> dict[str, Any]:
    """Whoever is assigned does it, else the card's owner; the other members support."""
    assigned = _names(row, *_ASSIGNED)
    made, asked = _names(row, "owner"), _names(row, "requested by")
    owners = assigned or made
    if len(assigned) > 1 and (said := row.first(*_ASSIGNED)):
        row.doubt(said, "several-owners", read_as=assigned[0])
    helpers = (*assigned[1:], *_names(row, "members"))
    initiators = asked or (made if assigned else ())
    return {
        "owner": owners[0] if owners else "",
        "initiator": initiators[0] if initiators else "",
        "collaborators": tuple(dict.fromkeys(one for one in helpers if one not in owners[:1])),
    }


def _names(row: TableRow, *headings: str) -> tuple[str, ...]:
    return read_members(row.line(*headings))


def _labels(row: TableRow) -> dict[str, Any]:
    """Labels stand with spaces between them; a colour may hang on each."""
    said = row.first("labels")
    parts = row.cleaned(said, long=False).split() if said else []
    names = (_COLOURS.sub("", part) for part in parts)

    def doubted(code: str, label: str, read_as: str) -> None:
        if said:
            row.doubt_once(said._replace(text=label), code, read_as=read_as)

    return read_labels(names, doubted=doubted)
