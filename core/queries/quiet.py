"""Acknowledgements and snoozes: which hold, and for leads what their people have made quiet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from peewee import JOIN, fn

from core.domain.ids import PartId, PersonId
from core.domain.notices import Quiet, QuietKind
from core.domain.status import Role
from core.domain.timers import Target
from core.policies.rules import unsnoozable
from core.queries.alert_lines import Found, Thing
from core.records import dataclass
from core.store import rows
from core.store.database import Store
from core.store.rhythm_tables import IssueTable, QuietTable
from core.store.tables import DepartmentTable, PersonTable, TaskTable


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietMark:
    """That somebody has made a line quiet for themselves; their lead sees it."""

    id: PartId
    person: PersonId
    name: str
    kind: QuietKind
    note: str
    at: datetime
    until: datetime | None
    """UTC; None for as long as the cause lasts."""


def active(store: Store, viewer: PersonId | None, now: datetime) -> dict[Thing, Quiet]:
    """What the viewer has made quiet and neither taken back nor let run out; one statement.

    Whether it still holds depends on the line: see ``holds``.
    """
    if viewer is None:
        return {}
    query = _quiets(now).where(QuietTable.person == viewer)
    found = (rows.record(Quiet, row) for row in store.rows(query))
    return {(one.target, one.object): one for one in found}


def holds(quiet: Quiet, line: Found) -> bool:
    """Whether it keeps this line quiet.

    An acknowledgement while the worst cause is the one that was known; a snooze whatever holds,
    but never urgent work nor what has reached the second level (requirements, section 7).
    """
    if quiet.kind is QuietKind.ACK:
        return quiet.rule == line.alert.rule.id and quiet.since == line.alert.since
    return not never_quiet(line)


def never_quiet(line: Found) -> str:
    """Why a line cannot be snoozed: ``urgent`` or ``second``; empty where it can."""
    facts, now = line.facts, line.view.at.now
    level = 2 if line.alert.rule.id == "issue-second" else 0
    return unsnoozable(facts.timers, now=now, urgent=facts.urgent, level=level)


def marks(store: Store, lines: Sequence[Found], now: datetime) -> dict[Thing, list[QuietMark]]:
    """Who has made these lines quiet for themselves, oldest first; two statements."""
    numbers = sorted({line.object for line in lines})
    if not numbers:
        return {}
    query = _quiets(now).where(QuietTable.object.in_(numbers)).order_by(QuietTable.id)
    known = {line.thing: line for line in lines}
    found = [rows.record(Quiet, row) for row in store.rows(query)]
    found = [one for one in found if (one.target, one.object) in known]
    found = [one for one in found if holds(one, known[one.target, one.object])]
    names = _names(store, (one.person for one in found))
    marked: dict[Thing, list[QuietMark]] = {}
    for one in found:
        marked.setdefault((one.target, one.object), []).append(mark(one, names[one.person]))
    return marked


def mark(quiet: Quiet, name: str) -> QuietMark:
    """It with the name of its person."""
    return QuietMark(
        id=quiet.id,
        person=quiet.person,
        name=name,
        kind=quiet.kind,
        note=quiet.note,
        at=quiet.at,
        until=quiet.until,
    )


def _quiets(now: datetime) -> Any:
    query = QuietTable.select(*rows.shape(Quiet).columns)
    lasts = QuietTable.until.is_null() | (QuietTable.until > now)
    return query.where(QuietTable.ended.is_null() & lasts)


def _names(store: Store, people: Iterable[PersonId]) -> dict[PersonId, str]:
    numbers = sorted(set(people))
    query = PersonTable.select(PersonTable.id, PersonTable.name).where(PersonTable.id.in_(numbers))
    return dict(store.rows(query)) if numbers else {}


class QuietRow(NamedTuple):
    """A line of the list of what is quiet, for whoever leads."""

    mark: QuietMark
    key: str
    """Of the task or issue; empty for anything else."""
    rule: str
    """Of an acknowledgement."""


def quiets(store: Store, *, viewer: PersonId, now: datetime, limit: int = 200) -> list[QuietRow]:
    """What those whom the viewer leads have made quiet, and what they have; newest first.

    A lead by role sees everybody's. Those whose cause has ended are listed until they run out.
    """
    about = (QuietTable.target == Target.TASK) & (QuietTable.object == TaskTable.id)
    issue = (QuietTable.target == Target.ISSUE) & (QuietTable.object == IssueTable.id)
    columns = (*rows.shape(Quiet).columns, PersonTable.name, TaskTable.key, IssueTable.key)
    lasts = QuietTable.until.is_null() | (QuietTable.until > now)
    query = QuietTable.select(*columns).where(QuietTable.ended.is_null() & lasts)
    for table, on in (
        (PersonTable, QuietTable.person == PersonTable.id),
        (TaskTable, about),
        (IssueTable, issue),
    ):
        query = query.switch(QuietTable).join(table, JOIN.LEFT_OUTER, on=on)
    query = query.where(QuietTable.person.in_(_led_by(viewer)))
    count = len(columns) - 3
    found = store.rows(query.order_by(QuietTable.id.desc()).limit(limit))
    return [
        QuietRow(mark(quiet, row[count]), row[count + 1] or row[count + 2] or "", quiet.rule)
        for row in found
        for quiet in (rows.record(Quiet, row[:count]),)
    ]


def _led_by(viewer: PersonId) -> Any:
    me = PersonTable.alias("me")
    roles = [Role.LEAD, Role.ADMIN]
    leads = me.select(me.id).where((me.id == viewer) & me.role.in_(roles))
    headed = DepartmentTable.select(DepartmentTable.id).where(DepartmentTable.lead == viewer)
    own = (PersonTable.id == viewer) | (PersonTable.manager == viewer)
    theirs = own | PersonTable.department.in_(headed) | fn.EXISTS(leads)
    return PersonTable.select(PersonTable.id).where(theirs)
