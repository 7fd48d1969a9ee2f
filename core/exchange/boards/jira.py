"""A Jira issue export as CSV, whose headings repeat: one column for each label and each comment."""

import re
from datetime import date
from typing import Any, Final

from core.domain.status import State
from core.exchange.boards.columns import named_column
from core.exchange.boards.findings import Findings, paragraph, planned_task
from core.exchange.boards.jira_people import People
from core.exchange.boards.table import Said, Table, TableRow, spelled
from core.exchange.cells import Sheet, plain
from core.exchange.planned import PlannedDependency, PlannedUpdate
from core.exchange.reading import clean
from core.exchange.reading.identifiers import read_id
from core.exchange.reading.words import read_priority, read_type

_SIGNS: Final = frozenset({"summary", "issue key"})
_PARENT: Final = ("parent key", "parent", "parent id", "inward issue link (jira_subtask_link)")
_EPIC: Final = ("custom field (epic link)", "epic link")
_CHILDREN: Final = tuple(
    "sub-tasks|sub-task|subtasks|outward issue link (jira_subtask_link)".split("|")
)
_NEEDED_BY: Final = ("outward issue link (blocks)", "outward issue link (blocker)")
_NEEDS: Final = ("inward issue link (blocks)", "inward issue link (blocker)")
_START: Final = ("start date", "custom field (start date)", "custom field (target start)")
_KEPT: Final = {
    "Labels": ("labels",),
    "Components": ("components", "component/s"),
    "Fix versions": ("fix versions", "fix version/s"),
    "Sprint": ("sprint", "custom field (sprint)"),
    "Epic": _EPIC,
    "Environment": ("environment",),
    "Resolution": ("resolution",),
}
"""What is kept in the note, under these names."""
_CUSTOM: Final = "custom field ("
_LINK: Final = ("inward issue link (", "outward issue link (")
_MACHINES_OWN: Final = re.compile(
    r"custom field \((rank|development|issue color|\[chart\].*|team|vulnerability"
    r"|.*(start date|target start|sprint|epic link).*)\)"
)
_READ: Final = frozenset(
    "summary|issue key|issue id|issue type|status|status category|project name|priority|assignee"
    "|assignee id|reporter|reporter id|creator|creator id|due date|description|comment|attachment"
    "|start date|due".split("|")
)
_GIVEN_UP: Final = re.compile(
    r"won'?t|duplicate|declined|rejected|cannot reproduce|invalid|incomplete|abandoned|cancel"
)
_STAMP: Final = re.compile(
    r"\s*([^;\n]{6,40}?\d)(\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?)\s*"
)


def is_jira(sheet: Sheet) -> bool:
    """Whether ``sheet`` has the headings of a Jira export in its first row."""
    words = {spelled(plain(cell.value)) for cell in sheet.rows[0].cells} if sheet.rows else set()
    return words >= _SIGNS


def read_jira(table: Table) -> None:
    """Take the issues of ``table``. Refuses ``too-many-rows``."""
    table.learn_day_order("created", "updated", "due date", "resolved", *_START)
    reader = _Issues(table)
    before = table.findings.tasks.count
    for row in table.rows:
        reader.read(row)
    known = {*_READ, *_PARENT, *_CHILDREN, *_NEEDS, *_NEEDED_BY, *_START}
    known |= {heading for group in _KEPT.values() for heading in group}
    unknown = tuple(
        heading
        for heading in dict.fromkeys(table.written())
        if spelled(heading) not in known and not spelled(heading).startswith((_CUSTOM, *_LINK))
    )
    table.is_read("Jira", rows=table.findings.tasks.count - before, unknown=unknown)


class _Issues:
    """Reads issues; keys by number and parents by child are known from the whole table."""

    def __init__(self, table: Table) -> None:
        self._today = table.today
        self._findings: Findings = table.findings
        self._people = People(table)
        self._keys: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        for row in table.rows:
            key = row.line("issue key")
            self._keys[key] = key
            if number := row.line("issue id"):
                self._keys[number] = key
        for row in table.rows:
            for said in row.all(*_CHILDREN):
                self._parents.setdefault(self._key(said), row.line("issue key"))

    def _key(self, said: Said) -> str:
        return self._keys.get(said.text, said.text)

    def read(self, row: TableRow) -> None:
        """Take the issue of ``row``, what was said of it, and its links."""
        title, key = row.line("summary"), row.line("issue key")
        if not title:
            self._findings.skip(row.sheet, row.number, "row-without-title")
            return
        parts = read_id(key) if key else None
        facts: dict[str, Any] = {
            "external_id": key,
            "parent_external_id": self._parent(row, key),
            "title": title,
            "description": self._people.told(row.lines("description")),
            "project_key": parts.project_key if parts else "",
            "project_name": row.line("project name"),
            "owner": row.line("assignee"),
            "initiator": row.line("reporter", "creator"),
            "start_on": row.day(*_START),
            "due_on": row.day("due date", "due"),
            "deliverables": _attachments(row),
            "note": self._note(row),
            **_kind(row),
            **_standing(row),
        }
        assumed = frozenset(() if facts.pop("sure") else {"state"})
        task = planned_task(facts, sheet=row.sheet, row=row.number, assumed=assumed)
        if self._findings.task(task):
            self._comments(row, key, title=title)
            self._links(row, key)

    def _parent(self, row: TableRow, key: str) -> str:
        """The key of the parent; an epic counts where the file has it."""
        for said in row.all(*_PARENT):
            if not said.text.isdecimal() or said.text in self._keys:
                return clean.line(self._key(said)).value
            row.doubt(said, "parent-unknown")
        epics = (said.text for said in row.all(*_EPIC) if said.text in self._keys)
        return self._parents.get(key) or next(epics, "")

    def _note(self, row: TableRow) -> str:
        """What has no field here, under the names of the file."""
        told = []
        for name, headings in _KEPT.items():
            written = (said for said in row.all(*headings) if not row.is_dump(said))
            texts = [row.cleaned(said, long=False) for said in written]
            if texts:
                told.append(f"{name}: {', '.join(dict.fromkeys(texts))}")
        for said in row.beginning(_CUSTOM):
            if not _MACHINES_OWN.fullmatch(spelled(said.heading)) and not row.is_dump(said):
                name = said.heading[len(_CUSTOM) :].removesuffix(")")
                told.append(f"{name}: {row.cleaned(said, long=False)}")
        blocks = {*_NEEDS, *_NEEDED_BY, *_PARENT, *_CHILDREN}
        for start in _LINK:
            for said in row.beginning(start):
                if spelled(said.heading) not in blocks:
                    name = said.heading.partition("(")[2].removesuffix(")")
                    told.append(f"{name}: {row.cleaned(said, long=False)}")
        return paragraph(*told)

    def _links(self, row: TableRow, key: str) -> None:
        for headings, inward in ((_NEEDS, True), (_NEEDED_BY, False)):
            for said in row.all(*headings):
                other = clean.line(self._key(said)).value
                self._findings.needs(
                    PlannedDependency(
                        sheet=row.sheet,
                        row=row.number,
                        task_external_id=key if inward else other,
                        needs_external_id=other if inward else key,
                    )
                )

    def _comments(self, row: TableRow, key: str, *, title: str) -> None:
        """Comments as progress updates of their day, the oldest first; the time goes before."""
        found = [self._comment(row, said) for said in row.all("comment") if not row.is_dump(said)]
        for on, author, text, assumed in sorted(found, key=lambda one: one[0]):
            if text:
                self._findings.update(
                    PlannedUpdate(
                        sheet=row.sheet,
                        row=row.number,
                        task_external_id=key,
                        parent_external_id="",
                        title=title,
                        person=author,
                        on=on,
                        day_assumed=assumed,
                        done=text,
                    )
                )

    def _comment(self, row: TableRow, said: Said) -> tuple[date, str, str, bool]:
        """Day, author, text, and whether the day is only that of the import."""
        stamp, _, rest = said.text.partition(";")
        author, _, text = rest.partition(";")
        found = _STAMP.fullmatch(stamp)
        on = row.table.read_day(found[1]).value if found else None
        if on is None or found is None:
            row.doubt(said, "comment-unparted")
            whole = clean.lines(self._people.told(said.text)).value
            return self._today, "", whole, True
        text = f"({found[2].strip()}) {self._people.told(text.strip())}"
        cleaned = row.cleaned(said._replace(text=text), long=True)
        return on, self._people.author(row, said, author.strip()), cleaned, False


def _kind(row: TableRow) -> dict[str, Any]:
    """Type and priority."""
    facts: dict[str, Any] = {}
    if said := row.first("issue type"):
        label = read_type(row.cleaned(said, long=False))
        facts["type"] = label.value[0]
        for code in label.doubts:
            row.doubt_once(said, code, read_as=label.value[0])
    if said := row.first("priority"):
        rank = read_priority(said.text)
        if rank.doubts:
            row.doubt_once(said, "unknown-priority", read_as=rank.value.priority)
        else:
            facts |= {"priority": rank.value.priority, "urgent": rank.value.urgent}
    return facts


def _standing(row: TableRow) -> dict[str, Any]:
    """State and block, from the status, else from its category; a resolution may give work up."""
    said = row.first("status") or row.first("status category")
    column = named_column(said.text) if said else None
    sure = column is not None and column.sure
    if not sure and (category := named_column(row.line("status category"))):
        column = category if column is None or category.state is State.DONE else column
    state = column.state if column else State.TODO
    if said and not sure:
        row.doubt_once(said, "unknown-status", read_as=state)
    resolution = row.first("resolution")
    if resolution and state is State.DONE and _GIVEN_UP.search(resolution.text.casefold()):
        row.doubt_once(resolution, "resolution-cancelled", read_as=State.CANCELLED)
        note = row.cleaned(resolution, long=False)
        return {"state": State.CANCELLED, "status_note": note, "sure": True}
    if said and column and column.blocked and state is State.DOING:
        name = row.cleaned(said, long=False)
        return {"state": state, "blocked_reason": name, "status_note": name, "sure": sure}
    return {"state": state, "sure": sure}


def _attachments(row: TableRow) -> tuple[str, ...]:
    """Name and address of each: the last two of ``date;author;name;address``."""
    told = []
    for said in row.all("attachment"):
        name, _, url = said.text.rpartition(";")
        told.append(f"{name.rpartition(';')[2]} {url}".strip())
    return tuple(dict.fromkeys(text for text in (clean.line(one).value for one in told) if text))
